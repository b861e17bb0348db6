import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plans, startWalker, type Walker } from './traversal.ts';

// `npm run verify` performs more of them.
const WALKS = 120;
const SEED = 20_261_121;

let walker: Walker;
beforeAll(async () => {
  walker = await startWalker();
});
afterAll(() => walker.stop());

test('whatever fails, grows and shrinks meanwhile, a walk misses nobody, repeats nobody, ends, and says who failed', async () => {
  await fc.assert(fc.asyncProperty(plans, walker.walk), { seed: SEED, numRuns: WALKS, endOnFailure: true });
  const { met } = walker;
  // Something was put to the test.
  expect(met.failures).toBeGreaterThan(WALKS / 2);
  expect(met.inserted).toBeGreaterThan(WALKS);
  expect(met.deleted).toBeGreaterThan(WALKS);
  // A hundred rows remembered of eight bytes for each of four accounts, its position, and the signature.
  expect(met.longestCursor).toBeLessThan((4 * (100 * 8 + 100) * 4) / 3);
  for (const state of ['OK', 'UNAVAILABLE', 'RATE_LIMITED', 'TIMED_OUT', 'FAILED', 'SKIPPED', 'UNSUPPORTED']) {
    expect([...met.states.keys()]).toContain(state);
  }
}, 120_000);
