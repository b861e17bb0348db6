import type { Adapter, EventFilter } from '../crm/adapter.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError } from '../crm/errors.ts';
import type { Json } from '../crm/json.ts';
import type { ReadCosts } from '../crm/readCosts.ts';
import type { Arguments } from '../execution/arguments.ts';
import type { Bill } from './bill.ts';
import type { Context } from './context.ts';
import type { CostlyField, CostlyFields, CostlyOperation } from './costlyFields.ts';
import { CALL_COSTS, type CostlyField as CostlyName, LARGEST_PAGE } from './costs.ts';
import { planFilter } from './customerFilter.ts';
import { given } from './given.ts';
import { openList } from './listArguments.ts';
import { type Position, START } from './listCursor.ts';
import { ownAccounts } from './ownAccounts.ts';
import { MOST_PAGES } from './pageReader.ts';
import { honoursEvents } from './resolvers/customerEvent.ts';

// What each field can cost at most, account by account. `costs.ts` says for every field whether it costs anything and of
// what kind that is, without knowing the accounts; here is how much, with what the adapters say of themselves.

/** How many segments a customer is taken to be in, and how many an account has. */
const SEGMENTS_OF_A_CUSTOMER = 5;
const SEGMENTS_OF_AN_ACCOUNT = 100;
/** Each tag is looked up by its name, where that takes a request, and made where there is none. */
const REQUESTS_OF_A_TAG = 3;

export const ENTITIES = ['Customer', 'CustomerEvent', 'Tag', 'Segment'] as const;
export type EntityName = (typeof ENTITIES)[number];

/** The records that a selection stands on. */
export interface Records {
  /** How many at most, by account. */
  readonly counts: ReadonlyMap<Account, number>;
  /** Where they come from: it decides what they hold already, and so what a further field costs. */
  readonly from: 'list' | 'key' | 'member' | 'customer' | 'write';
  /**
   * At how many different times they come, at most. What is read once for all records that wait for it (names of tags,
   * agents) is read again for those that come later.
   */
  readonly arrivals: number;
  /** The same for records that come together: what they need together is counted once. */
  readonly group: string | object;
  /** The vendor id of the only record, where the operation names it. */
  readonly vendorId?: string;
}

export const NOBODY: Records = { counts: new Map(), from: 'list', arrivals: 0, group: 'nobody' };

/** One selected field with its arguments, for all records it is selected on. */
export interface PricedField {
  readonly field: CostlyField;
  readonly args: Arguments;
  readonly records: Records;
}

/** What pricing a field needs. */
export interface Pricing {
  readonly context: Context;
  readonly bill: Bill;
  readonly operation: CostlyOperation;
  /** Coerced. */
  readonly variables: Arguments;
}

export type Price = (field: PricedField, pricing: Pricing) => void;

/** Prices what is selected on these records. What is wrong with an argument is told at its own place, and costs nothing there. */
export function priceFields(fields: CostlyFields, records: Records, pricing: Pricing): void {
  for (const field of fields) {
    try {
      field.price({ field, args: field.argumentsOf(pricing.variables), records }, pricing);
    } catch (error) {
      if (!(error instanceof CrmError)) throw error;
    }
  }
}

/** Every field that `costs.ts` has a price for, and those that only decide what the fields below them cost. */
type PricedName = Exclude<CostlyName, `Mutation.${string}`> | 'Query._entities' | 'Customer.segments' | 'Customer.tags';

