import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { skippingClock } from '../support/clock.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import { globalId, payloadOf } from '../writes/mutations.ts';
import { callsOf, customerIds, KEEPING, MINUTE_MS, startCachedGraph } from './cachedGraph.ts';

const clock = skippingClock();
let graph: Graph;
beforeAll(async () => {
  graph = await startCachedGraph(KEEPING, { clock });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const CUSTOMER =
  'query ($id: ID!, $f: FreshnessInput) { customer(id: $id, freshness: $f) { fullName freshness fetchedAt } }';
const down = (vendor: string, status = 503) => graph.emulator(vendor).fault({ kind: 'status', status });
const HOUR = { staleIfError: 3_600 };

/** Queries of every kind of read, each with the marks that its answer can carry. */
const READS: Readonly<Record<string, readonly [account: string, query: string]>> = {
  'customers of a CRM': [
    'mercately',
    'customers(first: 5, accounts: ["mercately"], freshness: $f) { nodes { fullName freshness } sources { account { id } state fetchedAt } }',
  ],
  'customers by a filter': [
    'ladiflow',
    'customers(first: 5, accounts: ["ladiflow"], filter: { text: "a" }, freshness: $f) { nodes { fullName freshness } sources { account { id } state fetchedAt } }',
  ],
  tags: [
    'ladiflow',
    'tags(first: 5, accounts: ["ladiflow"], freshness: $f) { nodes { name freshness } sources { account { id } state fetchedAt } }',
  ],
  'segments with their members': [
    'heidianer',
    'segments(first: 5, accounts: ["heidianer"], freshness: $f) { nodes { title freshness customers(first: 2) { nodes { fullName freshness } sources { account { id } state fetchedAt } } } sources { account { id } state fetchedAt } }',
  ],
  events: [
    'fecify',
    'customerEvents(first: 5, accounts: ["fecify"], freshness: $f) { nodes { text } sources { account { id } state fetchedAt } }',
  ],
  agents: [
    'mercately',
    'agents(first: 5, accounts: ["mercately"], freshness: $f) { nodes { email } sources { account { id } state fetchedAt } }',
  ],
  'custom-field definitions': [
    'ladiflow',
    'customFieldDefinitions(first: 5, accounts: ["ladiflow"], freshness: $f) { nodes { name } sources { account { id } state fetchedAt } }',
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: any answer
function valuesAt(answer: any, name: string): unknown[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([key, value]) => (key === name ? [value] : valuesAt(value, name)));
}
const ownStates = (data: unknown, account: string): unknown[] =>
  valuesAt(data, 'sources').flatMap((sources) =>
    (sources as { account: { id: string }; state: string }[])
      .filter((source) => source.account.id === account)
      .map(({ state }) => state),
  );
const withoutMarks = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (key, value) => (['freshness', 'fetchedAt', 'sources'].includes(key) ? undefined : value)),
  );

describe.each(Object.entries(READS))('%s', (_, [account, read]) => {
  const query = `query ($f: FreshnessInput) { ${read} }`;

  test('cost nothing the second time, and say so', async () => {
    const first = await dataOf(graph.ask(query));
    expect(valuesAt(first, 'freshness').every((mark) => mark === 'LIVE')).toBe(true);
    graph.emulator(account).forget();
    const again = graph.ask(query);
    const second = await dataOf(again);
    expect(graph.emulator(account).count()).toBe(0);
    expect(withoutMarks(second)).toEqual(withoutMarks(first));
    expect(valuesAt(second, 'freshness').every((mark) => mark === 'CACHED')).toBe(true);
    expect(valuesAt(second, 'fetchedAt')).toEqual(valuesAt(first, 'fetchedAt'));
    expect(ownStates(second, account).every((state) => state === 'OK')).toBe(true);
    expect(await callsOf(again)).toMatchObject({ made: 0, fromCache: 1, stale: 0, shared: 0 });
  });

  test('are asked for again when they are too old, or when the caller wants that', async () => {
    await dataOf(graph.ask(query));
    graph.emulator(account).forget();
    await dataOf(graph.ask(query, { f: { maxAge: 0 } }));
    expect(graph.emulator(account).count()).toBe(1);
    clock.skip(2_000);
    await dataOf(graph.ask(query, { f: { maxAge: 1 } }));
    expect(graph.emulator(account).count()).toBe(2);
    await dataOf(graph.ask(query, { f: { maxAge: 1_000_000 } }));
    expect(graph.emulator(account).count()).toBe(2);
    clock.skip(MINUTE_MS + 1);
    await dataOf(graph.ask(query, { f: { maxAge: 1_000_000 } }));
    expect(graph.emulator(account).count()).toBe(3);
  });

  test('come stale, and marked, where the CRM fails and the caller allows it; else not at all', async () => {
    const first = await dataOf(graph.ask(query));
    clock.skip(10 * MINUTE_MS);
    down(account);
    const refused = await dataOf(graph.ask(query));
    expect(valuesAt(refused, 'nodes').flat()).toEqual([]);
    expect(ownStates(refused, account)).toEqual(['UNAVAILABLE']);
    const tooOld = await dataOf(graph.ask(query, { f: { staleIfError: 500 } }));
    expect(valuesAt(tooOld, 'nodes').flat()).toEqual([]);
    const allowed = graph.ask(query, { f: HOUR });
    const stale = await dataOf(allowed);
    expect(withoutMarks(stale)).toEqual(withoutMarks(first));
    expect(valuesAt(stale, 'freshness').every((mark) => mark === 'STALE')).toBe(true);
    expect(ownStates(stale, account).every((state) => state === 'STALE')).toBe(true);
    expect(valuesAt(stale, 'fetchedAt')).toEqual(valuesAt(first, 'fetchedAt'));
    expect(await callsOf(allowed)).toMatchObject({ fromCache: 1, stale: 1 });
    clock.skip(55 * MINUTE_MS);
    const beyond = await dataOf(graph.ask(query, { f: { staleIfError: 1_000_000 } }));
    expect(ownStates(beyond, account)).toEqual(['UNAVAILABLE']);
  });
});

describe('a customer', () => {
  test.each(['ladiflow', 'mercately', 'heidianer'])('of %s: hit, expiry, maxAge: 0 and stale', async (account) => {
    const [id = ''] = await customerIds(graph, account, 1);
    const emulator = graph.emulator(account);
    const { customer: live } = await dataOf(graph.ask(CUSTOMER, { id }));
    expect(live.freshness).toBe('LIVE');
    expect(emulator.count()).toBe(1);
    clock.skip(30_000);
    expect((await dataOf(graph.ask(CUSTOMER, { id }))).customer).toEqual({ ...live, freshness: 'CACHED' });
    expect(emulator.count()).toBe(1);
    const { customer: asked } = await dataOf(graph.ask(CUSTOMER, { id, f: { maxAge: 0 } }));
    expect(asked.freshness).toBe('LIVE');
    expect(Date.parse(asked.fetchedAt)).toBeGreaterThanOrEqual(Date.parse(live.fetchedAt) + 30_000);
    expect(emulator.count()).toBe(2);
    clock.skip(MINUTE_MS + 1);
    down(account);
    expect((await graph.ask(CUSTOMER, { id })).errors?.[0]?.extensions.code).toBe('VENDOR_UNAVAILABLE');
    expect((await dataOf(graph.ask(CUSTOMER, { id, f: HOUR }))).customer).toEqual({ ...asked, freshness: 'STALE' });
  });

  test.each([
    [503, 'VENDOR_UNAVAILABLE', true],
    [429, 'VENDOR_RATE_LIMITED', true],
    [401, 'VENDOR_AUTH', false],
    [400, 'VENDOR_REJECTED', false],
  ])('stale on %d: only where the CRM or the way to it fails', async (status, code, isStale) => {
    const [id = ''] = await customerIds(graph, 'mercately', 1);
    await dataOf(graph.ask(CUSTOMER, { id }));
    down('mercately', status);
    const { data, errors } = await graph.ask(CUSTOMER, { id, f: { maxAge: 0, ...HOUR } });
    if (isStale) expect(data.customer.freshness).toBe('STALE');
    else expect(errors?.[0]?.extensions.code).toBe(code);
  });

  test('found by e-mail is cached, and stale shows in sources', async () => {
    const [id = ''] = await customerIds(graph, 'ladiflow', 3);
    const { customer } = await dataOf(graph.ask('query ($id: ID!) { customer(id: $id) { email } }', { id }));
    const query = `query ($e: String, $f: FreshnessInput) { customerLookup(by: { email: $e }, accounts: ["ladiflow"], freshness: $f) { matches { id freshness } sources { account { id } state calls fetchedAt } } }`;
    const ask = async (f?: object) => {
      const { customerLookup } = await dataOf(graph.ask(query, { e: customer.email, f }));
      const source = customerLookup.sources.find(
        ({ account }: { account: { id: string } }) => account.id === 'ladiflow',
      );
      return {
        mark: customerLookup.matches[0]?.freshness,
        state: source.state,
        calls: source.calls,
        fetchedAt: source.fetchedAt,
      };
    };
    const first = await ask();
    expect(first).toMatchObject({ mark: 'LIVE', state: 'OK', calls: 1 });
    expect(await ask()).toEqual({ ...first, mark: 'CACHED', calls: 0 });
    down('ladiflow');
    expect(await ask({ maxAge: 0, ...HOUR })).toMatchObject({
      mark: 'STALE',
      state: 'STALE',
      fetchedAt: first.fetchedAt,
    });
  });

  test('that does not exist is asked for each time, and is no stale answer either', async () => {
    const id = await globalId(graph, 'heidianer', '999999');
    graph.emulator('heidianer').forget();
    for (const calls of [1, 2]) {
      expect((await dataOf(graph.ask(CUSTOMER, { id }))).customer).toBeNull();
      expect(graph.emulator('heidianer').count()).toBe(calls);
    }
    down('heidianer');
    expect((await graph.ask(CUSTOMER, { id, f: HOUR })).errors?.[0]?.extensions.code).toBe('VENDOR_UNAVAILABLE');
  });

  test('among many: only those that are not kept are asked for', async () => {
    const ids = await customerIds(graph, 'heidianer', 20);
    const many = (f?: object) =>
      graph.ask(
        'query ($ids: [ID!]!, $f: FreshnessInput) { crmNodes(ids: $ids, freshness: $f) { id ... on Customer { fullName freshness } } }',
        { ids: f === undefined ? ids.slice(0, 10) : ids, f },
      );
    await dataOf(many());
    const { crmNodes } = await dataOf(many({}));
    expect(crmNodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(crmNodes.map(({ freshness }: { freshness: string }) => freshness)).toEqual([
      ...Array(10).fill('CACHED'),
      ...Array(10).fill('LIVE'),
    ]);
    expect(graph.emulator('heidianer').exchanges.map(({ query }) => query.id__in?.split(',').length)).toEqual([10, 10]);
    down('heidianer');
    const stale = await dataOf(many({ maxAge: 0, ...HOUR }));
    expect(new Set(valuesAt(stale, 'freshness'))).toEqual(new Set(['STALE']));
    clock.skip(2 * MINUTE_MS);
    const none = await dataOf(
      graph
        .ask(
          'query ($id: ID!, $f: FreshnessInput) { crmNode(id: $id, freshness: $f) { ... on Customer { freshness } } }',
          { id: ids[0], f: HOUR },
        )
        .then(({ data }) => ({ data })),
    );
    // Read together is not read alone: another of the CRM's reads may show less.
    expect(none.crmNode).toBeNull();
  });
});

describe('what hangs on a customer', () => {
  test('its tags and segments bear the marks of the read that brought them', async () => {
    const query = `query ($f: FreshnessInput) { customers(first: 20, accounts: ["heidianer"], freshness: $f) { nodes { freshness tags { name freshness fetchedAt } segments { title freshness fetchedAt } } } }`;
    for (const [f, mark] of [
      [{}, 'LIVE'],
      [{}, 'CACHED'],
      [{ maxAge: 0, ...HOUR }, 'STALE'],
    ] as const) {
      if (mark === 'STALE') down('heidianer');
      const data = await dataOf(graph.ask(query, { f }));
      expect(valuesAt(data, 'freshness').length).toBeGreaterThan(40);
      expect(new Set(valuesAt(data, 'freshness'))).toEqual(new Set([mark]));
    }
  });

  test('a tag shown by its id alone says how its name was come by', async () => {
    const query = `query ($f: FreshnessInput) { customers(first: 10, accounts: ["ladiflow"], freshness: $f) { nodes { freshness tags { name freshness } } } }`;
    await dataOf(graph.ask(query));
    clock.skip(2 * MINUTE_MS);
    graph.emulator('ladiflow').fault({ kind: 'status', status: 503, operation: 'customerListTag' });
    const { customers } = await dataOf(graph.ask(query, { f: HOUR }));
    const tags = customers.nodes.flatMap((node: { tags: { freshness: string }[] }) => node.tags);
    expect(customers.nodes.every(({ freshness }: { freshness: string }) => freshness === 'LIVE')).toBe(true);
    expect(tags.length).toBeGreaterThan(0);
    expect(tags.every(({ freshness }: { freshness: string }) => freshness === 'STALE')).toBe(true);
  });

  test('its owner cannot be marked, and so is never stale', async () => {
    const query = `query ($f: FreshnessInput) { customers(first: 25, accounts: ["mercately"], freshness: $f) { nodes { owner { email } } } }`;
    const owners = (data: { customers: { nodes: { owner: unknown }[] } }) =>
      data.customers.nodes.filter(({ owner }) => owner !== null);
    expect(owners(await dataOf(graph.ask(query))).length).toBeGreaterThan(0);
    clock.skip(2 * MINUTE_MS);
    graph.emulator('mercately').fault({ kind: 'status', status: 503, operation: 'listAgents' });
    const { data, errors } = await graph.ask(query, { f: HOUR });
    expect(owners(data)).toEqual([]);
    expect(errors?.[0]?.extensions.code).toBe('VENDOR_UNAVAILABLE');
  });
});

describe('the whole operation', () => {
  test('has the strictest settings of its root fields, fragments included', async () => {
    const [id = ''] = await customerIds(graph, 'mercately', 1);
    const both = (more: string) =>
      graph.ask(
        `query ($id: ID!) { one: customer(id: $id, freshness: { staleIfError: 3600 }) { freshness } ...more } fragment more on Query { ${more} __typename }`,
        { id },
      );
    await dataOf(graph.ask(CUSTOMER, { id }));
    expect((await dataOf(both('accounts { id }'))).one.freshness).toBe('CACHED');
    expect((await dataOf(both('two: customer(id: $id, freshness: { maxAge: 0 }) { freshness }'))).one.freshness).toBe(
      'LIVE',
    );
    expect(
      (await dataOf(both('two: customer(id: $id, freshness: { maxAge: 0 }) @skip(if: true) { freshness }'))).one
        .freshness,
    ).toBe('CACHED');
    clock.skip(2 * MINUTE_MS);
    down('mercately');
    expect((await dataOf(both('accounts { id }'))).one.freshness).toBe('STALE');
    expect((await both('two: customer(id: $id) { freshness }')).data.one).toBeNull();
  });

  test('of references has the settings of the accounts, and nothing stale', async () => {
    const [id = ''] = await customerIds(graph, 'mercately', 1);
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { fullName freshness } } }';
    const ask = () => graph.ask(query, { r: [{ __typename: 'Customer', id }] });
    expect((await dataOf(ask()))._entities[0].freshness).toBe('LIVE');
    expect((await dataOf(ask()))._entities[0].freshness).toBe('CACHED');
    clock.skip(2 * MINUTE_MS);
    down('mercately');
    expect((await ask()).data._entities).toEqual([null]);
  });

  test.each([{ maxAge: -1 }, { staleIfError: -1 }])('refuses %j before anything is asked', async (f) => {
    const { errors } = await graph.ask('query ($f: FreshnessInput) { tags(freshness: $f) { nodes { id } } }', { f });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(graph.emulator('ladiflow').count()).toBe(0);
  });

  test('never costs more calls than predicted, also where all marks are asked for', async () => {
    const query = '{ customers(first: 20) { nodes { tags { freshness } segments { freshness fetchedAt } } } }';
    for (let round = 0; round < 2; round += 1) {
      const { predicted = 0, made = 0 } = await callsOf(graph.ask(query));
      expect(made).toBeLessThanOrEqual(predicted);
    }
  });

  test('under a prefix has its argument and its enum too', async () => {
    const prefixed = await startCachedGraph(KEEPING, { customers: 5, config: { schemaPrefix: 'Crm' } });
    try {
      const query =
        'query ($f: CrmFreshnessInput) { crmCustomers(first: 1, accounts: ["mercately"], freshness: $f) { nodes { freshness } } }';
      for (const [f, mark] of [
        [{}, 'LIVE'],
        [{}, 'CACHED'],
        [{ maxAge: 0 }, 'LIVE'],
      ] as const) {
        expect((await dataOf(prefixed.ask(query, { f }))).crmCustomers.nodes[0].freshness).toBe(mark);
      }
    } finally {
      await prefixed.stop();
    }
  });
});

