import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { AccountCacheConfig } from '../../src/config.ts';
import { ownTime } from '../support/clock.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import { payloadOf } from '../writes/mutations.ts';
import { callsOf, customerIds, startCachedGraph } from './cachedGraph.ts';

// Nothing is kept here: what is shared is only what is under way.

const SHARING: AccountCacheConfig = { maxAge: undefined, stale: 0, shareInFlight: true };
const LATENCY_MS = 1_000;
/** Enough turns of the event loop for requests that are there to reach the CRMs or join others. */
const SETTLING_MS = 500;
const HERD = 500;

let graph: Graph;
let lonely: Graph;
beforeAll(async () => {
  graph = await startCachedGraph(SHARING, { customers: 60 });
  lonely = await startCachedGraph({ ...SHARING, shareInFlight: false }, { customers: 60 });
});
afterEach(() => graph.reset());
afterAll(async () => {
  await graph.stop();
  await lonely.stop();
});

const LIST = (accounts: readonly string[], more = '') =>
  `{ customers(first: 20, accounts: ${JSON.stringify(accounts)}${more}) { nodes { fullName freshness } sources { account { id } state error { code } } } }`;
const sourceOf = (data: { customers: { sources: { account: { id: string } }[] } }, account: string) =>
  data.customers.sources.find((source) => source.account.id === account);
const together = <Answer>(count: number, one: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)));

/** The CRMs answer only when so many requests of one kind are at the graph. */
function answerTogether(vendors: readonly string[], requests: number): void {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { server } = graph.server;
  let arrived = 0;
  server.on('request', function arrive() {
    arrived += 1;
    if (arrived < requests) return;
    server.off('request', arrive);
    ownTime.after(SETTLING_MS, () => {
      for (const stop of stops) stop();
      resolve();
    });
  });
  const stops = vendors.map((vendor) => graph.emulator(vendor).fault({ kind: 'latency', until: promise }));
}

test('500 equal lists at once cost one call per account', async () => {
  const vendors = ['ladiflow', 'mercately', 'heidianer'];
  answerTogether(vendors, HERD);
  const answers = await together(HERD, () => graph.ask(LIST(vendors)));
  for (const vendor of vendors) expect(graph.emulator(vendor).count()).toBe(1);
  const [first] = answers;
  for (const { data, errors } of answers) {
    expect(errors).toBeUndefined();
    expect(data).toEqual(first?.data);
  }
  const counts = await Promise.all(answers.map((answer) => callsOf(Promise.resolve(answer))));
  const sum = (name: string) => counts.reduce((total, each) => total + (each[name] ?? 0), 0);
  expect({ made: sum('made'), shared: sum('shared') }).toEqual({ made: 3, shared: 3 * (HERD - 1) });
});

test('500 equal look-ups of one customer at once cost one call, and so do 500 of the same many', async () => {
  const ids = await customerIds(graph, 'heidianer', 10);
  const emulator = graph.emulator('heidianer');
  answerTogether(['heidianer'], HERD);
  await together(HERD, () => dataOf(graph.ask('query ($id: ID!) { customer(id: $id) { fullName } }', { id: ids[0] })));
  expect(emulator.count('getCustomer')).toBe(1);
  answerTogether(['heidianer'], HERD);
  await together(HERD, (index) =>
    dataOf(
      graph.ask('query ($ids: [ID!]!) { crmNodes(ids: $ids) { ... on Customer { fullName } } }', {
        ids: index % 2 ? ids : ids.toReversed(),
      }),
    ),
  );
  expect(emulator.count('listCustomers')).toBe(1);
});

test('other arguments are another question', async () => {
  graph.emulator('ladiflow').latency = LATENCY_MS;
  await together(20, (index) => dataOf(graph.ask(LIST(['ladiflow'], `, filter: { text: "${index % 4}" }`))));
  expect(graph.emulator('ladiflow').count()).toBe(4);
});

test('without the setting everybody asks', async () => {
  lonely.emulator('mercately').latency = LATENCY_MS;
  await together(20, () => dataOf(lonely.ask(LIST(['mercately']))));
  expect(lonely.emulator('mercately').count()).toBe(20);
});

test('nothing is kept: whoever asks afterwards asks the CRM', async () => {
  for (const calls of [1, 2]) {
    await dataOf(graph.ask(LIST(['mercately'])));
    expect(graph.emulator('mercately').count()).toBe(calls);
  }
});

test('who wants the CRM asked does not join', async () => {
  graph.emulator('mercately').latency = LATENCY_MS;
  await together(10, () => dataOf(graph.ask(LIST(['mercately'], ', freshness: { maxAge: 0 }'))));
  expect(graph.emulator('mercately').count()).toBe(10);
});

test('a failure is told to all who waited, and to nobody after them', async () => {
  const emulator = graph.emulator('mercately');
  emulator.latency = LATENCY_MS;
  emulator.fault({ kind: 'status', status: 400, times: 1 });
  const answers = await together(50, () => dataOf(graph.ask(LIST(['mercately']))));
  for (const data of answers) expect(sourceOf(data, 'mercately')).toMatchObject({ error: { code: 'VENDOR_REJECTED' } });
  expect(emulator.count()).toBe(1);
  expect(sourceOf(await dataOf(graph.ask(LIST(['mercately']))), 'mercately')).toMatchObject({ state: 'OK' });
});

test('nobody waits longer than its own time, and its end is not the end for others', async () => {
  const emulator = graph.emulator('mercately');
  emulator.latency = 2_000;
  const impatient = dataOf(graph.ask(LIST(['mercately'], ', timeout: 100')));
  while (emulator.count() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const patient = together(5, () => dataOf(graph.ask(LIST(['mercately']))));
  const hasty = dataOf(graph.ask(LIST(['mercately'], ', timeout: 50')));
  expect(sourceOf(await impatient, 'mercately')).toMatchObject({ state: 'TIMED_OUT' });
  expect(sourceOf(await hasty, 'mercately')).toMatchObject({ state: 'TIMED_OUT' });
  // Neither waited for the answer.
  expect(emulator.underWay).toBe(1);
  for (const data of await patient) expect(data.customers.nodes).toHaveLength(20);
  expect(emulator.count()).toBe(1);
});

test('who leaves does not end the read for those who stay', async () => {
  const emulator = graph.emulator('mercately');
  emulator.latency = LATENCY_MS;
  const leaver = request(graph.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  leaver.on('error', () => {});
  leaver.end(JSON.stringify({ query: LIST(['mercately']) }));
  while (emulator.count() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const stayed = dataOf(graph.ask(LIST(['mercately'])));
  await new Promise((resolve) => setTimeout(resolve, 50));
  leaver.destroy();
  expect((await stayed).customers.nodes).toHaveLength(20);
  expect(emulator.count()).toBe(1);
});

test('nobody who asks after a write joins a read from before it', async () => {
  const [id = ''] = await customerIds(graph, 'mercately', 1);
  const emulator = graph.emulator('mercately');
  const query = 'query ($id: ID!) { customer(id: $id) { note } }';
  let slow = true;
  emulator.fault({ kind: 'latency', operation: 'getCustomer', milliseconds: 1_000, when: () => slow });
  const before = dataOf(graph.ask(query, { id }));
  while (emulator.count('getCustomer') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  slow = false;
  await payloadOf(graph, 'customerUpdate', { id, customer: { note: 'nuevo' } });
  const reads = emulator.count('getCustomer');
  expect((await dataOf(graph.ask(query, { id }))).customer.note).toBe('nuevo');
  expect(emulator.count('getCustomer')).toBe(reads + 1);
  await before;
});
