import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newKey } from '../../src/callers/apiKeys.ts';
import { digestOf, keptTrail, openTrail } from '../../src/graphql/trail.ts';
import { dataOf, type Graph, type GraphOptions, startGraph } from '../support/graph.ts';

// Whose cursors are taken, and what they hold.

const [mine, foreign] = [newKey(), newKey()];
const folder = mkdtempSync(join(tmpdir(), 'cursors-'));
const file = join(folder, 'callers.json');
const LISTING = ['ladiflow', 'mercately', 'heidianer'];
const SECRETS = ['the first secret, which is long enough', 'the second secret, which is long enough'];
const SEED = 7;

const PAGE = `query ($first: Int, $after: String, $accounts: [ID!], $filter: CustomerFilter) {
  customers(first: $first, after: $after, accounts: $accounts, filter: $filter) {
    nodes { id } pageInfo { endCursor hasNextPage }
  }
}`;

const options = (secrets: readonly string[]): GraphOptions => ({
  customers: 25,
  config: { authentication: { mode: 'keys', callersFile: file }, secrets },
  // A second tenant with the same accounts at the same CRMs, under other ids.
  accounts: (demo) => [...demo, ...demo.map((account) => ({ ...account, id: `${account.id}-2`, tenant: 'other' }))],
});

let graph: Graph;
beforeAll(async () => {
  const scopes = ['customers:read'];
  const callers = [
    { id: 'mine', tenant: 'default', scopes, keys: [mine.digest] },
    { id: 'foreign', tenant: 'other', scopes, keys: [foreign.digest] },
  ];
  writeFileSync(file, JSON.stringify({ callers }));
  graph = await startGraph(options(SECRETS.slice(0, 1)));
});
afterEach(() => graph.reset());
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

const ask = (variables: Record<string, unknown>, { key } = mine, at = graph) =>
  at.ask(PAGE, variables, { authorization: `Bearer ${key}` });
const pageOf = async (...given: Parameters<typeof ask>) => (await dataOf(ask(...given))).customers;

async function walk(first: number, at = graph): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { nodes, pageInfo } = await pageOf({ first, after }, mine, at);
    ids.push(...nodes.map(({ id }: { id: string }) => id));
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  return ids;
}

const counted = () => LISTING.reduce((sum, vendor) => sum + graph.emulator(vendor).count(), 0);

async function expectRefused(variables: Record<string, unknown>, caller = mine): Promise<void> {
  for (const vendor of LISTING) graph.emulator(vendor).forget();
  const { data, errors } = await ask(variables, caller);
  expect(data).toEqual({ customers: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  expect(counted()).toBe(0);
}

describe('is refused unasked:', () => {
  test('a cursor in which anything was changed, cut off or added', async () => {
    const { endCursor } = (await pageOf({ first: 5 })).pageInfo;
    const tampered = fc.oneof(
      fc
        .tuple(fc.nat(endCursor.length - 1), fc.constantFrom(...'Ab0_-'))
        .map(([place, letter]) =>
          endCursor[place] === letter
            ? `${endCursor}A`
            : endCursor.slice(0, place) + letter + endCursor.slice(place + 1),
        ),
      fc.nat(endCursor.length - 1).map((length) => endCursor.slice(0, length)),
      fc.string({ minLength: 1, maxLength: 30 }).map((more) => endCursor + more),
      fc.string({ maxLength: 60 }),
      fc.base64String({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(tampered, (after) => expectRefused({ first: 5, after })),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('a cursor of another filter or other accounts', async () => {
    const conditions = fc.record({
      accounts: fc.option(fc.subarray(LISTING, { minLength: 1 }), { nil: undefined }),
      filter: fc.constantFrom(undefined, { text: 'a' }, { text: 'b' }, { createdFrom: '2024-01-02' }),
    });
    await fc.assert(
      fc.asyncProperty(conditions, conditions, async (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const { endCursor } = (await pageOf({ first: 3, ...one })).pageInfo;
        if (endCursor !== null) await expectRefused({ first: 3, after: endCursor, ...other });
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test('a cursor of another tenant', async () => {
    const { endCursor } = (await pageOf({ first: 5 })).pageInfo;
    await expectRefused({ first: 5, after: endCursor }, foreign);
    expect((await pageOf({ first: 5 }, foreign)).nodes).toHaveLength(5);
  });
});

test('a cursor outlives the process, and its secret while that is the previous one', async () => {
  const whole = await walk(100);
  const { endCursor } = (await pageOf({ first: 10 })).pageInfo;
  // Starts the graph anew.
  await graph.reset();
  const ids = async (at: Graph) =>
    (await pageOf({ first: 10, after: endCursor }, mine, at)).nodes.map(({ id }: { id: string }) => id);
  expect(await ids(graph)).toEqual(whole.slice(10, 20));

  const rotated = await startGraph(options([...SECRETS].reverse()));
  const forgotten = await startGraph(options(SECRETS.slice(1)));
  try {
    // Ids are keyed by the secret too, so only their number is compared.
    expect(await ids(rotated)).toHaveLength(10);
    const { data } = await ask({ first: 10, after: endCursor }, mine, forgotten);
    expect(data.customers).toBeNull();
  } finally {
    await rotated.stop();
    await forgotten.stop();
  }
});

test('the order is the same on every run', async () => {
  const first = await walk(13);
  await graph.reset();
  expect(await walk(13)).toEqual(first);
  expect(await walk(40)).toEqual(first);
});

test.each([
  [1, 100],
  [5, 100],
  [50, 100],
  [200, 25],
  [10_000, 1],
])('of the rows passed, a walk over %i accounts keeps the last %i of each, however long it is', (accounts, most) => {
  let kept = '';
  for (let page = 0; page < 30; page += 1) {
    kept = keptTrail(
      kept,
      Array.from({ length: 40 }, (_, index) => digestOf(`${page}-${39 - index}`)),
      accounts,
    );
  }
  const trail = openTrail(kept);
  expect(trail.length).toBe(most);
  expect([trail.endsWith('29-39'), trail.has('29-39'), trail.has('30-0')]).toEqual([true, true, false]);
  expect(trail.has(`${30 - Math.ceil(most / 40)}-${(4_000 - most) % 40}`)).toBe(true);
  expect(trail.has(`${29 - Math.floor(most / 40)}-${(3_999 - most) % 40}`)).toBe(false);
  // What was passed last is never pushed out by a page that brings nothing.
  expect(keptTrail(kept, [], accounts)).toBe(kept);
});
