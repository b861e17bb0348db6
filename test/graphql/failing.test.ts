import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../src/emulation/faults.ts';
import { type Answer, dataOf, type Graph, startGraph } from '../support/graph.ts';

// What each failure of a vendor looks like to a caller: a lone record is null with an error, a list says it in
// `sources`, and nobody else's records are touched.

let graph: Graph;
/** Ids of one existing customer per vendor, and how many customers each lists. */
const ids: Record<string, string> = {};
beforeAll(async () => {
  // Short, because the hanging vendor is waited for; nothing below measures time.
  graph = await startGraph({ customers: 30, config: { callTimeout: 300 } });
  const { customers } = await dataOf(graph.ask('{ customers(first: 10) { nodes { id accountId } } }'));
  for (const { id, accountId } of customers.nodes) ids[accountId] ??= id;
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const LISTING = ['ladiflow', 'mercately', 'heidianer'];

interface Expected {
  readonly code: string;
  readonly state: string;
  readonly retryable: boolean;
}
const UNAVAILABLE = { code: 'VENDOR_UNAVAILABLE', state: 'UNAVAILABLE', retryable: true };
const BAD_RESPONSE = { code: 'VENDOR_BAD_RESPONSE', state: 'FAILED', retryable: false };
const RATE_LIMITED = { code: 'VENDOR_RATE_LIMITED', state: 'RATE_LIMITED', retryable: true };
const TIMED_OUT = { code: 'VENDOR_TIMEOUT', state: 'TIMED_OUT', retryable: true };
const UNAUTHORIZED = { code: 'VENDOR_AUTH', state: 'UNAUTHORIZED', retryable: false };

const FAULTS: readonly (readonly [string, Fault, Expected])[] = [
  ['a wrong key', { kind: 'status', status: 401 }, UNAUTHORIZED],
  ['too many requests', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }, RATE_LIMITED],
  ['a server error', { kind: 'status', status: 500 }, UNAVAILABLE],
  ['a web page instead of JSON', { kind: 'html' }, BAD_RESPONSE],
  ['JSON that stops halfway', { kind: 'bad-json' }, BAD_RESPONSE],
  ['an empty answer', { kind: 'empty' }, BAD_RESPONSE],
  ['a broken connection', { kind: 'reset-before' }, UNAVAILABLE],
  ['a connection that breaks after delivery', { kind: 'reset-after' }, UNAVAILABLE],
  ['no answer within the deadline', { kind: 'hang-before' }, TIMED_OUT],
];

const LIST = `query ($accounts: [ID!]) {
  customers(first: 60, accounts: $accounts) {
    nodes { id fullName }
    totalCountAccuracy
    sources { account { id } state calls records retryAfter error { code } }
  }
}`;

/** The list with everybody well, for comparison. */
const namesOf = async (accounts: readonly string[]): Promise<string[]> => {
  const { customers } = await dataOf(graph.ask(LIST, { accounts }));
  return customers.nodes.map(({ id }: { id: string }) => id);
};

describe.each(LISTING)('%s fails with', (vendor) => {
  test.each(FAULTS)('%s: a lone customer is null with an error that says so', async (_name, fault, expected) => {
    graph.emulator(vendor).fault(fault);
    const answer = await graph.ask('query ($id: ID!) { customer(id: $id) { fullName } vendors { key } }', {
      id: ids[vendor],
    });
    expect(answer.data.customer).toBeNull();
    expect(answer.data.vendors).toHaveLength(5);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]).toMatchObject({
      path: ['customer'],
      extensions: { code: expected.code, retryable: expected.retryable, vendor, account: vendor },
    });
    if (expected === RATE_LIMITED) expect(answer.errors?.[0]?.extensions.retryAfter).toBe(30);
    expectNothingLeaks(answer);
  });

  test.each(FAULTS)('%s: the list loses nobody else and says why', async (_name, fault, expected) => {
    const others = LISTING.filter((other) => other !== vendor);
    const whole = await namesOf(others);
    graph.emulator(vendor).fault(fault);
    const answer = await graph.ask(LIST);
    expect(answer.errors).toBeUndefined();
    const { nodes, sources, totalCountAccuracy } = answer.data.customers;
    expect(nodes.map(({ id }: { id: string }) => id)).toEqual(whole);
    expect(totalCountAccuracy).toBe('AT_LEAST');
    expect(sources).toContainEqual({
      account: { id: vendor },
      state: expected.state,
      calls: callsSpent(vendor, fault),
      records: 0,
      retryAfter: expected === RATE_LIMITED ? 30 : null,
      error: { code: expected.code },
    });
    for (const other of others)
      expect(sources).toContainEqual(expect.objectContaining({ account: { id: other }, state: 'OK' }));
  });

  test('nothing any more: the next question is answered', async () => {
    const stop = graph.emulator(vendor).fault({ kind: 'reset-before' });
    await graph.ask(LIST);
    stop();
    const { customer } = await dataOf(
      graph.ask('query ($id: ID!) { customer(id: $id) { completeness } }', { id: ids[vendor] }),
    );
    expect(customer.completeness).not.toBe('KEYS_ONLY');
  });

  test('404: there is no such customer, which is no error', async () => {
    graph.emulator(vendor).fault({ kind: 'status', status: 404 });
    const data = await dataOf(graph.ask('query ($id: ID!) { customer(id: $id) { fullName } }', { id: ids[vendor] }));
    expect(data).toEqual({ customer: null });
  });
});

