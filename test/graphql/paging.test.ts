import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { skippingClock } from '../support/clock.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

const clock = skippingClock();
let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 60, clock });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const PAGE = `query ($first: Int, $after: String, $accounts: [ID!], $filter: CustomerFilter) {
  customers(first: $first, after: $after, accounts: $accounts, filter: $filter) {
    edges { cursor node { id accountId } }
    nodes { id accountId }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount totalCountAccuracy
    sources { account { id } state calls records }
  }
}`;

interface Page {
  readonly edges: { cursor: string; node: { id: string } }[];
  readonly nodes: { id: string; accountId: string }[];
  readonly pageInfo: { hasNextPage: boolean; startCursor: string | null; endCursor: string | null };
  readonly totalCount: number | null;
  readonly sources: { account: { id: string }; state: string; records: number }[];
}

const page = async (variables: Record<string, unknown>): Promise<Page> =>
  (await dataOf(graph.ask(PAGE, variables))).customers;

/** Walks from a cursor to the end. */
async function walk(first: number, after: string | null = null, more: Record<string, unknown> = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = after, go = true; go; ) {
    const { nodes, pageInfo } = await page({ first, after: cursor, ...more });
    ids.push(...nodes.map(({ id }) => id));
    cursor = pageInfo.endCursor;
    go = pageInfo.hasNextPage;
  }
  return ids;
}

describe('walking all accounts', () => {
  test.each([7, 25, 100])('in pages of %i brings every customer once', async (first) => {
    const ids = await walk(first);
    expect(ids).toHaveLength(180);
    expect(new Set(ids).size).toBe(180);
  });

  test('the order is the same for every page size: accounts deal in turn', async () => {
    const [small, large] = [await walk(11), await walk(100)];
    expect(small).toEqual(large);
    const { nodes } = await page({ first: 6 });
    expect(nodes.map(({ accountId }) => accountId)).toEqual([
      'ladiflow',
      'mercately',
      'heidianer',
      'ladiflow',
      'mercately',
      'heidianer',
    ]);
  });

  test('every edge has a cursor that continues right behind it', async () => {
    const whole = await walk(100);
    const { edges } = await page({ first: 10 });
    for (const [index, { cursor }] of edges.entries()) {
      const { nodes } = await page({ first: 3, after: cursor });
      expect(nodes.map(({ id }) => id)).toEqual(whole.slice(index + 1, index + 4));
    }
  });

  test('totalCount counts all pages, and says AT_LEAST because some accounts cannot list', async () => {
    const { totalCount, totalCountAccuracy } = (await dataOf(graph.ask(PAGE, { first: 1 }))).customers;
    expect([totalCount, totalCountAccuracy]).toEqual([180, 'AT_LEAST']);
    const some = (await dataOf(graph.ask(PAGE, { first: 1, accounts: ['heidianer', 'ladiflow'] }))).customers;
    expect([some.totalCount, some.totalCountAccuracy]).toEqual([120, 'EXACT']);
  });

  test('an account that fails on a page is caught up on a later one', async () => {
    const whole = await walk(100);
    const first = await page({ first: 12 });
    const stop = graph.emulator('mercately').fault({ kind: 'reset-before' });
    const second = await page({ first: 12, after: first.pageInfo.endCursor });
    expect(second.sources).toContainEqual(
      expect.objectContaining({ account: { id: 'mercately' }, state: 'UNAVAILABLE', records: 0 }),
    );
    expect(second.nodes).toHaveLength(12);
    stop();
    const rest = await walk(30, second.pageInfo.endCursor);
    const all = [...first.nodes, ...second.nodes].map(({ id }) => id).concat(rest);
    expect(all).toHaveLength(180);
    expect(new Set(all)).toEqual(new Set(whole));
  });

  test('a loop ends when only failing accounts are left, and its last cursor still continues there', async () => {
    const stop = graph.emulator('heidianer').fault({ kind: 'status', status: 500 });
    let cursor: string | null = null;
    const ids: string[] = [];
    for (let go = true; go; ) {
      const { nodes, pageInfo } = await page({ first: 50, after: cursor });
      ids.push(...nodes.map(({ id }) => id));
      cursor = pageInfo.endCursor;
      go = pageInfo.hasNextPage;
    }
    expect(ids).toHaveLength(120);
    stop();
    // The account is left alone for a while after so many failures.
    clock.skip(10_000);
    expect(await walk(50, cursor)).toHaveLength(60);
  });

  test('accounts left out are SKIPPED and not asked', async () => {
    const { nodes, sources } = await page({ first: 5, accounts: ['ladiflow'] });
    expect(new Set(nodes.map(({ accountId }) => accountId))).toEqual(new Set(['ladiflow']));
    expect(sources.filter(({ state }) => state === 'SKIPPED')).toHaveLength(4);
    expect(graph.emulator('heidianer').count()).toBe(0);
  });
});

