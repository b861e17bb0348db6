import type { Adapter, EventFilter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { Address, CustomerField } from '../../crm/customer.ts';
import type { CustomerEvent } from '../../crm/customerEvent.ts';
import { CrmError } from '../../crm/errors.ts';
import { type Page, type PageRequest, pageNumber, pageOf } from '../../crm/page.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { createClient } from './client.ts';
import { address, contactFormEvent, customerWrites, messageQuery } from './map.ts';
import { type FecifySettings, settings } from './settings.ts';
import { wallClock } from './wallClock.ts';
import { addressList, contactMessagePage } from './wire.ts';

/** Messages per page: the maximum is not documented and 20 is the only value seen (question 9). */
const LARGEST_PAGE = 20;

export const fecify = {
  key: 'fecify',
  label: 'Fecify',
  region: 'CN',
  // Time stamps carry no zone (quirk 11); this one is the assumption (question 7).
  timeZone: 'Asia/Shanghai',
  settings,
  connect,
  emulator: () => import('./emulator.ts'),
} satisfies Vendor<typeof settings>;

function connect({ account, settings: credentials, send }: Connection<FecifySettings>) {
  const ask = createClient(credentials, send);
  const clock = wallClock(account.timeZone);
  const readMessage = contactFormEvent(account);

  return {
    // Customers cannot be read at all (question 11); what a write answers is all there ever is.
    readableFields: new Set<CustomerField>(),
    customerWrites,

    async customerAddresses(customerId: string, call: Call): Promise<readonly Address[] | null> {
      if (!isId(customerId)) return null;
      // No code says "no such customer", and an HTTP 404 may as well be a wrong private path segment: both are failures.
      const rows = await ask(
        {
          method: 'GET',
          path: '/api/skill/customer/get-address-list',
          query: { customer_id: customerId },
          repeatable: true,
        },
        addressList,
        call,
      );
      if (rows.some((row) => String(row.customer_id) !== customerId)) throw new CrmError('VENDOR_BAD_RESPONSE');
      return rows.map(address);
    },

    eventFilters: Object.keys(messageQuery) as (keyof typeof messageQuery)[],
    async eventList(filter: EventFilter, page: PageRequest, call: Call): Promise<Page<CustomerEvent>> {
      const { email, createdAfter, createdBefore } = filter;
      const number = pageNumber(page.after);
      const { list, total, totalPage } = await ask(
        {
          method: 'GET',
          path: '/api/skill/customer/get-contacts-list',
          query: {
            ...(email === undefined ? {} : messageQuery.email(email)),
            ...(createdAfter === undefined ? {} : messageQuery.createdAfter(createdAfter, clock)),
            ...(createdBefore === undefined ? {} : messageQuery.createdBefore(createdBefore, clock)),
            pageNum: number,
            pageSize: Math.min(page.size, LARGEST_PAGE),
          },
          repeatable: true,
        },
        contactMessagePage,
        call,
      );
      const next = list.length > 0 && number < (totalPage ?? 0) ? String(number + 1) : undefined;
      return pageOf(list, readMessage, next, total ?? undefined);
    },
  } satisfies Adapter;
}

/** Ids are integers: with anything else the vendor has no record, and asking would break its contract. */
const isId = (id: string): boolean => /^[1-9]\d{0,14}$/.test(id);
