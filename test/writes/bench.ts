import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { JsonRecord } from '../../src/emulation/emulator.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import { contractOf } from '../contracts/openApi.ts';
import { type Answer, dataOf, type Graph, startGraph } from '../support/graph.ts';
import { payloadOf } from './mutations.ts';

export type Row = Answer['data'];
type Input = Readonly<Record<string, unknown>>;

/** One vendor's account, its emulator behind it, and what tests of its writes do over and over. */
export function benchFor(vendor: Vendor, secret = 'a secret for tests that is long enough') {
  let graph: Graph;
  const problemsOf = contractOf(vendor.key);
  beforeAll(async () => {
    graph = await startGraph({ vendors: [vendor], customers: 60, config: { secrets: [secret] } });
  });
  afterEach(async () => {
    const { exchanges } = graph.emulator(vendor.key);
    const problems = exchanges.flatMap(problemsOf);
    // Answers under a quirk are readings that the document does not share.
    expect(problems.filter((problem) => !problem.includes(': answer '))).toEqual([]);
    await graph.reset();
  });
  afterAll(() => graph.stop());

  const emulator = () => graph.emulator(vendor.key);
  const ask = (query: string, variables?: Input): Promise<Row> => dataOf(graph.ask(query, variables));
  const idOf = async (vendorId: string, type = 'Customer'): Promise<string> => {
    const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { id } } }`;
    const { _entities } = await ask(query, { keys: [{ __typename: type, accountId: vendor.key, vendorId }] });
    return _entities[0].id;
  };
  const perform = (mutation: string, input: Input, node?: string): Promise<Row> =>
    payloadOf(graph, mutation, input, node);

  return {
    emulator,
    ask,
    idOf,
    perform,
    create: (customer: Input, node?: string) => perform('customerCreate', { accountId: vendor.key, customer }, node),
    upsert: (customer: Input, node?: string) => perform('customerUpsert', { accountId: vendor.key, customer }, node),
    update: async (vendorId: string, customer: Input, node?: string) =>
      perform('customerUpdate', { id: await idOf(vendorId), customer }, node),
    /** What the vendor holds of a kind. */
    held: (kind = 'customers'): readonly JsonRecord[] => emulator().records()[kind] ?? [],
    /** Bodies that the vendor was sent for an operation. */
    sent: (operation: string): readonly unknown[] =>
      emulator()
        .exchanges.filter((exchange) => exchange.operation === operation)
        .map(({ body }) => body),
    /** Code and field of each complaint about a write that the vendor hears nothing of. */
    async unasked(mutation: string, input: Input): Promise<readonly string[]> {
      const before = emulator().count();
      const payload = await perform(mutation, input);
      expect({ outcome: payload.outcome, requests: payload.requests, calls: emulator().count() - before }).toEqual({
        outcome: 'NOT_EXECUTED',
        requests: [],
        calls: 0,
      });
      return complaints(payload);
    },
  };
}

/** Code and field of each complaint, for example `BAD_USER_INPUT customer.email`. */
export const complaints = ({ userErrors }: Row): readonly string[] =>
  userErrors.map(({ code, field }: Row) => (field === null ? code : `${code} ${field.join('.')}`));

/** What became of each input field: `{ 'customer.email': 'APPLIED' }`, with what was stored instead behind it. */
export const receiptOf = ({ receipt }: Row): Readonly<Record<string, string>> =>
  Object.fromEntries(
    receipt.map(({ field, status, stored }: Row) => [
      field.join('.'),
      stored === null ? status : `${status} ${stored}`,
    ]),
  );

/** An entry for each field of the input, all of one kind. */
export const allOf = (status: string, fields: object, path = 'customer'): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(fields).map((name) => [`${path}.${name}`, status]));

/** The records that are not as they were, each as it was and as it is. */
export function differences(before: readonly JsonRecord[], after: readonly JsonRecord[]): readonly Row[] {
  expect(after).toHaveLength(before.length);
  return before.flatMap((record, index) => {
    const now = after[index] ?? {};
    const names = [...new Set([...Object.keys(record), ...Object.keys(now)])].filter(
      (name) => JSON.stringify(record[name]) !== JSON.stringify(now[name]) && !/^updated_?at$/i.test(name),
    );
    return names.length === 0 ? [] : [Object.fromEntries(names.map((name) => [name, now[name]]))];
  });
}