/** Fields that cost something or decide what others cost; below any other field everything is as if it were not there. */
export const FIELD_COSTS: Readonly<Record<string, Price>> = {
  'Query.customer': byId,
  'Query.tag': byId,
  'Query.segment': byId,
  'Query.crmNode': byId,
  'Query.crmNodes': ({ field, args }, pricing) => {
    for (const id of args.ids as readonly unknown[]) decodedKey(id, field, pricing);
  },
  'Query._entities': ({ field, args }, pricing) => {
    for (const reference of args.representations as readonly (Readonly<Record<string, unknown>> | null)[]) {
      const { __typename: type, id, accountId, vendorId } = reference ?? {};
      const entity = pricing.operation.entityNamed(String(type));
      if (typeof id === 'string') decodedKey(id, field, pricing);
      else if (entity && typeof accountId === 'string' && typeof vendorId === 'string') {
        byKey(pricing, entity, accountId, vendorId, field);
      }
    }
  },
  'Query.customerLookup': lookup,

  'Query.customers': (field, pricing) => {
    const planned = planFilter(pricing.context, field.args.filter as Parameters<typeof planFilter>[1]);
    const canList = (account: Account) =>
      account.adapter.customerList !== undefined && typeof planned.of(account) !== 'string';
    list(field, pricing, ['customers', planned.digest], 'Customer', canList, ({ customerList }) => customerList);
  },
  'Query.customerEvents': (field, pricing) => {
    const conditions: EventFilter = given((field.args.filter ?? {}) as EventFilter);
    const canList = ({ adapter }: Account) => adapter.eventList !== undefined && honoursEvents(adapter, conditions);
    const name = ['customerEvents', { ...conditions }];
    list(field, pricing, name, 'CustomerEvent', canList, ({ eventList }) => eventList);
  },
  'Query.tags': (field, pricing) => list(field, pricing, 'tags', 'Tag', can('tagList'), ({ tagList }) => tagList),
  'Query.segments': (field, pricing) =>
    list(field, pricing, 'segments', 'Segment', can('segmentList'), ({ segmentList }) => segmentList),
  // Given whole, whatever the page.
  'Query.agents': (field, pricing) => list(field, pricing, 'agents', 'CrmAgent', can('agentList')),
  'Query.customFieldDefinitions': (field, pricing) =>
    list(field, pricing, 'customFieldDefinitions', 'CustomFieldDefinition', can('customFieldDefinitions')),

  'Customer.addresses': ({ records }, { bill }) => {
    for (const [account, count] of records.counts) {
      if (account.adapter.customerAddresses === undefined) continue;
      if (records.vendorId === undefined) bill.add(account, count);
      else bill.once(account, 'addresses', records.vendorId, 1);
    }
  },
  'Customer.owner': ({ records }, { bill }) => {
    for (const [account] of records.counts) {
      const { readableFields, agentList } = account.adapter;
      if (agentList !== undefined && readableFields.has('ownerId')) oncePerArrival(bill, account, 'agents', 1, records);
    }
  },
  'Customer.events': events,
  'CustomerEvent.customer': ({ field, records }, pricing) => {
    const isRead = field.selectsBeyondKeys('Customer');
    if (isRead)
      for (const [account, count] of records.counts) readKeys(pricing.bill, account, 'Customer', count, count);
    const arrivals = isRead ? most(records.counts) : records.arrivals;
    priceFields(field.below('Customer'), { counts: records.counts, from: 'key', arrivals, group: {} }, pricing);
  },
  'Customer.segments': customersSegments,
  'Customer.tags': ({ field, records }, pricing) =>
    priceFields(field.below('Tag'), { ...records, from: 'customer' }, pricing),
  'Tag.name': tagOfCustomer,
  'Tag.createdAt': tagOfCustomer,
  'Tag.updatedAt': tagOfCustomer,
  'Tag.fetchedAt': tagOfCustomer,
  'Tag.freshness': tagOfCustomer,
  'Segment.title': titleOfSegment,
  'Segment.fetchedAt': titleOfSegment,
  'Segment.freshness': titleOfSegment,
  'Segment.customers': members,
} satisfies Record<PricedName, Price>;

const can =
  (name: keyof Adapter) =>
  ({ adapter }: Account): boolean =>
    adapter[name] !== undefined;

const most = (counts: ReadonlyMap<Account, number>): number => Math.max(0, ...counts.values());

function oncePerArrival(bill: Bill, account: Account, what: string, calls: number, records: Records): void {
  const times = Math.min(records.arrivals, records.counts.get(account) ?? 0);
  bill.once(account, what, records.group, calls * times);
}

function byId({ field, args }: PricedField, pricing: Pricing): void {
  decodedKey(args.id, field, pricing);
}

function decodedKey(id: unknown, field: CostlyField, pricing: Pricing): void {
  const decoded = typeof id === 'string' ? pricing.context.ids.decode(id) : undefined;
  if (decoded !== undefined) byKey(pricing, decoded.type, decoded.account, decoded.vendorId, field);
}

/** Records by key are read together; equal keys of the whole operation count once. */
function byKey(pricing: Pricing, type: EntityName, accountId: string, vendorId: string, field: CostlyField): void {
  const account = pricing.context.ownAccounts.get(accountId);
  if (account === undefined || type === 'CustomerEvent') return;
  if (field.selectsBeyondKeys(type)) pricing.bill.key(account, type, vendorId);
  const fields = field.below(type);
  if (fields.length === 0) return;
  const counts = new Map([[account, 1]]);
  priceFields(fields, { counts, from: 'key', arrivals: 1, group: 'keys', vendorId }, pricing);
}

