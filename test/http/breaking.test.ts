import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { HttpConnection } from '../../src/http/send.ts';
import { type TestClock, testClock } from './testClock.ts';
import { failureOf, json, patient, read, startVendor, type TestVendor } from './testVendor.ts';

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

const ask = () => connection.send(read(), patient(clock));
const fail = () => failureOf(ask());
const broken = () =>
  vendor.answer((_, outgoing) => {
    outgoing.writeHead(200).end('{');
  });
const well = () => vendor.answer(json({ fine: true }));

async function open(): Promise<void> {
  broken();
  for (let time = 0; time < 5; time += 1) await fail();
  expect(connection.health.breaker).toBe('OPEN');
}

test('after five failures in a row an account is left alone, and whoever asks is told at once', async () => {
  broken();
  for (let time = 0; time < 4; time += 1) await fail();
  expect(connection.health.breaker).toBe('CLOSED');
  await fail();
  const milliseconds: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    // Processor time, all of this process: how long others keep the machine busy says nothing of us.
    const before = process.cpuUsage();
    const refusals = await Promise.all(Array.from({ length: 100 }, fail));
    const { user, system } = process.cpuUsage(before);
    milliseconds.push((user + system) / 1_000 / 100);
    for (const { code, facts } of refusals) {
      expect(code).toBe('VENDOR_UNAVAILABLE');
      expect(facts).toMatchObject({ executed: 'no', retryAfter: 5, account: 'shop-1' });
    }
  }
  // The collector may take a second for what earlier tests left in this process, once.
  expect(Math.min(...milliseconds)).toBeLessThan(10);
  expect(vendor.requests).toHaveLength(5);
});

test('half of the last twenty is enough', async () => {
  for (let time = 0; time < 10; time += 1) {
    well();
    await ask();
    expect(connection.health.breaker).toBe('CLOSED');
    broken();
    await fail();
  }
  expect(connection.health.breaker).toBe('OPEN');
});

test('one probe after 5 seconds, then after twice as long, up to a minute', async () => {
  await open();
  let sent = vendor.requests.length;
  for (const rest of [5, 10, 20, 40, 60, 60, 60]) {
    clock.advance(rest * 1_000 - 1);
    await Promise.all([fail(), fail()]);
    expect(vendor.requests).toHaveLength(sent);
    clock.advance(1);
    // Of many that come at once, one goes out.
    await Promise.all([fail(), fail(), fail()]);
    sent += 1;
    expect(vendor.requests).toHaveLength(sent);
  }
});

test('two good probes close it, and the next rest is a short one again', async () => {
  await open();
  clock.advance(5_000);
  await fail();
  well();
  clock.advance(10_000);
  await ask();
  expect(connection.health.breaker).toBe('HALF_OPEN');
  await ask();
  expect(connection.health.breaker).toBe('CLOSED');
  await Promise.all(Array.from({ length: 20 }, ask));
  await open();
  expect((await fail()).facts.retryAfter).toBe(5);
});

test('failures that were under way when it opened do not make the rest longer', async () => {
  const held: (() => void)[] = [];
  vendor.answer((_, outgoing) => void held.push(() => outgoing.writeHead(200).end('{')));
  const failures = Array.from({ length: 8 }, fail);
  while (held.length < 8) await setImmediate();
  for (const answer of held) answer();
  await Promise.all(failures);
  expect((await fail()).facts.retryAfter).toBe(5);
  well();
  clock.advance(5_000);
  await ask();
  await ask();
  expect(connection.health.breaker).toBe('CLOSED');
});

test('another account at the same vendor goes on', async () => {
  const other = vendor.connect({ clock });
  await open();
  well();
  expect(await other.send(read(), patient(clock))).toMatchObject({ status: 200 });
  expect(other.health.breaker).toBe('CLOSED');
});

test.each([401, 403, 404, 409, 422, 429])('status %i is no outage', async (status) => {
  vendor.answer(json({}, status));
  for (let time = 0; time < 30; time += 1) await fail();
  expect(connection.health.breaker).toBe('CLOSED');
});
