import type { Address, CustomerKind } from '../../crm/customer.ts';
import type { CustomerInput, CustomerInputField, CustomFieldInput, TagRef } from '../../crm/customerInput.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import { displayValue } from '../../crm/customField.ts';
import { CrmError } from '../../crm/errors.ts';
import type { Phones } from '../../crm/phones.ts';
import type { WireAudience } from './wire.ts';

/** Spells a phone as the vendor wants it. */
export type SpellPhone = (phone: string) => string;

type Writer<Name extends CustomerInputField> = (
  value: NonNullable<CustomerInput[Name]>,
  spell: SpellPhone,
) => Partial<WireAudience>;

const WRITERS = {
  fullName: (full_name) => ({ full_name }),
  email: (email) => ({ email }),
  phone: (phone, spell) => ({ phone: spell(phone) }),
  tags: (tags) => (tags.length === 0 ? {} : { tag: tagList(tags) }),
  source: (src) => ({ src }),
  referrerCode: (cid) => ({ cid }),
  // Vietnamese words in composed form (quirk 6).
  gender: (gender) => ({ gender: gender === 'MALE' ? 'Nam' : 'Nữ' }),
  addresses: (addresses) => ({ address: addressLine(addresses) }),
  note: (note) => ({ note }),
  customFields: (fields) => (fields.length === 0 ? {} : { custom_field: customValues(fields) }),
  // 0 is a type like any other (quirk 7).
  kind: (kind) => ({ type: KINDS.indexOf(kind) }),
} satisfies { [Name in CustomerInputField]?: Writer<Name> };

type WritableField = keyof typeof WRITERS;

const writable = Object.keys(WRITERS) as WritableField[];

export const customerWrites = {
  UPSERT: { required: [['fullName'], ['email']], writable, clearable: [] },
  // The e-mail is who the customer is: another one would be another customer (question 1).
  UPDATE: { required: [], writable: writable.filter((name) => name !== 'email' && name !== 'tags'), clearable: [] },
  // Taken as required on every call (quirk 3).
  identity: ['fullName', 'email'],
} satisfies CustomerWrites;

/** The fields of the body that the input names; nothing can be cleared (question 3). */
export function audienceFields(input: CustomerInput, spell: SpellPhone): Partial<WireAudience> {
  const writers: { readonly [Name in WritableField]: Writer<Name> } = WRITERS;
  const fieldsOf = <Name extends WritableField>(name: Name): Partial<WireAudience> => {
    const value = input[name];
    return value === undefined || value === null ? {} : writers[name](value, spell);
  };
  return Object.assign({}, ...writable.map(fieldsOf));
}

/** Tags go by name; the vendor splits at every comma (question 4). */
export function tagList(tags: readonly TagRef[]): string {
  const names = tags.map((tag, index) => {
    const name = ('name' in tag ? tag.name : tag.vendorId).trim();
    if (name === '' || name.includes(',')) {
      throw refused(`tags.${index}`, 'A tag of this CRM must have a name without a comma; change the name.');
    }
    return name;
  });
  return [...new Set(names)].join(',');
}

/** By the vendor's number. */
const KINDS: readonly CustomerKind[] = [
  'CUSTOMER',
  'VIP',
  'LEAD',
  'PARTNER',
  'RESELLER',
  'COMPETITOR',
  'AFFILIATE',
  'OTHER',
];

/** From the house to the province, as the vendor's own sample goes. */
const ADDRESS_PARTS: readonly (keyof Address)[] = ['line1', 'line2', 'ward', 'district', 'city', 'province'];

/** One line for one address, its parts separated as in the vendor's sample. */
function addressLine([address = {}, ...others]: readonly Address[]): string {
  if (others.length > 0) throw refused('addresses.1', 'This CRM keeps one address; give one.');
  for (const [part, value] of Object.entries(address)) {
    if (isNothing(value) || ADDRESS_PARTS.includes(part as keyof Address)) continue;
    throw refused(`addresses.0.${part}`, `This CRM has no place for "${part}" of an address; leave it out.`);
  }
  const line = ADDRESS_PARTS.map((part) => address[part])
    .filter((value) => !isNothing(value))
    .join(' - ');
  if (line === '') throw refused('addresses.0', `An address needs one of ${ADDRESS_PARTS.join(', ')}; give one.`);
  return line;
}

/** Texts only: nothing else is shown by the contract (question 8). */
function customValues(fields: readonly CustomFieldInput[]): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const [index, field] of fields.entries()) {
    const place = `customFields.${index}`;
    if (field.name === '') throw refused(place, 'A custom field needs a name; give one.');
    if (values.has(field.name)) throw refused(place, 'This custom field is named twice; name it once.');
    if (field.shape === 'LIST') throw refused(place, 'This CRM keeps no lists in custom fields; give a text.');
    const text = displayValue({ ...field, definition: null });
    if (isNothing(text)) throw refused(place, 'A custom field cannot be cleared at this CRM; leave it out.');
    values.set(field.name, text);
  }
  return Object.fromEntries(values);
}

const isNothing = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === '';

/** Vietnamese numbers in national format with the leading 0 (contract, Endpoint 1); others must name their country. */
export function phoneSpelling(phones: Phones, region: string): SpellPhone {
  return (phone) => {
    const parts = phones.parts(phone, region);
    if (parts?.callingCode === '84') return `0${parts.national}`;
    return phones.toE164(phone, region) ?? phone;
  };
}

export const refused = (field: string, message: string): CrmError =>
  new CrmError('BAD_USER_INPUT', { field, message, executed: 'no' });
