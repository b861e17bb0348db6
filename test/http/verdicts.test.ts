import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { HttpConnection } from '../../src/http/send.ts';
import { failureOf, json, patient, raw, read, startVendor, type TestVendor, write } from './testVendor.ts';

let vendor: TestVendor;
let connection: HttpConnection;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(async () => {
  await vendor.reset();
  connection = vendor.connect();
});
afterAll(() => vendor.close());

const readFails = () => failureOf(connection.send(read(), patient()));
const writeFails = () => failureOf(connection.send(write(), patient()));

const reset: RequestListener = (incoming) => void incoming.socket.resetAndDestroy();
const cut: RequestListener = (_, outgoing) => {
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
  outgoing.write('{"id":7', () => outgoing.destroy());
};
const cutChunks: RequestListener = (_, outgoing) => {
  outgoing.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
  outgoing.write('{"id":7', () => outgoing.destroy());
};

test.each<[string, RequestListener, string]>([
  ['a reset before any answer', reset, 'VENDOR_UNAVAILABLE'],
  ['a body that is cut', cut, 'VENDOR_UNAVAILABLE'],
  ['chunks that are cut', cutChunks, 'VENDOR_UNAVAILABLE'],
  ['500', json({}, 500), 'VENDOR_UNAVAILABLE'],
  ['502 with a web page', raw('<html>', 502), 'VENDOR_UNAVAILABLE'],
  ['503', json({}, 503), 'VENDOR_UNAVAILABLE'],
  ['504', json({}, 504), 'VENDOR_UNAVAILABLE'],
  ['a good status with a web page', raw('<html>'), 'VENDOR_BAD_RESPONSE'],
])('after %s a read has failed, and the outcome of a write is not known', async (_, listener, code) => {
  vendor.answer(listener);
  expect(await readFails()).toMatchObject({ code, facts: { account: 'shop-1', vendor: 'acme' } });
  expect(await writeFails()).toMatchObject({ code: 'OUTCOME_UNKNOWN', facts: { executed: 'unknown' } });
  // A write is never sent a second time behind the caller's back.
  expect(vendor.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('after a refused connection even a write was certainly not carried out', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  connection = vendor.connect({ baseUrl: new URL(`http://127.0.0.1:${port}`) });
  const expected = { code: 'VENDOR_UNAVAILABLE', facts: { executed: 'no' } };
  expect(await writeFails()).toMatchObject(expected);
  expect(await readFails()).toMatchObject(expected);
});

test.each([
  [400, 'VENDOR_REJECTED'],
  [401, 'VENDOR_AUTH'],
  [402, 'VENDOR_REJECTED'],
  [403, 'VENDOR_AUTH'],
  [404, 'NOT_FOUND'],
  [408, 'VENDOR_TIMEOUT'],
  [409, 'CONFLICT'],
  [422, 'VENDOR_REJECTED'],
  [429, 'VENDOR_RATE_LIMITED'],
])('status %i is %s for reads and writes, and nothing was carried out', async (status, code) => {
  vendor.answer(raw('<html>not even JSON</html>', status));
  const expected = { code, facts: { status, executed: 'no' } };
  expect(await readFails()).toMatchObject(expected);
  expect(await writeFails()).toMatchObject(expected);
});

test('a refusal that cannot be unpacked is a refusal all the same', async () => {
  vendor.answer(raw(Buffer.from([0x1b, 0, 0]), 401, { 'content-encoding': 'gzip' }));
  expect(await writeFails()).toMatchObject({ code: 'VENDOR_AUTH', facts: { executed: 'no' } });
});

test('a failure inside a good answer counts like the status it stands for', async () => {
  vendor.answer(json({ ok: false, why: 'no such person' }));
  const failure = () => ({ status: 404, code: 'E7', message: 'no such person' });
  expect(await failureOf(connection.send(read({ failure }), patient()))).toMatchObject({
    code: 'NOT_FOUND',
    facts: { status: 404, vendorCode: 'E7', vendorMessage: 'no such person', executed: 'no' },
  });
});

test("a failure inside a good answer without a status of its own is the vendor's refusal", async () => {
  vendor.answer(json({ ok: false }));
  const failure = () => ({ message: 'not today' });
  expect(await failureOf(connection.send(write({ failure }), patient()))).toMatchObject({
    code: 'VENDOR_REJECTED',
    facts: { vendorMessage: 'not today', executed: 'no' },
  });
});

test.each([301, 302, 303, 307, 308])('a redirect with status %i is not followed', async (status) => {
  const target = await startVendor();
  vendor.answer(json({}, status, { location: `${target.baseUrl}things` }));
  const failures = [await readFails(), await writeFails()];
  const arrived = target.requests.length;
  await target.close();
  expect(failures.map(({ code }) => code)).toEqual(['VENDOR_BAD_RESPONSE', 'OUTCOME_UNKNOWN']);
  expect(arrived).toBe(0);
  expect(vendor.requests).toHaveLength(2);
});

test.each([
  ['0', 0],
  ['30', 30],
  ['Thu, 01 Jan 2026 00:01:30 GMT', 90],
  // An answer of the past, texts and signs say nothing.
  ['Wed, 31 Dec 2025 23:59:00 GMT', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2026', 2026],
  // However long, it is a wait and no reason to try again soon.
  ['99999999999999999999', 2_147_483_647],
  ['Fri, 01 Jan 2500 00:00:00 GMT', 2_147_483_647],
  ['Thu, 99 Foo 2026', undefined],
  ['', undefined],
])('Retry-After "%s" means %p seconds', async (header, seconds) => {
  vendor.answer(json({}, 429, { 'retry-after': header }));
  const { code, facts } = await readFails();
  expect(code).toBe('VENDOR_RATE_LIMITED');
  expect(facts.retryAfter).toBe(seconds);
});

test('a vendor that says Retry-After twice says nothing', async () => {
  vendor.answer((_, outgoing) => outgoing.writeHead(503, ['retry-after', '1', 'retry-after', '2']).end());
  expect((await readFails()).facts.retryAfter).toBeUndefined();
});

test("secrets, addresses and phones in a vendor's words never show in the error", async () => {
  const secret = 'k3y/with+odd=chars';
  connection = vendor.connect({ secrets: [secret, ''] });
  const words = `token ${secret} of ana.perez@example.ec, +593 99 123 4567 (0991234567) is wrong`;
  for (const status of [200, 400, 401, 500]) {
    vendor.answer(json({ words }, status));
    const failure = () => ({ status: 400, code: `E ${secret}`, message: words });
    const { message, facts } = await failureOf(connection.send(read({ failure }), patient()));
    const shown = [message, facts.vendorCode, facts.vendorMessage].join('\n');
    expect(shown).toContain('is wrong');
    for (const hidden of [secret, 'ana.perez', 'example.ec', '123 4567', '0991234567']) {
      expect(shown).not.toContain(hidden);
    }
  }
});

test('a key that is newer than the settings never shows either', async () => {
  const key = 'renewed+key/of-today';
  vendor.answer(json({}, 401));
  const failure = () => ({ status: 401, message: `Bearer ${key} is wrong` });
  const request = read({ headers: { authorization: `Bearer ${key}` }, failure });
  expect((await failureOf(connection.send(request, patient()))).facts.vendorMessage).toBe('[redacted] is wrong');
});

test('a code keeps the spelling of the vendor', async () => {
  vendor.answer(json({}, 422));
  const failure = () => ({ code: 'PHONE_NUMBER_ALREADY_EXISTS' });
  const { facts } = await failureOf(connection.send(read({ failure }), patient()));
  expect(facts.vendorCode).toBe('PHONE_NUMBER_ALREADY_EXISTS');
});
