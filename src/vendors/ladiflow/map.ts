import type { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { CustomerFilter } from '../../crm/adapter.ts';
import type {
  Address,
  Customer,
  CustomerCompleteness,
  CustomerField,
  CustomerFields,
  MessagingChannel,
  OrderStatistics,
  SocialProfile,
} from '../../crm/customer.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import type { CustomFieldType, CustomFieldValue } from '../../crm/customField.ts';
import { isJsonObject, type JsonObject } from '../../crm/json.ts';
import { type FieldReaders, type ReadRecord, recordReader } from '../../crm/record.ts';
import type { Tag } from '../../crm/tag.ts';
import { dayOrInstantOrNull, dayOrNull, decimalOrNull, instantOrNull, textOrNull } from '../../crm/values.ts';
import { dayOrInstant, wireCustomer, wireCustomField, wireTag } from './wire.ts';

type WireCustomer = z.output<typeof wireCustomer>;

/** Columns S and L of the contract's table. `segments` is missing: records carry no segment ids. */
const customerFields = {
  fullName: (row) => textOrNull(row.name),
  firstName: (row) => textOrNull(row.first_name),
  lastName: (row) => textOrNull(row.last_name),
  email: (row) => (SYNTHETIC_EMAIL.test(row.email ?? '') ? null : textOrNull(row.email)),
  phone: (row) => textOrNull(row.phone),
  gender: (row) => (row.gender === 'male' ? 'MALE' : row.gender === 'female' ? 'FEMALE' : null),
  // Never `dob_month` and `dob_month_day`, which count months from 0 (quirk 1).
  birthday: (row) => dayOrNull(row.dob),
  company: (row) => textOrNull(row.company),
  jobTitle: (row) => textOrNull(row.job_title),
  language: (row) => textOrNull(row.language),
  website: (row) => textOrNull([row.website].flat().find((site) => textOrNull(site) !== null)),
  avatarUrl: (row) => textOrNull(row.avatar),
  addresses,
  acceptsMarketing: (row) => row.email_subscribe_status ?? null,
  emailVerified: (row) => row.is_email_verified ?? null,
  status: (row) => textOrNull(row.status),
  source: (row) => textOrNull(row.source),
  externalId: (row) => textOrNull(row.external_customer_id),
  leadScore: (row) => row.score ?? null,
  interactionChannels: (row) => row.channels ?? [],
  messagingChannels,
  socialProfiles,
  vouchers: (row) => row.vouchers ?? [],
  orderStatistics,
  isDeleted: (row) => row.is_delete ?? null,
  isMerged: (row) => row.is_merge ?? null,
  createdAt: (row) => instantOrNull(row.created_at),
  updatedAt: (row) => instantOrNull(row.updated_at),
  // Ids only: names are in customer/list-tag.
  tags: (row, account) => (row.tags ?? []).map((vendorId) => ({ account, vendorId })),
  customFields: (row, account) => (row.custom_fields ?? []).flatMap((entry) => customField(account, entry)),
} satisfies FieldReaders<typeof wireCustomer, CustomerFields>;

/** What customer/show carries: everything. */
export const readableFields: ReadonlySet<CustomerField> = new Set(Object.keys(customerFields) as CustomerField[]);

const shown: CustomerCompleteness = { completeness: 'FULL', readableFields };

/** Column L has no key for these. Should a list row bring one all the same, it is read. */
const missingInLists: ReadonlySet<CustomerField> = new Set([
  'company',
  'jobTitle',
  'website',
  'avatarUrl',
  'externalId',
  'socialProfiles',
] satisfies (keyof typeof customerFields)[]);
const listed: CustomerCompleteness = {
  completeness: 'PARTIAL',
  readableFields: new Set([...readableFields].filter((name) => !missingInLists.has(name))),
};

const vendorIdOf = (row: WireCustomer): string => row._id;

export const shownCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, customerFields, shown);

export const listedCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, customerFields, listed);