/** What the keys that were gathered cost. */
export function priceKeys(bill: Bill): void {
  for (const { account, type, vendorIds } of bill.keys()) readKeys(bill, account, type, vendorIds.size, 1);
}

/** @param arrivals at how many different times they are asked for: each makes a batch of its own */
function readKeys(bill: Bill, account: Account, type: EntityName, distinct: number, arrivals: number): void {
  const { customerById, customersByIds, customersByIdsLimit = 1, segmentById, tagsByIds, costs } = account.adapter;
  if (type === 'Tag') bill.add(account, tagsByIds === undefined ? 0 : (costs?.tagsByIds ?? 1));
  else if (type === 'Segment') bill.add(account, segmentById === undefined ? 0 : distinct);
  else if (customersByIds === undefined) bill.add(account, customerById === undefined ? 0 : distinct);
  else bill.add(account, Math.min(distinct, Math.ceil(distinct / customersByIdsLimit) + arrivals - 1));
}

function lookup({ field, args }: PricedField, pricing: Pricing): void {
  const { context, bill } = pricing;
  const { by, accounts } = args as { by: Readonly<Record<string, unknown>>; accounts?: readonly string[] | null };
  const [kind, value] = Object.entries(given(by))[0] ?? [];
  const question = JSON.stringify([kind, String(value).trim()]);
  const counts = new Map<Account, number>();
  for (const account of ownAccounts(context, accounts)) {
    const { customerByEmail, customerByPhone, customerById, costs } = account.adapter;
    const calls =
      (kind === 'email' && customerByEmail !== undefined && (costs?.customerByEmail ?? 1)) ||
      (kind === 'phone' && customerByPhone !== undefined && (costs?.customerByPhone ?? 1)) ||
      (kind === 'vendorId' && customerById !== undefined && 1);
    if (!calls) continue;
    bill.once(account, 'lookup', question, calls);
    counts.set(account, 1);
  }
  priceFields(field.matches('Customer'), { counts, from: 'key', arrivals: 1, group: {} }, pricing);
}

/** A list over accounts: each can be asked for all records of the page, where the others have none. */
function list(
  { field, args }: PricedField,
  pricing: Pricing,
  name: Json,
  type: string,
  canList: (account: Account) => boolean,
  largestPage: (sizes: NonNullable<ReadCosts['pageSizes']>) => number | undefined = () => undefined,
): void {
  const { context, bill } = pricing;
  const { first, after, accounts } = args as { first?: number; after?: string; accounts?: readonly string[] | null };
  const opened = openList(context, { first, after, accounts, list: name });
  const question = JSON.stringify([name, first, after, args.timeout]);
  const counts = new Map<Account, number>();
  for (const account of opened.accounts) {
    if (!canList(account)) continue;
    const position = opened.cursor.positions.get(account.id);
    if (position?.done) continue;
    const rows = Math.min(opened.cursor.size, largestPage(account.adapter.costs?.pageSizes ?? {}) ?? LARGEST_PAGE);
    const pages = Math.min(MOST_PAGES, pagesFrom(position, opened.first, rows));
    bill.once(account, 'list', question, pages);
    counts.set(account, opened.first);
  }
  priceFields(field.nodes(type), { counts, from: 'list', arrivals: 1, group: {} }, pricing);
}

/** Pages of so many rows that bring so many records, as long as no rows move. */
function pagesFrom(position: Position | undefined, first: number, rows: number): number {
  const { after, skip, rows: counted } = position ?? START;
  // At the end of a page of a list that nobody counts, that page is read again: rows may have moved to it.
  const again = after !== undefined && skip === 0 && counted === undefined ? 1 : 0;
  return Math.ceil((first + skip) / rows) + again;
}

function events({ field, args, records }: PricedField, pricing: Pricing): void {
  const { context, bill } = pricing;
  const { first, after } = args as { first?: number; after?: string };
  const counts = new Map<Account, number>();
  for (const [account, count] of records.counts) {
    const { customerEvents, costs } = account.adapter;
    if (customerEvents === undefined) continue;
    const { vendorId } = records;
    // A cursor belongs to one customer: for all others it is a mistake, which costs nothing.
    const opened = openList(context, {
      first,
      after: vendorId === undefined ? undefined : after,
      accounts: [account.id],
      list: ['events', vendorId ?? ''],
    });
    const position = opened.cursor.positions.get(account.id);
    const rows = Math.min(opened.cursor.size, costs?.pageSizes?.customerEvents ?? LARGEST_PAGE);
    const between = vendorId === undefined && after ? 1 : 0;
    const pages = position?.done ? 0 : pagesFrom(position, opened.first, rows) + between;
    if (vendorId === undefined) bill.add(account, count * pages);
    else bill.once(account, 'events', JSON.stringify([vendorId, first, after]), pages);
    // All events of a customer are of that customer.
    counts.set(account, count);
  }
  const arrivals = most(counts);
  priceFields(field.nodes('CustomerEvent'), { counts, from: 'customer', arrivals, group: {} }, pricing);
}

