import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { purgeKeptWrites } from '../../src/app.ts';
import { fecify } from '../../src/vendors/fecify/index.ts';
import { type SkippingClock, skippingClock } from '../support/clock.ts';
import type { Answer, Graph } from '../support/graph.ts';
import { errandsFor, WRITING_VENDORS, writesAt } from './errands.ts';
import { globalId, payloadOf } from './mutations.ts';
import { startTwins, type Twins } from './twin.ts';

const SECRETS = ['a secret for tests that is long enough'];
const CALL_TIMEOUT_MS = 1_200;

let clock: SkippingClock;
let twins: Twins;
let graph: Graph;
beforeEach(async () => {
  clock = skippingClock();
  twins = await startTwins({ customers: 20, clock, config: { callTimeout: CALL_TIMEOUT_MS } });
  graph = twins.graph;
});
afterEach(() => twins.stop());

const writes = (vendor: string): number => writesAt(vendor, graph.emulator(vendor)).length;
const newcomer = (vendor: string, name: string) => ({
  accountId: vendor,
  customer: { email: `${name}@example.com`, firstName: name, lastName: 'Li' },
  idempotencyKey: name,
});
const create = (by: Graph, vendor: string, name: string) => payloadOf(by, 'customerCreate', newcomer(vendor, name));

/** Waits until the vendor has a request. */
async function arrived(vendor: string): Promise<void> {
  while (graph.emulator(vendor).count() === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('a key is given back', () => {
  test.each(WRITING_VENDORS)('%s: when the vendor took no more requests for now', async (vendor) => {
    const [errand] = await errandsFor(graph, graph.emulator(vendor), { account: vendor, vendor, count: 1 });
    const { mutation = '', input } = errand ?? {};
    graph.emulator(vendor).fault({ kind: 'status', status: 429, times: 1 });
    const asked = { ...input, idempotencyKey: 'throttled' };
    expect(await payloadOf(graph, mutation, asked)).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'VENDOR_RATE_LIMITED', retryable: true }],
    });
    expect(await payloadOf(graph, mutation, asked)).toMatchObject({ outcome: expect.stringMatching(/^CREATED/) });
    expect(errand?.isDone(graph.emulator(vendor).records())).toBe(true);
  });

  test('when the vendor was left alone after failing repeatedly', async () => {
    const stop = graph.emulator('fecify').fault({ kind: 'status', status: 503 });
    for (let failure = 0; failure < 5; failure += 1) await create(graph, 'fecify', `failing${failure}`);
    stop();
    expect(await create(graph, 'fecify', 'refused')).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'VENDOR_UNAVAILABLE', retryable: true }],
      requests: [{ state: 'REFUSED' }],
    });
    expect(writes('fecify')).toBe(5);
    clock.skip(60_000);
    expect(await create(graph, 'fecify', 'refused')).toMatchObject({ outcome: 'CREATED' });
    expect(writes('fecify')).toBe(6);
    // What was sent and failed is not sent again.
    expect(await create(graph, 'fecify', 'failing0')).toMatchObject({ outcome: 'UNKNOWN' });
    expect(writes('fecify')).toBe(6);
  });

  test('when nobody listened at the vendor', async () => {
    const port = await freePort();
    const elsewhere = await startTwins({
      vendors: [fecify],
      accounts: (demo) =>
        demo.map((account) => ({ ...account, baseUrl: new URL(account.baseUrl.href.replace(/:\d+/, `:${port}`)) })),
    });
    try {
      expect(await create(elsewhere.graph, 'fecify', 'li')).toMatchObject({
        outcome: 'NOT_EXECUTED',
        userErrors: [{ code: 'VENDOR_UNAVAILABLE', retryable: true }],
      });
      const emulator = await (await fecify.emulator()).start({ customers: 3, port });
      try {
        expect(await create(elsewhere.graph, 'fecify', 'li')).toMatchObject({ outcome: 'CREATED' });
        expect(writesAt('fecify', emulator)).toHaveLength(1);
      } finally {
        await emulator.close();
      }
    } finally {
      await elsewhere.stop();
    }
  });

  test('when the input was refused before anything was sent', async () => {
    const { customer, ...rest } = newcomer('fecify', 'li');
    const refused = await payloadOf(graph, 'customerCreate', {
      ...rest,
      customer: { ...customer, company: 'Li & Co' },
    });
    expect(refused).toMatchObject({ outcome: 'NOT_EXECUTED', requests: [] });
    expect(await create(graph, 'fecify', 'li')).toMatchObject({ outcome: 'CREATED' });
  });
});

