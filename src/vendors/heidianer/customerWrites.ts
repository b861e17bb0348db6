import { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { Adapter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { CustomerInput, CustomerTarget, TagRef } from '../../crm/customerInput.ts';
import type { WrittenCustomer } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import type { JsonObject } from '../../crm/json.ts';
import type { Phones } from '../../crm/phones.ts';
import { usable } from '../../crm/record.ts';
import { placeholder } from '../../crm/requests.ts';
import type { Connection } from '../vendor.ts';
import type { Client } from './client.ts';
import { type CustomerBody, namedIn, replacement, type SpellMobile, storedTags, tagNames } from './customerBody.ts';
import { requireId } from './ids.ts';
import { briefCustomer, dryCustomer, fullCustomer } from './map.ts';
import { createReferralCodes } from './referralCodes.ts';
import { customerRow, only } from './wire.ts';

const CUSTOMERS = '/api/crm/customer/';
const CUSTOMER = '/api/crm/customer/{id}/';

/** Everything that changes customers. There is no PATCH and no tag resource: each change is read, merged and PUT. */
export function createCustomerWrites({ account, clock, phones }: Omit<Connection<unknown>, 'send'>, client: Client) {
  const readBrief = briefCustomer(account);
  const readFull = fullCustomer(account);
  const codes = createReferralCodes();
  const spell = mobileSpelling(phones, account);

  /** What the answer shows, else what was sent; a dry run's answers are our own and teach nothing. */
  function remember(id: string, shown: unknown, sent: string | undefined, call: Call): void {
    const code = typeof shown === 'string' ? shown : sent;
    if (code !== undefined && call.requests?.dryRun !== true) codes.stored(id, code);
  }

  async function put(id: string, body: CustomerBody, call: Call) {
    const order = { method: 'PUT', path: CUSTOMER, pathValues: { id }, body } as const;
    try {
      const answer = await client.write(order, only(customerRow, id), dryCustomer(id, body), call);
      remember(id, answer?.referral_code, body.referral_code, call);
      return answer;
    } catch (error) {
      if (error instanceof CrmError && error.code === 'OUTCOME_UNKNOWN') codes.perhapsStored(id, body.referral_code);
      throw error;
    }
  }

  /** Reads, lets `changesTo` say what is to be different, and sends everything back. */
  async function change(
    id: string,
    changesTo: (row: JsonObject) => Partial<CustomerBody>,
    call: Call,
  ): Promise<WrittenCustomer> {
    requireId(id);
    const row = await client.ask({ path: CUSTOMER, pathValues: { id } }, only(customerRow, id), call);
    const before = usable(readBrief(row, clock.now()));
    const { body, isStored, isCodeAtRisk } = replacement(before.vendorData, changesTo(before.vendorData), codes.of(id));
    if (isStored) return { vendorId: id, outcome: 'UNCHANGED', record: before, before };
    const answer = await put(id, body, call);
    return {
      vendorId: id,
      outcome: 'UPDATED',
      record: readFull(answer, clock.now()),
      before,
      ...(isCodeAtRisk ? { atRisk: ['referralCode'] } : {}),
    };
  }

  const changeTags = (id: string, tagsAfter: (before: readonly string[]) => readonly string[], call: Call) =>
    change(id, (row) => ({ tags: tagsAfter(storedTags(row)) }), call);

  return {
    async customerCreate(input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      const body = namedIn(input, spell);
      const answer = await client.write(
        { method: 'POST', path: CUSTOMERS, body },
        customerRow,
        dryCustomer(placeholder('customerId'), body),
        call,
      );
      if (answer === undefined) return { vendorId: undefined, outcome: 'CREATED' };
      const vendorId = String(answer.id);
      remember(vendorId, answer.referral_code, body.referral_code, call);
      return { vendorId, outcome: 'CREATED', record: readFull(answer, clock.now()) };
    },

    customerUpdate: ({ id }: CustomerTarget, input: CustomerInput, call: Call) =>
      change(id, () => namedIn(input, spell), call),

    async customerDelete(id: string, call: Call): Promise<void> {
      requireId(id);
      // Answered with 204 and nothing else (contract, 5): whatever speaks there is not known to have deleted anything.
      await client.write({ method: 'DELETE', path: CUSTOMER, pathValues: { id } }, z.never(), undefined, call);
      if (call.requests?.dryRun !== true) codes.forget(id);
    },

    customerTagsAdd({ id }: CustomerTarget, tags: readonly TagRef[], call: Call) {
      const names = tagNames(tags);
      return changeTags(id, (carried) => [...carried, ...without(names, carried)], call);
    },

    customerTagsRemove: ({ id }: CustomerTarget, tags: readonly TagRef[], call: Call) =>
      changeTags(id, (carried) => without(carried, tagNames(tags)), call),

    /** Tags that stay keep their places: the same set in another order is no change. */
    customerTagsReplace({ id }: CustomerTarget, tags: readonly TagRef[], call: Call) {
      const names = tagNames(tags);
      return changeTags(
        id,
        (carried) => [...carried.filter((name) => names.includes(name)), ...without(names, carried)],
        call,
      );
    },
  } satisfies Partial<Adapter>;
}

const without = (names: readonly string[], unwanted: readonly string[]): readonly string[] =>
  names.filter((name) => !unwanted.includes(name));

/** Chinese mobile numbers have 11 digits and no country code here (contract, Shapes); any other is sent as it is given. */
const mobileSpelling =
  (phones: Phones, { region }: AccountFacts): SpellMobile =>
  (phone) => {
    const number = phones.parts(phone, region);
    return number?.callingCode === '86' && /^1\d{10}$/.test(number.national) ? number.national : phone;
  };
