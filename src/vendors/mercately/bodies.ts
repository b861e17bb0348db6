import { z } from 'zod';
import type { Address } from '../../crm/customer.ts';
import type {
  CustomerInput,
  CustomerInputField,
  CustomFieldInput,
  EventInput,
  TagRef,
} from '../../crm/customerInput.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import { displayValue } from '../../crm/customField.ts';
import { CrmError } from '../../crm/errors.ts';
import { textOrNull } from '../../crm/values.ts';
import { dayIn } from './dates.ts';
import { ID_TYPES } from './map.ts';

/** What is sent, at top level as in the newest edition (section 4.3). */
export type Body = Readonly<Record<string, unknown>>;

type FieldWriters = {
  readonly [Name in CustomerInputField]?: (value: Exclude<CustomerInput[Name], undefined>) => Body;
};

/** Each of our fields in their body. Null clears (question 18); so does an empty text, as reads show no difference. */
const fieldWriters = {
  firstName: (text) => ({ first_name: textOrNull(text) }),
  lastName: (text) => ({ last_name: textOrNull(text) }),
  email: (text) => ({ email: textOrNull(text) }),
  phone: (text) => ({ phone: textOrNull(text) }),
  note: (text) => ({ notes: textOrNull(text) }),
  identityDocument(document) {
    const { type, number } = document ?? { type: null, number: null };
    return {
      ...(type === undefined ? {} : { id_type: type === null ? null : ID_TYPES[type] }),
      ...(number === undefined ? {} : { id_number: textOrNull(number) }),
    };
  },
  ownerId: (id) => ({ agent_id: textOrNull(id) === null ? null : integer('ownerId', id ?? '') }),
  addresses: (addresses) => ({ customer_addresses_attributes: addressesToAdd(addresses ?? []) }),
  tags: (tags) => tagChanges(tagNames(tags).map((name) => [name, true])),
  customFields: (fields) => (fields.length === 0 ? {} : { custom_fields: fields.map(customField) }),
} satisfies FieldWriters;

const writable = Object.keys(fieldWriters) as (keyof typeof fieldWriters)[];
const clearable = ['firstName', 'lastName', 'email', 'phone', 'note', 'identityDocument', 'ownerId'] as const;
// No field is marked required; without phone or e-mail a contact could neither be reached nor found (question 10).
const reachable = [['email', 'phone']] as const;

/** Upsert is composed of look-ups and a create or update (section 14). */
export const customerWrites = {
  CREATE: { required: reachable, writable, clearable },
  UPDATE: { required: [], writable: writable.filter((name) => name !== 'tags'), clearable },
  UPSERT: { required: reachable, writable, clearable },
} satisfies CustomerWrites;

/** The body of a create or update; one with no key has nothing to say. */
export function customerBody(input: CustomerInput): Body {
  // Each writer belongs to the field of its own name: a union of functions is more than the compiler can call.
  const writers = fieldWriters as Readonly<Record<string, (value: unknown) => Body>>;
  return Object.assign({}, ...writable.map((name) => (input[name] === undefined ? {} : writers[name]?.(input[name]))));
}

/** The distinct names behind references: a tag's id is its name, and names match after trimming (section 6). */
export function tagNames(tags: readonly TagRef[]): readonly string[] {
  const names = tags.map((tag, index) => {
    const name = ('name' in tag ? tag.name : tag.vendorId).trim();
    if (name === '') throw refused(`tags.${index}`, 'must have a name; give one.');
    return name;
  });
  return [...new Set(names)];
}

/** True puts a tag on, false takes it off, and those not mentioned stay (section 6, question 6). */
export const tagChanges = (changes: readonly (readonly [name: string, value: boolean])[]): Body =>
  changes.length === 0 ? {} : { tags: changes.map(([name, value]) => ({ name, value })) };

/** Values come back as text, whatever was sent, and an empty one clears (section 7). */
function customField(field: CustomFieldInput, index: number): Body {
  const place = `customFields.${index}`;
  if (field.name === '') throw refused(place, 'must have a name; give one.');
  if (field.shape === 'LIST' && field.list.length > 0) {
    throw unsupported(place, 'cannot be a list, as this CRM keeps custom fields as text; give a text.');
  }
  return { field_name: field.name, field_content: displayValue({ ...field, definition: null }) ?? '' };
}

