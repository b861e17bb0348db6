import type { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { CustomerFilter } from '../../crm/adapter.ts';
import type { CrmAgent } from '../../crm/agent.ts';
import type {
  Address,
  Customer,
  CustomerCompleteness,
  CustomerField,
  CustomerFields,
  IdentityDocumentType,
} from '../../crm/customer.ts';
import type { CustomerEvent } from '../../crm/customerEvent.ts';
import { type FieldReaders, fieldsOnRows, type ReadRecord, readRow, recordReader } from '../../crm/record.ts';
import { checked } from '../../crm/shapes.ts';
import type { Tag } from '../../crm/tag.ts';
import { textOrNull } from '../../crm/values.ts';
import { looseDateOrNull } from './dates.ts';
import { type eventHistory, wireAgent, wireCustomer, type wireCustomField, wireEvent } from './wire.ts';

type CustomerRow = z.output<typeof wireCustomer>;

/** One customer object for list and get (section 4.1). The last outbound message stays in the vendor's own data. */
const fields = {
  fullName: (row) => textOrNull([row.first_name, row.last_name].map(textOrNull).filter(Boolean).join(' ')),
  firstName: (row) => textOrNull(row.first_name),
  lastName: (row) => textOrNull(row.last_name),
  email: (row) => textOrNull(row.email),
  phone: (row) => textOrNull(row.phone),
  note: (row) => textOrNull(row.notes),
  identityDocument(row) {
    const type = documentType(row.id_type);
    const number = textOrNull(row.id_number);
    return type === null && number === null ? null : { type, number };
  },
  addresses,
  whatsappOptIn: (row) => row.whatsapp_opt_in ?? null,
  messagingChannels(row) {
    const displayName = textOrNull(row.whatsapp_name);
    return displayName === null ? [] : [{ platform: 'whatsapp', displayName }];
  },
  ownerId: (row) => idOrNull(row.agent_id),
  createdAt: (row, account) => looseDateOrNull(row.creation_date, account.timeZone),
  lastInteractionAt: (row, account) => looseDateOrNull(row.last_chat_interaction, account.timeZone),
  tags: (row, account) => (row.tags ?? []).map(({ tag }) => tagNamed(account, tag)),
  customFields: (row) =>
    (row.custom_fields ?? []).map((field) => ({
      name: field.field_name,
      definition: null,
      shape: 'TEXT',
      text: contentOf(field),
    })),
} satisfies FieldReaders<typeof wireCustomer, CustomerFields>;

export const customerFields: ReadonlySet<CustomerField> = new Set(Object.keys(fields) as CustomerField[]);

// FULL: no other call shows more about a customer than this object (section 14).
const full: CustomerCompleteness = { completeness: 'FULL', readableFields: customerFields };

export const customer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, (row) => String(row.id), fields, full);

/** All addresses where the live list's own array has them, else the flat main address (section 8). */
function addresses(row: CustomerRow): readonly Address[] {
  const listed = row.customer_addresses ?? [];
  if (listed.length === 0) {
    const flat = { ...addressParts(row), countryCode: countryCode(row.country_id) };
    return Object.values(flat).every((part) => part === null) ? [] : [{ ...flat, isDefault: true }];
  }
  return listed.map((address) => ({
    ...addressParts(address),
    // Only the flat view of the same address names its country in letters (quirk 7).
    countryCode:
      countryCode(address.country_id) ?? (address.address === row.address ? countryCode(row.country_id) : null),
    isDefault: address.main ?? null,
  }));
}

const addressParts = (from: Pick<CustomerRow, 'address' | 'city' | 'state' | 'zip_code'>) => ({
  line1: textOrNull(from.address),
  city: textOrNull(from.city),
  province: textOrNull(from.state),
  postalCode: textOrNull(from.zip_code),
});

/** Numbers are of a table nobody has seen (section 8). */
const countryCode = (country: string | number | null | undefined): string | null =>
  typeof country === 'string' && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : null;

const idOrNull = (id: string | number | null | undefined): string | null =>
  id === undefined || id === null ? null : textOrNull(String(id));

function contentOf(field: z.output<typeof wireCustomField>): string | null {
  const content = field['field_content:'] ?? field.field_content;
  return content === undefined || content === null ? null : textOrNull(String(content));
}

/** Writes take the name, and `web_id` works in no call: the name is the id (section 6). */
export const tagNamed = (account: AccountFacts, name: string): Tag => ({
  account,
  vendorId: name,
  name,
  createdAt: null,
  updatedAt: null,
});

