import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import type { AccountFacts } from '../../src/crm/account.ts';
import type { VendorAttempt } from '../../src/crm/watch.ts';
import { createRecorder } from '../../src/status/recorder.ts';
import type { StatusReport } from '../../src/status/report.ts';
import { skippingClock } from '../support/clock.ts';
import { type Graph, startGraph } from '../support/graph.ts';

const folder = mkdtempSync(join(tmpdir(), 'status-'));
const keys = { north: newKey(), south: newKey() };
const TOKEN = 'a token of more than thirty-two bytes'.replaceAll(' ', '-');
const clock = skippingClock();
const EVIL = 'Shop </script><script>alert(1)</script>';
let graph: Graph;

beforeAll(async () => {
  const callersFile = join(folder, 'callers.json');
  const callers = Object.entries(keys).map(([tenant, { digest }]) => ({
    id: `${tenant}-shop`,
    tenant,
    scopes: ['customers:read'],
    keys: [digest],
  }));
  writeFileSync(callersFile, JSON.stringify({ callers }));
  graph = await startGraph({
    clock,
    customers: 20,
    config: { authentication: { mode: 'keys', callersFile }, metrics: { listener: undefined, token: TOKEN } },
    accounts: (demo) =>
      demo.map((account, index) => ({
        ...account,
        label: index === 1 ? EVIL : account.label,
        tenant: index < 3 ? 'north' : 'south',
      })),
  });
});
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

const at = (path: string) => graph.url.replace('/graphql', path);
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
const get = (path: string, headers: Record<string, string> = {}) => fetch(at(path), { headers });

async function reportOf(tenant: keyof typeof keys): Promise<StatusReport> {
  const answer = await get('/status.json', bearer(keys[tenant].key));
  expect(answer.status).toBe(200);
  return (await answer.json()) as StatusReport;
}

