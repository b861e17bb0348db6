import type { Adapter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { Clock } from '../../crm/clock.ts';
import type { Customer } from '../../crm/customer.ts';
import { nullIfNotFound } from '../../crm/errors.ts';
import { type ReadRecord, usable } from '../../crm/record.ts';
import { isPlaceholder } from '../../crm/requests.ts';
import type { Ask } from './client.ts';
import { oneCustomer } from './wire.ts';

export type Lookups = ReturnType<typeof createLookups>;

/** Reads one customer by each of the three kinds of identifier. */
export function createLookups(readCustomer: ReadRecord<Customer>, ask: Ask, clock: Clock) {
  /** One path for three kinds of identifier; the vendor tells them apart by their looks (section 4.2). */
  async function customerAt(identifier: string, call: Call): Promise<Customer | null> {
    const answer = await nullIfNotFound(
      ask(
        {
          method: 'GET',
          path: '/retailers/api/v1/customers/{identifier}',
          pathValues: { identifier },
          repeatable: true,
        },
        oneCustomer,
        call,
      ),
    );
    if (answer === null || answer.customer === undefined || answer.customer === null) return null;
    return usable(readCustomer(answer.customer, clock.now()));
  }

  return {
    async customerById(id: string, call: Call): Promise<Customer | null> {
      if (!isId(id)) return null;
      const found = await customerAt(id, call);
      // An id of digits only may have been taken for a phone: then there is nobody of that id.
      return looksLikePhone(id) && found?.vendorId !== id ? null : found;
    },

    async customerByEmail(email: string, call: Call): Promise<Customer | null> {
      // Without an @ it would be taken for an id or a phone.
      return email.includes('@') ? customerAt(email, call) : null;
    },

    async customerByPhone(phone: string, call: Call): Promise<Customer | null> {
      for (const form of phoneForms(phone)) {
        const found = await customerAt(form, call);
        // Digits may have been taken for an id.
        if (found !== null && samePhone(form, found.phone)) return found;
      }
      return null;
    },
  } satisfies Partial<Adapter>;
}

/** Ids look like `1713huaxq1352`. Anything with other characters would be answered as an e-mail or phone. */
export const isId = (id: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(id) || isPlaceholder(id);

/** The vendor may take such an id for somebody's phone. */
export const looksLikePhone = (id: string): boolean => /^\d+$/.test(id);

/**
 * The spellings to ask for, best first (quirk 9): with `+`, then digits only. A number without an international prefix
 * does not say its country, so it is asked as the digits it has: a `+` would make another number of it.
 */
function phoneForms(phone: string): readonly string[] {
  const digits = digitsOf(phone);
  if (digits === '') return [];
  if (phone.trim().startsWith('+')) return [`+${digits}`, digits];
  if (digits.startsWith('00')) return phoneForms(`+${digits.slice(2)}`);
  return [digits];
}

/** One number may be written with a country code and the other with a trunk zero instead. */
function samePhone(asked: string, found: string | null | undefined): boolean {
  const [one, other] = [asked, found ?? ''].map((phone) => digitsOf(phone).replace(/^0+/, ''));
  if (!one || !other) return false;
  return one.endsWith(other) || other.endsWith(one);
}

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');
