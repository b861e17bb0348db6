import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import { ownTime } from '../support/clock.ts';
import { type Graph, startGraph } from '../support/graph.ts';
import { errandsFor, WRITING_VENDORS, writesAt } from './errands.ts';
import { payloadOf } from './mutations.ts';

const SCOPES = ['customers:read', 'customers:write', 'customers:delete'];
const [alice, bob] = [newKey(), newKey()];
const ROUTER = 'a-router-secret-that-is-long-enough-to-be-one';
const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const callersFile = join(folder, 'callers.json');

let graph: Graph;
beforeAll(async () => {
  const callers = [
    { id: 'alice', tenant: 'default', scopes: SCOPES, keys: [alice.digest] },
    { id: 'bob', tenant: 'default', scopes: SCOPES, keys: [bob.digest] },
  ];
  writeFileSync(callersFile, JSON.stringify({ callers }));
  graph = await startGraph({
    customers: 30,
    config: { authentication: { mode: 'keys', callersFile }, routerSecrets: [ROUTER] },
  });
});
afterEach(() => graph.reset());
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

/** The graph as one caller has it. */
const as = ({ key }: { readonly key: string }): Pick<Graph, 'ask'> => ({
  ask: (query, variables) =>
    graph.ask(query, variables, { authorization: `Bearer ${key}`, 'router-authorization': `Bearer ${ROUTER}` }),
});
const newcomer = (other = {}) => ({
  accountId: 'fecify',
  customer: { email: 'li@example.cn', firstName: 'Li', lastName: 'Na' },
  ...other,
});
const create = (input: Record<string, unknown>, by = alice) => payloadOf(as(by), 'customerCreate', input);
const digests = () => graph.audits.map(({ keyDigest }) => keyDigest);

test.each(WRITING_VENDORS)(
  '%s: one line for each request that changes something, and none for reads',
  async (vendor) => {
    const before = ownTime.now();
    const errands = await errandsFor(as(alice), graph.emulator(vendor), { account: vendor, vendor, count: 8 });
    const skipped = graph.audits.length;
    for (const { mutation, input } of errands) await payloadOf(as(alice), mutation, input);
    const sent = writesAt(vendor, graph.emulator(vendor));
    const lines = graph.audits.slice(skipped);
    expect(lines.map(({ request }) => request)).toHaveLength(sent.length);
    expect(lines.map(({ request }) => request.split(' ')[0])).toEqual(sent.map(({ method }) => method));
    expect(new Set(lines.map(({ mutation }) => mutation))).toEqual(new Set(errands.map(({ mutation }) => mutation)));
    for (const line of lines) {
      expect(line).toEqual({
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        tenant: 'default',
        caller: 'alice',
        account: vendor,
        vendor,
        mutation: expect.any(String),
        request: expect.stringMatching(/^(POST|PUT|DELETE) \/[\w/{}.-]+$/),
        outcome: 'DONE',
        milliseconds: expect.any(Number),
        keyDigest: null,
      });
      expect(Number.isInteger(line.milliseconds) && line.milliseconds >= 0).toBe(true);
      expect(Date.parse(line.at)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(line.at)).toBeLessThanOrEqual(ownTime.now());
    }
  },
);

test('lines name the caller, and a key by a digest that is the same for the same caller, mutation and key', async () => {
  const note = (id: string, key: string, by = alice) =>
    payloadOf(as(by), 'customerUpdate', { id, customer: { note: 'new' }, idempotencyKey: key });
  const { customer } = await create(newcomer({ idempotencyKey: 'one' }));
  await note(customer.id, 'one');
  await note(customer.id, 'two');
  await note(customer.id, 'two', bob);
  expect(graph.audits.map(({ caller }) => caller)).toEqual(['alice', 'alice', 'alice', 'bob']);
  for (const digest of digests()) expect(digest).toMatch(/^[\w-]{16}$/);
  expect(new Set(digests())).toHaveProperty('size', 4);
});

test('keys belong to their callers: two may use the same for writes of their own', async () => {
  const other = { ...newcomer(), customer: { email: 'lin@example.cn', firstName: 'Lin', lastName: 'Na' } };
  expect(await create(newcomer({ idempotencyKey: 'one' }))).toMatchObject({ outcome: 'CREATED' });
  expect(await create({ ...other, idempotencyKey: 'one' }, bob)).toMatchObject({ outcome: 'CREATED' });
  expect(writesAt('fecify', graph.emulator('fecify'))).toHaveLength(2);
});

test('a repeated write leaves no second line, as nothing was sent', async () => {
  await create(newcomer({ idempotencyKey: 'one' }));
  await create(newcomer({ idempotencyKey: 'one' }));
  expect(graph.audits).toHaveLength(1);
});

