import type { AccountFacts } from '../crm/account.ts';
import { CUSTOMER_FIELDS, type Customer, type CustomerField } from '../crm/customer.ts';
import { type CustomerEvent, EVENT_FIELDS } from '../crm/customerEvent.ts';
import { CrmError } from '../crm/errors.ts';
import type { WriteResult, WrittenRecord } from '../crm/writer.ts';
import { valueIn } from './receipt.ts';

// A result as text, and back: what an idempotency key answers must be what the first call answered.

/**
 * The result as JSON. A field whose value breaks the vendor's contract counts as not carried, and the members of a
 * segment are read again by whoever asks for them.
 */
export const keepable = ({ customer, event, segment, ...result }: WriteResult): string =>
  JSON.stringify({
    ...result,
    ...(customer === undefined ? {} : { customer: plain(customer) }),
    ...(event === undefined ? {} : { event: plainEvent(event) }),
    ...(segment === undefined
      ? {}
      : { segment: { account: segment.account, vendorId: segment.vendorId, title: segment.title } }),
  });

/** @throws if the text is none that `keepable` wrote */
export function restored(text: string, { id, vendor, region, timeZone }: AccountFacts): WriteResult {
  const account = { id, vendor, region, timeZone };
  // Tags, segments and events name their account: by now it may have another region or time zone.
  return JSON.parse(text, (key, value) => {
    if (key === 'account') return account;
    return key === 'readableFields' && Array.isArray(value) ? new Set(value) : value;
  });
}

/** The people a result speaks of, by all that may be asked for when they are to be forgotten. */
export const peopleIn = ({ customer, errors }: WriteResult): readonly string[] => [
  ...errors.flatMap(({ candidates = [] }) => candidates),
  ...(customer === undefined ? [] : [customer.vendorId, ...contactsOf(customer)]),
];

function contactsOf(customer: WrittenRecord): readonly string[] {
  if (customer.readableFields === undefined) return [];
  const { email, phone } = plain(customer) as Partial<Customer>;
  return [email, phone].filter((contact) => contact !== undefined && contact !== null);
}

const plainEvent = (event: CustomerEvent): object =>
  Object.fromEntries(EVENT_FIELDS.map((name) => [name, valueIn(event, name) ?? null]));

function plain(customer: WrittenRecord): object {
  const { account, vendorId, readableFields } = customer;
  if (readableFields === undefined) return { account, vendorId };
  const fields = new Map<CustomerField, unknown>();
  const broken = new Set<CustomerField>();
  // Answers may show more than they promise.
  for (const name of CUSTOMER_FIELDS) {
    try {
      fields.set(name, (customer as Customer)[name]);
    } catch (error) {
      if (!(error instanceof CrmError)) throw error;
      broken.add(name);
    }
  }
  const { completeness, vendorData, fetchedAt } = customer as Customer;
  return {
    account,
    vendorId,
    completeness,
    readableFields: [...readableFields].filter((name) => !broken.has(name)),
    vendorData,
    fetchedAt,
    ...Object.fromEntries(fields),
  };
}
