import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';

// What CRMs count may be more than an `Int` holds, or no count at all.

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 3 });
});
afterEach(() => {
  for (const vendor of ['ladiflow', 'mercately', 'heidianer']) graph.emulator(vendor).reset();
});
afterAll(() => graph.stop());

/** Puts the number in place of every one of these names. */
function say(vendor: string, name: RegExp, number: string): void {
  const pattern = new RegExp(`"(${name.source})":\\d+`, 'g');
  graph.emulator(vendor).fault({
    kind: 'rewritten',
    rewrite: ({ bytes, ...head }) => ({
      ...head,
      bytes: Buffer.from(String(bytes).replace(pattern, `"$1":${number}`)),
    }),
  });
}

const NO_COUNTS = ['2147483648', '1e12', '3.5', '-1', '9007199254740993'];

describe.each([
  ['ladiflow', /total/],
  ['mercately', /results/],
  ['heidianer', /count/],
])('%s says how many there are', (vendor, name) => {
  test.each(NO_COUNTS.slice(0, 4))('%s', async (number) => {
    say(vendor, name, number);
    const { data, errors } = await graph.ask(
      `{ customers(accounts: ["${vendor}"]) { nodes { id } totalCount totalCountAccuracy } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.customers).toMatchObject({ totalCount: null, totalCountAccuracy: 'UNKNOWN' });
    expect(data.customers.nodes).toHaveLength(3);
  });
});

test('several accounts together have more than an Int holds', async () => {
  say('ladiflow', /total/, '2000000000');
  say('heidianer', /count/, '2000000000');
  const { data, errors } = await graph.ask(
    '{ customers(accounts: ["ladiflow", "heidianer"]) { totalCount totalCountAccuracy } }',
  );
  expect(errors).toBeUndefined();
  expect(data.customers).toEqual({ totalCount: null, totalCountAccuracy: 'UNKNOWN' });
});

const READ =
  '{ customerLookup(by: { email: "EMAIL" }, accounts: ["ladiflow"]) { matches { vendorId orderStatistics { orders } } } }';
const CREATE = `mutation { customerCreate(input: { accountId: "heidianer", customer: { phone: "13800001111" } }) {
  customer { vendorId orderStatistics { orders } } } }`;

test.each(NO_COUNTS.filter((number) => number !== '-1'))(
  'a customer with so many orders has an error there: %s',
  async (number) => {
    const { data } = await graph.ask('{ customers(accounts: ["ladiflow"]) { nodes { email } } }');
    const { email } = data.customers.nodes.find((each: { email: string | null }) => each.email !== null);
    say('ladiflow', /total_order/, number);
    say('heidianer', /orders/, number);
    const read = await graph.ask(READ.replace('EMAIL', email));
    const written = await graph.ask(CREATE);
    expect(read.data.customerLookup.matches[0]).toMatchObject({ vendorId: expect.any(String), orderStatistics: null });
    expect(written.data.customerCreate.customer).toMatchObject({ vendorId: expect.any(String), orderStatistics: null });
    expect(
      [read, written].map(({ errors }) => errors?.map(({ extensions, path }) => [extensions.code, path?.join('.')])),
    ).toEqual([
      [['VENDOR_BAD_RESPONSE', 'customerLookup.matches.0.orderStatistics']],
      [['VENDOR_BAD_RESPONSE', 'customerCreate.customer.orderStatistics']],
    ]);
  },
);
