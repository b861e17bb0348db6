import type { AccountFacts } from '../../crm/account.ts';
import type { Call } from '../../crm/call.ts';
import type { Clock } from '../../crm/clock.ts';
import type { Customer } from '../../crm/customer.ts';
import { nullIfNotFound } from '../../crm/errors.ts';
import { usable } from '../../crm/record.ts';
import type { Ask } from './client.ts';
import { phoneSpellings, shownCustomer } from './map.ts';
import { isId, showAnswer } from './wire.ts';

export type Lookups = ReturnType<typeof createLookups>;

/** One customer by id, e-mail or phone. */
export function createLookups(account: AccountFacts, ask: Ask, clock: Clock) {
  const readShown = shownCustomer(account);

  /** Exactly one identifier: what the vendor makes of several that disagree is not known (assumption 4). */
  async function show(
    identifier: { customer_id: string } | { email: string } | { phone: string },
    call: Call,
  ): Promise<Customer | null> {
    const answer = await nullIfNotFound(
      ask({ path: '/customer/show', body: identifier, repeatable: true }, showAnswer, call),
    );
    const row = answer?.customer ?? {};
    return Object.keys(row).length === 0 ? null : usable(readShown(row, clock.now()));
  }

  return {
    async byId(id: string, call: Call): Promise<Customer | null> {
      return isId(id) ? show({ customer_id: id }, call) : null;
    },

    /** Whether case matters to the vendor is not said: the e-mail is asked for as given, then in lower case. */
    async byEmail(email: string, call: Call): Promise<Customer | null> {
      const trimmed = email.trim();
      return firstFound([trimmed, trimmed.toLowerCase()], (spelling) => show({ email: spelling }, call));
    },

    /**
     * Stored and matched as given (assumption 27): the national spelling of all samples first, then the caller's own,
     * then the other international prefix.
     */
    async byPhone(phone: string, call: Call): Promise<Customer | null> {
      return firstFound(phoneSpellings(phone), (spelling) => show({ phone: spelling }, call));
    },
  };
}

/** Asks with one spelling after the other, each once, until somebody is found. */
async function firstFound(
  spellings: readonly string[],
  find: (spelling: string) => Promise<Customer | null>,
): Promise<Customer | null> {
  for (const spelling of new Set(spellings)) {
    const customer = spelling === '' ? null : await find(spelling);
    if (customer !== null) return customer;
  }
  return null;
}
