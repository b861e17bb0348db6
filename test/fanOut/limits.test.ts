import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import { createBudgets } from '../../src/callers/budgets.ts';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { mercately } from '../../src/vendors/mercately/index.ts';
import { skippingClock } from '../support/clock.ts';
import { type Answer, dataOf, type Graph, startGraph } from '../support/graph.ts';

// What is refused because of what it may cost, and what a caller is told of it.

interface Told {
  readonly calls: { predicted: number; limit: number; made: number; retries: number };
  readonly accounts: readonly { account: string; quotaLeft: number | null }[];
  readonly budget?: { limit: number; left: number; resetAfter: number };
}
const toldIn = (answer: Answer): Told => (answer as unknown as { extensions: { crm: Told } }).extensions.crm;

describe('an operation', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({
      vendors: [mercately, heidianer],
      customers: 250,
      accounts: (demo) =>
        demo.map((account) => (account.vendor === 'mercately' ? { ...account, requestsPerSecond: 1_000 } : account)),
    });
  });
  afterEach(() => graph.reset());
  afterAll(() => graph.stop());

  test('that could take too many requests is refused unasked, with the numbers', async () => {
    const answer = await graph.ask(
      '{ a: customers(first: 100) { nodes { events { totalCount } } } b: customers(first: 100) { nodes { events(first: 3) { totalCount } } } }',
    );
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.[0]?.extensions.code).toBe('OPERATION_TOO_EXPENSIVE');
    // Of the equal list 4 pages at one CRM and a page at the other, and the events of 100 customers, twice.
    expect(answer.errors?.[0]?.message).toMatch(/205 requests .*mercately 204, heidianer 1.* 200 are allowed/);
    expect(graph.emulator('mercately').count() + graph.emulator('heidianer').count()).toBe(0);
  });

  test('that turns out to take more than is allowed leaves the rest unasked, item by item', async () => {
    const idsOf = async (account: string, after: string | null = null) =>
      (
        await dataOf(
          graph.ask(
            'query ($a: [ID!], $after: String) { customers(first: 100, accounts: $a, after: $after) { nodes { id } pageInfo { endCursor } } }',
            { a: [account], after },
          ),
        )
      ).customers;
    const ids = (page: { nodes: { id: string }[] }) => page.nodes.map(({ id }) => id);
    const mercately = await idsOf('mercately');
    const first = await idsOf('heidianer');
    const second = await idsOf('heidianer', first.pageInfo.endCursor);
    for (const vendor of ['mercately', 'heidianer']) graph.emulator(vendor).forget();
    // Against its contract this CRM gives one row per page: a batch takes a hundred requests instead of one.
    graph.emulator('heidianer').quirks.largestPage = 1;
    // The other CRM is asked a few at a time: it is through before this one begins.
    const through = async () => {
      while (graph.emulator('mercately').count() < 100) await setImmediate();
    };
    const stop = graph.emulator('heidianer').fault({ kind: 'latency', until: through() });
    const answer = await graph.ask(
      `query ($a: [ID!]!, $b: [ID!]!, $c: [ID!]!) {
        a: crmNodes(ids: $a) { ... on Customer { fullName } }
        b: crmNodes(ids: $b) { ... on Customer { fullName } }
        c: crmNodes(ids: $c) { ... on Customer { fullName } }
      }`,
      { a: ids(mercately), b: ids(first), c: ids(second) },
    );
    stop();
    expect(toldIn(answer).calls).toMatchObject({ predicted: 102, limit: 200, made: 200 });
    expect(graph.emulator('mercately').count() + graph.emulator('heidianer').count()).toBe(200);
    expect(answer.data.a).not.toContain(null);
    expect([...answer.data.b, ...answer.data.c]).toEqual(Array.from({ length: 200 }, () => null));
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions, path } of answer.errors ?? []) {
      expect(extensions.code).toBe('NOT_ATTEMPTED');
      expect(path).toHaveLength(2);
    }
  });

  test('is told afterwards what it took, retries and the quota that is left included', async () => {
    graph.emulator('heidianer').fault({ kind: 'reset-before', times: 1 });
    const answer = await graph.ask('{ customers(first: 20) { nodes { id } } }');
    expect(toldIn(answer)).toEqual({
      calls: expect.objectContaining({ predicted: 2, limit: 200, made: 3, retries: 1 }),
      accounts: [
        expect.objectContaining({
          account: 'mercately',
          predicted: 1,
          made: 1,
          retries: 0,
          quotaLeft: expect.any(Number),
        }),
        expect.objectContaining({ account: 'heidianer', predicted: 1, made: 2, retries: 1, quotaLeft: null }),
      ],
    });
    expect(toldIn(answer).accounts[0]?.quotaLeft).toBeGreaterThan(900);
    expect(graph.emulator('heidianer').count()).toBe(2);
  });
});

