import { expect, test } from '@jest/globals';
import { percentile, slope, table } from './figures.ts';

test('the slope is that of the line through the points, noise aside', () => {
  const line = Array.from({ length: 100 }, (_, x) => [x, 7 + 0.5 * x + (x % 2 === 0 ? 1 : -1)] as const);
  expect(slope(line)).toBeCloseTo(0.5, 2);
  expect(slope(line.map(([x]) => [x, 3] as const))).toBe(0);
});

test('a percentile is the value that so many do not exceed', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([51, 100, 100]);
  expect(percentile([], 0.5)).toBeNaN();
});

test('the table says of every goal whether it was reached', () => {
  const text = table([
    { name: 'crashes', measured: '0', goal: '0', reached: true },
    { name: 'memory', measured: '2.1', goal: '< 1', reached: false },
    { name: 'latency', measured: '7' },
  ]);
  expect(text.split('\n')).toEqual([
    '         measured  goal',
    'crashes  0         0     pass',
    'memory   2.1       < 1   FAIL',
    'latency  7',
  ]);
});
