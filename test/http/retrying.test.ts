import type { RequestListener } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CrmError } from '../../src/crm/errors.ts';
import { seededRandom } from '../../src/emulation/random.ts';
import { createRetries } from '../../src/http/retries.ts';
import { testClock } from './testClock.ts';
import { failureOf, json, patient, read, startVendor, type TestVendor, write } from './testVendor.ts';

let vendor: TestVendor;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(() => vendor.reset());
afterAll(() => vendor.close());

const well = json({ fine: true });
const LOST: readonly RequestListener[] = [
  (incoming) => void incoming.socket.resetAndDestroy(),
  (incoming) => void incoming.socket.end(),
  (incoming) => void incoming.socket.end('HTTP/1.1 BAD LINE\r\n\r\n'),
  (_, outgoing) => {
    outgoing.writeHead(200, { 'content-length': 100 });
    outgoing.write('{"id":7', () => outgoing.destroy());
  },
  (incoming) => void incoming.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
];

test('of a thousand reads, a tenth of which loses its connection, at least 98.5 % succeed', async () => {
  const clock = testClock();
  const random = seededRandom(20_261_121);
  const { send } = vendor.connect({ clock });
  vendor.answer((incoming, outgoing) => {
    const lost = random() < 0.1 ? LOST[Math.floor(random() * LOST.length)] : undefined;
    (lost ?? well)(incoming, outgoing);
  });
  let good = 0;
  for (let call = 0; call < 1_000; call += 1) {
    const [outcome] = await Promise.allSettled([send(read(), patient(clock))]);
    if (outcome?.status === 'fulfilled') good += 1;
    clock.advance(50);
  }
  expect(good).toBeGreaterThanOrEqual(985);
  expect(vendor.requests.length).toBeLessThanOrEqual(1_200);
});

test('a read whose connection was lost is sent on a new one, even if all others in the pool are dead', async () => {
  const used = new WeakSet<object>();
  const held: (() => void)[] = [];
  vendor.answer((incoming, outgoing) => {
    // Whoever comes again on a connection finds it dead.
    if (used.has(incoming.socket)) return void incoming.socket.resetAndDestroy();
    used.add(incoming.socket);
    if (held.length < 4) return void held.push(() => well(incoming, outgoing));
    well(incoming, outgoing);
  });
  const { send } = vendor.connect({ concurrency: 4 });
  const first = Array.from({ length: 4 }, () => send(read(), patient()));
  while (held.length < 4) await setImmediate();
  for (const answer of held) answer();
  await Promise.all(first);
  expect(await send(read(), patient())).toMatchObject({ status: 200 });
});

describe('how often and when', () => {
  /** Sends once and lets time pass until it is over; answers when each attempt arrived, in milliseconds. */
  async function attempts(listener: RequestListener, random = 0.5, request = read()): Promise<number[]> {
    const clock = testClock();
    const begin = clock.now();
    const times: number[] = [];
    vendor.answer((incoming, outgoing) => {
      times.push(clock.now() - begin);
      listener(incoming, outgoing);
    });
    const { send } = vendor.connect({ clock, random: () => random, callTimeout: 60_000 });
    let over = false;
    const end = failureOf(send(request, patient(clock))).finally(() => {
      over = true;
    });
    while (!over) {
      // Long enough for an answer to come back over the loopback interface.
      await new Promise((resolve) => setTimeout(resolve, 3));
      clock.advance(50);
    }
    await end;
    return times;
  }

  test.each([500, 502, 503, 504])('%i: three attempts, with exponential delays and full jitter', async (status) => {
    const [first = -1, second = -1, third = -1, ...more] = await attempts(json({}, status), 0.5);
    expect(more).toEqual([]);
    // Half of 500 and half of 1,000 milliseconds, give or take a few steps of this test's clock.
    expect(second - first).toBeGreaterThanOrEqual(250);
    expect(second - first).toBeLessThan(600);
    expect(third - second).toBeGreaterThanOrEqual(500);
    expect(third - second).toBeLessThan(900);
  });

  test.each([
    ['1', 1_000],
    ['2', 2_000],
  ])('429 with Retry-After %s: waits just so long, and never comes early', async (wait, least) => {
    const times = await attempts(json({}, 429, { 'retry-after': wait }), 0);
    expect(times).toHaveLength(3);
    for (const [index, time] of times.entries())
      expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(index && least);
  });

  test.each(['3', '30', '999999999', '99999999999999999999', 'Fri, 01 Jan 2100 00:00:00 GMT'])(
    '429 with Retry-After %s: no attempt at all',
    async (wait) => {
      expect(await attempts(json({}, 429, { 'retry-after': wait }), 0)).toHaveLength(1);
    },
  );

  test.each([undefined, 'soon', '-5', '1.5'])('429 with Retry-After %p: delays of our own', async (wait) => {
    const times = await attempts(json({}, 429, wait === undefined ? {} : { 'retry-after': wait }), 0.9);
    expect(times).toHaveLength(3);
    expect(times[1]).toBeGreaterThanOrEqual(450);
  });

  test('a lost connection is tried once more, at once', async () => {
    const times = await attempts((incoming) => void incoming.socket.resetAndDestroy());
    expect(times).toHaveLength(2);
    expect(times[1]).toBeLessThan(200);
  });

  test.each([500, 429])('a write that met %i is never sent again', async (status) => {
    expect(await attempts(json({}, status), 0, write())).toHaveLength(1);
  });
});

