import type { JsonRecord } from '../../emulation/emulator.ts';
import { type Customer, FIELDS, fieldId, SINGLE_VALUE } from './emulatorRecords.ts';

// How the emulated vendor shows a customer: each call in its own way.

/** Columns S and L of the contract's table, where they differ. */
const SHOW_ONLY = new Set([
  'company',
  'job_title',
  'facebook_url',
  'twitter_url',
  'linkedIn_url',
  'website',
  'skype',
  'zalo',
  'ipos_membership_id',
  'avatar',
  'external_customer_id',
  'last_voucher_code',
  'zalo_uid_by_app',
]);
const LIST_ONLY = new Set(['id', 'phone_verified', 'source_customer']);

const NEVER_WRITTEN = new Set([
  ...LIST_ONLY,
  'phone_2',
  'language',
  'ipos_membership_id',
  'country_id',
  'city_id',
  'district_id',
  'ward_id',
  'avatar',
  'email_subscribe_status',
  'bounce',
  'complaint',
  'last_voucher_code',
  'zalo_uid_by_app',
]);

/** Column S. */
export function shown({ custom_fields, lost_fields, ...customer }: Customer): object {
  const entries = FIELDS.flatMap(({ name, type }, index) => {
    const value = custom_fields.get(name);
    const entry = { custom_field_id: fieldId(index), name, data_type: type };
    // Fewer entries than definitions: what was never filled is missing, except for some.
    if (value === undefined && index % 3 === 2) return [];
    if (SINGLE_VALUE.has(type)) return [{ values: [], ...entry, value: value ?? '' }];
    return [{ values: value ?? [], ...entry }];
  });
  return { ...without(LIST_ONLY, customer), custom_fields: [...lost_fields, ...entries] };
}

/** Column L: all definitions of the store, in a running order, empty ones included. */
export function listed({ custom_fields, lost_fields: _, ...customer }: Customer): object {
  const entries = FIELDS.map(({ name, type }, order) => {
    const value = custom_fields.get(name);
    const entry = { custom_field_id: fieldId(order), name, data_type: type, order };
    // Numbers have a place of their own, as number or text, and one field leaks its history (quirk 14).
    if (name === 'order_number') return { ...entry, oldValue: null, newValues: [], value_number: String(value ?? 0) };
    if (type === 'NUMBER') return { ...entry, value_number: value ?? null };
    if (SINGLE_VALUE.has(type)) return { values: [], ...entry, value: value ?? '' };
    const values = Array.isArray(value) ? value : [];
    // Null has become a word here (quirk 15), also where there is nothing else.
    if (type === 'CHECK_BOX') return { values: values.length === 0 ? ['null'] : values.map(String), ...entry };
    return { values, ...entry };
  });
  return { ...without(SHOW_ONLY, customer), custom_fields: entries };
}

/** Column W: the bare record. What holds nothing has no key; nor has what other calls add. */
export function written({ custom_fields, lost_fields, ...customer }: Customer): object {
  const held = Object.entries(customer).filter(([key, value]) => value !== null && !/^(total|avg)_/.test(key));
  return {
    ...without(NEVER_WRITTEN, Object.fromEntries(held)),
    custom_fields: [...lost_fields, ...filledFields(custom_fields)],
  };
}

/** Everything that is held, as plain JSON. */
export const plain = ({ custom_fields, lost_fields, ...customer }: Customer): JsonRecord =>
  JSON.parse(JSON.stringify({ ...customer, custom_fields: [...lost_fields, ...filledFields(custom_fields)] }));

const filledFields = (held: Customer['custom_fields']): readonly object[] =>
  FIELDS.flatMap(({ name, type }, index) => {
    const value = held.get(name);
    if (value === undefined) return [];
    const entry = { custom_field_id: fieldId(index), name, data_type: type };
    return [SINGLE_VALUE.has(type) ? { values: [], ...entry, value } : { values: value, ...entry }];
  });

const without = (keys: ReadonlySet<string>, record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));
