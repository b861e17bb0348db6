import type { Emulator, Exchange, JsonRecord } from '../../src/emulation/emulator.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import { payloadOf } from './mutations.ts';

type Records = ReturnType<Emulator['records']>;

/** One write that differs from every other, so that it can be recognised at the vendor. */
export interface Errand {
  readonly vendor: string;
  readonly mutation: string;
  readonly input: Record<string, unknown>;
  isSeenIn(exchange: Exchange): boolean;
  /** Whether the vendor holds what was asked for. */
  isDone(records: Records): boolean;
  /** Sending it again makes no second record. */
  readonly isSafeToRepeat: boolean;
}

/** The operations of each contract that change something. */
export const WRITE_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  salekit: ['upsertAudience'],
  ladiflow: ['customerCreate', 'customerUpdate', 'customerCreateOrUpdate', 'customerCreateTag'],
  fecify: ['createCustomer', 'updateCustomer'],
  mercately: ['createCustomer', 'updateCustomer', 'createCustomerEvent'],
  heidianer: [
    'createCustomer',
    'replaceCustomer',
    'deleteCustomer',
    'createSegment',
    'addSegmentCustomers',
    'removeSegmentCustomers',
  ],
};
export const WRITING_VENDORS = Object.keys(WRITE_OPERATIONS);

export const isWrite = (vendor: string, { operation }: Exchange): boolean =>
  WRITE_OPERATIONS[vendor]?.includes(operation) === true;

export const writesAt = (vendor: string, { exchanges }: Emulator): readonly Exchange[] =>
  exchanges.filter((exchange) => isWrite(vendor, exchange));

interface Target {
  readonly account: string;
  /** Found in nothing else that is sent. */
  readonly marker: string;
  readonly serial: number;
  /** Global id of a customer that no other errand touches, and what the vendor holds of it. */
  readonly id: string;
  readonly record: JsonRecord;
  /** Global id of each segment by its own. */
  readonly segments: ReadonlyMap<unknown, string>;
  readonly records: Records;
}

type Plan = Pick<Errand, 'mutation' | 'input' | 'isDone'> & Partial<Pick<Errand, 'isSeenIn' | 'isSafeToRepeat'>>;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => JSON.stringify(value) ?? '';
const holds = (records: Records, kind: string, matches: (record: JsonRecord) => boolean): boolean =>
  (records[kind] ?? []).some(matches);
/** The record of the target as it is now. */
const now = (key: string, { record }: Target, records: Records): JsonRecord | undefined =>
  records.customers?.find((each) => each[key] === record[key]);