describe('the budget of a caller', () => {
  const folder = mkdtempSync(join(tmpdir(), 'budgets-'));
  const file = join(folder, 'callers.json');
  const [one, other] = [newKey(), newKey()];
  const PER_MINUTE = 10;
  const clock = skippingClock();
  let graph: Graph;
  beforeAll(async () => {
    const callers = [one, other].map(({ digest }, index) => ({
      id: `caller-${index}`,
      tenant: 'default',
      scopes: ['customers:read'],
      keys: [digest],
    }));
    writeFileSync(file, JSON.stringify({ callers }));
    graph = await startGraph({
      vendors: [heidianer],
      customers: 40,
      clock,
      config: { authentication: { mode: 'keys', callersFile: file }, callerCallsPerMinute: PER_MINUTE },
    });
  });
  afterEach(() => graph.reset());
  afterAll(async () => {
    await graph.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = (query: string, { key } = one) => graph.ask(query, {}, { authorization: `Bearer ${key}` });
  const lists = (count: number) =>
    `{ ${Array.from({ length: count }, (_, index) => `a${index}: customers(first: ${index + 1}, filter: { couponExclude: "${index + 1}" }) { nodes { id } }`).join(' ')} }`;

  test('is what its operations may cost in a minute; then they are refused unasked, and told when to come back', async () => {
    expect(toldIn(await ask(lists(7))).budget).toMatchObject({ limit: PER_MINUTE, left: 3 });
    graph.emulator('heidianer').forget();
    const refused = await ask(lists(5));
    expect(refused.data).toBeUndefined();
    const [error] = refused.errors ?? [];
    expect(error?.extensions).toMatchObject({ code: 'CALL_BUDGET_SPENT', retryable: true });
    expect(error?.message).toMatch(/5 requests .* 3 of 10 a minute/);
    const retryAfter = Number(error?.extensions.retryAfter);
    // Two more come back in twelve seconds.
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(12);
    expect(graph.emulator('heidianer').count()).toBe(0);

    clock.skip(retryAfter * 1_000);
    expect((await ask(lists(5))).errors).toBeUndefined();
    expect(graph.emulator('heidianer').count()).toBe(5);
  });

  test('is nobody else’s', async () => {
    await ask(lists(10));
    expect((await ask(lists(1))).errors?.[0]?.extensions.code).toBe('CALL_BUDGET_SPENT');
    expect((await ask(lists(10), other)).errors).toBeUndefined();
  });

  test('is not touched by what costs nothing, and never grows beyond a minute’s', async () => {
    await ask(lists(10));
    expect((await ask('{ accounts { id } }')).errors).toBeUndefined();
    clock.skip(600_000);
    expect(toldIn(await ask('{ accounts { id } }')).budget).toMatchObject({ left: PER_MINUTE, resetAfter: 0 });
  });

  test('gets back what was set aside and not used', async () => {
    // May be in five segments, and each is read: the first customer is in fewer.
    const answer = await ask('{ customers(first: 1) { nodes { segments { customers(first: 1) { nodes { id } } } } } }');
    const { calls, budget } = toldIn(answer);
    expect(calls.predicted).toBe(6);
    expect(calls.made).toBeLessThan(6);
    expect(budget?.left).toBe(PER_MINUTE - calls.made);
  });

  test('that is asked for more than there ever is names no time to come back', async () => {
    const { errors } = await ask(lists(11));
    expect(errors?.[0]?.extensions.code).toBe('CALL_BUDGET_SPENT');
    expect(errors?.[0]?.extensions.retryAfter).toBeUndefined();
  });
});

test('budgets are kept for ten thousand callers; who comes then takes the place of whoever was here longest ago', () => {
  const budgets = createBudgets(100, skippingClock());
  const callerOf = (id: string) => ({ id, tenant: 'default', scopes: new Set<never>() });
  for (let index = 0; index < 10_000; index += 1) budgets.take(callerOf(`${index}`), 90);
  budgets.take(callerOf('one more'), 90);
  expect(budgets.state(callerOf('9999'))?.left).toBeLessThan(20);
  expect(budgets.state(callerOf('0'))?.left).toBe(100);
});
