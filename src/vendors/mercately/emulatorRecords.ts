import { type Person, TAG_NAMES } from '../../emulation/people.ts';
import { seededRandom } from '../../emulation/random.ts';

// What the emulated vendor holds, under the vendor's own names, and the records it starts with.

export interface Address {
  readonly address?: string | null;
  readonly city?: string | null;
  readonly state?: string | null;
  readonly zip_code?: string | null;
  readonly country_id?: number;
  readonly latitude?: string;
  readonly longitude?: string;
  readonly description?: string;
  readonly main: boolean;
}

export interface CustomField {
  readonly field_name: string;
  readonly field_content: string | null;
}

export interface Customer {
  readonly id: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly id_type: string | null;
  readonly id_number: string | null;
  /** Two letters, for the flat view; what is written has a number or none (section 8). */
  readonly country_id: string | null;
  readonly customer_addresses: readonly Address[];
  readonly notes: string | null;
  readonly whatsapp_opt_in: boolean;
  readonly whatsapp_name: string | null;
  readonly agent_id: number | null;
  /** Names. */
  readonly tags: readonly string[];
  readonly custom_fields: readonly CustomField[];
  /** Facts of the last outbound message: an event that is posted does not change them (question 4). */
  readonly outbound: Readonly<Record<string, unknown>>;
  /** The `platform` filter finds these; nothing shows them. */
  readonly platforms: readonly string[];
  readonly creation_date: Date;
  readonly last_chat_interaction: Date | null;
  /** Nothing shows it. */
  readonly updated_at: Date;
}

/** As posted, with the id and time the vendor adds (question 1). */
export interface Event {
  readonly id: number;
  readonly created_at: string;
  readonly [posted: string]: unknown;
}

export const AGENTS = [
  ['Ana', 'Mena', 'ana@example.com', true, false, true, true],
  ['Bolívar', 'Ñacato', 'bolivar@example.com', true, true, false, false],
  ['Carmen', 'Ríos', 'carmen@example.com', false, true, false, false],
].map(([first_name, last_name, email, active, agent, admin, supervisor], index) => {
  return { id: 9 + index, first_name, last_name, email, active, agent, admin, supervisor };
});

export const ID_TYPES = ['cedula', 'pasaporte', 'ruc', 'rut', 'otro'] as const;
export const PLATFORMS = ['whatsapp', 'messenger', 'instagram'] as const;
const STATUSES = ['read', 'delivered', 'sent', 'error', 'submitted'] as const;

/** The account's own fields, made in the web application (section 7). One is named as if it were an event's. */
export const CUSTOM_FIELDS = ['puntos', '生日礼物', 'Cumpleaños del niño', 'rerum', 'sin valor', 'event_name'] as const;

const OUTBOUND_FIELDS = [
  'outbound_status',
  'campaign_id',
  'campaign_url',
  'error_message',
  'sent_at',
  'delivered_at',
  'read_at',
] as const;

const DAY = 86_400_000;

/** The `web_id` of each tag name: equal for all customers (section 6). */
export const seededTags = (): Map<string, string> => new Map(TAG_NAMES.map((name, index) => [name, webId(index)]));

export const webId = (index: number): string => `1713${letters(10_000 + index)}${79 + index}`;

/** Looks like `1713huaxq1352`. */
export const opaqueId = (index: number): string => `${1713 + Math.floor(index / 100)}${letters(index)}${1352 + index}`;