/** Undefined for a row without a usable id. */
export function tag(account: AccountFacts, raw: unknown): Tag | undefined {
  const parsed = wireTag.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, name, created_at, updated_at } = parsed.data;
  return {
    account,
    vendorId: id,
    name: textOrNull(name),
    createdAt: instantOrNull(created_at),
    updatedAt: instantOrNull(updated_at),
  };
}

/** Whether a list row holds one of the tags; undefined where its tags cannot be read. */
export function holdsTag(wanted: ReadonlySet<string>, row: unknown): boolean | undefined {
  const tags = isJsonObject(row) ? wireCustomer.shape.tags.safeParse(row.tags) : undefined;
  return tags?.success ? (tags.data ?? []).some((id) => wanted.has(id)) : undefined;
}

/** Our conditions in the list's body. The name under `search` is matched with name, e-mail and phone (quirk 13). */
export const customerQuery = {
  text: (text: string) => ({ search: { name: text } }),
  tags: (ids: readonly string[]) => ({ tags: ids }),
} satisfies { [Name in keyof CustomerFilter]?: (value: never) => JsonObject };

/** All samples are national: the vendor is not known to understand `+84` (quirk 21, assumption 27). */
const phoneAsStored = (phone: string): string => phone.replace(/[\s.()-]/g, '').replace(/^(\+|00)840?/, '0');

/** The spellings to ask for, likeliest first. */
export function phoneSpellings(phone: string): readonly string[] {
  const stored = phoneAsStored(phone);
  const otherPrefix = stored.startsWith('+') ? `00${stored.slice(1)}` : stored.replace(/^00/, '+');
  return [stored, phone.trim(), otherPrefix];
}

/** The vendor identifies customers by e-mail and makes one up for those who have none (contract, Identity). */
const SYNTHETIC_EMAIL = /(\.ladiflow@ladimail\.com|@facebook\.com|@zalo\.com)$/i;

function addresses(row: WireCustomer): readonly Address[] {
  const address = {
    line1: textOrNull(row.address),
    line2: textOrNull(row.address_2),
    ward: textOrNull(row.ward),
    district: textOrNull(row.district),
    city: textOrNull(row.city),
    postalCode: textOrNull(row.postal_code?.toString()),
    countryCode: textOrNull(row.country_id),
    country: textOrNull(row.country),
  };
  return Object.values(address).every((part) => part === null) ? [] : [address];
}

function messagingChannels(row: WireCustomer): readonly MessagingChannel[] {
  const accounts = row.zalo_oa_uids ?? [];
  const known = new Set(accounts.map(({ zalo_uid }) => zalo_uid));
  return [
    ...accounts.map(({ zalo_oa_id, zalo_uid, primary }) => ({
      platform: 'zalo',
      pageId: textOrNull(zalo_oa_id),
      userId: textOrNull(zalo_uid),
      isPrimary: primary ?? null,
    })),
    ...(row.zalo_uids ?? []).filter((userId) => !known.has(userId)).map((userId) => ({ platform: 'zalo', userId })),
    ...(row.fb_uids ?? []).map((userId) => ({ platform: 'facebook', userId })),
  ];
}

function socialProfiles(row: WireCustomer): readonly SocialProfile[] {
  const values = {
    facebook: row.facebook_url,
    twitter: row.twitter_url,
    linkedin: row.linkedIn_url,
    skype: row.skype,
    zalo: row.zalo,
  };
  return Object.entries(values).flatMap(([network, given]) => {
    const value = textOrNull(given);
    return value === null ? [] : [{ network, value }];
  });
}

/** The averages of pending, paid and cancelled orders have no field of ours; their totals and counts say as much. */
function orderStatistics(row: WireCustomer): OrderStatistics | null {
  const statistics = {
    orders: row.total_order ?? null,
    ordersValue: decimalOrNull(row.total_order_value),
    averageOrderValue: decimalOrNull(row.avg_order_value),
    pendingOrders: row.total_pending_order ?? null,
    pendingOrdersValue: decimalOrNull(row.total_pending_order_value),
    paidOrders: row.total_paid_order ?? null,
    paidOrdersValue: decimalOrNull(row.total_paid_order_value),
    cancelledOrders: row.total_cancel_order ?? null,
    cancelledOrdersValue: decimalOrNull(row.total_cancel_order_value),
  };
  return Object.values(statistics).every((value) => value === null) ? null : { currency: null, ...statistics };
}

