import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/graph.ts';
import { type Gateway, openInProcess } from './inProcessGateway.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { comparable, run } from './run.ts';
import { type Supergraph, startSupergraph } from './supergraph.ts';

// Our subgraph beside those of two other teams, behind a gateway. The same operations go through two more gateways in
// "npm run verify".

let supergraph: Supergraph;
let gateway: Gateway;
beforeAll(async () => {
  supergraph = await startSupergraph();
  gateway = openInProcess(supergraph);
});
afterEach(() => {
  for (const vendor of VENDORS) supergraph.crm.emulator(vendor).forget();
  supergraph.orders.forget();
});
afterAll(() => supergraph.stop());

const VENDORS = ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'];
const calls = (): Record<string, number> =>
  Object.fromEntries(
    VENDORS.map((vendor) => [vendor, supergraph.crm.emulator(vendor).count()] as const).filter(
      ([, count]) => count > 0,
    ),
  );

const named = (name: string): Operation => {
  const operation = Object.values(OPERATIONS)
    .flat()
    .find((each) => each.name === name);
  if (operation === undefined) throw new Error(`no operation "${name}"`);
  return operation;
};
const answerTo = (name: string): Promise<Answer> => run(supergraph, gateway, named(name));
const errorsOf = ({ errors = [] }: Answer) => errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]);

describe('what concerns this subgraph alone is answered as the subgraph answers it', () => {
  const OTHERS = /\b(orders?|members?|shippedTo)\b/;
  // Refused by the gateway before we are asked.
  const NOT_PASSED_ON = new Set(['looked up by two keys at once', 'an unknown field', 'a variable of the wrong type']);
  const ours = Object.values(OPERATIONS)
    .flat()
    .filter(({ query, name, caller }) => !OTHERS.test(query) && !NOT_PASSED_ON.has(name) && caller !== 'nobody');

  test.each(ours.map((operation) => [operation.name, operation] as const))('%s', async (_name, operation) => {
    const through = comparable(await run(supergraph, gateway, operation));
    const direct: Gateway = {
      ...gateway,
      ask: (query, variables, authorization) =>
        supergraph.crm.ask(query, { ...variables }, authorization === undefined ? {} : { authorization }),
    };
    expect(through).toEqual(comparable(await run(supergraph, direct, operation)));
  });
});

describe('joins', () => {
  test('from orders to customers, many at once', async () => {
    const { data, errors } = await answerTo('orders with their customers');
    expect(errors).toBeUndefined();
    expect(data.orders).toHaveLength(20);
    for (const { customer } of data.orders) expect(customer.fullName).toEqual(expect.any(String));
    // Seven and six customers, each read by itself or all together, and the names of LadiFlow's tags in one walk.
    expect(calls()).toEqual({ ladiflow: 7 + 1, mercately: 7, heidianer: 1 });
  });

  test('from customers to orders, by a key of ours', async () => {
    const { data, errors } = await answerTo('customers with their orders');
    expect(errors).toBeUndefined();
    expect(data.customers.nodes.map(({ orders }: { orders: unknown[] }) => orders.length)).not.toContain(0);
    const [sent] = supergraph.orders.representations;
    expect(sent).toMatchObject({ __typename: 'Customer', id: data.customers.nodes[0].id ?? expect.any(String) });
  });

  test('by account and vendor id, where the other side knows no more', async () => {
    const { data, errors } = await answerTo('members with their customers');
    expect(errors).toBeUndefined();
    expect(data.members.nodes).toHaveLength(30);
    for (const { customer } of data.members.nodes) expect(customer.fullName).toEqual(expect.any(String));
    expect(calls()).toEqual({ ladiflow: 10, mercately: 10, heidianer: 1 });
  });

  test('through all three subgraphs and back', async () => {
    const { data, errors } = await answerTo('all three subgraphs');
    expect(errors).toBeUndefined();
    for (const { number, customer } of data.members.nodes) {
      expect(customer.orders[0].customer.member.number).toBe(number);
    }
  });

  test('of keys cost no vendor call', async () => {
    const { data, errors } = await answerTo('orders with keys of their customers');
    expect(errors).toBeUndefined();
    expect(data.orders).toHaveLength(20);
    expect(calls()).toEqual({});
  });

  test('of 1,000 customers cost ten calls, in order', async () => {
    const { data, errors } = await answerTo('1,000 references');
    expect(errors).toBeUndefined();
    expect(data.orders.map(({ customer }: { customer: { vendorId: string } }) => customer.vendorId)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => String(index + 1)),
    );
    expect(calls()).toEqual({ heidianer: 10 });
  });

  test('of 500 orders by one customer cost one call', async () => {
    const { data } = await answerTo('500 equal references');
    expect(new Set(data.orders.map(({ customer }: { customer: { fullName: string } }) => customer.fullName)).size).toBe(
      1,
    );
    expect(calls()).toEqual({ heidianer: 1 });
  });
});

