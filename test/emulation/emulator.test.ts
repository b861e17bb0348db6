import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulation/emulator.ts';
import { people } from '../../src/emulation/people.ts';
import { credentials, start } from '../../src/vendors/heidianer/emulator.ts';
import { vendors } from '../../src/vendors/index.ts';
import * as salekit from '../../src/vendors/salekit/emulator.ts';
import { ask } from './client.ts';

const AUTHORIZED = { authorization: `Bearer ${credentials.accessToken}` };
const LIST = { path: '/api/crm/customer/?page_size=2', headers: AUTHORIZED };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await start({ customers: 20 });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const problems = () => emulator.violations.map(({ problem }) => problem);

test('a correct request is answered, logged and no violation', async () => {
  const answer = await ask(emulator, LIST);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toMatchObject({ count: 20, results: [{ id: 1 }, { id: 2 }] });
  expect(problems()).toEqual([]);
  expect(emulator.exchanges).toMatchObject([
    {
      operation: 'listCustomers',
      method: 'GET',
      url: '/api/crm/customer/?page_size=2',
      route: '/api/crm/customer/',
      query: { page_size: '2' },
      status: 200,
      answer: { count: 20 },
      fault: undefined,
    },
  ]);
});

describe('strictness: what no correct client sends is written down, and answered as the vendor would', () => {
  test('an unknown header', async () => {
    const answer = await ask(emulator, { ...LIST, headers: { ...AUTHORIZED, 'x-extra': '1' } });
    expect(answer.status).toBe(200);
    expect(problems()).toEqual(['unknown header "x-extra"']);
  });

  test('an unknown query parameter', async () => {
    const answer = await ask(emulator, { ...LIST, path: '/api/crm/customer/?surname=x' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ count: 20 });
    expect(emulator.violations).toMatchObject([{ operation: 'listCustomers' }]);
    expect(problems().join()).toContain('surname');
  });

  test('a query where the operation takes none', async () => {
    expect((await ask(emulator, { ...LIST, path: '/api/crm/customer/1/?page=1' })).status).toBe(200);
    expect(problems()).toEqual(['/api/crm/customer/{id}/ takes no query']);
  });

  test('an unknown path', async () => {
    const answer = await ask(emulator, { ...LIST, path: '/api/sales/' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([404, { detail: 'Not found.' }]);
    expect(problems()).toEqual(['the vendor has no GET /api/sales/']);
  });

  test('a method the vendor does not have', async () => {
    expect((await ask(emulator, { ...LIST, method: 'DELETE' })).status).toBe(405);
    expect(problems()).toEqual(['the vendor has no DELETE /api/crm/customer/']);
  });

  test('a body where none belongs', async () => {
    expect((await ask(emulator, { ...LIST, body: { a: 1 } })).status).toBe(200);
    expect(problems()).toEqual(['/api/crm/customer/ takes no body']);
  });

  test('a missing key is the vendor’s refusal and no violation', async () => {
    expect((await ask(emulator, { path: LIST.path })).status).toBe(401);
    expect(problems()).toEqual([]);
  });

  test('a body the vendor takes although no correct client sends it, and one it refuses', async () => {
    const shop = await salekit.start({ customers: 3 });
    const post = (body: unknown) =>
      ask(shop, { method: 'POST', path: '/api/v1/audience/create', headers: { ...salekit.credentials }, body });
    const tolerated = await post({ full_name: 'Ana', email: 'ana@example.ec', note: '' });
    const afterTolerated = [...shop.violations];
    const refused = await post({ full_name: 'Ana' });
    const afterRefused = shop.violations.slice(afterTolerated.length);
    await shop.close();
    expect(JSON.parse(tolerated.text)).toMatchObject({ error: false });
    expect(afterTolerated).toMatchObject([{ operation: 'upsertAudience', problem: expect.stringContaining('note') }]);
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([200, { error: true }]);
    expect(afterRefused).toMatchObject([{ problem: expect.stringContaining('email') }]);
  });
});

test('forget empties the log and leaves data, quirks, faults, latency and what was against the contract', async () => {
  await ask(emulator, { ...LIST, path: '/api/sales/' });
  emulator.quirks.defaultPage = 3;
  emulator.fault({ kind: 'status', status: 503, operation: 'getCustomer' });
  emulator.forget();
  expect([emulator.count(), emulator.exchanges]).toEqual([0, []]);
  expect(emulator.violations).not.toEqual([]);
  expect(JSON.parse((await ask(emulator, { ...LIST, path: '/api/crm/customer/' })).text).results).toHaveLength(3);
  expect((await ask(emulator, { ...LIST, path: '/api/crm/customer/1/' })).status).toBe(503);
});

test('reset puts data, quirks, faults, latency and the log back', async () => {
  const before = (await ask(emulator, LIST)).text;
  emulator.fault({ kind: 'status', status: 503 });
  emulator.latency = 1;
  Object.assign(emulator.quirks, { defaultPage: 3, validToken: 'another', invented: true });
  emulator.reset();
  expect([emulator.count(), emulator.exchanges, emulator.violations, emulator.latency]).toEqual([0, [], [], 0]);
  expect(emulator.quirks).toMatchObject({ defaultPage: 10, validToken: credentials.accessToken });
  expect(emulator.quirks).not.toHaveProperty('invented');
  expect((await ask(emulator, LIST)).text).toBe(before);
});

test('reset takes back a token that the exchange gave out', async () => {
  const body = {
    grant_type: 'refresh_token',
    refresh_token: credentials.refreshToken,
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  };
  await ask(emulator, { method: 'POST', path: '/api/oauth/token/', body });
  expect((await ask(emulator, LIST)).status).toBe(401);
  emulator.reset();
  expect((await ask(emulator, LIST)).status).toBe(200);
});

test('requests are counted by operation and together', async () => {
  await ask(emulator, LIST);
  await ask(emulator, LIST);
  await ask(emulator, { ...LIST, path: '/api/crm/segment/' });
  expect([emulator.count('listCustomers'), emulator.count('listSegments'), emulator.count('getSegment')]).toEqual([
    2, 1, 0,
  ]);
  expect(emulator.count()).toBe(3);
});

test('two starts hold the same people, and more people begin with the same ones', async () => {
  const [again, larger] = [await start({ customers: 20 }), await start({ customers: 40 })];
  const everybody = { ...LIST, path: '/api/crm/customer/?page_size=20' };
  const [first, second, third] = await Promise.all(
    [emulator, again, larger].map(async (one) => JSON.parse((await ask(one, everybody)).text).results),
  );
  await Promise.all([again.close(), larger.close()]);
  expect(first).toHaveLength(20);
  expect(second).toEqual(first);
  // Segments have more members there; the people themselves are the same.
  const plain = (rows: readonly { mobile: string; full_name: string }[]) =>
    rows.map(({ mobile, full_name }) => [mobile, full_name]);
  expect(plain(third)).toEqual(plain(first));
  expect(people(40).slice(0, 20)).toEqual(people(20));
});

test.each(vendors.map((vendor) => [vendor.key, vendor] as const))(
  "%s's emulator takes its own credentials as settings and starts on a port of its own",
  async (_, vendor) => {
    const module = await vendor.emulator();
    expect(vendor.settings.safeParse(module.credentials).success).toBe(true);
    const [one, other] = [await module.start({ customers: 1 }), await module.start({ customers: 1 })];
    expect(one.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
    expect(one.baseUrl).not.toBe(other.baseUrl);
    await Promise.all([one.close(), other.close()]);
    await expect(ask(one, { path: '/' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  },
);
