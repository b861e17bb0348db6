import { type GraphQLNamedType, type GraphQLSchema, getNamedType } from 'graphql';
import { operationOf, writesOf } from '../faults/writes.ts';
import type { Graph } from '../support/graph.ts';
import type { Pool } from './documents.ts';
import { selectionsOf } from './selections.ts';

/** An operation that reads or writes at one vendor. */
export interface Ask {
  readonly vendor: string;
  readonly name: string;
  readonly query: string;
  /** One, or for a write one for each of some people. */
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
  readonly isWrite: boolean;
  /** How many requests it takes while all is well. */
  readonly requests: number;
}

/** Of what the vendor cannot do. */
const REFUSALS: ReadonlySet<unknown> = new Set(['NOT_SUPPORTED_BY_VENDOR']);
/** Whom the writes may take turns with. */
const PEOPLE = 40;

/** Every read and every write of a vendor; those that cost no vendor call are left out. */
export async function asksOf(graph: Graph, schema: GraphQLSchema, vendor: string, pool: Pool): Promise<readonly Ask[]> {
  const emulator = graph.emulator(vendor);
  const selections = (name: string) =>
    selectionsOf(schema, getNamedType(schema.getQueryType()?.getFields()[name]?.type) as GraphQLNamedType);
  const own = await ownOf(graph, vendor, pool);
  const ids = own.customers.map(({ id }) => id);
  const reads: { name: string; query: string; variables: Readonly<Record<string, unknown>> }[] = [];
  const read = (
    name: string,
    given: string,
    variables: Readonly<Record<string, unknown>> = {},
    declared = '',
  ): void => {
    for (const selection of selections(name)) {
      const query = `query ${declared} { ${name}(${given}) ${selection} }`;
      reads.push({ name: `${name}(${given})`, query, variables });
    }
  };
  const at = `accounts: ["${vendor}"]`;
  for (const list of ['customers', 'segments', 'tags', 'agents', 'customFieldDefinitions', 'customerEvents'])
    read(list, `first: 2, ${at}`);
  for (const filter of ['text: "a"', 'createdFrom: "2024-01-05"', 'coupon: "111"'])
    read('customers', `first: 2, ${at}, filter: {${filter}}`);
  for (const key of ['email', 'phone'] as const) {
    const value = own.customers.find((customer) => customer[key] !== null)?.[key];
    if (value) read('customerLookup', `by: {${key}: $key}, ${at}`, { key: value }, '($key: String!)');
  }
  for (const [name, id] of Object.entries({ customer: ids[0], segment: own.segment }))
    if (id !== undefined) read(name, 'id: $id', { id }, '($id: ID!)');
  read('crmNodes', 'ids: $ids', { ids: ids.slice(0, 3) }, '($ids: [ID!]!)');
  read(
    '_entities',
    'representations: $keys',
    { keys: ids.slice(0, 2).map((id) => ({ __typename: 'Customer', id })) },
    '($keys: [_Any!]!)',
  );

  const writes = (await writesOf(graph, vendor)).flatMap((write) =>
    (canVerify(schema, write.mutation) ? ['AUTO', 'ALWAYS'] : [undefined]).map((verify) => ({
      name: `${write.name} ${verify ?? ''}`.trim(),
      query: operationOf([write]),
      variables: { w0: { ...write.input(0), ...(verify === undefined ? {} : { verify }) } },
      inputs: Array.from({ length: PEOPLE }, (_, mark) => ({
        w0: { ...write.input(mark), ...(verify === undefined ? {} : { verify }) },
      })),
    })),
  );

  const asks: Ask[] = [];
  for (const each of [...reads, ...writes]) {
    emulator.forget();
    const { errors } = await graph.ask(each.query, { ...each.variables });
    const requests = emulator.count();
    if (errors?.some(({ extensions }) => !REFUSALS.has(extensions.code)))
      throw new Error(`${each.name}: ${JSON.stringify(errors)}`);
    if (requests > 0) asks.push({ isWrite: 'inputs' in each, inputs: [each.variables], ...each, vendor, requests });
  }
  emulator.reset();
  return asks;
}

function canVerify(schema: GraphQLSchema, mutation: string): boolean {
  const input = getNamedType(schema.getMutationType()?.getFields()[mutation]?.args[0]?.type);
  return input !== undefined && 'getFields' in input && 'verify' in input.getFields();
}

interface Own {
  readonly customers: readonly { readonly id: string; readonly email: string | null; readonly phone: string | null }[];
  readonly segment: string | undefined;
}

/** What there is at this vendor. */
async function ownOf(graph: Graph, vendor: string, pool: Pool): Promise<Own> {
  const { data } = await graph.ask(
    'query ($ids: [ID!]!) { crmNodes(ids: $ids) { __typename id accountId ... on Customer { email phone } } }',
    { ids: pool.ids.slice(0, 100) },
  );
  const own = data.crmNodes.filter((node: { accountId: string } | null) => node?.accountId === vendor);
  const of = (type: string) => own.filter(({ __typename }: { __typename: string }) => __typename === type);
  return { customers: of('Customer'), segment: of('Segment')[0]?.id };
}