test('what the vendor refused and what nobody knows have lines that say so', async () => {
  await create(newcomer());
  await create(newcomer());
  graph.emulator('fecify').fault({ kind: 'status', status: 429, times: 1 });
  await create(newcomer());
  graph.emulator('fecify').fault({ kind: 'reset-after', times: 1 });
  await create(newcomer({ customer: { email: 'lin@example.cn', firstName: 'Lin', lastName: 'Na' } }));
  expect(graph.audits.map(({ outcome }) => outcome)).toEqual(['DONE', 'REFUSED', 'REFUSED', 'UNKNOWN']);
});

test('a write that was found done by looking still says that its request was open', async () => {
  graph.emulator('ladiflow').fault({ kind: 'reset-after', operation: 'customerCreate' });
  const written = await create({ accountId: 'ladiflow', customer: { email: 'li@example.vn' } });
  expect(written).toMatchObject({ outcome: 'CREATED' });
  expect(graph.audits.map(({ outcome }) => outcome)).toEqual(['UNKNOWN']);
});

test('dry runs, refusals before a call and writes that change nothing leave no line', async () => {
  await create(newcomer({ dryRun: true, idempotencyKey: 'one' }));
  await create(newcomer({ customer: { email: 'no address', firstName: 'Li', lastName: 'Na' } }));
  await create(newcomer({ customer: { firstName: 'Li' } }));
  await create(newcomer({ accountId: 'nowhere' }));
  await create({ accountId: 'salekit', customer: { email: 'li@example.cn' } });
  await payloadOf(as(alice), 'tagCreate', { accountId: 'ladiflow', name: 'VIP' });
  expect(graph.audits).toEqual([]);
});

test('nothing of any person, key or credential is in the trail', async () => {
  const planted = ['planted-mail', 'PlantedName', 'Planted-Note', '0987654321', '987654321', 'planted-tag'];
  const email = 'planted-mail@example.vn';
  const phone = '0987654321';
  const tags = [{ name: 'planted-tag' }];
  const named = { email, phone, firstName: 'PlantedName' };
  const inFull = { email, phone, fullName: 'PlantedName', note: 'Planted-Note' };
  let keys = 0;
  const write = (mutation: string, input: Record<string, unknown>) => {
    keys += 1;
    return payloadOf(as(alice), mutation, { ...input, idempotencyKey: `planted-key-${keys}` });
  };

  const { customer: first } = await write('customerUpsert', { accountId: 'salekit', customer: { ...inFull, tags } });
  const identity = { fullName: 'PlantedName', email };
  await write('customerTagsAdd', { id: first.id, identity, tags });
  await write('customerUpsert', { accountId: 'ladiflow', customer: { ...named, tags } });
  await write('customerCreate', { accountId: 'fecify', customer: { ...named, lastName: 'Na' } });
  const { customer: second } = await write('customerCreate', { accountId: 'mercately', customer: named });
  await write('customerEventRecord', { customerId: second.id, event: { name: 'PlantedName' } });
  await write('customerTagsReplace', { id: second.id, tags });
  const { customer: third } = await write('customerCreate', { accountId: 'heidianer', customer: { ...inFull, tags } });
  const { segment } = await write('segmentCreate', { accountId: 'heidianer', title: 'PlantedName' });
  await write('segmentCustomersAdd', { id: segment.id, customerIds: [third.id] });
  await write('segmentCustomersRemove', { id: segment.id, customerIds: [third.id] });
  await write('customerDelete', { id: third.id });

  expect(graph.audits.length).toBeGreaterThanOrEqual(keys);
  const trail = JSON.stringify(graph.audits);
  // Vendors got all of it, so it was there to be leaked.
  const sent = WRITING_VENDORS.flatMap((vendor) => writesAt(vendor, graph.emulator(vendor)));
  const seen = JSON.stringify(sent.map(({ body }) => body));
  for (const text of planted) expect(seen).toContain(text);
  const addressed = [
    first.id,
    second.id,
    second.vendorId,
    segment.id,
    ...sent.flatMap(({ url, route }) => (url === route ? [] : [url])),
  ];
  const secrets = [alice.key, ROUTER, ...credentials()];
  expect(secrets.length).toBeGreaterThan(5);
  expect([...planted, 'planted-key', ...addressed, ...secrets].filter((text) => trail.includes(text))).toEqual([]);
});

/** What the vendors were sent to prove who asked. */
function credentials(): readonly string[] {
  const sent = WRITING_VENDORS.flatMap((vendor) => graph.emulator(vendor).exchanges).flatMap(({ headers }) =>
    Object.entries(headers).filter(([name]) => /token|key|authorization/.test(name)),
  );
  return [...new Set(sent.map(([, value]) => String(value).replace('Bearer ', '')))];
}
