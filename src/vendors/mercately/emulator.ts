import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, startEmulator } from '../../emulation/emulator.ts';
import { AGENTS, type Customer, ID_TYPES, PLATFORMS } from './emulatorRecords.ts';
import { createStore } from './emulatorStore.ts';
import { customerBody, eventBody, flatAddress } from './emulatorWrites.ts';

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
  /** What an update answers: `customer` beside the message, or the `message` alone (question 11). */
  updateReply: 'customer',
  /** `ignored` or `422` for a custom field the account does not have (question 8). */
  unknownCustomField: 'ignored',
  /** Whether a customer must have a phone or an e-mail (question 10). */
  phoneOrEmail: true,
  /** Letters of the flat view for an address that was written, where nobody gave them; `''`: null (section 8). */
  writtenCountry: '',
};

const OK = 200;
const DEFAULT_EVENTS = 25;
const MOST_EVENTS = 100;

const number = z.string().regex(/^\d+$/);

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live) => mercately(live as typeof quirks, options.customers ?? 500), options);
}

function mercately(live: typeof quirks, count: number): EmulatedVendor {
  const store = createStore(live, count);

  /** Both views of the addresses (section 8). */
  function show(held: Customer): unknown {
    const { platforms: _, updated_at: __, outbound, ...customer } = held;
    const flat = flatAddress(customer.customer_addresses);
    return {
      ...customer,
      meli_customer_id: null,
      meli_nickname: null,
      address: flat?.address ?? null,
      city: flat?.city ?? null,
      state: flat?.state ?? null,
      zip_code: flat?.zip_code ?? null,
      country_id: customer.country_id ?? (flat && (live.writtenCountry || null)) ?? null,
      tags: store.tagsOf(held),
      custom_fields: customer.custom_fields.map(({ field_name, field_content }) => ({
        field_name,
        [live.contentKey]: field_content,
      })),
      ...outbound,
      creation_date: date(customer.creation_date),
      last_chat_interaction: customer.last_chat_interaction === null ? null : date(customer.last_chat_interaction),
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
    reset: store.reset,
    records: store.records,
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
          const { rows, ...counts } = pageOf(store.matching(query), query.page, live.pageSize);
          return { status: OK, body: { ...counts, customers: rows.map(show) } };
        },
      },
      {
        operation: 'createCustomer',
        method: 'POST',
        path: '/retailers/api/v1/customers',
        body: customerBody,
        handle({ body }) {
          const answer = store.create(body);
          if ('problems' in answer) return invalid(answer.problems);
          return { status: OK, body: { message: 'Customer created successfully', customer: show(answer.stored) } };
        },
      },
      {
        operation: 'getCustomer',
        method: 'GET',
        path: '/retailers/api/v1/customers/{identifier}',
        handle({ path }) {
          const customer = store.identified(path.identifier ?? '');
          if (customer === undefined) return missing();
          return { status: OK, body: { message: 'Customer found successfully', customer: show(customer) } };
        },
      },
      {
        operation: 'updateCustomer',
        method: 'PUT',
        path: '/retailers/api/v1/customers/{identifier}',
        body: customerBody,
        handle({ path, body }) {
          const customer = store.identified(path.identifier ?? '');
          if (customer === undefined) return { status: 404, body: failureBody(404) };
          const answer = store.update(customer, body);
          if ('problems' in answer) return invalid(answer.problems);
          const shown = live.updateReply === 'customer' ? { customer: show(answer.stored) } : {};
          return { status: OK, body: { message: 'Customer updated successfully', ...shown } };
        },
      },
      {
        operation: 'createCustomerEvent',
        method: 'POST',
        path: '/retailers/api/v1/customers/{id}/events',
        body: eventBody,
        handle({ path, body }) {
          const id = path.id ?? '';
          if (store.history(id) === undefined) return { status: 404, body: failureBody(404) };
          const answer = store.addEvent(id, body);
          if ('problems' in answer) return invalid(answer.problems);
          return { status: OK, body: { messages: 'Customer event created successfully' } };
        },
      },
      {
        operation: 'listCustomerEvents',
        method: 'GET',
        path: '/retailers/api/v1/customers/{id}/customer_events_history',
        query: z.strictObject({ page: number.optional(), results_per_page: number.optional() }),
        handle({ path, query }) {
          // E-mail and phone do not work here (question 5).
          const history = store.history(path.id ?? '');
          if (history === undefined) return { status: 404, body: failureBody(404) };
          const size = Math.min(Number(query.results_per_page) || DEFAULT_EVENTS, MOST_EVENTS);
          const { rows, ...counts } = pageOf(history, query.page, size);
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

const invalid = (errors: readonly string[]): EmulatedAnswer => ({ status: 422, body: { errors } });

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
