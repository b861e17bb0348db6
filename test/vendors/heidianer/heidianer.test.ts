import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { heidianer } from '../../../src/vendors/heidianer/index.ts';
import { idsOf, PAGE, type Row, walk } from '../../contracts/subject.ts';
import { dataOf, type Graph, startGraph } from '../../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ vendors: [heidianer] });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const ask = (query: string, variables?: Record<string, unknown>) => dataOf(graph.ask(query, variables));
const vendor = () => graph.emulator('heidianer');

/** Tokens live in the client: whoever changes them needs a graph of its own. */
async function withOwnGraph(use: (own: Graph) => Promise<void>): Promise<void> {
  const own = await startGraph({ vendors: [heidianer], customers: 5 });
  try {
    await use(own);
  } finally {
    await own.stop();
  }
}

test.each([
  ['page', 6],
  ['array', 6],
  ['object', 1],
])('a segment list that comes as %s is read whole, members included', async (shape, count) => {
  const { segments: expected } = await ask('{ segments { nodes { id title } } }');
  vendor().quirks.segmentListShape = shape;
  vendor().forget();
  const { segments } = await ask(
    '{ segments { nodes { id title customers(first: 1) { totalCount } } totalCount pageInfo { hasNextPage } } }',
  );
  expect(segments.nodes.map(({ id, title }: Row) => ({ id, title }))).toEqual(expected.nodes.slice(0, count));
  expect(segments).toMatchObject({ totalCount: count, pageInfo: { hasNextPage: false } });
  expect(segments.nodes[0].customers.totalCount).toBe(30);
  expect(vendor().count()).toBe(1);
});

test.each(['text', 'object'])('tags whose elements are %s have names', async (elements) => {
  vendor().quirks.tagElements = elements;
  const { customers } = await ask('{ customers(first: 100) { nodes { tags { id vendorId name } } } }');
  const tags: Row[] = customers.nodes.flatMap((customer: Row) => customer.tags);
  expect(tags.length).toBeGreaterThan(50);
  for (const { vendorId, name } of tags) expect(name).toBe(vendorId);
  expect(new Set(tags.map(({ name }) => name))).toContain('双十一');
});

test('segments of a customer have titles whether they come with them or as bare ids', async () => {
  const query = '{ customers(first: 100) { nodes { segments { id title } } } }';
  const withTitles = await ask(query);
  expect(vendor().count()).toBe(1);
  vendor().quirks.segmentElements = 'id';
  expect(await ask(query)).toEqual(withTitles);
  expect(vendor().count('getSegment')).toBe(5);
});

test.each(['text', 'null'])('a missing e-mail written as %s is null', async (empty) => {
  vendor().quirks.emptyValues = empty;
  const { customers } = await ask('{ customers(first: 100) { nodes { email } } }');
  expect(customers.nodes.filter(({ email }: Row) => email === null)).toHaveLength(8);
  expect(customers.nodes.filter(({ email }: Row) => email === '')).toEqual([]);
});

test.each([
  { largestPage: 10, defaultPage: 10 },
  { largestPage: 100, defaultPage: 1 },
])('nobody is lost where pages hold $largestPage at most and $defaultPage by default', async (quirks) => {
  Object.assign(vendor().quirks, quirks);
  const everybody = await walk(ask, (page) => `{ customers(${page}) { nodes { id } ${PAGE} } }`, 'customers', 100);
  expect(new Set(idsOf(everybody.nodes)).size).toBe(60);
  vendor().forget();
  const { crmNodes } = await ask('query ($ids: [ID!]!) { crmNodes(ids: $ids) { id ... on Customer { fullName } } }', {
    ids: idsOf(everybody.nodes),
  });
  expect(idsOf(crmNodes)).toEqual(idsOf(everybody.nodes));
  expect(vendor().count()).toBe(60 / Math.min(60, quirks.largestPage));
});

test('members of a segment show their segments with one call for all of them', async () => {
  const { segments } = await ask('{ segments { nodes { id } } }');
  vendor().forget();
  const { segment } = await ask(
    'query ($id: ID!) { segment(id: $id) { customers(first: 100) { nodes { segments { id } } } } }',
    { id: segments.nodes[0].id },
  );
  expect(segment.customers.nodes).toHaveLength(30);
  for (const member of segment.customers.nodes) expect(idsOf(member.segments)).toContain(segments.nodes[0].id);
  expect([vendor().count('getSegment'), vendor().count('listCustomers')]).toEqual([1, 1]);
});

test('an expired token is renewed once for ten requests at the same time', () =>
  withOwnGraph(async (own) => {
    const emulator = own.emulator('heidianer');
    emulator.quirks.validToken = 'another';
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => dataOf(own.ask('{ customers { nodes { id } sources { state } } }'))),
    );
    for (const { customers } of answers) {
      expect(customers.sources).toEqual([{ state: 'OK' }]);
      expect(customers.nodes).toHaveLength(5);
    }
    expect(emulator.count('exchangeToken')).toBe(1);
    expect(emulator.violations).toEqual([]);
  }));

test.each([true, false])('the next token is renewed with the right refresh token when rotation is %s', (rotate) =>
  withOwnGraph(async (own) => {
    const emulator = own.emulator('heidianer');
    emulator.quirks.rotateRefreshToken = rotate;
    for (const expired of ['first', 'second', 'third']) {
      emulator.quirks.validToken = expired;
      const { customers } = await dataOf(own.ask('{ customers { sources { state } } }'));
      expect(customers.sources).toEqual([{ state: 'OK' }]);
    }
    const sent = emulator.exchanges
      .filter(({ operation }) => operation === 'exchangeToken')
      .map(({ body }) => (body as { refresh_token: string }).refresh_token);
    expect(new Set(sent).size).toBe(rotate ? 3 : 1);
    expect(sent).toHaveLength(3);
  }),
);

test('a refresh token that is not good any more is a matter of credentials', () =>
  withOwnGraph(async (own) => {
    Object.assign(own.emulator('heidianer').quirks, { validToken: 'another', validRefreshToken: 'another' });
    const { customers } = await dataOf(own.ask('{ customers { nodes { id } sources { state error { code } } } }'));
    expect(customers).toEqual({ nodes: [], sources: [{ state: 'UNAUTHORIZED', error: { code: 'VENDOR_AUTH' } }] });
  }));

test.each([
  ['crm:write', 'UNAUTHORIZED'],
  ['read', 'OK'],
  ['crm:read', 'OK'],
])('a token with the scope %s makes the account %s, and is not exchanged for that', async (scope, state) => {
  vendor().quirks.scope = scope;
  const { customers } = await ask('{ customers { sources { state } } }');
  expect(customers.sources).toEqual([{ state }]);
  expect(vendor().count('exchangeToken')).toBe(0);
});