/** The body is the customer schema with the facts of an outbound message (section 10). */
const eventFields = {
  payload: (row) => (nameOf(row) === null ? null : customContent(row, 'event_payload')),
  outboundStatus: (row) => textOrNull(row.outbound_status),
  campaignId: (row) => idOrNull(row.campaign_id),
  campaignUrl: (row) => textOrNull(row.campaign_url),
  errorMessage: (row) => textOrNull(row.error_message),
  // Where we record it, for messages too; others may give no more than when it was sent.
  occurredAt: (row, { timeZone }) =>
    looseDateOrNull(row.creation_date, timeZone) ??
    looseDateOrNull(row.sent_at, timeZone) ??
    looseDateOrNull(row.created_at, timeZone),
  createdAt: (row, { timeZone }) => looseDateOrNull(row.created_at, timeZone),
  sentAt: (row, { timeZone }) => looseDateOrNull(row.sent_at, timeZone),
  deliveredAt: (row, { timeZone }) => looseDateOrNull(row.delivered_at, timeZone),
  readAt: (row, { timeZone }) => looseDateOrNull(row.read_at, timeZone),
  lastChatInteractionAt: (row, { timeZone }) => looseDateOrNull(row.last_chat_interaction, timeZone),
} satisfies FieldReaders<typeof wireEvent, CustomerEvent>;

const notCarried = { senderName: null, senderEmail: null, senderPhone: null, text: null, formFields: null } as const;

/**
 * Reads a customer's events. Nothing in a row names the event: a named one carries name and payload in custom fields
 * (section 10). Undefined for a row of which it cannot be told what it is.
 */
export function eventReader(account: AccountFacts): (customerId: string, raw: unknown) => CustomerEvent | undefined {
  const onRow = fieldsOnRows(account, wireEvent, eventFields, notCarried);
  return (customerId, raw) =>
    readRow(account, raw, (json) => {
      const event = onRow(json);
      const name = nameOf(event.row);
      return Object.assign(event, {
        vendorId: idOrNull(event.row.id),
        customerVendorId: customerId,
        kind: name === null ? ('OUTBOUND_MESSAGE' as const) : ('NAMED' as const),
        name,
      });
    });
}

/** A page of a customer's history, in whichever of its shapes it came (question 1). */
export function historyIn(answer: z.output<typeof eventHistory>) {
  if (Array.isArray(answer)) return { rows: answer, pages: undefined, total: undefined };
  const { customer_events, customer_events_history, events, total_pages, results } = answer;
  const rows: readonly unknown[] = [customer_events, customer_events_history, events].find(Array.isArray) ?? [];
  return { rows, pages: numberOf(total_pages), total: numberOf(results) };
}

const numberOf = (count: unknown): number | undefined => (typeof count === 'number' ? count : undefined);

const nameOf = (row: z.output<typeof wireEvent>): string | null => customContent(row, 'event_name');

function customContent({ custom_fields }: z.output<typeof wireEvent>, name: string): string | null {
  const field = custom_fields?.find(({ field_name }) => field_name === name);
  return field === undefined ? null : contentOf(field);
}

export function crmAgent(account: AccountFacts, raw: unknown): CrmAgent | undefined {
  const parsed = checked(wireAgent, raw);
  if (!parsed.success) return undefined;
  const agent = parsed.data;
  return {
    account,
    vendorId: String(agent.id),
    firstName: textOrNull(agent.first_name),
    lastName: textOrNull(agent.last_name),
    email: textOrNull(agent.email),
    isActive: agent.active ?? null,
    isAgent: agent.agent ?? null,
    isAdmin: agent.admin ?? null,
    isSupervisor: agent.supervisor ?? null,
  };
}

/** Our word and the vendor's for each kind of identity document (section 9). */
export const ID_TYPES = {
  CEDULA: 'cedula',
  PASSPORT: 'pasaporte',
  RUC: 'ruc',
  RUT: 'rut',
  OTHER: 'otro',
} satisfies Record<IdentityDocumentType, string>;
const DOCUMENT_TYPES = Object.keys(ID_TYPES) as (keyof typeof ID_TYPES)[];

/** A kind of document that joins the vendor's list later is still a document. */
function documentType(idType: string | null | undefined): IdentityDocumentType | null {
  if (textOrNull(idType) === null) return null;
  return DOCUMENT_TYPES.find((type) => ID_TYPES[type] === idType) ?? 'OTHER';
}

/** Our conditions in the list's query. The vendor has no others, and no parameter for the page size (section 5). */
export const customerQuery = {
  createdFrom: (day: string) => ({ start_date: day }),
  createdTo: (day: string) => ({ end_date: day }),
  identityDocumentType: (type: IdentityDocumentType) => ({ id_type: ID_TYPES[type] }),
  identityDocumentNumber: (number: string) => ({ id_number: number }),
  platform: (platform: NonNullable<CustomerFilter['platform']>) => ({ platform: platform.toLowerCase() }),
} satisfies { [Name in keyof CustomerFilter]?: (value: never) => Record<string, string> };
