import type { Capability } from '../../src/crm/capabilities.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import { type Answer, dataOf, type Graph } from '../support/graph.ts';
import { customerSelection } from './selection.ts';

/** How many customers the emulators are started with. */
export const CUSTOMERS = 60;

/** A record as GraphQL showed it; the shape follows from the query. */
export type Row = Answer['data'];

/** Fixed facts about a vendor, so that a lost method or filter is noticed. */
export interface Expectations {
  readonly capabilities: readonly Capability[];
  readonly customerFilters: readonly string[];
  readonly eventFilters?: readonly string[];
  /** Vendor ids of customers at the emulator, for vendors that cannot list them. */
  readonly knownCustomers?: readonly string[];
  /** Of the right form, but nobody's. */
  readonly unknownCustomer: string;
  /** A vendor id no customer of this vendor can have. */
  readonly malformedId: string;
  /** Ids in one call, for vendors that read many at once. */
  readonly manyIdsLimit?: number;
  /** Fields that only the read of a single customer carries, with the reason. */
  readonly onlyInSingleRead?: Readonly<Record<string, string>>;
  /** Customers whose phone the vendor cannot find, with the reason. */
  readonly phoneNotFound?: { readonly reason: string; is(phone: string): boolean };
  /** A custom field that takes texts, for vendors whose writes take custom fields. */
  readonly textField?: string;
  /** Holders of coupon 111, which no field of a customer shows. */
  holdsCoupon?(vendorId: string): boolean;
}

/** One way in which an account takes a customer, as it says itself. */
export interface CustomerWrites {
  readonly kind: 'CREATE' | 'UPDATE' | 'UPSERT';
  readonly requiredFields: readonly { readonly anyOf: readonly string[] }[];
  readonly writableFields: readonly string[];
  readonly clearableFields: readonly string[];
  readonly identityFields: readonly string[];
}

/** One vendor under test: its graph with that vendor's account only, and how to ask it. */
export interface Subject extends Expectations {
  readonly vendor: Vendor;
  readonly graph: Graph;
  /** All fields of `Customer` that its type has, without lists of their own. */
  readonly selection: string;
  /** Every customer as the list shows it; empty for vendors that cannot list. */
  readonly everybody: readonly Row[];
  /** Home country of the account. */
  readonly region: string;
  readonly customerWrites: readonly CustomerWrites[];
  /** The vendor's id of somebody of the team, where the team is listed. */
  readonly agent: string | undefined;
  can(capability: Capability): boolean;
  ask(query: string, variables?: Record<string, unknown>): Promise<Row>;
  /** Requests the vendor got meanwhile. */
  callsOf(action: () => Promise<unknown>): Promise<number>;
  /** Everything the vendor ever answered to an operation, as text. */
  answersOf(operation?: string): string;
}

export async function subjectOf(vendor: Vendor, graph: Graph, expectations: Expectations): Promise<Subject> {
  const emulator = graph.emulator(vendor.key);
  const ask = (query: string, variables?: Record<string, unknown>) => dataOf(graph.ask(query, variables));
  const selection = await customerSelection(ask);
  const can = (capability: Capability) => expectations.capabilities.includes(capability);
  const everybody = can('CUSTOMER_LIST')
    ? (await walk(ask, (page) => `{ customers(${page}) { nodes { ${selection} } ${PAGE} } }`, 'customers', 100)).nodes
    : [];
  const { accounts } = await ask(`{ accounts { region customerWrites {
    kind requiredFields { anyOf } writableFields clearableFields identityFields
  } } }`);
  const [{ region, customerWrites }] = accounts;
  const agents = can('AGENT_LIST') ? (await ask('{ agents { nodes { vendorId } } }')).agents.nodes : [];
  return {
    ...expectations,
    vendor,
    graph,
    selection,
    everybody,
    region,
    customerWrites,
    agent: agents[0]?.vendorId,
    can,
    ask,
    async callsOf(action) {
      const before = emulator.count();
      await action();
      return emulator.count() - before;
    },
    answersOf: (operation) =>
      JSON.stringify(
        emulator.exchanges
          .filter((exchange) => operation === undefined || exchange.operation === operation)
          .map(({ answer }) => answer),
      ),
  };
}

/** What a walk needs of every page. */
export const PAGE =
  'pageInfo { hasNextPage endCursor } totalCount totalCountAccuracy sources { state calls records unreadable }';

export interface Walk {
  readonly nodes: readonly Row[];
  readonly totalCount: number | null;
  readonly totalCountAccuracy: string;
}

/**
 * Walks a connection from its first page to its last.
 * @param query makes the query out of the arguments of one page
 * @param path where the connection lies in the answer, for example `customer.events`
 */
export async function walk(
  ask: Subject['ask'],
  query: (page: string) => string,
  path: string,
  first: number,
): Promise<Walk> {
  const nodes: Row[] = [];
  let page = `first: ${first}`;
  for (;;) {
    const data = await ask(query(page));
    const connection = path.split('.').reduce((value, step) => value[step], data);
    for (const source of connection.sources) {
      if (source.state !== 'OK') throw new Error(`a page says ${source.state}`);
      if (source.unreadable > 0) throw new Error(`${source.unreadable} rows were unreadable`);
    }
    nodes.push(...connection.nodes);
    const { totalCount, totalCountAccuracy, pageInfo } = connection;
    if (!pageInfo.hasNextPage) return { nodes, totalCount, totalCountAccuracy };
    page = `first: ${first}, after: "${pageInfo.endCursor}"`;
  }
}

export const idsOf = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);

/** Keys of customers at the vendor, however they are known. */
export function customerKeys({ everybody, knownCustomers = [], vendor }: Subject): readonly string[] {
  if (everybody.length === 0 && knownCustomers.length === 0) throw new Error(`no customer of ${vendor.key} is known`);
  return [...everybody.map(({ vendorId }) => vendorId), ...knownCustomers];
}

/** Records by their keys, as another subgraph asks for them. */
export async function entities(
  { graph, vendor }: Pick<Subject, 'graph' | 'vendor'>,
  type: 'Customer' | 'Tag' | 'Segment',
  vendorIds: readonly string[],
  selection: string,
): Promise<Answer & { readonly records: readonly Row[] }> {
  const answer = await graph.ask(
    `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { ${selection} } } }`,
    { keys: vendorIds.map((vendorId) => ({ __typename: type, accountId: vendor.key, vendorId })) },
  );
  return { ...answer, records: answer.data?._entities ?? [] };
}

/** The global id of a record that may or may not exist; costs no vendor call. */
export async function globalId(subject: Subject, type: 'Customer' | 'Tag' | 'Segment', vendorId: string) {
  const { records } = await entities(subject, type, [vendorId], 'id');
  return records[0].id as string;
}