/** Every kind of write that each vendor has. */
const KINDS: Readonly<Record<string, readonly ((target: Target) => Plan)[]>> = {
  salekit: [
    ({ account, marker }) => ({
      mutation: 'customerUpsert',
      input: { accountId: account, customer: { fullName: 'Lê An', email: `${marker}@example.vn`, note: marker } },
      isDone: (records) =>
        holds(records, 'customers', ({ email, note }) => email === `${marker}@example.vn` && note === marker),
    }),
    (target) => ({
      mutation: 'customerUpdate',
      input: { ...identified(target), customer: { note: target.marker } },
      isDone: (records) => now('email', target, records)?.note === target.marker,
    }),
    (target) => ({
      mutation: 'customerTagsAdd',
      input: { ...identified(target), tags: [{ name: target.marker }] },
      isDone: (records) => list(now('email', target, records)?.tag).includes(target.marker),
    }),
    (target) => ({
      mutation: 'customerTagsRemove',
      input: { ...identified(target), tags: [{ name: 'old' }] },
      isSeenIn: ({ body }) => text(body).includes(`"un_tag":"old"`) && text(body).includes(text(target.record.email)),
      isDone: (records) => !list(now('email', target, records)?.tag).includes('old'),
    }),
  ],
  ladiflow: [
    ({ account, marker }) => ({
      mutation: 'customerCreate',
      input: { accountId: account, customer: { email: `${marker}@example.vn`, company: marker } },
      isDone: (records) => holds(records, 'customers', ({ company }) => company === marker),
    }),
    ({ account, marker }) => ({
      mutation: 'customerUpsert',
      input: { accountId: account, customer: { email: `${marker}@example.vn`, company: marker } },
      isDone: (records) => holds(records, 'customers', ({ company }) => company === marker),
      isSafeToRepeat: true,
    }),
    (target) => ({
      mutation: 'customerUpdate',
      input: { id: target.id, customer: { company: target.marker } },
      isDone: (records) => now('_id', target, records)?.company === target.marker,
    }),
    (target) => ({
      mutation: 'customerCustomFieldsSet',
      input: { id: target.id, customFields: [{ name: 'last_order_id', text: target.marker }] },
      isDone: (records) => text(now('_id', target, records)).includes(target.marker),
    }),
    (target) => ({
      mutation: 'customerTagsAdd',
      input: { id: target.id, tags: [{ name: target.marker }] },
      isDone(records) {
        const tag = records.tags?.find(({ name }) => name === target.marker);
        return tag !== undefined && list(now('_id', target, records)?.tags).includes(tag.id);
      },
    }),
    ({ account, marker }) => ({
      mutation: 'tagCreate',
      input: { accountId: account, name: marker },
      isDone: (records) => holds(records, 'tags', ({ name }) => name === marker),
    }),
  ],
  fecify: [
    ({ account, marker }) => ({
      mutation: 'customerCreate',
      input: { accountId: account, customer: { email: `${marker}@example.cn`, firstName: marker, lastName: 'Li' } },
      isDone: (records) => holds(records, 'customers', ({ first_name }) => first_name === marker),
    }),
    (target) => ({
      mutation: 'customerUpdate',
      input: { id: target.id, customer: { note: target.marker } },
      isDone: (records) => now('id', target, records)?.note === target.marker,
    }),
  ],
  mercately: [
    ({ account, marker }) => ({
      mutation: 'customerCreate',
      input: { accountId: account, customer: { email: `${marker}@example.ec`, firstName: marker } },
      isDone: (records) => holds(records, 'customers', ({ first_name }) => first_name === marker),
    }),
    ({ account, marker }) => ({
      mutation: 'customerUpsert',
      input: { accountId: account, customer: { email: `${marker}@example.ec`, firstName: marker } },
      isDone: (records) => holds(records, 'customers', ({ first_name }) => first_name === marker),
    }),
    (target) => ({
      mutation: 'customerUpdate',
      input: { id: target.id, customer: { note: target.marker } },
      isDone: (records) => now('id', target, records)?.notes === target.marker,
    }),
    (target) => ({
      mutation: 'customerTagsAdd',
      input: { id: target.id, tags: [{ name: target.marker }] },
      isDone: (records) => text(now('id', target, records)?.tags).includes(target.marker),
    }),
    (target) => ({
      mutation: 'customerTagsReplace',
      input: { id: target.id, tags: [{ name: target.marker }] },
      isDone: (records) =>
        list(now('id', target, records)?.tags)
          .map((each) => (each as JsonRecord).tag)
          .join() === target.marker,
    }),
    (target) => ({
      mutation: 'customerCustomFieldsSet',
      input: { id: target.id, customFields: [{ name: 'puntos', text: target.marker }] },
      isDone: (records) => text(now('id', target, records)?.custom_fields).includes(target.marker),
    }),
    (target) => ({
      mutation: 'customerEventRecord',
      input: { customerId: target.id, event: { name: target.marker } },
      isDone: (records) => holds(records, 'customer_events', (event) => text(event).includes(target.marker)),
    }),
  ],
  heidianer: [
    ({ account, marker, serial }) => ({
      mutation: 'customerCreate',
      input: { accountId: account, customer: { phone: `1${7_000_000_000 + serial}`, note: marker } },
      isDone: (records) => holds(records, 'customers', ({ note }) => note === marker),
    }),
    (target) => ({
      mutation: 'customerUpdate',
      input: { id: target.id, customer: { note: target.marker } },
      isDone: (records) => now('id', target, records)?.note === target.marker,
    }),
    (target) => ({
      mutation: 'customerDelete',
      input: { id: target.id },
      isSeenIn: ({ operation, pathValues }) =>
        operation === 'deleteCustomer' && pathValues.id === String(target.record.id),
      isDone: (records) => now('id', target, records) === undefined,
    }),
    (target) => ({
      mutation: 'customerTagsAdd',
      input: { id: target.id, tags: [{ name: target.marker }] },
      isDone: (records) => list(now('id', target, records)?.tags).includes(target.marker),
    }),
    (target) => ({
      mutation: 'customerTagsReplace',
      input: { id: target.id, tags: [{ name: target.marker }] },
      isDone: (records) => list(now('id', target, records)?.tags).join() === target.marker,
    }),
    ({ account, marker }) => ({
      mutation: 'segmentCreate',
      input: { accountId: account, title: marker },
      isDone: (records) => holds(records, 'segments', ({ title }) => title === marker),
    }),
    (target) => membership(target, 'segmentCustomersAdd', 'addSegmentCustomers', true),
    (target) => membership(target, 'segmentCustomersRemove', 'removeSegmentCustomers', false),
  ],
};