describe('what goes wrong stays at its own place', () => {
  test('a customer who is gone is empty without an error', async () => {
    const { data, errors } = await answerTo('orders of somebody who is gone');
    expect(errors).toBeUndefined();
    expect(
      data.orders.map(({ customer }: { customer: { fullName: string | null } }) => customer?.fullName ?? null),
    ).toEqual([expect.any(String), null, expect.any(String)]);
  });

  test('a CRM that is down takes its own customers only, with an error each', async () => {
    const answer = await answerTo('orders while a CRM is down');
    const names = answer.data.orders.map(({ customer }: { customer: { fullName: string } }) => customer.fullName);
    expect(names.map((name: string | null) => name === null)).toEqual([true, false, false, true, false, false]);
    expect(errorsOf(answer)).toEqual([
      ['orders.0.customer.fullName', 'VENDOR_UNAVAILABLE'],
      ['orders.3.customer.fullName', 'VENDOR_UNAVAILABLE'],
    ]);
  });

  test('a malformed reference is bad input, and its neighbours arrive', async () => {
    const answer = await answerTo('orders with a malformed reference');
    expect(answer.data.orders[0].customer.fullName).toEqual(answer.data.orders[2].customer.fullName);
    expect(errorsOf(answer)).toEqual([['orders.1.customer.fullName', 'BAD_USER_INPUT']]);
  });

  test('without the scope for customers the other teams still answer, and no CRM is asked', async () => {
    const answer = await answerTo('a caller without scopes joins');
    expect(answer.data.orders).toEqual([1, 2, 3].map((number) => ({ number, customer: { fullName: null } })));
    expect(new Set(errorsOf(answer).map(([, code]) => code))).toEqual(new Set(['FORBIDDEN']));
    expect(calls()).toEqual({});
  });

  test('keys are joined without that scope', async () => {
    const { data, errors } = await answerTo('a caller without scopes joins keys');
    expect(errors).toBeUndefined();
    for (const { customer } of data.members.nodes) expect(customer.id).toEqual(expect.any(String));
    expect(calls()).toEqual({});
  });

  test('whom nobody knows gets nothing of ours', async () => {
    const answer = await answerTo('nobody asks for joins');
    expect(answer.data.orders).toEqual([1, 2].map((number) => ({ number, customer: { fullName: null } })));
    expect(new Set(errorsOf(answer).map(([, code]) => code))).toEqual(new Set(['UNAUTHENTICATED']));
  });

  test("another tenant's customers do not exist", async () => {
    const { data, errors } = await answerTo('another tenant joins');
    expect(errors).toBeUndefined();
    expect(data.orders).toEqual([1, 2, 3].map((number) => ({ number, customer: { fullName: null } })));
    expect(calls()).toEqual({});
  });
});

test('there are at least sixty operations to compare gateways by', () => {
  const names = Object.values(OPERATIONS)
    .flat()
    .map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});
