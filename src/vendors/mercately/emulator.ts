import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, startEmulator } from '../../emulation/emulator.ts';
import { type Person, people, TAG_NAMES } from '../../emulation/people.ts';
import { seededRandom } from '../../emulation/random.ts';

export const credentials = { apiKey: 'mercately-demo-api-key' };

/** What the contract leaves open, and the reading the emulator starts with. */
const quirks = {
  /** 401 or 400 for a missing or wrong key (question 15), and whether anything is said beside it. */
  badKeyStatus: 401,
  badKeyBody: true,
  /** `field_content:` or `field_content` in a customer's custom fields (section 7, quirk 3). */
  contentKey: 'field_content:',
  /** `customer_events`, `customer_events_history`, `events`, `array` or `messages` (question 1). */
  historyShape: 'customer_events',
  /** `404`, or `200` with a message and no customer (section 11). */
  missingCustomer: '404',
  /** Customers per page; no client can choose it (question 14). */
  pageSize: 25,
  /** `digits`: `+` and spaces do not matter; `exact`: only the stored spelling is found (quirk 9). */
  phoneMatch: 'digits',
  /** `day`, `instant` or `zoneless` for a customer's dates (OpenAPI, LooseDate). */
  dateShape: 'day',
};

interface Address {
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly zip_code: string;
  readonly country_id?: number;
  readonly main: boolean;
}

interface CustomField {
  readonly name: string;
  readonly content: string | null;
}

interface Customer {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly idType: string | null;
  readonly idNumber: string | null;
  /** Two letters, for the flat view. */
  readonly country: string;
  readonly addresses: readonly Address[];
  readonly notes: string | null;
  readonly whatsappOptIn: boolean;
  readonly whatsappName: string | null;
  readonly platforms: readonly string[];
  readonly agentId: number | null;
  readonly tags: readonly string[];
  readonly customFields: readonly CustomField[];
  readonly createdAt: Date;
  readonly lastInteractionAt: Date | null;
}

/** As posted, with the id and time the vendor adds (question 1). */
interface Event {
  readonly id: number;
  readonly created_at: string;
  readonly [posted: string]: unknown;
}

const AGENTS = [
  ['Ana', 'Mena', 'ana@example.com', true, false, true, true],
  ['Bolívar', 'Ñacato', 'bolivar@example.com', true, true, false, false],
  ['Carmen', 'Ríos', 'carmen@example.com', false, true, false, false],
].map(([first_name, last_name, email, active, agent, admin, supervisor], index) => {
  return { id: 9 + index, first_name, last_name, email, active, agent, admin, supervisor };
});

const ID_TYPES = ['cedula', 'pasaporte', 'ruc', 'rut', 'otro'] as const;
const PLATFORMS = ['whatsapp', 'messenger', 'instagram'] as const;
const STATUSES = ['read', 'delivered', 'sent', 'error', 'submitted'] as const;

const DAY = 86_400_000;
const OK = 200;
const DEFAULT_EVENTS = 25;
const MOST_EVENTS = 100;

const number = z.string().regex(/^\d+$/);

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live) => mercately(live as typeof quirks, options.customers ?? 500), options);
}

