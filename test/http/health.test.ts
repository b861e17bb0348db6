import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { HttpConnection } from '../../src/http/send.ts';
import { type TestClock, testClock } from './testClock.ts';
import { failureOf, json, patient, raw, read, startVendor, type TestVendor } from './testVendor.ts';

let vendor: TestVendor;
let clock: TestClock;
let connection: HttpConnection;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(async () => {
  await vendor.reset();
  clock = testClock();
  connection = vendor.connect({ clock });
});
afterAll(() => vendor.close());

const NEVER = { lastSuccessAt: null, lastFailureAt: null, lastErrorCode: null };
const failing = () => failureOf(connection.send(read(), patient(clock)));

test('an account that was never asked has no health to tell', () => {
  expect(connection.health).toMatchObject(NEVER);
});

test('health tells the last success, the last failure and what it was', async () => {
  await connection.send(read(), patient(clock));
  const first = clock.now();
  expect(connection.health).toMatchObject({ ...NEVER, lastSuccessAt: first });

  clock.advance(1_000);
  vendor.answer(json({}, 503));
  await failing();
  const second = clock.now();
  expect(connection.health).toMatchObject({
    lastSuccessAt: first,
    lastFailureAt: second,
    lastErrorCode: 'VENDOR_UNAVAILABLE',
  });

  clock.advance(1_000);
  vendor.answer(json({}));
  await connection.send(read(), patient(clock));
  expect(connection.health).toMatchObject({
    lastSuccessAt: clock.now(),
    lastFailureAt: second,
    lastErrorCode: 'VENDOR_UNAVAILABLE',
  });
});

test.each([
  ['refuses our key', json({}, 401), 'VENDOR_AUTH'],
  ['takes no more requests', json({}, 429), 'VENDOR_RATE_LIMITED'],
  ['answers no JSON', raw('<html>'), 'VENDOR_BAD_RESPONSE'],
])('a vendor that %s is in trouble', async (_, listener, code) => {
  vendor.answer(listener);
  await failing();
  expect(connection.health).toMatchObject({ ...NEVER, lastFailureAt: clock.now(), lastErrorCode: code });
});

test.each([404, 409, 422])('a vendor that answers %i is well', async (status) => {
  vendor.answer(json({}, status));
  await failing();
  expect(connection.health).toMatchObject({ ...NEVER, lastSuccessAt: clock.now() });
});

test('a request that never left says nothing about the vendor', async () => {
  await failureOf(connection.send(read(), { deadline: clock.now() }));
  expect(connection.health).toMatchObject(NEVER);
});

test('a wrong input of the caller says nothing about the vendor', async () => {
  const request = read({ path: '/things/{id}', pathValues: { id: '..' } });
  expect(await failureOf(connection.send(request, patient(clock)))).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(connection.health).toMatchObject(NEVER);
});