/** `country_id` is a number of a table nobody has seen, so a country has no place (section 8). */
const ADDRESS_KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    line1: 'address',
    city: 'city',
    province: 'state',
    postalCode: 'zip_code',
    isDefault: 'main',
  } satisfies { [Name in keyof Address]: string }),
);

/** Entries without an id are added to those the customer has; there is no way to change or remove one (section 8). */
function addressesToAdd(addresses: readonly Address[]): readonly Body[] {
  if (addresses.length === 0) {
    throw unsupported('addresses', 'cannot be emptied, as this CRM only adds addresses; leave the field out.');
  }
  const [, second] = addresses.flatMap(({ isDefault }, index) => (isDefault ? [index] : []));
  if (second !== undefined) {
    throw refused(`addresses.${second}.isDefault`, 'is true for a second address; choose one default.');
  }
  return addresses.map(addressToAdd);
}

function addressToAdd(address: Address, index: number): Body {
  const parts = Object.entries(address).filter(([, part]) => part !== undefined && part !== null && part !== '');
  const body = parts.map(([name, part]) => {
    const key = ADDRESS_KEYS.get(name);
    if (key === undefined) throw unsupported(`addresses.${index}.${name}`, 'has no place in this CRM; leave it out.');
    return [key, part];
  });
  if (!parts.some(([name]) => name !== 'isDefault')) {
    throw refused(`addresses.${index}`, 'is empty; give at least one part of it.');
  }
  return Object.fromEntries(body);
}

/**
 * The event schema is that of a customer (question 2), and nothing in it names an event: name and payload travel in
 * custom fields, never in `notes` or other data of the customer, in case the vendor applies them to it (section 10).
 */
export function eventBody(event: EventInput, timeZone: string): Body {
  const { name, payload } = event;
  if (name === '') throw refused('event.name', 'must not be empty; give a name or leave it out.');
  if (payload !== undefined && name === undefined)
    throw refused('event.payload', 'needs a name; give one, or leave it out.');
  const day = (field: 'occurredAt' | 'sentAt' | 'deliveredAt' | 'readAt' | 'lastChatInteractionAt') =>
    event[field] === undefined ? undefined : dayOf(`event.${field}`, event[field], timeZone);
  const custom = [
    ...(name === undefined ? [] : [{ field_name: 'event_name', field_content: name }]),
    ...(payload === undefined ? [] : [{ field_name: 'event_payload', field_content: payload }]),
  ];
  const body = Object.entries({
    outbound_status: event.outboundStatus,
    campaign_id: event.campaignId === undefined ? undefined : integer('event.campaignId', event.campaignId),
    campaign_url: event.campaignUrl,
    error_message: event.errorMessage,
    creation_date: day('occurredAt'),
    sent_at: day('sentAt'),
    delivered_at: day('deliveredAt'),
    read_at: day('readAt'),
    last_chat_interaction: day('lastChatInteractionAt'),
    custom_fields: custom.length === 0 ? undefined : custom,
  }).filter(([, value]) => value !== undefined);
  if (body.length === 0) throw refused('event', 'is empty; say what happened.');
  return Object.fromEntries(body);
}

function dayOf(field: string, value: string, timeZone: string): string {
  const day = dayIn(value, timeZone);
  if (!z.iso.date().safeParse(day).success) throw refused(field, 'is no day or time; give one in ISO 8601.');
  return day;
}

/** Agents and campaigns have whole numbers for ids; `007` would come back as another one. */
function integer(field: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0 && String(number) === text) return number;
  throw refused(field, 'must be a whole number in this CRM; give the id as the CRM shows it.');
}

const refused = (field: string, problem: string): CrmError =>
  new CrmError('BAD_USER_INPUT', { field, executed: 'no', message: `"${field}" ${problem}` });

const unsupported = (field: string, problem: string): CrmError =>
  new CrmError('NOT_SUPPORTED_BY_VENDOR', { field, executed: 'no', message: `"${field}" ${problem}` });
