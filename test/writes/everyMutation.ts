import fc from 'fast-check';
import { dataOf, type Graph } from '../support/graph.ts';
import { type GeneratedWrite, type Subject, writesTo } from './generated.ts';
import { customersOf, takenBy, type Values } from './inputs.ts';
import { payloadOf, RESULT } from './mutations.ts';

// Calls of every mutation that an account has.

export interface Call {
  readonly mutation: string;
  readonly input: Values;
}

const title = fc.nat(1_000_000).map((unique) => `Nhóm 分组 ${unique}`);
const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2026-10-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const message = fc.record(
  {
    outboundStatus: fc.constantFrom('sent', 'delivered', 'read'),
    campaignId: fc.nat(1_000).map(String),
    campaignUrl: fc.constant('https://example.com/c'),
    errorMessage: fc.constant('número no válido'),
    occurredAt: day,
    sentAt: day,
    readAt: day,
  },
  { requiredKeys: ['outboundStatus'] },
);
const named = fc.record(
  { name: fc.constantFrom('pedido', '下单'), payload: fc.json({ maxDepth: 2 }), occurredAt: day },
  { requiredKeys: ['name'] },
);

/** @param doomed customers that may be deleted, each once */
export async function callsTo(
  graph: Graph,
  vendor: string,
  subjects: readonly Subject[],
  doomed: readonly Subject[],
): Promise<fc.Arbitrary<Call>> {
  const subject = fc.constantFrom(...subjects);
  const members = fc
    .uniqueArray(subject, { minLength: 1, maxLength: 4, selector: ({ id }) => id })
    .map((chosen) => chosen.map(({ id }) => id));
  const toCustomers = (await writesTo(graph, vendor, subjects)).map(
    ({ mutation, input }: GeneratedWrite): Call => ({ mutation, input }),
  );
  const kinds: fc.WeightedArbitrary<Call>[] = [{ weight: 5, arbitrary: toCustomers }];
  const add = (mutation: string, input: fc.Arbitrary<Values>) =>
    kinds.push({ weight: 1, arbitrary: input.map((given) => ({ mutation, input: given })) });

  const upsert = (await takenBy(graph, vendor)).find(({ kind }) => kind === 'UPSERT');
  if (upsert !== undefined) {
    const customers = fc.array(customersOf(vendor, upsert), { minLength: 1, maxLength: 3 });
    add(
      'customersUpsert',
      customers.map((given) => ({ accountId: vendor, customers: given })),
    );
  }
  if (vendor === 'ladiflow') add('tagCreate', fc.record({ accountId: fc.constant(vendor), name: title }));
  if (vendor === 'mercately') {
    const event = fc.oneof(message, named);
    add(
      'customerEventRecord',
      fc.tuple(subject, event).map(([{ id }, given]) => ({ customerId: id, event: given })),
    );
  }
  if (vendor === 'heidianer') {
    const { segments } = await dataOf(graph.ask('{ segments(accounts: ["heidianer"]) { nodes { id } } }'));
    const ids: readonly string[] = segments.nodes.map(({ id }: { id: string }) => id);
    const change = fc.record({ id: fc.constantFrom(...ids), customerIds: members });
    add('segmentCreate', fc.record({ accountId: fc.constant(vendor), title }));
    add('segmentCustomersAdd', change);
    add('segmentCustomersRemove', change);
    add(
      'customerDelete',
      fc.constantFrom(...doomed).map(({ id }) => ({ id })),
    );
  }
  return fc.oneof(...kinds);
}

/** What the node of a mutation is asked for: nothing that would cost a request of its own. */
const NODES: Readonly<Record<string, string>> = {
  customerDelete: 'deletedCustomerId',
  tagCreate: 'tag { vendorId }',
  segmentCreate: 'segment { vendorId }',
  segmentCustomersAdd: 'segment { vendorId }',
  segmentCustomersRemove: 'segment { vendorId }',
  customerEventRecord: 'customerEvent { name }',
};

export interface Payload {
  readonly outcome: string;
  readonly userErrors: readonly Values[];
  readonly receipt: readonly Values[];
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly isWrite: boolean;
    readonly state: string;
  }[];
}

/** Performs a call; a batch has a payload for each of its customers. */
export async function perform(graph: Graph, { mutation, input }: Call, options: Values): Promise<readonly Payload[]> {
  const given = { ...input, ...options };
  if (mutation !== 'customersUpsert') {
    return [await payloadOf(graph, mutation, given, NODES[mutation] ?? 'customer { vendorId }')];
  }
  const { customersUpsert } = await dataOf(
    graph.ask(
      `mutation ($input: CustomersUpsertInput!) { customersUpsert(input: $input) {
        userErrors { code } results { customer { vendorId } ${RESULT} } } }`,
      { input: given },
    ),
  );
  if (customersUpsert.userErrors.length > 0) throw new Error(JSON.stringify(customersUpsert.userErrors));
  return customersUpsert.results;
}