const identified = ({ id, record }: Target) => ({
  id,
  identity: { fullName: record.full_name, email: record.email },
});

/** Into a segment that the customer is not in, or out of one that it is in; where there is none, a new segment. */
function membership(target: Target, mutation: string, operation: string, isAdd: boolean): Plan {
  const customer = target.record.id;
  const isMember = (segment: JsonRecord) => list(segment.customers).includes(customer);
  const segment = target.records.segments?.find((each) => isMember(each) !== isAdd);
  if (segment === undefined) return KINDS.heidianer?.[5]?.(target) as Plan;
  return {
    mutation,
    input: { id: target.segments.get(segment.id), customerIds: [target.id] },
    isSeenIn: (exchange) =>
      exchange.operation === operation &&
      exchange.pathValues.id === String(segment.id) &&
      (isAdd
        ? text(exchange.body) === text([{ customer_id: customer }])
        : exchange.query.customer__in === `${customer}`),
    isDone: (records) => holds(records, 'segments', (each) => each.id === segment.id && isMember(each) === isAdd),
  };
}

/**
 * So many errands for one account, all kinds in turn. Those of two calls never meet if their serials are apart; each
 * serial takes one of the seeded customers.
 */
export async function errandsFor(
  graph: Pick<Graph, 'ask'>,
  emulator: Emulator,
  { account, vendor, count, from = 0 }: { account: string; vendor: string; count: number; from?: number },
): Promise<readonly Errand[]> {
  const kinds = KINDS[vendor] ?? [];
  const serials = Array.from({ length: count }, (_, index) => from + index);
  const ids = vendor === 'salekit' ? await strangers(graph, account, serials) : undefined;
  const records = emulator.records();
  const people = serials.map((serial) =>
    vendor === 'salekit'
      ? records.customers?.find(({ email }) => email === seedEmail(serial))
      : records.customers?.[serial],
  );
  const vendorIds = people.map((person) => String(person?._id ?? person?.id));
  const known = ids ?? (await globalIds(graph, 'Customer', account, vendorIds));
  const segmentIds = (records.segments ?? []).map(({ id }) => id);
  const segments = new Map(
    (await globalIds(graph, 'Segment', account, segmentIds.map(String))).map((id, index) => [segmentIds[index], id]),
  );
  // What this left in the log is nobody's errand.
  emulator.forget();
  return serials.map((serial, index) => {
    const marker = `w${String(serial).padStart(6, '0')}w`;
    const [id, record] = [known[index], people[index]];
    if (id === undefined || record === undefined) throw new Error(`${vendor} has no customer number ${serial}`);
    const kind = kinds[index % kinds.length] as (target: Target) => Plan;
    const plan = kind({ account, marker, serial, id, record, segments, records });
    return {
      isSafeToRepeat: vendor === 'salekit',
      ...plan,
      vendor,
      isSeenIn: (exchange) =>
        isWrite(vendor, exchange) &&
        (plan.isSeenIn === undefined ? text(exchange.body).includes(marker) : plan.isSeenIn(exchange)),
    };
  });
}

const seedEmail = (serial: number): string => `seed${serial}@example.vn`;

/** The vendor shows nobody: whom it is to know must be told to it first. */
async function strangers(graph: Pick<Graph, 'ask'>, account: string, serials: readonly number[]) {
  const ids: string[] = [];
  for (const serial of serials) {
    const customer = { fullName: `Seed ${serial}`, email: seedEmail(serial), tags: [{ name: 'old' }] };
    ids.push((await payloadOf(graph, 'customerUpsert', { accountId: account, customer })).customer.id);
  }
  return ids;
}

async function globalIds(
  graph: Pick<Graph, 'ask'>,
  type: 'Customer' | 'Segment',
  account: string,
  vendorIds: readonly string[],
): Promise<readonly string[]> {
  const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { id } } }`;
  const keys = vendorIds.map((vendorId) => ({ __typename: type, accountId: account, vendorId }));
  const { _entities } = await dataOf(graph.ask(query, { keys }));
  return _entities.map(({ id }: { id: string }) => id);
}
