import { z } from 'zod';
import { isUsualDay, isUsualInstant } from '../../crm/instants.ts';
import { usually } from '../../crm/shapes.ts';

// Fields of the contract's customer, event and agent that we use. Ids arrive as text or integer (quirk 5).
const id = z.union([z.number(), z.string()]);
const text = z.string().nullish();

const day = z.iso.date();

/**
 * Documented as a day, but time stamps must be accepted (OpenAPI, LooseDate). The day itself has to exist. What is usual
 * comes first: each shape that is tried in vain words its objections.
 */
const looseDate = z
  .union([
    usually(
      z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}([T ].*)?$/)
        .refine((value) => day.safeParse(value.slice(0, 10)).success),
      (value) => isUsualDay(value) || isUsualInstant(value),
    ),
    z.literal(''),
  ])
  .nullish();

/** The live service really writes the key with a colon (section 7); values come back as text, whatever was sent. */
const content = z.union([z.string(), z.number(), z.boolean()]).nullish();
export const wireCustomField = z.looseObject({
  field_name: z.string(),
  'field_content:': content,
  field_content: content,
});

/** Two letters in the flat view, a number of an unknown table where addresses are written (quirk 7). */
const country = z.union([z.string(), z.number()]).nullish();
const wireAddress = z.looseObject({
  address: text,
  city: text,
  state: text,
  zip_code: text,
  country_id: country,
  main: z.boolean().nullish(),
});

export const wireCustomer = z.object({
  id,
  first_name: text,
  last_name: text,
  email: text,
  phone: text,
  notes: text,
  id_type: text,
  id_number: text,
  address: text,
  city: text,
  state: text,
  zip_code: text,
  country_id: country,
  // Seen by a client only, its items never shown (section 4.1): anything else than addresses leaves the flat view.
  customer_addresses: z.array(wireAddress).nullish().catch(null),
  whatsapp_opt_in: z.boolean().nullish(),
  whatsapp_name: text,
  agent_id: id.nullish(),
  creation_date: looseDate,
  last_chat_interaction: looseDate,
  tags: z.array(z.looseObject({ tag: z.string() })).nullish(),
  custom_fields: z.array(wireCustomField).nullish(),
});

/** A record's own fields are checked one by one when they are read (`wireCustomer`); only its id must be there. */
export const customerRow = z.looseObject({ id });

/** 200 with a message and no customer means there is none: a client that uses the API reads it so (section 11). */
export const oneCustomer = z.union([
  z.looseObject({ customer: customerRow }),
  z.looseObject({ message: z.string(), customer: z.null().optional() }),
]);

/** No body at all is accepted after every write: the status decides (section 3). */
export const createdCustomer = z
  .looseObject({ customer: z.looseObject({ id: z.union([z.number(), z.string().min(1)]) }) })
  .optional();

/** What an update answers is not documented: a message, and perhaps the customer (question 11). */
export const updatedCustomer = z
  .union([
    z.looseObject({ customer: customerRow }),
    z.looseObject({ message: z.string(), customer: z.null().optional() }),
  ])
  .optional();

/** `messages`, which is `message` elsewhere (quirk 2); neither an id nor the event comes back (section 4.5). */
export const recordedEvent = z.looseObject({ messages: z.string() }).optional();

const counts = { results: z.number().nullish(), total_pages: z.number().nullish() };
const rows = z.array(z.unknown());

export const customerPage = z.looseObject({ ...counts, customers: rows });

/** The shape was never shown: the sample repeats the answer of the POST. All these are accepted (question 1). */
export const eventHistory = z.union([
  z.looseObject({ ...counts, customer_events: rows }),
  z.looseObject({ ...counts, customer_events_history: rows }),
  z.looseObject({ ...counts, events: rows }),
  rows,
  z.looseObject({ messages: z.string() }),
]);

export const wireEvent = z.looseObject({
  id: id.nullish(),
  outbound_status: text,
  campaign_id: id.nullish(),
  campaign_url: text,
  error_message: text,
  creation_date: looseDate,
  sent_at: looseDate,
  delivered_at: looseDate,
  read_at: looseDate,
  last_chat_interaction: looseDate,
  created_at: looseDate,
  custom_fields: z.array(wireCustomField).nullish(),
});

const flag = z.boolean().nullish();
export const wireAgent = z.looseObject({
  id,
  first_name: text,
  last_name: text,
  email: text,
  active: flag,
  agent: flag,
  admin: flag,
  supervisor: flag,
});

export const agents = z.looseObject({ agents: z.array(z.unknown()) });
