import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTwoPaths, type TwoPaths } from './twoPaths.ts';

// Whatever is asked, an answer from a plan is the answer that Apollo gives. "npm run differential" asks a hundred thousand
// times.

const OPERATIONS = 2_000;
const SEED = 11;

let paths: TwoPaths;
beforeAll(async () => {
  paths = await startTwoPaths(SEED);
});
afterAll(() => paths.stop());

test('answers from plans are those of Apollo: status, headers, data, errors and costs', async () => {
  const { compared } = paths;
  while (compared.operations < OPERATIONS) await paths.compareNext();
  expect(compared.compiled).toBeGreaterThan(OPERATIONS * 0.4);
  expect(compared.withErrors).toBeGreaterThan(OPERATIONS * 0.2);
  expect(compared.refused).toBeGreaterThan(0);
  expect(compared.moments).toBeLessThanOrEqual(2);
}, 120_000);
