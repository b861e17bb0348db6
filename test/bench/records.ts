import { people } from '../../src/emulation/people.ts';

// What the bench's two CRMs hold, in the words of their contracts.

/** Every list page of Mercately's; its size cannot be chosen. */
export const MERCATELY_PAGE = 25;
const HEIDIANER_CUSTOMERS = 40;
const MERCATELY_CUSTOMERS = 60;
const EVENTS_EACH = 5;
/** So many of Heidianer's customers are in two of the segments each. */
export const SEGMENTED = 20;
const SEGMENTS = 5;

const heidianerPeople = people(HEIDIANER_CUSTOMERS);

/** The contract's CustomerBrief without its segments: what a segment's members look like. */
export const heidianerMembers = heidianerPeople.map((person) => ({
  id: person.index + 1,
  mobile: `139${20_000_000 + person.index}`,
  full_name: person.fullName,
  gender: person.gender,
  email: person.email,
  birthday: person.birthday,
  note: person.note,
  accepts_marketing: person.acceptsMarketing,
  tags: person.tags,
  addresses: [],
  created_at: `${person.createdAt.toISOString().slice(0, 19)}Z`,
}));

const segmentTitles = Array.from({ length: SEGMENTS }, (_, index) => `标签${index + 1}`);

/** Numbers, from 0, of the segments that hold a customer. */
const segmentsOf = (customer: number): readonly number[] =>
  customer < SEGMENTED ? [customer % SEGMENTS, (customer + 1) % SEGMENTS] : [];

export const heidianerCustomers = heidianerMembers.map((member, index) => ({
  ...member,
  segments: segmentsOf(index).map((segment) => ({ id: segment + 1, title: segmentTitles[segment] ?? '' })),
}));

export const heidianerSegments = segmentTitles.map((title, segment) => ({
  id: segment + 1,
  title,
  customers: heidianerMembers.filter((_, index) => segmentsOf(index).includes(segment)),
}));

export const mercatelyCustomers = people(MERCATELY_CUSTOMERS).map((person) => ({
  id: `17${13_000 + person.index}huaxq${1_000 + person.index}`,
  first_name: person.firstName,
  last_name: person.lastName,
  email: person.email,
  phone: `+${person.callingCode}${person.nationalNumber}`,
  meli_customer_id: null,
  meli_nickname: null,
  id_type: 'cedula',
  id_number: person.identityNumber,
  address: person.street,
  city: person.city,
  state: person.province,
  zip_code: person.postalCode,
  country_id: person.country,
  notes: person.note,
  whatsapp_opt_in: person.acceptsMarketing,
  whatsapp_name: person.firstName,
  agent_id: 9,
  creation_date: person.createdAt.toISOString().slice(0, 10),
  tags: person.tags.map((tag, index) => ({ tag, web_id: `1713untwo${index}` })),
  custom_fields: [{ field_name: 'puntos', 'field_content:': String(person.index * 10) }],
}));

/** Newest first. */
export const mercatelyEvents = mercatelyCustomers.map((_, customer) =>
  Array.from({ length: EVENTS_EACH }, (_, index) => ({
    id: customer * 100 + EVENTS_EACH - index,
    created_at: `2024-05-${String(28 - index)}T12:00:00.000Z`,
    outbound_status: ['read', 'delivered', 'sent', 'error', 'submitted'][index],
    campaign_id: 40 + index,
    campaign_url: `https://example.com/campaign/${40 + index}`,
    error_message: index === 3 ? 'Invalid media type' : null,
    creation_date: `2024-05-${28 - index}`,
    sent_at: `2024-05-${28 - index}`,
    delivered_at: index < 2 ? `2024-05-${28 - index}` : null,
    read_at: index < 1 ? `2024-05-${28 - index}` : null,
    last_chat_interaction: null,
    tags: [],
    custom_fields: [],
  })),
);

export type HeidianerMember = (typeof heidianerMembers)[number];
export type HeidianerCustomer = (typeof heidianerCustomers)[number];
export type HeidianerSegment = (typeof heidianerSegments)[number];
export type MercatelyCustomer = (typeof mercatelyCustomers)[number];
export type MercatelyEvent = (typeof mercatelyEvents)[number][number];