function mercately(live: typeof quirks, count: number): EmulatedVendor {
  let customers: Map<string, Customer>;
  /** By customer id, oldest first. */
  let events: Map<string, Event[]>;
  /** The `web_id` of each tag name: equal for all customers (section 6). */
  let tags: Map<string, string>;

  function reset(): void {
    const everybody = people(count);
    customers = new Map(everybody.map((person) => [opaqueId(person.index), customerOf(person)]));
    events = new Map(everybody.map((person) => [opaqueId(person.index), eventsOf(person)]));
    tags = new Map(TAG_NAMES.map((name, index) => [name, `1713${letters(10_000 + index)}${79 + index}`]));
  }
  reset();

  /** Both views of the addresses; the flat one mirrors the main address, else the first (section 8). */
  function show(customer: Customer): unknown {
    const flat = customer.addresses.find(({ main }) => main) ?? customer.addresses[0];
    const last = events.get(customer.id)?.at(-1);
    return {
      id: customer.id,
      first_name: customer.firstName,
      last_name: customer.lastName,
      email: customer.email,
      phone: customer.phone,
      meli_customer_id: null,
      meli_nickname: null,
      id_type: customer.idType,
      id_number: customer.idNumber,
      address: flat?.address ?? null,
      city: flat?.city ?? null,
      state: flat?.state ?? null,
      zip_code: flat?.zip_code ?? null,
      country_id: flat === undefined ? null : customer.country,
      customer_addresses: customer.addresses,
      notes: customer.notes,
      whatsapp_opt_in: customer.whatsappOptIn,
      whatsapp_name: customer.whatsappName,
      agent_id: customer.agentId,
      tags: customer.tags.map((tag) => ({ tag, web_id: tags.get(tag) })),
      custom_fields: customer.customFields.map(({ name, content }) => ({
        field_name: name,
        [live.contentKey]: content,
      })),
      outbound_status: last?.outbound_status ?? null,
      campaign_id: last?.campaign_id ?? null,
      campaign_url: last?.campaign_url ?? null,
      error_message: last?.error_message ?? null,
      sent_at: last?.sent_at ?? null,
      delivered_at: last?.delivered_at ?? null,
      read_at: last?.read_at ?? null,
      creation_date: date(customer.createdAt),
      last_chat_interaction: customer.lastInteractionAt === null ? null : date(customer.lastInteractionAt),
    };
  }

  function date(time: Date): string {
    if (live.dateShape === 'instant') return time.toISOString();
    if (live.dateShape === 'zoneless') return time.toISOString().slice(0, 19).replace('T', ' ');
    return time.toISOString().slice(0, 10);
  }

  const missing = (): EmulatedAnswer => ({
    status: live.missingCustomer === '200' ? OK : 404,
    body: failureBody(404),
  });

  return {
    headers: ['api-key'],
    basePath: '',
    quirks,
    reset,
    failure: (status) => ({ status, body: failureBody(status) }),
    // Success is told by the status alone, so a failure inside 200 is a body without the resource (section 3).
    failureInside200: (status) => ({ status: OK, body: { message: failureText(status) } }),
    unknownRoute: () => ({ status: 404, body: { message: 'Not found' } }),
    authorize({ headers }) {
      if (headers['api-key'] === credentials.apiKey) return undefined;
      return { status: live.badKeyStatus, body: live.badKeyBody ? failureBody(401) : undefined };
    },
    routes: [
      {
        operation: 'listCustomers',
        method: 'GET',
        path: '/retailers/api/v1/customers',
        // The vendor would ignore an unknown parameter and answer everybody: a correct client sends none.
        query: z.strictObject({
          page: number.optional(),
          start_date: z.iso.date().optional(),
          end_date: z.iso.date().optional(),
          id_type: z.enum(ID_TYPES).optional(),
          id_number: z.string().optional(),
          platform: z.enum(PLATFORMS).optional(),
          order_by_last_interaction: z.enum(['asc', 'desc']).optional(),
        }),
        handle({ query }) {
          const { rows, ...counts } = pageOf(matching(query), query.page, live.pageSize);
          return { status: OK, body: { ...counts, customers: rows.map(show) } };
        },
      },
      {
        operation: 'getCustomer',
        method: 'GET',
        path: '/retailers/api/v1/customers/{identifier}',
        handle({ path }) {
          const customer = identified(path.identifier ?? '');
          if (customer === undefined) return missing();
          return { status: OK, body: { message: 'Customer found successfully', customer: show(customer) } };
        },
      },
      {
        operation: 'listCustomerEvents',
        method: 'GET',
        path: '/retailers/api/v1/customers/{id}/customer_events_history',
        query: z.strictObject({ page: number.optional(), results_per_page: number.optional() }),
        handle({ path, query }) {
          // E-mail and phone do not work here (question 5).
          const history = events.get(path.id ?? '');
          if (history === undefined) return { status: 404, body: failureBody(404) };
          const size = Math.min(Number(query.results_per_page) || DEFAULT_EVENTS, MOST_EVENTS);
          const { rows, ...counts } = pageOf(history.toReversed(), query.page, size);
          if (live.historyShape === 'array') return { status: OK, body: rows };
          if (live.historyShape === 'messages') {
            return { status: OK, body: { messages: 'Customer event created successfully' } };
          }
          return { status: OK, body: { ...counts, [live.historyShape]: rows } };
        },
      },
      {
        operation: 'listAgents',
        method: 'GET',
        path: '/retailers/api/v1/agents',
        handle: () => ({ status: OK, body: { agents: AGENTS } }),
      },
    ],
  };

  function matching(query: Readonly<Record<string, string>>): readonly Customer[] {
    const { start_date, end_date, id_type, id_number, platform, order_by_last_interaction: order } = query;
    const found = [...customers.values()].filter((customer) => {
      // By the day of creation in UTC, both ends included (question 12).
      const day = customer.createdAt.toISOString().slice(0, 10);
      return (
        (start_date === undefined || day >= start_date) &&
        (end_date === undefined || day <= end_date) &&
        (id_type === undefined || customer.idType === id_type) &&
        (id_number === undefined || customer.idNumber === id_number) &&
        (platform === undefined || customer.platforms.includes(platform))
      );
    });
    // Newest created first (question 13).
    if (order === undefined) return found.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
    const interaction = ({ lastInteractionAt }: Customer) => lastInteractionAt?.getTime() ?? 0;
    const direction = order === 'desc' ? -1 : 1;
    return found.sort((one, other) => direction * (interaction(one) - interaction(other)));
  }

  function identified(identifier: string): Customer | undefined {
    const all = [...customers.values()];
    if (identifier.includes('@')) {
      const email = identifier.toLowerCase();
      return all.find((customer) => customer.email?.toLowerCase() === email);
    }
    const byId = customers.get(identifier);
    if (byId !== undefined || !/^\+?[\d .()-]+$/.test(identifier)) return byId;
    if (live.phoneMatch === 'exact') return all.find(({ phone }) => phone === identifier);
    return all.find(({ phone }) => phone !== null && digitsOf(phone) === digitsOf(identifier));
  }
}

