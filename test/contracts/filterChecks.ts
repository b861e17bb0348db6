import { expect } from '@jest/globals';
import type { CustomerFilter, EventFilter } from '../../src/crm/adapter.ts';
import { customerKeys, globalId, idsOf, PAGE, type Row, type Subject, walk } from './subject.ts';

interface FilterCheck {
  /** The condition to ask with, as GraphQL takes it. */
  value(subject: Subject): Promise<unknown>;
  /** Whether a customer must be in the answer; undefined where no field of it shows that. */
  matches(row: Row, value: Row, subject: Subject): boolean | undefined;
}

/** One entry per filter: the compiler notices a new one that nobody checks. */
export const CUSTOMER_FILTER_CHECKS: Readonly<Record<keyof CustomerFilter, FilterCheck>> = {
  ids: {
    value: async (subject) =>
      Promise.all(
        customerKeys(subject)
          .slice(1, 4)
          .map((key) => globalId(subject, 'Customer', key)),
      ),
    matches: ({ id }, ids: readonly string[]) => ids.includes(id),
  },
  text: {
    value: async ({ everybody }) => (everybody[0]?.fullName ?? 'Anna').slice(0, 4).toUpperCase(),
    matches: ({ fullName, email, phone }, text: string) =>
      [fullName, email, phone].some((value) => value?.toLowerCase().includes(text.toLowerCase())),
  },
  tags: {
    async value(subject) {
      const carried: Row[] = subject.everybody.flatMap((customer) => customer.tags ?? []);
      if (carried.length > 0) return [...new Set(idsOf(carried))].slice(0, 2);
      return [await globalId(subject, 'Tag', customerKeys(subject)[0] ?? '')];
    },
    matches: ({ tags }, ids: readonly string[]) => idsOf(tags).some((id) => ids.includes(id)),
  },
  segment: { value: someSegment, matches: ({ segments }, id) => idsOf(segments).includes(id) },
  segmentExclude: { value: someSegment, matches: ({ segments }, id) => !idsOf(segments).includes(id) },
  coupon: { value: async () => '111', matches: ({ vendorId }, _, { holdsCoupon }) => holdsCoupon?.(vendorId) },
  couponExclude: {
    value: async () => '111',
    matches: ({ vendorId }, _, { holdsCoupon }) => holdsCoupon?.(vendorId) === false,
  },
  createdFrom: { value: middleDay, matches: ({ createdAt }, day) => createdAt.slice(0, 10) >= day },
  createdTo: { value: middleDay, matches: ({ createdAt }, day) => createdAt.slice(0, 10) <= day },
  identityDocumentType: {
    value: async () => 'RUC',
    matches: ({ identityDocument }, type) => identityDocument?.type === type,
  },
  identityDocumentNumber: {
    value: async ({ everybody }) =>
      everybody.find(({ identityDocument }) => identityDocument !== null)?.identityDocument.number ?? '1700000000',
    matches: ({ identityDocument }, number) => identityDocument?.number === number,
  },
  // On which platforms somebody was reached is in no field of a customer.
  platform: { value: async () => 'INSTAGRAM', matches: () => undefined },
};

async function someSegment(subject: Subject): Promise<string> {
  if (!subject.can('SEGMENT_LIST')) return globalId(subject, 'Segment', customerKeys(subject)[0] ?? '');
  return (await subject.ask('{ segments { nodes { id } } }')).segments.nodes[1].id;
}

/** A day on which somebody was created, with others before and after it. */
async function middleDay({ everybody }: Subject): Promise<string> {
  const days = everybody.map(({ createdAt }) => createdAt?.slice(0, 10)).sort();
  return days[Math.floor(days.length / 2)] ?? '2024-06-01';
}

/** A filter narrows the list to exactly the customers it is for, or is refused unasked. */
export async function expectCustomerFilter(subject: Subject, name: keyof CustomerFilter): Promise<void> {
  const check = CUSTOMER_FILTER_CHECKS[name];
  const value = await check.value(subject);
  if (!subject.customerFilters.includes(name))
    return expectRefused(subject, 'customers', 'CustomerFilter', { [name]: value });
  const ask = (query: string) => subject.ask(query, { filter: { [name]: value } });
  const query = (page: string) =>
    `query ($filter: CustomerFilter) { customers(filter: $filter, ${page}) { nodes { id } ${PAGE} } }`;
  const { nodes, totalCount } = await walk(ask, query, 'customers', 100);
  expect(nodes.length).toBeGreaterThan(0);
  expect(nodes.length).toBeLessThan(subject.everybody.length);
  if (name !== 'tags') expect(totalCount).toBe(nodes.length);
  const found = new Set(idsOf(nodes));
  for (const row of subject.everybody) {
    const expected = check.matches(row, value, subject);
    if (expected !== undefined)
      expect({ name, id: row.id, found: found.has(row.id) }).toMatchObject({ found: expected });
  }
  expect((await walk(ask, query, 'customers', 2)).nodes).toEqual(nodes);
}

/** One entry per filter: the compiler notices a new one that nobody checks. */
export const EVENT_FILTER_CHECKS: Readonly<
  Record<keyof EventFilter, { valueOf(event: Row | undefined): string; matches(event: Row, value: string): boolean }>
> = {
  email: {
    valueOf: (event) => event?.senderEmail ?? 'a@example.com',
    matches: ({ senderEmail }, email) => senderEmail?.toLowerCase() === email.toLowerCase(),
  },
  createdAfter: { valueOf: instantOf, matches: ({ createdAt }, instant) => createdAt >= instant },
  createdBefore: { valueOf: instantOf, matches: ({ createdAt }, instant) => createdAt <= instant },
};

function instantOf(event: Row | undefined): string {
  return event?.createdAt ?? '2026-01-01T00:00:00.000Z';
}

export async function expectEventFilter(subject: Subject, name: keyof EventFilter): Promise<void> {
  const check = EVENT_FILTER_CHECKS[name];
  const events = 'nodes { vendorId senderEmail createdAt }';
  const everything = subject.can('EVENT_LIST')
    ? (await walk(subject.ask, (page) => `{ customerEvents(${page}) { ${events} ${PAGE} } }`, 'customerEvents', 100))
        .nodes
    : [];
  const value = check.valueOf(everything[Math.floor(everything.length / 3)]);
  if (subject.eventFilters?.includes(name) !== true) {
    return expectRefused(subject, 'customerEvents', 'CustomerEventFilter', { [name]: value });
  }
  const { nodes } = await walk(
    (query) => subject.ask(query, { filter: { [name]: value } }),
    (page) => `query ($filter: CustomerEventFilter) { customerEvents(filter: $filter, ${page}) { ${events} ${PAGE} } }`,
    'customerEvents',
    7,
  );
  expect(nodes).toEqual(everything.filter((event) => check.matches(event, value)));
  expect(nodes.length).toBeGreaterThan(0);
  expect(nodes.length).toBeLessThan(everything.length);
}

async function expectRefused(subject: Subject, field: string, type: string, filter: Record<string, unknown>) {
  const calls = await subject.callsOf(async () => {
    const data = await subject.ask(
      `query ($filter: ${type}) { ${field}(filter: $filter) { nodes { __typename } sources { state calls } } }`,
      { filter },
    );
    expect(data[field]).toEqual({ nodes: [], sources: [{ state: 'UNSUPPORTED', calls: 0 }] });
  });
  expect(calls).toBe(0);
}
