import type { Adapter, CustomerFilter } from '../../crm/adapter.ts';
import type { CrmAgent } from '../../crm/agent.ts';
import type { Call } from '../../crm/call.ts';
import type { Customer } from '../../crm/customer.ts';
import type { CustomerEvent } from '../../crm/customerEvent.ts';
import { nullIfNotFound } from '../../crm/errors.ts';
import { numberedPage, type Page, type PageRequest, pageNumber, pageOf } from '../../crm/page.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { customerWrites } from './bodies.ts';
import { createClient } from './client.ts';
import { createLookups, isId } from './lookups.ts';
import { crmAgent, customer, customerFields, customerQuery, eventReader, historyIn, tagNamed } from './map.ts';
import { type MercatelySettings, settings } from './settings.ts';
import { agents, customerPage, eventHistory } from './wire.ts';
import { createWrites } from './writes.ts';

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
  const readEvent = eventReader(account);
  const lookups = createLookups(readCustomer, ask, clock);

  return {
    readableFields: customerFields,
    customerWrites,
    // The page size of the customer list cannot be chosen; 25 is the assumption (section 5).
    costs: { customerByPhone: 2, pageSizes: { customerList: 25, customerEvents: LARGEST_PAGE } },

    ...lookups,

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
      const total = results ?? undefined;
      return numberedPage(customers, (row) => readCustomer(row, fetchedAt), { number, more, total });
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
      const { rows, pages, total } = historyIn(answer);
      // Without a page count only a page that is exactly full can have another behind it: a longer one shows that the
      // vendor does not page at all.
      const more = pages === undefined ? rows.length === size : rows.length > 0 && number < pages;
      return numberedPage(rows, (row) => readEvent(customerId, row), { number, more, total });
    },

    async agentList(call: Call): Promise<Page<CrmAgent>> {
      const answer = await ask({ method: 'GET', path: '/retailers/api/v1/agents', repeatable: true }, agents, call);
      return pageOf(answer.agents, (agent) => crmAgent(account, agent), undefined, answer.agents.length);
    },

    ...createWrites(account, ask, lookups),
  } satisfies Adapter;
}