describe('a cursor is refused as bad input', () => {
  const refused = async (variables: Record<string, unknown>) => {
    const { data, errors } = await graph.ask(PAGE, variables);
    expect(data.customers).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  };

  test('when a character of it was changed', async () => {
    const { pageInfo } = await page({ first: 5 });
    const cursor = pageInfo.endCursor ?? '';
    for (const index of [0, 10, 30, cursor.length - 1]) {
      const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
      await refused({ first: 5, after: changed });
    }
  });

  test('when it belongs to another list or filter', async () => {
    const { pageInfo } = await page({ first: 5 });
    await refused({ first: 5, after: pageInfo.endCursor, filter: { text: 'an' } });
    await refused({ first: 5, after: pageInfo.endCursor, accounts: ['ladiflow'] });
    const { segments } = await dataOf(graph.ask('{ segments(first: 1) { pageInfo { endCursor } } }'));
    await refused({ first: 5, after: segments.pageInfo.endCursor });
  });

  test('when it is anything else', async () => {
    for (const after of ['', 'x', 'null', '[]', 'A'.repeat(100_000)]) await refused({ first: 5, after });
  });
});

test.each([0, -1, 101, 100_000])('first: %i is refused, naming the argument and its range', async (first) => {
  const { data, errors } = await graph.ask(PAGE, { first });
  expect(data.customers).toBeNull();
  expect(errors?.[0]).toMatchObject({
    message: expect.stringMatching(/"first" must be 1 to 100/),
    extensions: { code: 'BAD_USER_INPUT', field: 'first' },
  });
});

describe('filters', () => {
  test('an account that cannot honour one answers nothing and says UNSUPPORTED', async () => {
    const { nodes, sources } = await page({ first: 100, filter: { text: 'example.vn' } });
    expect(new Set(nodes.map(({ accountId }) => accountId))).toEqual(new Set(['ladiflow']));
    for (const id of ['heidianer', 'mercately']) {
      expect(sources).toContainEqual(expect.objectContaining({ account: { id }, state: 'UNSUPPORTED' }));
      expect(graph.emulator(id).count()).toBe(0);
    }
  });

  test('one that names a segment skips all other accounts', async () => {
    const { segments } = await dataOf(
      graph.ask('{ segments(first: 1) { nodes { id customers(first: 100) { nodes { id } } } } }'),
    );
    const [{ id, customers }] = segments.nodes;
    const { nodes, sources } = await page({ first: 100, filter: { segment: id } });
    expect(nodes.map((node) => node.id).sort()).toEqual(customers.nodes.map((node: { id: string }) => node.id).sort());
    expect(sources.map(({ state }) => state)).toEqual(['SKIPPED', 'SKIPPED', 'SKIPPED', 'SKIPPED', 'OK']);
  });

  test('ids bring exactly these customers', async () => {
    const { nodes } = await page({ first: 100, accounts: ['heidianer'] });
    const wanted = [nodes[3]?.id, nodes[17]?.id];
    const found = await page({ first: 10, filter: { ids: wanted } });
    expect(found.nodes.map(({ id }) => id)).toEqual(wanted);
  });

  test.each([
    ['text that is too long', { text: 'x'.repeat(257) }, 'filter.text'],
    ['text without a character', { text: '' }, 'filter.text'],
    ['an id that is none', { segment: 'nonsense' }, 'filter.segment'],
    ['101 ids', { ids: Array.from({ length: 101 }, () => 'x') }, 'filter.ids'],
  ])('%s is refused, naming the field', async (_name, filter, field) => {
    const { errors } = await graph.ask(PAGE, { filter });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  test('a coupon that is no number is a mistake only at the vendor that wants one', async () => {
    const { sources } = await page({ first: 5, filter: { coupon: 'SUMMER' } });
    expect(sources.map(({ state }) => state)).toEqual([
      'UNSUPPORTED',
      'UNSUPPORTED',
      'UNSUPPORTED',
      'UNSUPPORTED',
      'FAILED',
    ]);
    expect((await page({ first: 5, filter: { coupon: '111' } })).nodes).toHaveLength(5);
  });
});
