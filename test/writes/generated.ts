import fc from 'fast-check';
import type { JsonRecord } from '../../src/emulation/emulator.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import { customersOf, customFieldsOf, type Taken, tagNames, takenBy, type Values } from './inputs.ts';
import { globalId, payloadOf } from './mutations.ts';

// Writes to customers, over all kinds that an account can do.

/** A customer to write to. */
export interface Subject {
  readonly id: string;
  /** The vendor's own key of the record, as its emulator holds it. */
  readonly key: string;
  readonly identity: Values | undefined;
}

export interface GeneratedWrite {
  readonly mutation: string;
  readonly input: Values;
  /** What is to be stored, by the names of `CustomerInput`. */
  readonly asked: Values;
  /** Where the fields of `asked` stand below `input`. */
  readonly path: readonly string[];
  readonly subject: Subject | undefined;
}

export const VENDORS = ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'] as const;

/** The key by which the emulated vendor holds a customer. */
export const keyOf = (vendor: string, record: JsonRecord): string =>
  String(vendor === 'salekit' ? record.email : vendor === 'ladiflow' ? record._id : record.id).toLowerCase();

export const customersIn = (graph: Graph, vendor: string): readonly JsonRecord[] =>
  graph.emulator(vendor).records().customers ?? [];

/** The vendor's record of a customer as it is now. */
export const recordOf = (graph: Graph, vendor: string, key: string): JsonRecord | undefined =>
  customersIn(graph, vendor).find((record) => keyOf(vendor, record) === key.toLowerCase());

/** Some of the seeded customers, with their global ids. */
export async function subjectsOf(graph: Graph, vendor: string, count: number): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const record of customersIn(graph, vendor).slice(0, count)) {
    const key = keyOf(vendor, record);
    if (vendor !== 'salekit') {
      subjects.push({ id: await globalId(graph, vendor, key), key, identity: undefined });
      continue;
    }
    // Ids of this vendor's customers are given out by its writes only.
    const identity = { fullName: record.full_name, email: record.email };
    const { customer } = await payloadOf(graph, 'customerUpsert', { accountId: vendor, customer: identity });
    subjects.push({ id: customer.id, key, identity });
  }
  return subjects;
}

export async function capabilitiesOf(graph: Graph, vendor: string): Promise<readonly string[]> {
  const query = 'query ($id: ID!) { account(id: $id) { capabilities } }';
  return (await dataOf(graph.ask(query, { id: vendor }))).account.capabilities;
}

/** Writes to this vendor's customers: of every kind that it has, to new customers and to those given. */
export async function writesTo(
  graph: Graph,
  vendor: string,
  subjects: readonly Subject[],
): Promise<fc.Arbitrary<GeneratedWrite>> {
  const capabilities = await capabilitiesOf(graph, vendor);
  const taken = await takenBy(graph, vendor);
  const subject = fc.constantFrom(...subjects);
  const tagChange = (mutation: string, path: string) =>
    fc
      .tuple(subject, tagNames)
      .map(([to, names]) => write(mutation, to, { tags: names.map((name) => ({ name })) }, [path]));
  const kinds = {
    CUSTOMER_TAGS_ADD: () => tagChange('customerTagsAdd', ''),
    CUSTOMER_TAGS_REMOVE: () => tagChange('customerTagsRemove', ''),
    CUSTOMER_TAGS_REPLACE: () => tagChange('customerTagsReplace', ''),
    CUSTOMER_CUSTOM_FIELDS_SET: () =>
      fc
        .tuple(subject, customFieldsOf(vendor))
        .map(([to, customFields]) => write('customerCustomFieldsSet', to, { customFields }, [''])),
  };
  return fc.oneof(
    ...taken.map((each) => ({ weight: 3, arbitrary: storing(graph, vendor, each, subject) })),
    ...Object.entries(kinds)
      .filter(([capability]) => capabilities.includes(capability))
      .map(([, arbitrary]) => ({ weight: 1, arbitrary: arbitrary() })),
  );
}

function storing(
  graph: Graph,
  vendor: string,
  taken: Taken,
  subject: fc.Arbitrary<Subject>,
): fc.Arbitrary<GeneratedWrite> {
  const customer = customersOf(vendor, taken);
  if (taken.kind === 'UPDATE') {
    return fc.tuple(subject, customer).map(([to, asked]) => write('customerUpdate', to, asked, ['customer']));
  }
  const mutation = taken.kind === 'CREATE' ? 'customerCreate' : 'customerUpsert';
  return fc.tuple(customer, fc.option(subject, { freq: 2 })).map(([given, known]) => {
    // Half of the upserts are to somebody who is there.
    const found = taken.kind === 'UPSERT' && known !== null ? recordOf(graph, vendor, known.key) : undefined;
    const email =
      typeof found?.email === 'string' && !/ladimail|zalo|facebook/.test(found.email) ? found.email : undefined;
    const asked = email === undefined ? given : { ...given, email };
    return { mutation, input: { accountId: vendor, customer: asked }, asked, path: ['customer'], subject: undefined };
  });
}

function write(mutation: string, subject: Subject, asked: Values, [path = '']: readonly string[]): GeneratedWrite {
  const { id, identity } = subject;
  return {
    mutation,
    input: {
      id,
      ...(path === '' ? asked : { [path]: asked }),
      ...(identity === undefined ? {} : { identity }),
    },
    asked,
    path: path === '' ? [] : [path],
    subject,
  };
}
