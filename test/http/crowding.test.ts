import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { testClock } from './testClock.ts';
import { failureOf, json, patient, read, startVendor, type TestVendor } from './testVendor.ts';

let vendor: TestVendor;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(() => vendor.reset());
afterAll(() => vendor.close());

test('never more in flight than agreed, 512 wait, and the next one is refused at once', async () => {
  const clock = testClock();
  const { send, health } = vendor.connect({ clock, concurrency: 3 });
  let inFlight = 0;
  let most = 0;
  const held: (() => void)[] = [];
  vendor.answer((incoming, outgoing) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    held.push(() => {
      inFlight -= 1;
      json({ fine: true })(incoming, outgoing);
    });
  });
  const waits: number[] = [];
  const call = { ...patient(clock), onWait: (milliseconds: number) => void waits.push(milliseconds) };
  const answers = Array.from({ length: 515 }, () => send(read(), call));
  while (held.length < 3) await setImmediate();
  expect([health.inFlight, health.queued]).toEqual([3, 512]);
  expect(await failureOf(send(read(), call))).toMatchObject({
    code: 'NOT_ATTEMPTED',
    message: expect.stringContaining('Too many requests wait'),
    facts: { executed: 'no', account: 'shop-1' },
  });
  // Another account at the same vendor does not notice.
  const other = vendor.connect({ clock });
  const undisturbed = other.send(read(), patient(clock));
  while (held.length < 4) await setImmediate();
  held.pop()?.();
  expect(await undisturbed).toMatchObject({ status: 200 });
  most = 0;

  clock.advance(1_500);
  let over = false;
  const end = Promise.all(answers).finally(() => {
    over = true;
  });
  while (!over) {
    for (const answer of held.splice(0)) answer();
    await setImmediate();
  }
  expect(await end).toHaveLength(515);
  expect(most).toBeLessThanOrEqual(3);
  expect([health.inFlight, health.queued]).toEqual([0, 0]);
  // Who waited is told how long.
  expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
  expect(waits.filter((wait) => wait === 1_500)).toHaveLength(512);
});