/** A customer's own segments. A member inside a segment comes without them, and they are read with the customer. */
function customersSegments({ field, records }: PricedField, pricing: Pricing): void {
  const isRead = records.from === 'member' || records.from === 'write';
  const counts = new Map<Account, number>();
  for (const [account, count] of records.counts) {
    if (!account.adapter.readableFields.has('segments')) continue;
    if (isRead) readKeys(pricing.bill, account, 'Customer', count, records.arrivals);
    counts.set(account, Math.min(count * SEGMENTS_OF_A_CUSTOMER, SEGMENTS_OF_AN_ACCOUNT));
  }
  const arrivals = isRead ? most(records.counts) : records.arrivals;
  priceFields(field.below('Segment'), { counts, from: 'customer', arrivals, group: {} }, pricing);
}

function tagOfCustomer({ records }: PricedField, { bill }: Pricing): void {
  if (records.from !== 'customer') return;
  for (const account of records.counts.keys()) {
    const { tagsByIds, costs } = account.adapter;
    if (tagsByIds !== undefined) oncePerArrival(bill, account, 'tags', costs?.tagsByIds ?? 1, records);
  }
}

/** A segment that a customer shows may be known by its id only. */
function titleOfSegment({ records }: PricedField, { bill }: Pricing): void {
  if (records.from !== 'customer') return;
  for (const [account, count] of records.counts) {
    const { segmentById, costs } = account.adapter;
    if (segmentById !== undefined && !costs?.customersNameSegments)
      bill.once(account, 'segments', records.group, count);
  }
}

/** The members of segments, which a CRM sends whole. */
function members({ field, args, records }: PricedField, pricing: Pricing): void {
  const counts = new Map<Account, number>();
  for (const [account, count] of records.counts) {
    const { segmentById, costs } = account.adapter;
    // Those of a segment by key come with it.
    const isThere = records.from === 'key' || (records.from === 'list' && costs?.listedSegmentsAreWhole);
    // The same segments, whatever is asked of them.
    if (!isThere && segmentById !== undefined) pricing.bill.once(account, 'segments', records.group, count);
    const { first } = openList(pricing.context, {
      first: args.first as number,
      after: null,
      accounts: [account.id],
      list: null,
    });
    counts.set(account, count * first);
  }
  const arrivals = most(records.counts);
  priceFields(field.nodes('Customer'), { counts, from: 'member', arrivals, group: {} }, pricing);
}

/** What a mutation costs, and what its payload shows. */
export const writePrice =
  (mutation: string): Price =>
  ({ field, args }, pricing) => {
    const records = written(args, mutation, pricing);
    if (records !== undefined) priceFields(field.whole(), records, pricing);
  };

/** Prices a write, and answers the records that its payload stands on. */
function written(args: Arguments, mutation: string, { context, bill }: Pricing): Records | undefined {
  const input = args.input as Readonly<Record<string, unknown>>;
  const { customers } = input as { customers?: readonly unknown[] };
  const id = input.id ?? input.customerId;
  const named = typeof id === 'string' ? context.ids.decode(id)?.account : input.accountId;
  const account = context.ownAccounts.get(String(named));
  if (account === undefined) return undefined;
  const items = customers ?? [input.customer ?? input];
  for (const item of items) {
    const { tags } = item as { tags?: readonly unknown[] | null };
    const calls = customers === undefined ? (CALL_COSTS[`Mutation.${mutation}`]?.calls ?? 0) : WRITE_OF_A_BATCH;
    bill.add(account, calls + (tags?.length ?? 0) * REQUESTS_OF_A_TAG);
  }
  // Each mutation forgets what was read before it.
  return { counts: new Map([[account, items.length]]), from: 'write', arrivals: 1, group: {} };
}

const WRITE_OF_A_BATCH = (CALL_COSTS['Mutation.customersUpsert']?.calls ?? 0) / LARGEST_PAGE;
