import type { Person } from '../../emulation/people.ts';
import { hexId } from '../../emulation/random.ts';

// What the emulated vendor holds, under the vendor's own names, and what a new record begins with.

export type FieldValue = string | number | boolean | readonly (string | null)[];

/** The keys of all columns of the contract's table; undefined is an absent key. Named are those that calls look at. */
export interface Customer {
  readonly _id: string;
  readonly email: string;
  readonly phone?: string | undefined;
  readonly name: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly tags: readonly string[];
  readonly custom_fields: ReadonlyMap<string, FieldValue>;
  /** Values of definitions that are gone: entries as they are shown. */
  readonly lost_fields: readonly object[];
  readonly is_email_verified: boolean;
  readonly is_delete: boolean;
  readonly [key: string]: unknown;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface FieldDefinition {
  readonly name: string;
  readonly type: string;
  /** What a person has in it; undefined is nothing. */
  readonly valueFor: (person: Person) => FieldValue | undefined;
}

/** All nine data types. */
export const FIELDS: readonly FieldDefinition[] = [
  { name: 'point', type: 'NUMBER', valueFor: ({ index }) => (index % 3 === 2 ? undefined : index * 10) },
  { name: 'channel_urls', type: 'CHECK_BOX', valueFor: ({ index }) => some(index, ['173672', '173673', null]) },
  { name: 'last_order_id', type: 'TEXT_INPUT', valueFor: ({ index }) => (index % 2 === 0 ? `DH${index}` : undefined) },
  { name: 'delivery_note', type: 'TEXT_AREA', valueFor: ({ note }) => note || undefined },
  {
    name: 'last_order_created_at',
    type: 'DATE',
    valueFor: ({ index, updatedAt }) => (index % 4 === 3 ? undefined : updatedAt.toISOString()),
  },
  // No filled example in the contract: true as such and as text.
  {
    name: 'wants_samples',
    type: 'BOOLEAN',
    valueFor: ({ index }) => [true, false, 'true', undefined][index % 4],
  },
  { name: 'tudongtang', type: 'AUTO_INCREMENT', valueFor: ({ index }) => (index % 6 === 5 ? undefined : index + 1) },
  {
    name: 'last_order_product_names',
    type: 'LIST',
    valueFor: ({ index }) => some(index + 1, ['Áo thun', 'Trà ô long', 'Bàn gỗ']),
  },
  { name: 'ldprb', type: 'DROPDOWN', valueFor: ({ index }) => some(index + 2, ['Bạc', 'Vàng']).slice(0, 1) },
  { name: 'order_number', type: 'NUMBER', valueFor: ({ index }) => index % 7 },
];
export const SINGLE_VALUE = new Set(['TEXT_INPUT', 'TEXT_AREA', 'NUMBER', 'DATE', 'BOOLEAN', 'AUTO_INCREMENT']);

export const STORE = hexId(90, 1);
export const OWNER = hexId(91, 1);

/** Months count from 0 (quirk 1). */
export function birthKeys(day: string) {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
  return {
    dob: `${day}T00:00:00.000Z`,
    dob_year: year,
    dob_month: month - 1,
    dob_day: dayOfMonth,
    dob_month_day: `${String(month - 1).padStart(2, '0')}${String(dayOfMonth).padStart(2, '0')}`,
  };
}

/** Of all orders, or of those in one state; three of them give an average that does not come out even. */
export function orderTotals<Prefix extends string>(prefix: Prefix, orders: number) {
  const value = orders === 3 ? 1_000_000 : orders * 150_000;
  return {
    [`total_${prefix}order`]: orders,
    [`total_${prefix}order_value`]: value,
    [`avg_${prefix}order_value`]: orders === 0 ? 0 : value / orders,
  };
}

export function tagNamed(index: number, name: string, made: Date): Tag {
  return { id: tagId(index), name, created_at: made.toISOString(), updated_at: made.toISOString() };
}

/** What a new customer holds besides what was sent: `source` and `channels` say that the API made it. */
export function newCustomer(index: number, email: string, made: Date): Customer {
  const now = made.toISOString();
  return {
    _id: customerId(index),
    id: customerId(index),
    email,
    key: keyOf(email),
    store_id: STORE,
    owner_id: OWNER,
    creator_id: OWNER,
    name: '',
    first_name: '',
    last_name: '',
    phone_2: null,
    phone_verified: false,
    gender: null,
    job_title: null,
    country: null,
    country_id: null,
    city: null,
    city_id: null,
    district: null,
    district_id: null,
    ward: null,
    ward_id: null,
    address: null,
    address_2: null,
    postal_code: null,
    ipos_membership_id: null,
    avatar_color: '#0137D3',
    alias: `${email.replace('@', '')}-${index}`,
    status: 'SUBSCRIBER',
    subscribed_at: now,
    email_subscribe_status: true,
    is_email_verified: false,
    bounce: 0,
    complaint: 0,
    score: 0,
    source: 'API',
    source_customer: '',
    channels: ['API'],
    tags: [],
    vouchers: [],
    is_merge: false,
    is_delete: false,
    ...orderTotals('', 0),
    ...orderTotals('pending_', 0),
    ...orderTotals('paid_', 0),
    ...orderTotals('cancel_', 0),
    fb_page_ids: [],
    fb_page_uids: [],
    fb_uids: [],
    zalo_oa_ids: [],
    zalo_oa_uids: [],
    zalo_uids: [],
    messenger_recurring_message_tokens: [],
    messenger_recurring_topics: [],
    ladichat_uids: [],
    ladichat_store_ids: [],
    ladichat_store_uids: [],
    created_at: now,
    updated_at: now,
    custom_fields: new Map(),
    lost_fields: [],
  };
}

export const keyOf = (email: string): string => `${email}-${STORE}`;

/** The e-mail made up for somebody with a phone only (contract, Identity). */
export const emailFromPhone = (phone: string): string => `${phone.replace(/\D/g, '')}.ladiflow@ladimail.com`;

export const tagId = (index: number): string => hexId(1, index + 1);
export const customerId = (index: number): string => hexId(2, index + 1);
export const fieldId = (index: number): string => hexId(3, index + 1);

/** None, or the first few. */
const some = <Item>(index: number, items: readonly Item[]): readonly Item[] =>
  items.slice(0, index % (items.length + 1));