const CUSTOM_FIELD_TYPES: ReadonlyMap<string, CustomFieldType> = new Map([
  ['TEXT_INPUT', 'TEXT'],
  ['TEXT_AREA', 'TEXT_AREA'],
  ['NUMBER', 'NUMBER'],
  ['DATE', 'DATE'],
  ['BOOLEAN', 'BOOLEAN'],
  ['AUTO_INCREMENT', 'AUTO_INCREMENT'],
  ['LIST', 'LIST'],
  ['CHECK_BOX', 'CHECKBOXES'],
  ['DROPDOWN', 'DROPDOWN'],
]);
/** No filled BOOLEAN is shown in the contract: these are the plausible spellings. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * The contract's reader recipe. A value that does not fit its type is shown as text rather than lost; an entry that
 * breaks the contract (no name) is left out alone.
 */
function customField(account: AccountFacts, raw: unknown): readonly CustomFieldValue[] {
  const parsed = wireCustomField.safeParse(raw);
  if (!parsed.success) return [];
  const { name, custom_field_id, data_type, value, values, value_number } = parsed.data;
  const type = CUSTOM_FIELD_TYPES.get(data_type ?? '') ?? 'UNKNOWN';
  const vendorId = textOrNull(custom_field_id);
  // Values outlive their definitions, and some never had one: those entries have no id.
  const field = { name, definition: vendorId === null ? null : { account, vendorId, name, type } };
  // A NUMBER is in `value` in show and in `value_number` in lists (quirk 14).
  const single = contentOf(value_number) ?? contentOf(value);
  // CHECK_BOX values hold null in show and "null" in lists (quirk 15).
  const list = (Array.isArray(values) ? values : [single])
    .map(contentOf)
    .filter((item) => item !== null && item !== 'null')
    .map(asText);

  switch (type) {
    case 'NUMBER':
    case 'AUTO_INCREMENT':
      if (single === null || isDecimal(single)) return [{ ...field, shape: 'NUMBER', number: decimalOrNull(single) }];
      break;
    case 'BOOLEAN': {
      const boolean = single === null ? null : BOOLEANS.get(asText(single));
      if (boolean !== undefined) return [{ ...field, shape: 'BOOLEAN', boolean }];
      break;
    }
    case 'DATE': {
      const date = dayOrInstant.nullable().safeParse(single);
      if (date.success) return [{ ...field, shape: 'DATE', date: dayOrInstantOrNull(date.data) }];
      break;
    }
    case 'LIST':
    case 'CHECKBOXES':
    case 'DROPDOWN':
      return [{ ...field, shape: 'LIST', list }];
    case 'UNKNOWN':
      if (single === null && list.length > 0) return [{ ...field, shape: 'LIST', list }];
  }
  return [{ ...field, shape: 'TEXT', text: single === null ? null : asText(single) }];
}

/** Empty text is no value, whatever the type. */
const contentOf = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

const isDecimal = (value: unknown): value is number | string =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const writable = [
  'email',
  'phone',
  'firstName',
  'lastName',
  'birthday',
  'gender',
  'tags',
  'customFields',
  'addresses',
  'company',
  'jobTitle',
  'externalId',
  'interactionChannels',
  'website',
  'socialProfiles',
  'leadScore',
] as const;
const write = { required: [['email', 'phone']], writable } as const;

/**
 * The body that the three writes share. `full_name`, `lang`, `source` and `subcribed_at` are offered but not applied
 * (quirk 4), so they are not writable.
 */
export const customerWrites = { CREATE: write, UPDATE: write, UPSERT: write } satisfies CustomerWrites;