describe('own writes', () => {
  test('are seen at once, also in lists, and nothing from before them is served while the CRM fails', async () => {
    const [id = ''] = await customerIds(graph, 'heidianer', 1);
    const list = '{ customers(first: 20, accounts: ["heidianer"]) { nodes { id note } } }';
    await dataOf(graph.ask(list));
    await dataOf(graph.ask(CUSTOMER, { id }));
    await payloadOf(graph, 'customerUpdate', { id, customer: { note: 'mới' } });
    down('heidianer');
    const { data, errors } = await graph.ask(CUSTOMER, { id, f: HOUR });
    expect(data.customer).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('VENDOR_UNAVAILABLE');
    await graph.reset();
    await payloadOf(graph, 'customerUpdate', { id, customer: { note: 'mới' } });
    const { customers } = await dataOf(graph.ask(list));
    expect(customers.nodes.find((node: { id: string }) => node.id === id).note).toBe('mới');
  });

  test('leave other accounts alone, and dry runs leave all alone', async () => {
    const [id = ''] = await customerIds(graph, 'heidianer', 1);
    const [other = ''] = await customerIds(graph, 'mercately', 1);
    for (const each of [id, other]) await dataOf(graph.ask(CUSTOMER, { id: each }));
    await payloadOf(graph, 'customerUpdate', { id, customer: { note: 'mới' }, dryRun: true });
    expect((await dataOf(graph.ask(CUSTOMER, { id }))).customer.freshness).toBe('CACHED');
    await payloadOf(graph, 'customerUpdate', { id, customer: { note: 'mới' } });
    expect((await dataOf(graph.ask(CUSTOMER, { id }))).customer.freshness).toBe('LIVE');
    expect((await dataOf(graph.ask(CUSTOMER, { id: other }))).customer.freshness).toBe('CACHED');
  });

  test('are not hidden by a read that began before them and is answered after them', async () => {
    const [id = ''] = await customerIds(graph, 'heidianer', 1);
    const emulator = graph.emulator('heidianer');
    const note = 'query ($id: ID!) { customer(id: $id) { note } }';
    // Held up on its way.
    let isFirst = true;
    emulator.fault({
      kind: 'latency',
      operation: 'getCustomer',
      milliseconds: 150,
      when: () => {
        const plays = isFirst;
        isFirst = false;
        return plays;
      },
    });
    const slow = dataOf(graph.ask(note, { id }));
    while (emulator.count('getCustomer') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await payloadOf(graph, 'customerUpdate', { id, customer: { note: 'mới' } });
    await slow;
    expect((await dataOf(graph.ask(note, { id }))).customer.note).toBe('mới');
    expect(emulator.exchanges.at(-1)?.operation).toBe('getCustomer');
  });
});