/** Page 0 is the first, a page past the end is empty (section 5). */
function pageOf<Row>(rows: readonly Row[], page: string | undefined, size: number) {
  const number = Number(page) || 1;
  return {
    results: rows.length,
    total_pages: Math.ceil(rows.length / size),
    rows: rows.slice((number - 1) * size, number * size),
  };
}

function customerOf(person: Person): Customer {
  const { index, country, callingCode, nationalNumber, createdAt } = person;
  const international = `${callingCode}${nationalNumber}`;
  const home: Address = {
    address: person.street,
    city: person.city,
    state: person.province,
    zip_code: person.postalCode,
    main: true,
  };
  const work: Address = {
    address: 'Av. 12 de Octubre N24',
    city: 'Quito',
    state: 'Pichincha',
    zip_code: '',
    main: false,
  };
  const hasPhone = index % 13 !== 12;
  return {
    id: opaqueId(index),
    firstName: index % 29 === 28 ? null : person.firstName,
    lastName: index % 29 === 28 ? null : person.lastName,
    // Never both: a contact without either cannot be reached (question 10).
    email: index % 9 === 8 && hasPhone ? null : person.email,
    phone: hasPhone ? (index % 8 === 7 ? international : `+${international}`) : null,
    idType: index % 6 === 5 ? null : (ID_TYPES[index % ID_TYPES.length] ?? null),
    idNumber: index % 6 === 5 ? null : person.identityNumber,
    country,
    // Every eleventh has none, some a second one with a number for its country (quirk 7).
    addresses: index % 11 === 10 ? [] : index % 7 === 3 ? [home, { ...work, country_id: 1 }] : [home],
    notes: person.note === '' ? null : person.note,
    whatsappOptIn: person.acceptsMarketing,
    whatsappName: index % 4 === 0 ? null : person.firstName,
    platforms: PLATFORMS.filter((_, place) => place === index % 3 || (place === 0 && hasPhone)),
    agentId: index % 3 === 0 ? null : 9 + (index % AGENTS.length),
    tags: person.tags,
    customFields: customFieldsOf(index),
    createdAt,
    lastInteractionAt: index % 5 === 0 ? null : new Date(createdAt.getTime() + (index % 60) * DAY),
  };
}

/** Contents are text or null; one field of a customer is named as if it were an event (section 10). */
function customFieldsOf(index: number): readonly CustomField[] {
  const every: readonly (CustomField & { readonly nth: number })[] = [
    { nth: 2, name: 'puntos', content: String(index * 10) },
    { nth: 3, name: '生日礼物', content: '茶叶 🍵' },
    { nth: 4, name: 'Cumpleaños del niño', content: '2019-08-24' },
    { nth: 5, name: 'rerum', content: '' },
    { nth: 7, name: 'sin valor', content: null },
    { nth: 10, name: 'event_name', content: 'not_an_event' },
  ];
  return every.filter(({ nth }) => index % nth === nth - 1);
}

/** 0 to 40 events, oldest first; every fourth is a named one. */
function eventsOf({ index, createdAt }: Person): Event[] {
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

/** Looks like `1713huaxq1352`. */
const opaqueId = (index: number): string => `${1713 + Math.floor(index / 100)}${letters(index)}${1352 + index}`;

function letters(seed: number): string {
  const random = seededRandom(seed);
  return Array.from({ length: 5 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** Known texts where there are any (section 11); 422 says it in a list. */
function failureBody(status: number): unknown {
  return status === 422 ? { errors: [failureText(status)] } : { message: failureText(status) };
}

function failureText(status: number): string {
  switch (status) {
    // A bad key may have this status too (quirk `badKeyStatus`): this is the other thing it can mean.
    case 400:
      return 'Invalid parameters';
    case 401:
      return 'Unauthorized';
    case 404:
      return 'Customer not found';
    case 422:
      return 'Phone has already been taken';
    case 429:
      return 'Too many requests';
    default:
      return 'Internal server error';
  }
}