test('what the vendor refused is kept: the same key gets the same refusal without a call', async () => {
  await create(graph, 'fecify', 'li');
  const again = { ...newcomer('fecify', 'li'), idempotencyKey: 'second' };
  const refused = await payloadOf(graph, 'customerCreate', again);
  expect(refused).toMatchObject({
    outcome: 'NOT_EXECUTED',
    userErrors: [{ code: 'VENDOR_REJECTED', retryable: false }],
    requests: [{ isWrite: true, state: 'REFUSED' }],
  });
  graph.emulator('fecify').reset();
  expect(await payloadOf(graph, 'customerCreate', again)).toEqual(refused);
  expect(graph.emulator('fecify').count()).toBe(0);
});

describe('while another process is at it', () => {
  test('a call waits for its answer', async () => {
    const twin = await twins.twin();
    graph.emulator('fecify').latency = 300;
    const first = create(graph, 'fecify', 'li');
    await arrived('fecify');
    expect(await create(twin, 'fecify', 'li')).toEqual(await first);
    expect(writes('fecify')).toBe(1);
  });

  test('a call waits until its deadline, then says when to ask again', async () => {
    const twin = await twins.twin({ config: { operationTimeout: 200 } });
    graph.emulator('fecify').fault({ kind: 'hang-after' });
    const first = create(graph, 'fecify', 'li');
    await arrived('fecify');
    const early = await create(twin, 'fecify', 'li');
    expect(early).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'CONFLICT', field: ['idempotencyKey'], retryAfter: expect.any(Number) }],
      requests: [],
    });
    expect(early.userErrors[0].retryAfter).toBeGreaterThanOrEqual(1);
    expect(early.userErrors[0].retryAfter).toBeLessThanOrEqual(12);
    const end = await first;
    expect(end).toMatchObject({ outcome: 'UNKNOWN' });
    expect(await create(twin, 'fecify', 'li')).toEqual(end);
    expect(writes('fecify')).toBe(1);
  });
});

describe('a write whose process is gone', () => {
  const later = skippingClock();
  later.skip(60_000);

  test.each([
    ['ladiflow', 'CREATED', []],
    ['mercately', 'CREATED', []],
    ['fecify', 'UNKNOWN', [{ code: 'OUTCOME_UNKNOWN' }]],
  ])('%s: is looked up and never sent again', async (vendor, outcome, userErrors) => {
    const survivor = await twins.twin({ clock: later });
    const [operation = ''] = { ladiflow: ['customerCreate'] }[vendor] ?? ['createCustomer'];
    graph.emulator(vendor).fault({ kind: 'hang-after', operation });
    const first = create(graph, vendor, 'li');
    await arrived(vendor);
    const found = await create(survivor, vendor, 'li');
    expect(found).toMatchObject({ outcome, userErrors });
    expect(writes(vendor)).toBe(1);
    expect(await create(survivor, vendor, 'li')).toEqual(found);
    await first;
    expect(writes(vendor)).toBe(1);
  });
});

test('a write that was carried out is said to be, though the store fails behind it, and is not sent again', async () => {
  const other = new DatabaseSync(twins.storeFile);
  graph.emulator('fecify').distort = (_, body) => {
    // Somebody else holds the file for longer than anybody waits.
    other.exec('begin immediate');
    return body;
  };
  const ask = async () => {
    const query = `mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { outcome userErrors { code } } }`;
    const body = JSON.stringify({ query, variables: { input: newcomer('fecify', 'li') } });
    const response = await fetch(graph.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return ((await response.json()) as Answer).data.customerCreate;
  };
  expect(await ask()).toEqual({ outcome: 'CREATED', userErrors: [] });
  other.exec('rollback');
  other.close();
  graph.emulator('fecify').distort = undefined;
  clock.skip(60_000);
  expect(await ask()).toEqual({ outcome: 'UNKNOWN', userErrors: [{ code: 'OUTCOME_UNKNOWN' }] });
  expect(writes('fecify')).toBe(1);
});

describe('forgetting somebody', () => {
  const keptFor = (vendor: string, person: string) =>
    purgeKeptWrites({ storeFile: twins.storeFile, secrets: SECRETS }, vendor, person);

  test('reaches results by an e-mail, phone or id that the caller gave', async () => {
    await create(graph, 'mercately', 'li');
    expect(keptFor('mercately', 'somebody@example.com')).toBe(0);
    expect(keptFor('mercately', 'LI@example.com')).toBe(1);
    expect(keptFor('mercately', 'LI@example.com')).toBe(0);
  });

  test.each(['email', 'phone', 'vendorId'])('reaches results by the %s that only the vendor showed', async (name) => {
    const [record] = graph.emulator('mercately').records().customers ?? [];
    const id = await globalId(graph, 'mercately', String(record?.id));
    const { customer } = await payloadOf(
      graph,
      'customerTagsAdd',
      { id, tags: [{ name: 'new' }], idempotencyKey: 'k' },
      'customer { email phone vendorId }',
    );
    expect(customer[name]).toEqual(expect.any(String));
    expect(keptFor('mercately', customer[name])).toBe(1);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
