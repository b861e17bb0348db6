import type { Adapter, EventFilter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { Address, CustomerField } from '../../crm/customer.ts';
import type { CustomerEvent } from '../../crm/customerEvent.ts';
import type { CustomerInput, CustomerTarget } from '../../crm/customerInput.ts';
import type { WrittenCustomer } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import { numberedPage, type Page, type PageRequest, pageNumber } from '../../crm/page.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { createClient } from './client.ts';
import { addressReader, contactFormEvent, isId, messageQuery, writtenCustomerReader } from './map.ts';
import { type FecifySettings, settings } from './settings.ts';
import { wallClock } from './wallClock.ts';
import { addressList, contactMessagePage, writtenCustomer } from './wire.ts';
import { createBody, customerWrites, updateBody } from './writes.ts';

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

function connect({ account, settings: credentials, send, clock, phones }: Connection<FecifySettings>) {
  const ask = createClient(credentials, send);
  const storeClock = wallClock(account.timeZone);
  const readMessage = contactFormEvent(account);
  const readAddress = addressReader(account);
  const readCustomer = writtenCustomerReader(account);
  const readPhone = (phone: string) => phones.parts(phone, account.region);

  return {
    // Customers cannot be read at all (question 11); what a write answers is all there ever is.
    readableFields: new Set<CustomerField>(),
    customerWrites,
    costs: { pageSizes: { eventList: LARGEST_PAGE } },

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
      const addresses = rows.map((row) => readAddress(row, clock.now())).filter((address) => address !== undefined);
      const isForeign = addresses.some(({ vendorId }) => vendorId !== customerId);
      // Rows that say nothing are left out; a list of nothing else is no list without addresses.
      const isUnreadable = rows.length > 0 && addresses.length === 0;
      if (isForeign || isUnreadable) throw new CrmError('VENDOR_BAD_RESPONSE');
      return addresses;
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
            ...(createdAfter === undefined ? {} : messageQuery.createdAfter(createdAfter, storeClock)),
            ...(createdBefore === undefined ? {} : messageQuery.createdBefore(createdBefore, storeClock)),
            pageNum: number,
            pageSize: Math.min(page.size, LARGEST_PAGE),
          },
          repeatable: true,
        },
        contactMessagePage,
        call,
      );
      const more = list.length > 0 && number < (totalPage ?? 0);
      return numberedPage(list, readMessage, { number, more, total: total ?? undefined });
    },

    async customerCreate(input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      const shown = await ask(
        {
          method: 'POST',
          path: '/api/skill/customer/create-customer',
          body: createBody(input, readPhone),
          repeatable: false,
          write: {},
        },
        writtenCustomer,
        call,
      );
      const record = readCustomer(shown, clock.now());
      return { vendorId: record.vendorId, outcome: 'CREATED', record };
    },

    async customerUpdate({ id }: CustomerTarget, input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      if (!isId(id)) throw new CrmError('NOT_FOUND', { executed: 'no' });
      const shown = await ask(
        {
          method: 'POST',
          path: '/api/skill/customer/update-customer',
          body: updateBody(id, input, readPhone),
          repeatable: false,
          write: {},
        },
        writtenCustomer,
        call,
      );
      const record = readCustomer(shown, clock.now());
      // Somebody else's record does not say what became of this one.
      if (record.vendorId !== id) throw new CrmError('OUTCOME_UNKNOWN', { executed: 'unknown', safeToRepeat: false });
      return { vendorId: id, outcome: 'UPDATED', record };
    },
  } satisfies Adapter;
}
