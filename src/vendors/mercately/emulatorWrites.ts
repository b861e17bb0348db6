import { z } from 'zod';
import { type Address, type Customer, type CustomField, ID_TYPES } from './emulatorRecords.ts';

// What the emulated vendor takes, and what it makes of it.

const text = z.string().nullish();
const name = z.string().regex(/\S/);
// Documented as days (section 4.5).
const day = z.iso.date().nullish();

const customerFields = {
  first_name: text,
  last_name: text,
  email: text,
  phone: text,
  // Other values: 422 (section 9).
  id_type: z.enum(ID_TYPES).nullish(),
  id_number: text,
  customer_addresses_attributes: z
    .array(
      z.strictObject({
        address: z.string().optional(),
        city: z.string().optional(),
        state: z.string().optional(),
        zip_code: z.string().optional(),
        country_id: z.int().optional(),
        latitude: z.string().optional(),
        longitude: z.string().optional(),
        description: z.string().optional(),
        main: z.boolean().optional(),
      }),
    )
    .optional(),
  // The flat address of the older pages (section 8).
  address: text,
  city: text,
  state: text,
  zip_code: text,
  country_id: z.union([z.string(), z.int()]).nullish(),
  notes: text,
  agent_id: z.int().nullish(),
  tags: z.array(z.strictObject({ name, value: z.boolean() })).optional(),
  custom_fields: z
    .array(
      z.strictObject({
        field_name: name,
        field_content: z.union([z.string(), z.number(), z.boolean(), z.null()]),
      }),
    )
    .optional(),
};

const eventFields = {
  ...customerFields,
  outbound_status: text,
  campaign_id: z.int().nullish(),
  campaign_url: text,
  error_message: text,
  creation_date: day,
  sent_at: day,
  delivered_at: day,
  read_at: day,
  last_chat_interaction: day,
};

const saysSomething = (body: object) => Object.keys(body).length > 0;
const unwrapped = (body: unknown) => z.strictObject({ customer: z.unknown() }).safeParse(body).data?.customer ?? body;

/** What correct clients send: at top level, or wrapped as in older editions (section 4.3). */
export const customerBody = z.preprocess(unwrapped, z.strictObject(customerFields).refine(saysSomething));
export const eventBody = z.strictObject(eventFields).refine(saysSomething);

// What the vendor takes: keys it does not know are left aside.
export const takenCustomer = z.preprocess(unwrapped, z.object(customerFields));
export const takenEvent = z.object(eventFields);

type CustomerBody = z.output<typeof takenCustomer>;

/** The customer as the body leaves it: what the body does not name stays (section 4.4), and null clears (question 18). */
export function changed(customer: Customer, body: CustomerBody, fieldNames: readonly string[]): Customer {
  return {
    ...customer,
    first_name: kept(customer.first_name, body.first_name),
    last_name: kept(customer.last_name, body.last_name),
    email: kept(customer.email, body.email),
    phone: kept(customer.phone, body.phone),
    id_type: kept(customer.id_type, body.id_type),
    id_number: kept(customer.id_number, body.id_number),
    notes: kept(customer.notes, body.notes),
    agent_id: kept(customer.agent_id, body.agent_id),
    tags: changedTags(customer.tags, body.tags ?? []),
    custom_fields: changedFields(customer.custom_fields, body.custom_fields ?? [], fieldNames),
    ...changedAddresses(customer, body),
  };
}

const kept = <Value>(held: Value, given: Value | undefined): Value => (given === undefined ? held : given);

/** True puts on, false takes off, the others stay; names match after trimming (section 6). */
function changedTags(held: readonly string[], changes: NonNullable<CustomerBody['tags']>): readonly string[] {
  const tags = new Set(held);
  for (const { name, value } of changes) {
    if (value) tags.add(name.trim());
    else tags.delete(name.trim());
  }
  return [...tags];
}

/** Contents become text, null an empty one, and unknown names are dropped (section 7). */
function changedFields(
  held: readonly CustomField[],
  changes: NonNullable<CustomerBody['custom_fields']>,
  fieldNames: readonly string[],
): readonly CustomField[] {
  const fields = new Map(held.map((field) => [field.field_name, field]));
  for (const { field_name, field_content } of changes) {
    if (!fieldNames.includes(field_name)) continue;
    fields.set(field_name, { field_name, field_content: String(field_content ?? '') });
  }
  return [...fields.values()];
}

/** Entries are added, one is the main one at most, and a flat address is that of the main one (section 8). */
function changedAddresses(
  { customer_addresses, country_id }: Customer,
  body: CustomerBody,
): Pick<Customer, 'customer_addresses' | 'country_id'> {
  let addresses = customer_addresses;
  for (const added of body.customer_addresses_attributes ?? []) {
    const main = added.main ?? false;
    // The new main one unsets the old; the others stay the very objects they were.
    const others = main
      ? addresses.map((address) => (address.main ? { ...address, main: false } : address))
      : addresses;
    addresses = [...others, { ...withoutAbsent(added), main }];
  }
  const main = flatAddress(addresses);
  // The letters are those of one address; what is written has none unless the flat country gives them.
  const held = main === flatAddress(customer_addresses) ? country_id : null;
  const { address, city, state, zip_code, country_id: given } = body;
  const letters = given === undefined ? held : typeof given === 'string' ? given : null;
  const flat = withoutAbsent({ address, city, state, zip_code });
  if (Object.keys(flat).length === 0) return { customer_addresses: addresses, country_id: letters };
  const written: Address = { ...main, ...flat, main: true };
  return {
    customer_addresses: main === undefined ? [written] : addresses.map((other) => (other === main ? written : other)),
    country_id: letters,
  };
}

/** The address that the flat fields of a read mirror: the main one, else the first (section 8). */
export const flatAddress = (addresses: readonly Address[]): Address | undefined =>
  addresses.find(({ main }) => main) ?? addresses[0];

function withoutAbsent<Given extends object>(given: Given): { [Name in keyof Given]: Exclude<Given[Name], undefined> } {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  // Only absent values were taken out.
  return Object.fromEntries(present) as { [Name in keyof Given]: Exclude<Given[Name], undefined> };
}
