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
import { isJsonObject, type JsonObject } from '../../crm/json.ts';
import { type FieldReaders, type ReadRecord, recordReader } from '../../crm/record.ts';
import { checked } from '../../crm/shapes.ts';
import type { Tag } from '../../crm/tag.ts';
import { dayOrNull, decimalOrNull, instantOrNull, textOrNull } from '../../crm/values.ts';
import { customField } from './customField.ts';
import { wireCustomer, wireTag } from './wire.ts';

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

/**
 * What the answer to a write does not show: the server's own fields, and of an address the country and its code. The
 * keys of other fields are absent where nothing is stored (column W, and "what the sample shows").
 */
const missingInWrites: ReadonlySet<CustomerField> = new Set([
  'language',
  'avatarUrl',
  'acceptsMarketing',
  'orderStatistics',
  'addresses',
] satisfies (keyof typeof customerFields)[]);
const written: CustomerCompleteness = {
  completeness: 'PARTIAL',
  readableFields: new Set([...readableFields].filter((name) => !missingInWrites.has(name))),
};
export const readableInWrites = written.readableFields;

const vendorIdOf = (row: WireCustomer): string => row._id;

export const shownCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, customerFields, shown);

export const listedCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, customerFields, listed);

export const writtenCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, customerFields, written);

/** Undefined for a row without a usable id. */
export function tag(account: AccountFacts, raw: unknown): Tag | undefined {
  const parsed = checked(wireTag, raw);
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
export const phoneAsStored = (phone: string): string => phone.replace(/[\s.()-]/g, '').replace(/^(\+|00)840?/, '0');

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

/** Our names of the networks and the vendor's keys. */
export const SOCIAL_KEYS = {
  facebook: 'facebook_url',
  twitter: 'twitter_url',
  linkedin: 'linkedIn_url',
  skype: 'skype',
  zalo: 'zalo',
} as const satisfies Record<string, keyof WireCustomer>;

function socialProfiles(row: WireCustomer): readonly SocialProfile[] {
  return Object.entries(SOCIAL_KEYS).flatMap(([network, key]) => {
    const value = textOrNull(row[key]);
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