describe('a failure inside HTTP 200', () => {
  // By the contracts: LadiFlow's code means what the HTTP status would; Heidianer and Mercately have no envelope, so
  // the body is simply not what was asked for; at Mercately a get-one with only a message is "not found".
  test.each([
    ['ladiflow', 500, 'VENDOR_UNAVAILABLE', 'UNAVAILABLE'],
    ['ladiflow', 401, 'VENDOR_AUTH', 'UNAUTHORIZED'],
    ['ladiflow', 429, 'VENDOR_RATE_LIMITED', 'RATE_LIMITED'],
    ['mercately', 500, 'VENDOR_BAD_RESPONSE', 'FAILED'],
    ['heidianer', 500, 'VENDOR_BAD_RESPONSE', 'FAILED'],
  ])('%s, %i', async (vendor, status, code, state) => {
    graph.emulator(vendor).fault({ kind: 'failing-body', status });
    const { customers } = await dataOf(graph.ask(LIST));
    expect(customers.sources).toContainEqual(
      expect.objectContaining({ account: { id: vendor }, state, error: { code } }),
    );

    const { data, errors } = await graph.ask('query ($id: ID!) { customer(id: $id) { fullName } }', {
      id: ids[vendor],
    });
    expect(data.customer).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe(vendor === 'mercately' ? undefined : code);
  });

  test('ladiflow, 404: there is no such customer', async () => {
    graph.emulator('ladiflow').fault({ kind: 'failing-body', status: 404 });
    const data = await dataOf(graph.ask('query ($id: ID!) { customer(id: $id) { fullName } }', { id: ids.ladiflow }));
    expect(data.customer).toBeNull();
  });
});

