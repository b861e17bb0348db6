import type { Address, SocialProfile } from '../../crm/customer.ts';
import type { CustomerInput, CustomerInputField, CustomFieldInput } from '../../crm/customerInput.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import type { Json, JsonObject } from '../../crm/json.ts';
import { phoneAsStored, SOCIAL_KEYS } from './map.ts';

/**
 * Our fields in the body that the three writes share. Not here: `full_name`, `lang`, `source` and `subcribed_at`, which
 * the vendor offers and does not store (quirk 4), and tags, whose ids may have to be looked up.
 */
const bodyParts = {
  email: (email) => ({ email: validEmail(email) }),
  phone: (phone) => ({ phone: validPhone(phone) }),
  firstName: (firstName) => ({ first_name: firstName }),
  lastName: (lastName) => ({ last_name: lastName }),
  birthday: (birthday) => ({ dob: birthday }),
  gender: (gender) => ({ gender: gender === 'MALE' ? 'male' : 'female' }),
  company: (company) => ({ company }),
  jobTitle: (jobTitle) => ({ job_title: jobTitle }),
  addresses: addressPart,
  // A list in the table, a text in the sample (quirk 16).
  website: (website) => ({ website }),
  socialProfiles: socialPart,
  leadScore: (leadScore) => ({ score: validScore(leadScore) }),
  interactionChannels: (channels) => ({ channels }),
  externalId: (externalId) => ({ external_customer_id: externalId }),
  customFields: (fields) => (fields.length === 0 ? {} : { custom_fields: fields.map(customFieldPart) }),
} satisfies BodyParts;

type BodyParts = { readonly [Name in CustomerInputField]?: (value: NonNullable<CustomerInput[Name]>) => JsonObject };

const names = Object.keys(bodyParts) as (keyof typeof bodyParts)[];
// Null and '' leave a field as it is (assumption 10): nothing can be cleared.
const newCustomer = { required: [['email', 'phone']], writable: [...names, 'tags'], clearable: [] } as const;

/** An update needs no e-mail or phone from the caller: the stored one is looked up. */
export const customerWrites = {
  CREATE: newCustomer,
  UPDATE: { required: [], writable: names, clearable: [] },
  UPSERT: newCustomer,
} satisfies CustomerWrites;

/** One field of the input in the vendor's terms. */
export interface BodyPart {
  readonly field: keyof typeof bodyParts;
  readonly body: JsonObject;
}

/** Throws for the first field with which the vendor could not do what is asked for. */
export function partsOf(input: CustomerInput): readonly BodyPart[] {
  return names.flatMap((field): BodyPart[] => {
    const value = input[field];
    if (value === undefined || value === null) return [];
    // The table has one function for each field, which takes that field's own values.
    const part = bodyParts[field] as (value: unknown) => JsonObject;
    return [{ field, body: part(value) }];
  });
}

/** In a new customer there is nothing to clear: parts of an address that are null or empty are as good as left out. */
export function withoutEmptyAddressParts(input: CustomerInput): CustomerInput {
  if (!input.addresses) return input;
  const filled = (address: Address): Address =>
    Object.fromEntries(Object.entries(address).filter(([, part]) => part !== null && part !== ''));
  return { ...input, addresses: input.addresses.map(filled) };
}

/** `format: email` of the contract's document. */
const EMAIL =
  /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]+(-+[a-z0-9]+)*\.)+[a-z0-9]+(-+[a-z0-9]+)*$/i;

function validEmail(email: string): string {
  if (EMAIL.test(email)) return email;
  throw refused('email', 'This CRM takes e-mails of ASCII letters with a full domain only; correct it.');
}

function validPhone(phone: string): string {
  const stored = phoneAsStored(phone);
  if (/\d/.test(stored)) return stored;
  throw refused('phone', 'A phone has digits; correct it.');
}

function validScore(score: number): number {
  if (score >= 0) return score;
  throw refused('leadScore', 'The score is never below 0 at this CRM; give a larger one.');
}

const ADDRESS_KEYS: { readonly [Name in keyof Address]?: string } = {
  line1: 'address',
  line2: 'address_2',
  ward: 'ward',
  district: 'district',
  city: 'city',
  postalCode: 'postal_code',
  country: 'country',
};

/** The customer has one address, in fields of its own. */
function addressPart([address, second]: readonly Address[]): JsonObject {
  if (second !== undefined) throw unsupported('addresses.1', 'This CRM keeps one address per customer; give one only.');
  const parts = Object.entries(address ?? {}).filter(([, part]) => part !== undefined);
  if (parts.length === 0) throw refused('addresses.0', 'This address has no parts; give at least one.');
  return Object.fromEntries(parts.map(([name, part]) => addressEntry(name as keyof Address, part)));
}

function addressEntry(name: keyof Address, part: string | boolean | null): [string, Json] {
  const field = `addresses.0.${name}`;
  const key = ADDRESS_KEYS[name];
  if (key === undefined) throw unsupported(field, 'This part of an address has no place in this CRM; leave it out.');
  if (part === null || part === '') throw uncleared(field);
  return [key, name === 'postalCode' ? postalCode(field, String(part)) : part];
}

/** A number at this vendor (quirk 16), which would lose zeros in front and cannot hold letters. */
function postalCode(field: string, text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw refused(
    field,
    'This CRM keeps postal codes as numbers: give one of digits that begins with no 0, or leave it out.',
  );
}

/** Each network has a field of its own: those that are not named keep what they hold. */
function socialPart(profiles: readonly SocialProfile[]): JsonObject {
  const body: Record<string, string> = {};
  profiles.forEach(({ network, value }, index) => {
    const field = `socialProfiles.${index}.network`;
    const key = new Map<string, string>(Object.entries(SOCIAL_KEYS)).get(network);
    const known = Object.keys(SOCIAL_KEYS).join(', ');
    if (key === undefined) throw unsupported(field, `This CRM has no place for this network; it knows ${known}.`);
    if (key in body) throw unsupported(field, 'This CRM keeps one profile per network; give one only.');
    if (value === '') throw uncleared(`socialProfiles.${index}.value`);
    body[key] = value;
  });
  return body;
}

/** Texts are the only values shown in a write, `values` is an assumption for more than one (assumption 15). */
function customFieldPart(field: CustomFieldInput, index: number): JsonObject {
  const { name } = field;
  const [value, ...others] = valuesOf(field);
  if (value === undefined || value === '') throw uncleared(`customFields.${index}`);
  return others.length === 0 ? { name, value } : { name, values: [value, ...others] };
}

function valuesOf(field: CustomFieldInput): readonly string[] {
  switch (field.shape) {
    case 'TEXT':
      return field.text === null ? [] : [field.text];
    case 'NUMBER':
      return field.number === null ? [] : [field.number];
    case 'BOOLEAN':
      return field.boolean === null ? [] : [String(field.boolean)];
    case 'DATE':
      return field.date === null ? [] : [field.date];
    case 'LIST':
      return field.list;
  }
}

const refused = (field: string, message: string): CrmError =>
  new CrmError('BAD_USER_INPUT', { field, executed: 'no', message });

const unsupported = (field: string, message: string): CrmError =>
  new CrmError('NOT_SUPPORTED_BY_VENDOR', { field, executed: 'no', message });

const uncleared = (field: string): CrmError =>
  unsupported(field, 'This CRM ignores empty values, so this cannot be cleared; leave it out.');