function letters(seed: number): string {
  const random = seededRandom(seed);
  return Array.from({ length: 5 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

/** Somebody of whom nothing was said yet. */
export const newCustomer = (index: number, now: Date): Customer => ({
  id: opaqueId(index),
  first_name: null,
  last_name: null,
  email: null,
  phone: null,
  id_type: null,
  id_number: null,
  country_id: null,
  customer_addresses: [],
  notes: null,
  whatsapp_opt_in: false,
  whatsapp_name: null,
  agent_id: null,
  tags: [],
  custom_fields: [],
  outbound: outboundOf(undefined),
  platforms: [],
  creation_date: now,
  last_chat_interaction: null,
  updated_at: now,
});

export function seededCustomer(person: Person): Customer {
  const { index, callingCode, nationalNumber, createdAt } = person;
  const international = `${callingCode}${nationalNumber}`;
  const hasPhone = index % 13 !== 12;
  const addresses = seededAddresses(person);
  return {
    id: opaqueId(index),
    first_name: index % 29 === 28 ? null : person.firstName,
    last_name: index % 29 === 28 ? null : person.lastName,
    // Never both: a contact without either cannot be reached (question 10).
    email: index % 9 === 8 && hasPhone ? null : person.email,
    phone: hasPhone ? (index % 8 === 7 ? international : `+${international}`) : null,
    id_type: index % 6 === 5 ? null : (ID_TYPES[index % ID_TYPES.length] ?? null),
    id_number: index % 6 === 5 ? null : person.identityNumber,
    country_id: addresses.length === 0 ? null : person.country,
    customer_addresses: addresses,
    notes: person.note === '' ? null : person.note,
    whatsapp_opt_in: person.acceptsMarketing,
    whatsapp_name: index % 4 === 0 ? null : person.firstName,
    agent_id: index % 3 === 0 ? null : 9 + (index % AGENTS.length),
    tags: person.tags,
    custom_fields: seededFields(index),
    outbound: outboundOf(seededEvents(person).at(-1)),
    platforms: PLATFORMS.filter((_, place) => place === index % 3 || (place === 0 && hasPhone)),
    creation_date: createdAt,
    last_chat_interaction: index % 5 === 0 ? null : new Date(createdAt.getTime() + (index % 60) * DAY),
    updated_at: person.updatedAt,
  };
}

const outboundOf = (event: Event | undefined) =>
  Object.fromEntries(OUTBOUND_FIELDS.map((name) => [name, event?.[name] ?? null]));

/** Every eleventh has none, some a second one with a number for its country (quirk 7). */
function seededAddresses(person: Person): readonly Address[] {
  const { index, street, city, province, postalCode } = person;
  const home = { address: street, city, state: province, zip_code: postalCode, main: true };
  const work = {
    address: 'Av. 12 de Octubre N24',
    city: 'Quito',
    state: 'Pichincha',
    zip_code: '',
    main: false,
    country_id: 1,
  };
  if (index % 11 === 10) return [];
  return index % 7 === 3 ? [home, work] : [home];
}

/** Contents are text or null. */
function seededFields(index: number): readonly CustomField[] {
  const every: readonly (readonly [nth: number, name: (typeof CUSTOM_FIELDS)[number], content: string | null])[] = [
    [2, 'puntos', String(index * 10)],
    [3, '生日礼物', '茶叶 🍵'],
    [4, 'Cumpleaños del niño', '2019-08-24'],
    [5, 'rerum', ''],
    [7, 'sin valor', null],
    [10, 'event_name', 'not_an_event'],
  ];
  return every
    .filter(([nth]) => index % nth === nth - 1)
    .map(([, field_name, field_content]) => ({ field_name, field_content }));
}

/** 0 to 40 events, oldest first; every fourth is a named one. */
export function seededEvents({ index, createdAt }: Person): Event[] {
  return Array.from({ length: (index * 7) % 41 }, (_, place) => {
    const time = new Date(createdAt.getTime() + place * 1.7 * DAY);
    const day = time.toISOString().slice(0, 10);
    const added = { id: index * 100 + place + 1, created_at: time.toISOString() };
    return place % 4 === 3 ? { ...added, ...namedEvent(place, day) } : { ...added, ...outboundMessage(place, day) };
  });
}

/** Name and payload travel in custom fields, the time in `creation_date` (section 10). */
function namedEvent(place: number, day: string) {
  const order = JSON.stringify({ order: 1000 + place, total: '25.50', note: 'señal ✓' });
  return {
    creation_date: day,
    custom_fields: [
      { field_name: 'event_name', field_content: place % 8 === 3 ? 'order_completed' : 'Đã mua hàng' },
      ...(place % 8 === 3 ? [{ field_name: 'event_payload', field_content: order }] : []),
    ],
  };
}

function outboundMessage(place: number, day: string) {
  const status = STATUSES[place % STATUSES.length];
  const arrived = status === 'read' || status === 'delivered';
  return {
    outbound_status: status,
    campaign_id: place % 2 === 0 ? 40 + place : null,
    campaign_url: place % 2 === 0 ? `https://example.com/campaign/${40 + place}` : null,
    error_message: status === 'error' ? 'Invalid media type' : null,
    creation_date: day,
    sent_at: status === 'submitted' ? null : day,
    delivered_at: arrived ? day : null,
    read_at: status === 'read' ? day : null,
    last_chat_interaction: null,
    tags: [],
    custom_fields: [],
  };
}
