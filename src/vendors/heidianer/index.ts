import type { Adapter, CustomerFilter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { Customer } from '../../crm/customer.ts';
import { CrmError, nullIfNotFound } from '../../crm/errors.ts';
import { numberedPage, type Page, type PageRequest, pageNumber, pageOf } from '../../crm/page.ts';
import { usable } from '../../crm/record.ts';
import type { Segment } from '../../crm/segment.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { createClient } from './client.ts';
import { customerWrites } from './customerBody.ts';
import { createCustomerWrites } from './customerWrites.ts';
import { isId } from './ids.ts';
import { briefCustomer, briefCustomerFields, customerQuery, memberCustomer, segment, tagNamed } from './map.ts';
import { createSegmentWrites } from './segmentWrites.ts';
import { type HeidianerSettings, settings } from './settings.ts';
import { customerPage, customerRow, segmentPage, wireSegment } from './wire.ts';

/** Rows per page and ids per many-ids read: the maximum is not documented, 100 is the assumption (10). */
const LARGEST_PAGE = 100;

export const heidianer = {
  key: 'heidianer',
  label: 'Heidianer (嘿店)',
  region: 'CN',
  timeZone: 'Asia/Shanghai',
  // One host per store (contract, Base URL & auth).
  publicHosts: ['*.heidianer.com'],
  settings,
  connect,
  emulator: () => import('./emulator.ts'),
} satisfies Vendor<typeof settings>;

function connect(connection: Connection<HeidianerSettings>) {
  const { account, clock } = connection;
  const client = createClient(connection.settings, connection.send);
  const { ask } = client;
  const readBrief = briefCustomer(account);
  const readMember = memberCustomer(account);

  function readSegment(row: unknown, fetchedAt = clock.now()): Segment | undefined {
    return segment(account, (member) => readMember(member, fetchedAt), row);
  }

  async function customerPageOf(query: Record<string, string>, number: number, size: number, call: Call) {
    const { results, next, count } = await ask(
      { path: '/api/crm/customer/', query: { ...query, page: number, page_size: Math.min(size, LARGEST_PAGE) } },
      customerPage,
      call,
    );
    const fetchedAt = clock.now();
    const more = next !== undefined && next !== null;
    return numberedPage(results, (row) => readBrief(row, fetchedAt), { number, more, total: count ?? undefined });
  }

  return {
    readableFields: briefCustomerFields,
    customerWrites,
    costs: { listedSegmentsAreWhole: true, customersNameSegments: true },

    async customerById(id: string, call: Call): Promise<Customer | null> {
      if (!isId(id)) return null;
      const row = await nullIfNotFound(ask({ path: '/api/crm/customer/{id}/', pathValues: { id } }, customerRow, call));
      return row === null ? null : usable(readBrief(row, clock.now()));
    },

    customersByIdsLimit: LARGEST_PAGE,
    async customersByIds(ids: readonly string[], call: Call): Promise<readonly Customer[]> {
      const wanted = ids.filter(isId);
      const customers: Customer[] = [];
      // One page holds them all, unless the vendor's own page limit is smaller: trust `next`.
      for (let page = 1, more = wanted.length > 0; more; page += 1) {
        const answer = await customerPageOf(customerQuery.ids(wanted), page, LARGEST_PAGE, call);
        customers.push(...answer.records);
        more = answer.next !== undefined && customers.length < wanted.length && answer.records.length > 0;
      }
      return customers;
    },

    customerFilters: Object.keys(customerQuery) as (keyof typeof customerQuery)[],
    async customerList(filter: CustomerFilter, page: PageRequest, call: Call): Promise<Page<Customer>> {
      const { ids, segment, segmentExclude, coupon, couponExclude } = filter;
      if (ids?.every((id) => !isId(id)) || (segment !== undefined && !isId(segment))) return NOBODY;
      requireNumber({ segmentExclude, coupon, couponExclude });
      const query = {
        ...(ids === undefined ? {} : customerQuery.ids(ids.filter(isId))),
        ...(segment === undefined ? {} : customerQuery.segment(segment)),
        ...(segmentExclude === undefined ? {} : customerQuery.segmentExclude(segmentExclude)),
        ...(coupon === undefined ? {} : customerQuery.coupon(coupon)),
        ...(couponExclude === undefined ? {} : customerQuery.couponExclude(couponExclude)),
      };
      const number = pageNumber(page.after);
      const found = await unlessBehindTheEnd(number, customerPageOf(query, number, page.size, call));
      return found ?? behindTheEnd(number);
    },

    tagFromId: (id: string) => tagNamed(account, id),

    async segmentById(id: string, call: Call): Promise<Segment | null> {
      if (!isId(id)) return null;
      const row = await nullIfNotFound(ask({ path: '/api/crm/segment/{id}/', pathValues: { id } }, wireSegment, call));
      return row === null ? null : usable(readSegment(row));
    },

    async segmentList(page: PageRequest, call: Call): Promise<Page<Segment>> {
      const number = pageNumber(page.after);
      const answer = await unlessBehindTheEnd(
        number,
        ask(
          { path: '/api/crm/segment/', query: { page: number, page_size: Math.min(page.size, LARGEST_PAGE) } },
          segmentPage,
          call,
        ),
      );
      if (answer === null) return behindTheEnd(number);
      const fetchedAt = clock.now();
      const read = (row: unknown) => readSegment(row, fetchedAt);
      // A bare segment and a bare array are the whole list; only the envelope has further pages.
      if (Array.isArray(answer)) return pageOf(answer, read, undefined, answer.length);
      if ('results' in answer && Array.isArray(answer.results)) {
        const more = answer.next !== undefined && answer.next !== null;
        const total = typeof answer.count === 'number' ? answer.count : undefined;
        return numberedPage(answer.results, read, { number, more, total });
      }
      return pageOf([answer], read, undefined, 1);
    },

    ...createCustomerWrites(connection, client),
    ...createSegmentWrites(account, (row) => usable(readSegment(row)), client),
  } satisfies Adapter;
}

function requireNumber(values: Readonly<Record<string, string | undefined>>): void {
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined || isId(value)) continue;
    throw new CrmError('BAD_USER_INPUT', { message: `"${field}" must be a number at this CRM; correct it.`, field });
  }
}

/** A later page that the list has become too short for is answered with 404 (assumption 11). */
const unlessBehindTheEnd = <Answer>(number: number, answer: Promise<Answer>): Promise<Answer | null> =>
  number === 1 ? answer : nullIfNotFound(answer);

const behindTheEnd = <Record>(number: number): Page<Record> =>
  numberedPage<never, Record>([], () => undefined, { number, more: false, total: undefined });

const NOBODY: Page<Customer> = { records: [], unreadable: 0, next: undefined, total: 0 };
