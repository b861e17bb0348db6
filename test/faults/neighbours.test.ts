import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ownTime } from '../support/clock.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

const LIST = `query ($accounts: [ID!]) {
  customers(first: 5, accounts: $accounts) { nodes { id } sources { account { id } state queuedMilliseconds } }
}`;
const LATENCY_MS = 200;

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({
    customers: 10,
    config: { callTimeout: 3_000 },
    accounts: (demo) =>
      demo.map((account) => (account.vendor === 'ladiflow' ? { ...account, concurrency: 1 } : account)),
  });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

interface Part {
  readonly account: { readonly id: string };
  readonly state: string;
  readonly queuedMilliseconds: number;
}
const ask = async (vendor: string): Promise<Part | undefined> => {
  const { customers } = await dataOf(graph.ask(LIST, { accounts: [vendor] }));
  return customers.sources.find(({ account }: Part) => account.id === vendor);
};

test('who had to wait for a place is told how long', async () => {
  await ask('ladiflow');
  // Counted in the time of the tests: on a busy machine it passes more slowly than any other.
  for (const turn of [1, 2, 3]) {
    const until = new Promise<void>((resolve) => ownTime.after(turn * LATENCY_MS, resolve));
    graph.emulator('ladiflow').fault({ kind: 'latency', until, times: 1 });
  }
  const parts = await Promise.all([ask('ladiflow'), ask('ladiflow'), ask('ladiflow')]);
  const waits = parts.map((part) => part?.queuedMilliseconds ?? -1).sort((one, other) => one - other);
  expect(waits[0]).toBeLessThan(LATENCY_MS);
  expect(waits[1]).toBeGreaterThanOrEqual(LATENCY_MS * 0.8);
  expect(waits[2]).toBeGreaterThanOrEqual(LATENCY_MS * 1.8);
});

test('a vendor that hangs, with a full queue before it, costs the others nothing', async () => {
  graph.emulator('ladiflow').fault({ kind: 'hang-before' });
  const stuck = Array.from({ length: 30 }, () => ask('ladiflow'));
  let released = false;
  const first = Promise.race(stuck).then(() => {
    released = true;
  });
  for (let time = 0; time < 20; time += 1) {
    for (const vendor of ['heidianer', 'mercately']) expect(await ask(vendor)).toMatchObject({ state: 'OK' });
  }
  // Forty questions are answered before the first of the stuck ones.
  expect(released).toBe(false);
  await first;
  const states = (await Promise.all(stuck)).map((part) => part?.state);
  expect(states).toContain('TIMED_OUT');
  // On a busy machine several get their turn and time out, and then the account is left alone.
  for (const state of states) expect(['TIMED_OUT', 'NOT_ATTEMPTED', 'UNAVAILABLE']).toContain(state);
});
