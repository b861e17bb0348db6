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