test('what Retry-After asks for holds for the whole account, and for no other', async () => {
  const clock = testClock();
  const { send } = vendor.connect({ clock });
  const other = vendor.connect({ clock });
  vendor.answer(json({}, 429, { 'retry-after': '30' }));
  await failureOf(send(read(), patient(clock)));
  vendor.answer(well);
  clock.advance(27_000);
  expect(await failureOf(send(read(), patient(clock)))).toMatchObject({
    code: 'VENDOR_RATE_LIMITED',
    facts: { retryAfter: 3, executed: 'no' },
  });
  expect(vendor.requests).toHaveLength(1);
  await other.send(read(), patient(clock));
  clock.advance(3_000);
  expect(await send(read(), patient(clock))).toMatchObject({ status: 200 });
});

// Throttling does not open the breaker, so this is the budget alone.
test.each([
  [429, 1_000],
  [503, 0],
])('when everything fails with %i, the vendor sees at most a fifth more than was offered', async (status, least) => {
  const clock = testClock();
  const { send } = vendor.connect({ clock });
  vendor.answer(json({}, status));
  for (let call = 0; call < 1_000; call += 1) {
    await failureOf(send(read(), patient(clock)));
    clock.advance(100);
  }
  expect(vendor.requests.length).toBeLessThanOrEqual(1_203);
  expect(vendor.requests.length).toBeGreaterThanOrEqual(least);
});

describe('the budget, however requests come', () => {
  const unavailable = new CrmError('VENDOR_UNAVAILABLE', { executed: 'unknown', status: 503 });
  const arrivals = fc.array(fc.record({ pause: fc.constantFrom(0, 10, 1_000, 60_000), fails: fc.boolean() }), {
    maxLength: 200,
  });

  test('retries are at most a fifth of the requests and three, over any stretch of time', () => {
    fc.assert(
      fc.property(arrivals, (given) => {
        const clock = testClock();
        const retries = createRetries(clock, () => 0);
        const sent = given.map(({ pause, fails }) => {
          clock.advance(pause);
          retries.count();
          let attempts = 1;
          while (fails && retries.delay(unavailable, attempts, Number.POSITIVE_INFINITY) !== undefined) attempts += 1;
          return attempts;
        });
        for (let start = 0; start < sent.length; start += 1) {
          let attempts = 0;
          for (let end = start; end < sent.length; end += 1) {
            attempts += sent[end] ?? 0;
            expect(attempts).toBeLessThanOrEqual(1.2 * (end - start + 1) + 3);
          }
        }
      }),
      { seed: 20_261_123, numRuns: 100 },
    );
  });

  test('one lonely request a minute, all of which fail, is not sent three times each', () => {
    const clock = testClock();
    const retries = createRetries(clock, () => 0);
    let attempts = 0;
    for (let minute = 0; minute < 100; minute += 1) {
      clock.advance(60_000);
      retries.count();
      for (attempts += 1; retries.delay(unavailable, 1, Number.POSITIVE_INFINITY) !== undefined; ) attempts += 1;
    }
    expect(attempts).toBeLessThanOrEqual(123);
    expect(attempts).toBeGreaterThanOrEqual(120);
  });
});
