import type { Emulator, JsonRecord } from '../../src/emulation/emulator.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import { fecify } from './plans/fecify.ts';
import { heidianer } from './plans/heidianer.ts';
import { ladiflow } from './plans/ladiflow.ts';
import { mercately } from './plans/mercately.ts';
import type { Plan } from './plans/plan.ts';
import { salekit } from './plans/salekit.ts';

/** Every write that each vendor has, with valid input. */
const PLANS: Readonly<Record<string, (places: Places) => readonly Plan[]>> = {
  salekit,
  ladiflow,
  fecify,
  mercately,
  heidianer,
};

export type Records = ReturnType<Emulator['records']>;

/** One write of a vendor, done through the graph; each time it leaves a mark of its own. */
export interface Write {
  readonly name: string;
  readonly vendor: string;
  readonly mutation: string;
  /** The contract's name of the vendor call that fails. */
  readonly operation: string;
  /** Reads that are sent before it. */
  readonly reads: readonly string[];
  /** Its outcome where all goes well. */
  readonly done: string;
  /** Its outcome where a look-up has to tell what became of it; undefined where none can. */
  readonly settled: string | undefined;
  readonly safeToRepeat: boolean;
  /** It names a record, so that an answer that shows another one is none. */
  readonly isAddressed: boolean;
  /** The HTTP status alone says whether it was carried out. */
  readonly statusDecides: boolean;
  /** What the answer says besides its status does not matter at all. */
  readonly isBodiless: boolean;
  /** Nothing can be answered without the id that the vendor's answer holds. */
  readonly needsAnswer: boolean;
  /** Which of the requests with which it writes meets the fault. */
  readonly part: 'only' | 'first' | 'second';
  /** The input field that leads to a record which holds its value already. */
  readonly foundBy: string | undefined;
  input(mark: number): Record<string, unknown>;
  isStored(records: Records, mark: number): boolean;
}

/** The contracts' names of the reads that precede a write, look it up or read it back. */
export const READS: Readonly<Record<string, readonly string[]>> = {
  salekit: [],
  ladiflow: ['customerShow', 'customerList', 'customerListTag'],
  fecify: [],
  mercately: ['getCustomer', 'listCustomerEvents'],
  heidianer: ['getCustomer', 'getSegment'],
};

/** Somebody whom only one write with one mark touches. */
export interface Person {
  readonly id: string;
  readonly record: JsonRecord;
}

export interface Places {
  readonly accountId: string;
  readonly records: Records;
  person(mark: number): Person;
  /** Global id of the segment of that title. */
  segment(title: string): string;
}

/** Marks up to this one lead to people of their own. */
const MOST_MARKS = 40;
const STATUS_DECIDES = ['heidianer', 'mercately'];

/** All writes of a vendor; ids are looked up first, while everybody is well. */
export async function writesOf(graph: Graph, vendor: string): Promise<readonly Write[]> {
  const records = graph.emulator(vendor).records();
  const rows = (records.customers ?? []).filter((row) => isFit(vendor, row, records));
  if (rows.length < MOST_MARKS) throw new Error(`${vendor} has ${rows.length} fit customers; seed more`);
  const ids = await (vendor === 'salekit' ? sealedIds(graph, rows) : idsOf(graph, vendor, 'Customer', rows));
  const segments = await idsOf(graph, vendor, 'Segment', records.segments ?? []);
  const places: Places = {
    accountId: vendor,
    records,
    person(mark) {
      const [id, record] = [ids[mark], rows[mark]];
      if (id === undefined || record === undefined) throw new Error('too many marks for so few people');
      return { id, record };
    },
    segment: (title) => segments[(records.segments ?? []).findIndex((row) => row.title === title)] ?? '',
  };
  const plans: readonly Plan[] = PLANS[vendor]?.(places) ?? [];
  return plans.map((plan) => ({
    reads: [],
    settled: undefined,
    safeToRepeat: false,
    isAddressed: false,
    statusDecides: STATUS_DECIDES.includes(vendor),
    isBodiless: false,
    needsAnswer: false,
    part: 'only',
    foundBy: undefined,
    ...plan,
    name: plan.name ?? plan.mutation,
    vendor,
  }));
}

/** Whether every write of the vendor can be done to this customer. */
function isFit(vendor: string, row: JsonRecord, { segments = [] }: Records): boolean {
  switch (vendor) {
    case 'salekit':
      return (row.tag as string[]).length > 0;
    case 'ladiflow':
      return row.is_delete === false && /@example\./.test(String(row.email));
    case 'mercately':
      return row.email !== null && (row.tags as unknown[]).length > 0;
    case 'heidianer':
      return (
        (row.tags as unknown[]).length > 0 &&
        segments.some(({ customers }) => (customers as unknown[]).includes(row.id))
      );
    default:
      return true;
  }
}

async function idsOf(graph: Graph, vendor: string, type: string, rows: readonly JsonRecord[]): Promise<string[]> {
  const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { id } } }`;
  const keys = rows.map((row) => ({ __typename: type, accountId: vendor, vendorId: String(row._id ?? row.id) }));
  return (await dataOf(graph.ask(query, { keys })))._entities.map(({ id }: { id: string }) => id);
}

/** Where an e-mail is the id, only a write tells how it is shown. */
async function sealedIds(graph: Graph, rows: readonly JsonRecord[]): Promise<string[]> {
  const query = `mutation ($input: CustomersUpsertInput!) { customersUpsert(input: $input) { results { customer { id } } } }`;
  const customers = rows.map(({ full_name, email }) => ({ fullName: full_name, email }));
  const { customersUpsert } = await dataOf(graph.ask(query, { input: { accountId: 'salekit', customers } }));
  return customersUpsert.results.map(({ customer }: { customer: { id: string } }) => customer.id);
}

const RESULT = `outcome receipt { field status stored } requests { method path isWrite state }
  userErrors { field code message retryable retryAfter safeToRepeat capability vendorCode vendorMessage }`;

const nodeOf = (mutation: string): string => {
  if (mutation === 'customerDelete') return 'deletedCustomerId';
  if (mutation === 'customerEventRecord') return 'customerEvent { name }';
  return `${/^(customer|tag|segment)/.exec(mutation)?.[0]} { id }`;
};

/** The writes as one operation, one field each: `w0`, `w1` and so on. */
export function operationOf(writes: readonly Write[]): string {
  const variables = writes.map(({ mutation }, index) => {
    return `$w${index}: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  });
  const fields = writes.map(({ mutation }, index) => {
    const payload = `${nodeOf(mutation)} ${RESULT}`;
    const selection = mutation === 'customersUpsert' ? `userErrors { code } results { ${payload} }` : payload;
    return `w${index}: ${mutation}(input: $w${index}) { ${selection} }`;
  });
  return `mutation (${variables.join(', ')}) { ${fields.join(' ')} }`;
}
