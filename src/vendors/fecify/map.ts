import type { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { EventFilter } from '../../crm/adapter.ts';
import type { Address, Customer, CustomerCompleteness, CustomerField, CustomerFields } from '../../crm/customer.ts';
import type { CustomerEvent } from '../../crm/customerEvent.ts';
import { type FieldReaders, recordReader, usable } from '../../crm/record.ts';
import { checked } from '../../crm/shapes.ts';
import { textOrNull } from '../../crm/values.ts';
import { type WallClock, wallClock } from './wallClock.ts';
import { contactMessage, wireAddress, wireCustomer } from './wire.ts';

type WireCustomer = z.output<typeof wireCustomer>;
type WireAddress = z.output<typeof wireAddress>;

const customerFields = (clock: WallClock) =>
  ({
    fullName,
    firstName: (row) => textOrNull(row.first_name),
    lastName: (row) => textOrNull(row.last_name),
    email: (row) => textOrNull(row.email),
    phone: (row) => textOrNull(row.phone),
    note: (row) => textOrNull(row.note),
    acceptsMarketing: (row) => yesOrNo(row.accepts_marketing),
    status: (row) => textOrNull(row.status?.toString()),
    // 0 at creation: no level.
    membership: ({ customervip_id: level }) => (Number(level ?? 0) === 0 ? null : { level: String(level) }),
    createdAt: (row) => momentOrNull(row.created_at, clock),
    updatedAt: (row) => momentOrNull(row.updated_at, clock),
  }) satisfies FieldReaders<typeof wireCustomer, CustomerFields>;

/** Keys without which an answer does not show the field: how the one to an update ends is not known (question 6). */
const SHOWN_BY: Readonly<Record<keyof ReturnType<typeof customerFields>, readonly (keyof WireCustomer)[]>> = {
  fullName: ['first_name', 'last_name'],
  firstName: ['first_name'],
  lastName: ['last_name'],
  email: ['email'],
  phone: ['phone'],
  note: ['note'],
  acceptsMarketing: ['accepts_marketing'],
  status: ['status'],
  membership: ['customervip_id'],
  createdAt: ['created_at'],
  updatedAt: ['updated_at'],
};

/** Reads a customer off the answer to a write. Addresses are shown by a read of their own. */
export function writtenCustomerReader(account: AccountFacts): (raw: object, fetchedAt: number) => Customer {
  const fields = customerFields(wallClock(account.timeZone));
  return (raw, fetchedAt) => {
    const names = Object.keys(SHOWN_BY) as (keyof typeof SHOWN_BY)[];
    const readableFields = new Set<CustomerField>(
      names.filter((name) => SHOWN_BY[name].every((key) => Object.hasOwn(raw, key))),
    );
    const shown: CustomerCompleteness = { completeness: 'PARTIAL', readableFields };
    return usable(recordReader(account, wireCustomer, (row) => String(row.id), fields, shown)(raw, fetchedAt));
  };
}

const addressFields = {
  fullName,
  company: (row) => textOrNull(row.company),
  phone: (row) => textOrNull(row.phone),
  email: (row) => textOrNull(row.email),
  line1: (row) => textOrNull(row.address_1),
  line2: (row) => textOrNull(row.address_2),
  city: (row) => textOrNull(row.city),
  // May lie in another country than `country`: the store does not compare them (quirk 10).
  province: (row) => textOrNull(row.province?.name),
  postalCode: (row) => textOrNull(row.zip),
  countryCode: (row) => textOrNull(row.country_code),
  country: (row) => textOrNull(row.country?.name),
  isDefault: (row) => yesOrNo(row.is_default),
} satisfies FieldReaders<typeof wireAddress, Address>;

const NOTHING_MORE = {};

/** A part that breaks the contract fails alone, when it is asked for. `vendorId` is the customer it belongs to. */
export const addressReader = (account: AccountFacts) =>
  recordReader(account, wireAddress, (row) => String(row.customer_id), addressFields, NOTHING_MORE);

function fullName(row: Pick<WireCustomer & WireAddress, 'first_name' | 'last_name'>): string | null {
  return textOrNull([row.first_name, row.last_name].filter((name) => textOrNull(name) !== null).join(' '));
}

/** 1 is yes and 2 is no (quirk 1). */
const yesOrNo = (flag: number | null | undefined): boolean | null => (flag === 1 ? true : flag === 2 ? false : null);

const momentOrNull = (text: string | null | undefined, clock: WallClock): string | null =>
  text === null || text === undefined ? null : clock.instantOf(text);

/** Undefined for a row that is no message of the contract. */
export function contactFormEvent(account: AccountFacts): (raw: unknown) => CustomerEvent | undefined {
  const clock = wallClock(account.timeZone);
  return (raw) => {
    const parsed = checked(contactMessage, raw);
    if (!parsed.success) return undefined;
    const { id, name, email, telephone, custom_attrs, created_at } = parsed.data;
    const createdAt = clock.instantOf(created_at);
    return {
      account,
      vendorId: String(id),
      // Messages carry what the visitor typed and no customer id (quirk 12).
      customerVendorId: null,
      kind: 'CONTACT_FORM',
      name: null,
      payload: null,
      outboundStatus: null,
      campaignId: null,
      campaignUrl: null,
      errorMessage: null,
      senderName: textOrNull(name),
      senderEmail: textOrNull(email),
      senderPhone: textOrNull(telephone),
      text: null,
      formFields: (custom_attrs ?? []).map(({ attr_name, attr_value }) => ({
        name: attr_name,
        value: textOrNull(attr_value),
      })),
      occurredAt: createdAt,
      createdAt,
      sentAt: null,
      deliveredAt: null,
      readAt: null,
      lastChatInteractionAt: null,
    };
  };
}

/** Our conditions in the query of the message list. The vendor counts whole seconds, so bounds are narrowed to them. */
export const messageQuery = {
  email: (email: string) => ({ email }),
  createdAfter: (instant: string, clock: WallClock) => ({
    created_at_begin: clock.at(Math.ceil(Date.parse(instant) / SECOND) * SECOND),
  }),
  createdBefore: (instant: string, clock: WallClock) => ({
    created_at_end: clock.at(Math.floor(Date.parse(instant) / SECOND) * SECOND),
  }),
} satisfies { [Name in keyof EventFilter]?: (value: string, clock: WallClock) => Record<string, string> };

const SECOND = 1_000;

/** Ids are integers: with anything else the vendor has no record, and asking would break its contract. */
export const isId = (id: string): boolean => /^[1-9]\d{0,14}$/.test(id);
