import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CrmError } from '../../src/crm/errors.ts';
import { testClock } from './testClock.ts';
import { failureOf, patient, read, startVendor, type TestVendor } from './testVendor.ts';

let vendor: TestVendor;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(() => vendor.reset());
afterAll(() => vendor.close());

/** Sends at the given times and lets `until` milliseconds pass; answers when each request left, and the refusals. */
async function play(requestsPerSecond: number, times: readonly number[], until: number) {
  const clock = testClock();
  const begin = clock.now();
  const { send } = vendor.connect({ clock, requestsPerSecond, callTimeout: 2_000 });
  const left: number[] = [];
  const refused: CrmError[] = [];
  const underWay: Promise<unknown>[] = [];
  let planned = 0;
  for (let now = 0; now <= until; now += 25) {
    for (; (times[planned] ?? Infinity) <= now; planned += 1) {
      const answer = send(read(), {
        ...patient(clock),
        onRequest() {
          left.push(clock.now() - begin);
          underWay.push(answer);
        },
      });
      answer.catch((error: unknown) => {
        if (!(error instanceof CrmError)) throw error;
        refused.push(error);
      });
    }
    await setImmediate();
    await Promise.all(underWay.splice(0));
    clock.advance(25);
  }
  await setImmediate();
  await Promise.all(underWay);
  return { left, refused };
}

test('no second sees more requests than the quota, whenever they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.integer({ min: 0, max: 2_500 }), { minLength: 1, maxLength: 25 }),
      async (quota, times) => {
        await vendor.reset();
        const { left, refused } = await play(
          quota,
          [...times].sort((one, other) => one - other),
          5_000,
        );
        expect(left.length + refused.length).toBe(times.length);
        expect(vendor.requests).toHaveLength(left.length);
        for (const start of left) {
          expect(left.filter((time) => time >= start && time < start + 1_000).length).toBeLessThanOrEqual(quota);
        }
        for (const { code, facts } of refused) {
          expect(code).toBe('VENDOR_RATE_LIMITED');
          expect(facts).toMatchObject({ executed: 'no', account: 'shop-1' });
          expect(facts.retryAfter).toBeGreaterThanOrEqual(2);
        }
      },
    ),
    { seed: 20_260_203, numRuns: 25 },
  );
});

test('requests that come at once leave one after another, evenly', async () => {
  const { left } = await play(4, [0, 0, 0, 0, 0], 2_000);
  expect(left).toEqual([0, 250, 500, 750, 1_000]);
});

test('a request that could not start before its deadline is refused at once, and takes nobody else’s place', async () => {
  const clock = testClock();
  const { send } = vendor.connect({ clock, requestsPerSecond: 1 });
  const soon = { deadline: clock.now() + 1_000 };
  await send(read(), soon);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(await failureOf(send(read(), soon))).toMatchObject({
      code: 'VENDOR_RATE_LIMITED',
      facts: { executed: 'no', retryAfter: 1 },
    });
  }
  expect(vendor.requests).toHaveLength(1);
  clock.advance(1_000);
  expect(await send(read(), patient(clock))).toMatchObject({ status: 200 });
});

test('without a quota nothing waits', async () => {
  const { send } = vendor.connect();
  await Promise.all(Array.from({ length: 40 }, () => send(read(), patient())));
  expect(vendor.requests).toHaveLength(40);
});

test('each account has a quota of its own', async () => {
  const clock = testClock();
  const connections = [1, 2, 3].map(() => vendor.connect({ clock, requestsPerSecond: 1 }));
  await Promise.all(connections.map(({ send }) => send(read(), patient(clock))));
  expect(vendor.requests).toHaveLength(3);
});
