import type { Adapter, CustomerFilter } from '../../crm/adapter.ts';
import type { CrmAgent } from '../../crm/agent.ts';
import type { Call } from '../../crm/call.ts';
import type { Customer } from '../../crm/customer.ts';
import type { CustomerEvent } from '../../crm/customerEvent.ts';
import { nullIfNotFound } from '../../crm/errors.ts';
import { type Page, type PageRequest, pageNumber, pageOf } from '../../crm/page.ts';
import { usable } from '../../crm/record.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { createClient } from './client.ts';
import { crmAgent, customer, customerEvent, customerFields, customerQuery, customerWrites, tagNamed } from './map.ts';
import { type MercatelySettings, settings } from './settings.ts';
import { agents, customerPage, eventHistory, oneCustomer } from './wire.ts';

/** Events per page: a help page asks for 100, a maximum is not documented (section 5). */
const LARGEST_PAGE = 100;

export const mercately = {
  key: 'mercately',
  label: 'Mercately',
  region: 'EC',
  timeZone: 'America/Guayaquil',
  settings,
  // Some accounts are said to live on the shop host, which serves the same paths (section 2).
  baseUrl: 'https://app.mercately.com',
  publicHosts: ['app.mercately.com', 'mercately.shop'],
  requestsPerSecond: 2,
  connect,
  emulator: () => import('./emulator.ts'),
} satisfies Vendor<typeof settings>;

function connect({ account, settings: credentials, send, clock }: Connection<MercatelySettings>) {
  const ask = createClient(credentials, send);
  const readCustomer = customer(account);

  /** One path for three kinds of identifier; the vendor tells them apart by their looks (section 4.2). */
  async function customerAt(identifier: string, call: Call): Promise<Customer | null> {
    const answer = await nullIfNotFound(
      ask(
        {
          method: 'GET',
          path: '/retailers/api/v1/customers/{identifier}',
          pathValues: { identifier },
          repeatable: true,
        },
        oneCustomer,
        call,
      ),
    );
    if (answer === null || answer.customer === undefined || answer.customer === null) return null;
    return usable(readCustomer(answer.customer, clock.now()));
  }

  return {
    readableFields: customerFields,
    customerWrites,

    async customerById(id: string, call: Call): Promise<Customer | null> {
      if (!isId(id)) return null;
      const found = await customerAt(id, call);
      // An id of digits only may have been taken for a phone: then there is nobody of that id.
      return /^\d+$/.test(id) && found?.vendorId !== id ? null : found;
    },

    async customerByEmail(email: string, call: Call): Promise<Customer | null> {
      // Without an @ it would be taken for an id or a phone.
      return email.includes('@') ? customerAt(email, call) : null;
    },

    async customerByPhone(phone: string, call: Call): Promise<Customer | null> {
      for (const form of phoneForms(phone)) {
        const found = await customerAt(form, call);
        // Digits may have been taken for an id.
        if (found !== null && samePhone(form, found.phone)) return found;
      }
      return null;
    },

    customerFilters: Object.keys(customerQuery) as (keyof typeof customerQuery)[],
    async customerList(filter: CustomerFilter, page: PageRequest, call: Call): Promise<Page<Customer>> {
      const { createdFrom, createdTo, identityDocumentType, identityDocumentNumber, platform } = filter;
      const number = pageNumber(page.after);
      const { customers, total_pages, results } = await ask(
        {
          method: 'GET',
          path: '/retailers/api/v1/customers',
          query: {
            ...(createdFrom === undefined ? {} : customerQuery.createdFrom(createdFrom)),
            ...(createdTo === undefined ? {} : customerQuery.createdTo(createdTo)),
            ...(identityDocumentType === undefined ? {} : customerQuery.identityDocumentType(identityDocumentType)),
            ...(identityDocumentNumber === undefined
              ? {}
              : customerQuery.identityDocumentNumber(identityDocumentNumber)),
            ...(platform === undefined ? {} : customerQuery.platform(platform)),
            page: number,
          },
          repeatable: true,
        },
        customerPage,
        call,
      );
      const fetchedAt = clock.now();
      // Whichever comes first, as pages may shift while they are read (section 5).
      const more = customers.length > 0 && number < (total_pages ?? Infinity);
      return pageOf(
        customers,
        (row) => readCustomer(row, fetchedAt),
        more ? String(number + 1) : undefined,
        results ?? undefined,
      );
    },

    tagFromId: (id: string) => tagNamed(account, id),

    async customerEvents(customerId: string, page: PageRequest, call: Call): Promise<Page<CustomerEvent> | null> {
      if (!isId(customerId)) return null;
      const number = pageNumber(page.after);
      const size = Math.min(page.size, LARGEST_PAGE);
      const answer = await nullIfNotFound(
        ask(
          {
            method: 'GET',
            path: '/retailers/api/v1/customers/{id}/customer_events_history',
            pathValues: { id: customerId },
            query: { page: number, results_per_page: size },
            repeatable: true,
          },
          eventHistory,
          call,
        ),
      );
      if (answer === null) return null;
      const { rows, total_pages, results } = answer;
      // Without a page count only a page that is exactly full can have another behind it: a longer one shows that the
      // vendor does not page at all.
      const more =
        total_pages === undefined || total_pages === null
          ? rows.length === size
          : rows.length > 0 && number < total_pages;
      return pageOf(
        rows,
        (row) => customerEvent(account, customerId, row),
        more ? String(number + 1) : undefined,
        results ?? undefined,
      );
    },

    async agentList(call: Call): Promise<Page<CrmAgent>> {
      const answer = await ask({ method: 'GET', path: '/retailers/api/v1/agents', repeatable: true }, agents, call);
      return pageOf(answer.agents, (agent) => crmAgent(account, agent), undefined, answer.agents.length);
    },
  } satisfies Adapter;
}

/** Ids look like `1713huaxq1352`. Anything with other characters would be answered as an e-mail or phone. */
const isId = (id: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(id);

/**
 * The spellings to ask for, best first (quirk 9): with `+`, then digits only. A number without an international prefix
 * does not say its country, so it is asked as the digits it has: a `+` would make another number of it.
 */
function phoneForms(phone: string): readonly string[] {
  const digits = digitsOf(phone);
  if (digits === '') return [];
  if (phone.trim().startsWith('+')) return [`+${digits}`, digits];
  if (digits.startsWith('00')) return phoneForms(`+${digits.slice(2)}`);
  return [digits];
}

/** One number may be written with a country code and the other with a trunk zero instead. */
function samePhone(asked: string, found: string | null | undefined): boolean {
  const [one, other] = [asked, found ?? ''].map((phone) => digitsOf(phone).replace(/^0+/, ''));
  if (!one || !other) return false;
  return one.endsWith(other) || other.endsWith(one);
}

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');