describe('the status', () => {
  test('shows callers the accounts of their own tenant and nothing of others', async () => {
    const [north, south] = [await reportOf('north'), await reportOf('south')];
    expect(north.accounts.map(({ id }) => id)).toEqual(['salekit', 'ladiflow', 'fecify']);
    expect(south.accounts.map(({ id }) => id)).toEqual(['mercately', 'heidianer']);
    expect(JSON.stringify(south)).not.toMatch(/north|salekit|ladiflow|fecify/);
  });

  test('says which account is down, which is throttled and which is well', async () => {
    graph.emulator('mercately').fault({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    const stop = graph.emulator('ladiflow').fault({ kind: 'status', status: 500 });
    const ask = (tenant: keyof typeof keys) =>
      graph.ask('query Everybody { customers(first: 2) { nodes { id } } }', {}, bearer(keys[tenant].key));
    await ask('south');
    for (let time = 0; time < 5; time += 1) await ask('north');
    const conditions = new Map(
      [...(await reportOf('north')).accounts, ...(await reportOf('south')).accounts].map((account) => [
        account.id,
        account,
      ]),
    );
    expect(conditions.get('ladiflow')).toMatchObject({
      condition: 'resting',
      breaker: 'OPEN',
      lastError: { code: 'VENDOR_UNAVAILABLE', status: 500, request: 'POST /customer/list' },
    });
    expect(conditions.get('mercately')).toMatchObject({ condition: 'throttled', heldUntil: expect.any(Number) });
    expect(conditions.get('heidianer')?.condition).toBe('well');
    expect(conditions.get('salekit')?.condition).toBe('idle');
    expect((await reportOf('north')).operations.at(-1)).toEqual({ ok: 5, failed: 0 });
    stop();
    graph.emulator('mercately').reset();
  });

  test('shows values outside the contract, and rows without an id', async () => {
    graph.emulator('heidianer').fault({
      kind: 'altered',
      times: 1,
      alter: (body) => {
        const { results } = body as { results: Record<string, unknown>[] };
        return {
          ...(body as object),
          results: results.map((row, index) => (index === 0 ? { ...row, id: null } : { ...row, full_name: 7 })),
        };
      },
    });
    await graph.ask(
      '{ customers(first: 5, accounts: ["heidianer"]) { nodes { id fullName } } }',
      {},
      bearer(keys.south.key),
    );
    const heidianer = (await reportOf('south')).accounts.find(({ id }) => id === 'heidianer');
    expect(heidianer).toMatchObject({ condition: 'drifting', drift: { unreadableRows: 1 } });
    expect(heidianer?.drift.fields.map(({ field }) => field)).toContain('full_name');
  });

  test('is for known callers only, and is never kept', async () => {
    for (const headers of [{}, bearer(newKey().key)]) {
      const answer = await get('/status.json', headers);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain('accounts');
    }
    expect((await get('/status.json', bearer(keys.north.key))).headers.get('cache-control')).toBe('no-store');
  });

  test('opens in a browser, which sends no credential, as a page without data', async () => {
    for (let time = 0; time < 25; time += 1) {
      const page = await get('/status', { accept: 'text/html,*/*' });
      expect(page.status).toBe(401);
      const html = await page.text();
      expect(html).toContain('>null</script>');
      expect(html).not.toMatch(/salekit|mercately/);
    }
    // Nobody was guessing: a wrong key is still no one too many.
    expect((await get('/status.json', bearer(newKey().key))).status).toBe(401);
  });

  test('is a page that no label can break out of and that runs no other script', async () => {
    const page = await get('/status', { accept: 'text/html', ...bearer(keys.north.key) });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('Shop \\u003c/script>');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'sha256-[^;]+; style-src 'sha256-/,
    );
  });

  test('answers JSON to whoever asks for it', async () => {
    const answer = await get('/status', { accept: 'application/json', ...bearer(keys.south.key) });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toMatchObject({ tenant: 'south' });
  });
});

test('the metrics beside the graph are for whoever has their token', async () => {
  for (const headers of [{}, bearer(keys.north.key)]) expect((await get('/metrics', headers)).status).toBe(401);
  const answer = await get('/metrics', bearer(TOKEN));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toMatch(/^crm_http_answers_total\{place="status",status="401"\} \d+$/m);
});

test('without authentication a page elsewhere cannot ask by a name of its own', async () => {
  const open = await startGraph({ customers: 5, config: { metrics: undefined } });
  try {
    const { port } = new URL(open.url);
    const status = await new Promise((resolve, reject) => {
      request({ port, path: '/status.json', headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
    expect((await fetch(open.url.replace('/graphql', '/status.json'))).status).toBe(200);
    expect((await fetch(open.url.replace('/graphql', '/metrics'))).status).toBe(404);
  } finally {
    await open.stop();
  }
});

describe('what is remembered of an account', () => {
  const account: AccountFacts = { id: 'shop', vendor: 'acme', region: 'EC', timeZone: 'UTC' };
  const attempt: VendorAttempt = {
    account,
    method: 'GET',
    template: '/customer',
    attempt: 1,
    batchSize: 1,
    sentAt: 0,
    endedAt: 100,
    status: 200,
    code: undefined,
    operation: undefined,
  };

  test('is the last ten minutes, in steps of ten seconds', () => {
    const time = skippingClock();
    const recorder = createRecorder([{ id: 'shop', tenant: 'north' }], time);
    const count = () => recorder.account('shop').steps.reduce((total, { ok }) => total + ok, 0);
    recorder.vendorAttempted?.(attempt);
    time.skip(9 * 60_000);
    recorder.vendorAttempted?.(attempt);
    expect(count()).toBe(2);
    time.skip(2 * 60_000);
    expect(count()).toBe(1);
    time.skip(24 * 3_600_000);
    expect(count()).toBe(0);
    expect(recorder.account('shop').steps).toHaveLength(60);
    recorder.drifted?.(account, 'name');
    expect(recorder.account('shop').isDrifting).toBe(true);
    time.skip(11 * 60_000);
    expect(recorder.account('shop')).toMatchObject({ isDrifting: false, drift: [{ field: 'name', count: 1 }] });
  });

  test('has latencies that are right to within a tenth', () => {
    const recorder = createRecorder([{ id: 'shop', tenant: 'north' }], skippingClock());
    for (let milliseconds = 1; milliseconds <= 1_000; milliseconds += 1)
      recorder.vendorAttempted?.({ ...attempt, endedAt: milliseconds });
    const { p50, p99 } = recorder.account('shop');
    expect(Math.abs((p50 ?? 0) - 500)).toBeLessThanOrEqual(50);
    expect(Math.abs((p99 ?? 0) - 990)).toBeLessThanOrEqual(99);
  });

  test('takes the same room whatever happens, and nothing of accounts and tenants that are not known', () => {
    const recorder = createRecorder([{ id: 'shop', tenant: 'north' }], skippingClock());
    for (let index = 0; index < 1_000; index += 1) {
      recorder.drifted?.(account, `field_${index}`);
      recorder.drifted?.({ ...account, id: `shop-${index}` }, 'field');
      recorder.vendorAttempted?.({ ...attempt, account: { ...account, id: `shop-${index}` } });
    }
    expect(recorder.account('shop').drift).toHaveLength(50);
    expect(recorder.account('shop-1').steps.every(({ ok }) => ok === 0)).toBe(true);
    expect(recorder.tenant('south').steps).toEqual([]);
  });
});
