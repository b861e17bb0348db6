import { z } from 'zod';
import {
  birthKeys,
  type Customer,
  emailFromPhone,
  FIELDS,
  type FieldValue,
  keyOf,
  OWNER,
  SINGLE_VALUE,
} from './emulatorRecords.ts';

// What the emulated vendor makes of the body that its three customer writes share.

const filled = z.string().min(1);
const id = z.string().regex(/^[0-9a-f]{24}$/);

/** What a correct client sends: nothing empty, as that changes nothing, and nothing that is never stored (quirk 4). */
const correctFields = {
  email: z.string().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
  // National where it can be, without blanks (assumption 27).
  phone: z.string().regex(/^(?!(\+|00)84)[^\s.()-]+$/),
  first_name: filled,
  last_name: filled,
  dob: z.iso.date(),
  gender: z.enum(['male', 'female']),
  tags: z.array(id).min(1),
  custom_fields: z
    .array(
      z.union([
        z.strictObject({ name: filled, value: filled }),
        z.strictObject({ name: filled, values: z.array(filled).min(2) }),
      ]),
    )
    .min(1),
  country: filled,
  city: filled,
  district: filled,
  ward: filled,
  address: filled,
  address_2: filled,
  company: filled,
  job_title: filled,
  postal_code: z.number().int().min(1),
  channels: z.array(filled).min(1),
  external_customer_id: filled,
  website: filled,
  facebook_url: filled,
  twitter_url: filled,
  linkedIn_url: filled,
  score: z.number().min(0),
  zalo: filled,
  skype: filled,
};
const correctBody = z.strictObject(correctFields).partial();
const hasIdentity = ({ email, phone }: { email?: unknown; phone?: unknown }) =>
  email !== undefined || phone !== undefined;
const IDENTITY = 'neither e-mail nor phone';

export const correctCreate = correctBody.refine(hasIdentity, IDENTITY);
export const correctUpdate = correctBody.extend({ _id: id }).refine(hasIdentity, IDENTITY);
export const correctUpsert = correctBody
  .extend({ _id: id.optional(), import_by_tag_name: z.boolean().optional(), tags: z.array(filled).min(1).optional() })
  .refine(hasIdentity, IDENTITY);

const text = z.string().nullish();
const scalar = z.union([z.string(), z.number(), z.boolean()]).nullish();

/** What the vendor understands of a write: null and missing are the same, and what it does not know it hands back. */
export const writeRequest = z.looseObject({
  _id: text,
  email: text,
  phone: text,
  first_name: text,
  last_name: text,
  dob: z.union([z.iso.date(), z.literal('')]).nullish(),
  gender: z.enum(['male', 'female']).nullish(),
  tags: z.array(z.string()).nullish(),
  import_by_tag_name: z.boolean().nullish(),
  custom_fields: z.array(z.object({ name: z.string(), value: scalar, values: z.array(scalar).nullish() })).nullish(),
  country: text,
  city: text,
  district: text,
  ward: text,
  address: text,
  address_2: text,
  company: text,
  job_title: text,
  postal_code: z.union([z.number().int(), z.string()]).nullish(),
  channels: z.array(z.string()).nullish(),
  source: text,
  external_customer_id: text,
  website: z.union([z.string(), z.array(z.string())]).nullish(),
  facebook_url: text,
  twitter_url: text,
  linkedIn_url: text,
  score: z.number().nullish(),
  zalo: text,
  skype: text,
});
export type WriteRequest = z.output<typeof writeRequest>;

/** Understood, but not stored as they come. */
const STORED_OTHERWISE = new Set([
  '_id',
  'email',
  'dob',
  'tags',
  'import_by_tag_name',
  'custom_fields',
  'source',
  'score',
]);

const isKnown = (key: string): boolean => Object.hasOwn(writeRequest.shape, key);

/** Null and empty inputs change nothing (assumption 10). */
const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The customer with what was sent; everything else stays (assumption 9). `tags` are ids that exist. */
export function applied(customer: Customer, request: WriteRequest, tags: readonly string[], now: Date): Customer {
  const { email, dob, score, custom_fields } = request;
  const plain = Object.entries(request).filter(
    ([key, value]) => isKnown(key) && !STORED_OTHERWISE.has(key) && isGiven(value),
  );
  const changed: Customer = {
    ...customer,
    ...Object.fromEntries(plain),
    ...(email ? { email, key: keyOf(email) } : {}),
    ...(dob ? birthKeys(dob) : {}),
    ...(isGiven(score) ? { score: Math.max(0, Number(score)) } : {}),
    // A name that is written has no id of its own.
    ...(request.country ? { country_id: null } : {}),
    tags,
    custom_fields: merged(customer.custom_fields, custom_fields ?? []),
    updated_at: now.toISOString(),
  };
  const names = request.first_name || request.last_name ? [changed.last_name, changed.first_name] : undefined;
  return names === undefined ? changed : { ...changed, name: names.filter((name) => name !== '').join(' ') };
}

/** By name (assumption 14); unknown names are dropped without a word (quirk 7). */
function merged(
  held: Customer['custom_fields'],
  given: NonNullable<WriteRequest['custom_fields']>,
): Customer['custom_fields'] {
  const fields = new Map(held);
  for (const { name, value, values } of given) {
    const definition = FIELDS.find((field) => field.name === name);
    if (definition === undefined) continue;
    const stored = SINGLE_VALUE.has(definition.type)
      ? singleValue(definition.type, value)
      : (values ?? [value]).filter(isGiven).map(String);
    if (stored !== undefined && isGiven(stored)) fields.set(name, stored);
  }
  return fields;
}

/** Reads show numbers and instants (contract, Custom fields); what is neither stays as it came. */
function singleValue(type: string, value: z.output<typeof scalar>): FieldValue | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (type === 'NUMBER' || type === 'AUTO_INCREMENT') return Number.isNaN(Number(value)) ? value : Number(value);
  if (type === 'DATE') {
    const time = Date.parse(String(value));
    return Number.isNaN(time) ? value : new Date(time).toISOString();
  }
  return value;
}

/** The e-mail a body stands for; undefined where it names nobody. */
export const emailOf = ({ email, phone }: WriteRequest): string | undefined =>
  email || (phone ? emailFromPhone(phone) : undefined);

/** Inputs that are not stored, then what the server adds. */
export const externalData = (request: WriteRequest): readonly object[] => [
  ...Object.entries(request)
    .filter(([key, value]) => !isKnown(key) && isGiven(value))
    .map(([name, value]) => ({ name, value })),
  { name: 'owner_id', value: OWNER },
  { name: 'creator_id', value: OWNER },
  { name: 'is_delete', value: false },
];