describe('fecify, which lists contact-form messages and addresses only, fails with', () => {
  const EVENTS = '{ customerEvents(first: 5) { nodes { vendorId } sources { account { id } state error { code } } } }';
  // Its codes mean nothing, so only what HTTP says tells failures apart.
  const REJECTED = { code: 'VENDOR_REJECTED', state: 'FAILED', retryable: false };
  const faults: readonly (readonly [string, Fault, Expected])[] = [
    ...FAULTS,
    ['a failure inside HTTP 200', { kind: 'failing-body', status: 500 }, REJECTED],
    ['a wrong key said inside HTTP 200', { kind: 'failing-body', status: 401 }, REJECTED],
  ];

  test.each(faults)('%s: the list says so', async (_name, fault, expected) => {
    graph.emulator('fecify').fault(fault);
    const { customerEvents } = await dataOf(graph.ask(EVENTS));
    expect(customerEvents.nodes).toEqual([]);
    expect(customerEvents.sources).toContainEqual({
      account: { id: 'fecify' },
      state: expected.state,
      error: { code: expected.code },
    });
  });

  test.each(faults)('%s: addresses are null with an error', async (_name, fault, expected) => {
    graph.emulator('fecify').fault(fault);
    const { data, errors } = await graph.ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { vendorId addresses { city } } } }`,
      { r: [{ __typename: 'Customer', accountId: 'fecify', vendorId: '1' }] },
    );
    expect(data._entities).toEqual([{ vendorId: '1', addresses: null }]);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ['_entities', 0, 'addresses'],
      extensions: { code: expected.code, vendor: 'fecify', account: 'fecify', retryable: expected.retryable },
    });
  });
});

describe('with an account whose key is wrong', () => {
  test.each(LISTING)('%s says UNAUTHORIZED, and the others answer', async (vendor) => {
    const wrong: Record<string, Record<string, string>> = {
      ladiflow: { apiKey: 'wrong-key' },
      mercately: { apiKey: 'wrong-key' },
      heidianer: { accessToken: 'wrong-key' },
    };
    const misconfigured = await startGraph({
      customers: 5,
      accounts: (demo) =>
        demo.map((account) => (account.vendor === vendor ? { ...account, credentials: wrong[vendor] ?? {} } : account)),
    });
    try {
      const { customers } = await dataOf(
        misconfigured.ask(
          '{ customers(first: 20) { nodes { accountId } sources { account { id } state error { code message } } } }',
        ),
      );
      const { accounts } = await dataOf(
        misconfigured.ask('{ accounts { id health { lastErrorCode lastSuccessAt } } }'),
      );
      expect(customers.nodes).toHaveLength(10);
      expect(customers.sources).toContainEqual({
        account: { id: vendor },
        state: 'UNAUTHORIZED',
        error: { code: 'VENDOR_AUTH', message: expect.stringContaining('credentials') },
      });
      expect(accounts).toContainEqual({ id: vendor, health: { lastErrorCode: 'VENDOR_AUTH', lastSuccessAt: null } });
      expect(JSON.stringify(customers)).not.toContain('wrong-key');
    } finally {
      await misconfigured.stop();
    }
  });
});

describe('a row or field that breaks the contract', () => {
  /** Changes the rows of a Heidianer list on their way out. */
  const alterRows = (alter: (row: Record<string, unknown>, index: number) => unknown) =>
    graph.emulator('heidianer').fault({
      kind: 'altered',
      operation: 'listCustomers',
      alter: (body) => {
        const page = body as { results: Record<string, unknown>[] };
        return { ...page, results: page.results.map(alter) };
      },
    });
  const QUERY =
    '{ customers(first: 5, accounts: ["heidianer"]) { nodes { vendorId fullName birthday tags { name } } sources { account { id } state records unreadable } } }';
  const sourceOf = (data: Answer['data']) =>
    data.customers.sources.find((source: { account: { id: string } }) => source.account.id === 'heidianer');

  test('a field of the wrong type is null with an error at its place; everything else is there', async () => {
    alterRows((row, index) => (index === 1 ? { ...row, birthday: 'soon', tags: 7 } : row));
    const { data, errors } = await graph.ask(QUERY);
    expect(data.customers.nodes).toHaveLength(5);
    expect(data.customers.nodes[1]).toMatchObject({ vendorId: '2', birthday: null, tags: null });
    expect(data.customers.nodes[1].fullName).toEqual(expect.any(String));
    expect(data.customers.nodes[0].tags).not.toBeNull();
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code, extensions.account])).toEqual([
      ['customers.nodes.1.birthday', 'VENDOR_BAD_RESPONSE', 'heidianer'],
      ['customers.nodes.1.tags', 'VENDOR_BAD_RESPONSE', 'heidianer'],
    ]);
  });

  test("a bad field that nobody asked for is nobody's trouble", async () => {
    alterRows((row) => ({ ...row, created_at: 'yesterday', gender: {} }));
    const data = await dataOf(graph.ask(QUERY));
    expect(data.customers.nodes).toHaveLength(5);
  });

  test.each([
    ['without an id', (row: Record<string, unknown>) => ({ ...row, id: null })],
    ['that is no object', () => 'customer'],
    ['that is null', () => null],
  ])('a row %s is left out and counted', async (_name, alter) => {
    alterRows((row) => (row.id === 3 ? alter(row) : row));
    const data = await dataOf(graph.ask(QUERY));
    expect(data.customers.nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual([
      '1',
      '2',
      '4',
      '5',
      '6',
    ]);
    expect(sourceOf(data)).toMatchObject({ state: 'OK', records: 5, unreadable: 1 });
  });

  test("another record than the one asked for is an error, not somebody else's data", async () => {
    graph
      .emulator('heidianer')
      .fault({ kind: 'altered', operation: 'getCustomer', alter: (row) => ({ ...(row as object), id: 17 }) });
    const { data, errors } = await graph.ask('query ($id: ID!) { customer(id: $id) { fullName } }', {
      id: ids.heidianer,
    });
    expect(data.customer).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('VENDOR_BAD_RESPONSE');
  });
});

/** Attempts until it is given up: 5xx three times, a lost connection twice; Heidianer tries to renew a refused token. */
function callsSpent(vendor: string, { kind, status }: Fault): number {
  if (kind === 'status' && status === 500) return 3;
  if (kind === 'reset-before' || kind === 'reset-after') return 2;
  return vendor === 'heidianer' && status === 401 ? 2 : 1;
}

/** No stack, no file, no key, no HTML reaches a caller. */
function expectNothingLeaks(answer: Answer): void {
  const text = JSON.stringify(answer.errors);
  expect(text).not.toMatch(/node_modules|\.ts:|at \w+ \(|<html|demo-access-token|ECONN/);
}
