import { z } from 'zod';
import { isUsualDay, isUsualInstant } from '../../crm/instants.ts';
import { isPlaceholder } from '../../crm/requests.ts';
import { usually } from '../../crm/shapes.ts';

// Fields of the contract's Customer that we use: any of them may be absent or null in a record.
const text = z.string().nullish();
const filled = usually(z.string().min(1), (value) => value !== '');
const texts = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const count = z.int32().nullish();
/** A number too large to be held exactly arrives as its digits. */
const amount = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).nullish();
const nothing = z.literal('');
const instant = z.union([usually(z.iso.datetime({ offset: true }), isUsualInstant), nothing]).nullish();

/** DATE custom fields hold an instant in all samples; a plain day is understood too. */
export const dayOrInstant = z.union([
  usually(z.iso.date(), isUsualDay),
  usually(z.iso.datetime({ offset: true }), isUsualInstant),
]);

export const wireCustomer = z.object({
  _id: z.string(),
  email: text,
  name: text,
  first_name: text,
  last_name: text,
  phone: text,
  /** `male` or `female` in all samples, but an open string. */
  gender: text,
  dob: z.union([dayOrInstant, nothing]).nullish(),
  language: text,
  company: text,
  job_title: text,
  country: text,
  country_id: text,
  city: text,
  district: text,
  ward: text,
  address: text,
  address_2: text,
  /** A number (quirk 16). */
  postal_code: z.union([z.number(), z.string()]).nullish(),
  /** A list in the tables, a string in the samples (quirk 16). */
  website: z.union([z.string(), z.array(z.string().nullable())]).nullish(),
  facebook_url: text,
  twitter_url: text,
  linkedIn_url: text,
  skype: text,
  zalo: text,
  avatar: text,
  /** Open strings, all three (assumption 25). */
  status: text,
  source: text,
  channels: texts,
  email_subscribe_status: flag,
  is_email_verified: flag,
  score: z.number().nullish(),
  external_customer_id: text,
  tags: texts,
  vouchers: texts,
  /** Each entry is checked alone (`wireCustomField`). */
  custom_fields: z.array(z.unknown()).nullish(),
  fb_uids: texts,
  zalo_uids: texts,
  zalo_oa_uids: z.array(z.looseObject({ zalo_oa_id: text, zalo_uid: text, primary: flag })).nullish(),
  total_order: count,
  total_order_value: amount,
  avg_order_value: amount,
  total_pending_order: count,
  total_pending_order_value: amount,
  total_paid_order: count,
  total_paid_order_value: amount,
  total_cancel_order: count,
  total_cancel_order_value: amount,
  is_delete: flag,
  is_merge: flag,
  created_at: instant,
  updated_at: instant,
});

/** Which of the three places holds the value, and as what, depends on the type and on the call (contract, Custom fields). */
export const wireCustomField = z.looseObject({
  name: filled,
  custom_field_id: text,
  data_type: text,
  value: z.unknown().optional(),
  values: z.unknown().optional(),
  value_number: z.unknown().optional(),
});

/**
 * No customer may come as null, `{}` or nothing at all, on either level (assumption 3).
 * A record's own fields are checked one by one when they are read (`wireCustomer`).
 */
export const showAnswer = z.looseObject({ customer: z.looseObject({}).nullish() }).nullish();

/** `limit` is what the vendor worked with. */
export const listPage = z.looseObject({
  total: z.number().nullish(),
  limit: z.number().nullish(),
  items: z.array(z.unknown()),
});

export const wireTag = z.looseObject({ id: filled, name: text, created_at: instant, updated_at: instant });

/** The customer itself, without a wrapper (quirk 2). What tells more about the write is a bonus: it may be missing. */
export const writeAnswer = z.looseObject({
  _id: z.string().min(1),
  isNewSubscriber: flag.catch(undefined),
  /** Inputs that were not stored, and some of the server's own. */
  external_data: z
    .array(z.looseObject({ name: z.string() }))
    .nullish()
    .catch(undefined),
});

/** The vendor's sample shows an empty id (quirk 19). */
export const createdTag = z.looseObject({ tag_id: text });

/** With anything but 24 lower-case hex digits the vendor has no record (contract, Endpoints). */
export const isId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id) || isPlaceholder(id);
