import { setImmediate as round } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { vendors } from '../../src/vendors/index.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';
import { CALL_TIMEOUT_MS, handClock } from './handClock.ts';

// How long an operation over all accounts waits for one that does not answer. The clock is in this test's hands; the
// figures by the real one are in the benchmark.

const LISTING = ['ladiflow', 'mercately', 'heidianer'];
const LIST = `query ($timeout: Int) {
  customers(first: 30, timeout: $timeout) {
    nodes { accountId } sources { account { id } state calls milliseconds error { code } }
  }
}`;

const clock = handClock();
let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({
    customers: 30,
    clock,
    config: { callTimeout: CALL_TIMEOUT_MS, operationTimeout: CALL_TIMEOUT_MS },
  });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

interface Source {
  readonly account: { readonly id: string };
  readonly state: string;
  readonly calls: number;
  readonly milliseconds: number;
}

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** All time passes at once as soon as nobody but the one that hangs is under way. */
function letHang(vendor: string): () => void {
  let hanging = 0;
  return graph.emulator(vendor).fault({
    kind: 'hang-before',
    when() {
      hanging = 1;
      clock.expire(() => hanging);
      return true;
    },
  });
}

async function list(): Promise<{ nodes: { accountId: string }[]; sources: Source[] }> {
  return (await dataOf(graph.ask(LIST))).customers;
}
const sourceOf = (sources: readonly Source[], id: string) => sources.find(({ account }) => account.id === id);

describe.each(LISTING)('%s hangs:', (vendor) => {
  const others = LISTING.filter((other) => other !== vendor);

  test('the operation ends at its deadline with all records of the others', async () => {
    letHang(vendor);
    const { nodes, sources } = await list();
    expect(sourceOf(sources, vendor)).toMatchObject({
      state: 'TIMED_OUT',
      calls: 1,
      error: { code: 'VENDOR_TIMEOUT' },
    });
    // By the clock: the deadline, and not a second request after it.
    const waited = sourceOf(sources, vendor)?.milliseconds ?? 0;
    expect(waited).toBeGreaterThanOrEqual(CALL_TIMEOUT_MS);
    expect(waited).toBeLessThan(2 * CALL_TIMEOUT_MS);
    expect(nodes.every(({ accountId }) => accountId !== vendor)).toBe(true);
    for (const other of others) expect(sourceOf(sources, other)?.state).toMatch(/OK|NOT_ATTEMPTED/);
    expect(nodes.length).toBeGreaterThan(0);
  });

  test('once it is left alone, it is not asked and not waited for', async () => {
    const stop = letHang(vendor);
    for (let failures = 0; failures < 5; failures += 1) await list();
    stop();
    // It would hang for ever now: no time passes by itself.
    graph.emulator(vendor).fault({ kind: 'hang-before' });
    graph.emulator(vendor).forget();
    const { nodes, sources } = await list();
    expect(sourceOf(sources, vendor)).toMatchObject({ state: 'UNAVAILABLE', calls: 0 });
    expect(graph.emulator(vendor).count()).toBe(0);
    expect(nodes).toHaveLength(30);
    for (const other of others) expect(sourceOf(sources, other)).toMatchObject({ state: 'OK' });
  });
});

test('every CRM has its state in the list, whether it can list or not', async () => {
  const { sources } = await list();
  expect(sources.map(({ account, state }) => [account.id, state])).toEqual(
    vendors.map(({ key }) => [key, LISTING.includes(key) ? 'OK' : 'UNSUPPORTED']),
  );
});

describe.each(LISTING)('%s answers last:', (vendor) => {
  const others = LISTING.filter((other) => other !== vendor);
  const PAGE = 'nodes { id } pageInfo { endCursor hasNextPage }';
  const lists = {
    few: 'first: 5',
    two: `first: 20, accounts: ["${vendor}", "${others[0]}"]`,
    all: 'first: 20',
  };

  /** Performs it; this CRM answers once the others have. */
  async function askedLast(query: string) {
    for (const name of LISTING) graph.emulator(name).forget();
    const until = (async () => {
      const isAsked = () => others.every((name) => graph.emulator(name).count() > 0);
      for (let turn = 0; turn < 10_000 && !isAsked(); turn += 1) await round();
      // Their answers are on the way.
      for (let turn = 0; turn < 50; turn += 1) await round();
    })();
    const stop = graph.emulator(vendor).fault({ kind: 'latency', until });
    const data = await dataOf(graph.ask(query));
    stop();
    return data;
  }

  test('lists that ask alike read each page once, and are dealt what each is dealt alone', async () => {
    const alone: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(lists))
      alone[name] = (await dataOf(graph.ask(`{ customers(${given}) { ${PAGE} } }`))).customers;
    const fields = Object.entries(lists).map(([name, given]) => `${name}: customers(${given}) { ${PAGE} }`);
    expect(await askedLast(`{ ${fields.join(' ')} }`)).toEqual(alone);
    for (const name of LISTING) expect(graph.emulator(name).count()).toBe(1);
  });

  test('whoever goes on behind what was dealt meanwhile misses nobody', async () => {
    const whole = (await dataOf(graph.ask('{ customers(first: 90) { nodes { id } } }'))).customers.nodes;
    const walked: unknown[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const data = await askedLast(`{ customers(first: 7, after: ${JSON.stringify(after)}) { ${PAGE} } }`);
      const { nodes, pageInfo } = data.customers as Page;
      walked.push(...nodes);
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(walked).toHaveLength(whole.length);
    expect(new Set(walked.map((node) => JSON.stringify(node)))).toEqual(
      new Set(whole.map((node: unknown) => JSON.stringify(node))),
    );
  });
});
