import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Line, type Spot } from '../../src/http/line.ts';

const STEP = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ does: 'add' as const }) },
  { weight: 1, arbitrary: fc.constant({ does: 'shift' as const }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('remove' as const), which: fc.nat(30) }) },
);

test('whoever leaves, and may leave twice, a line is what is left in the order of coming', () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 60 }), (steps) => {
      const line = new Line<number>();
      const spots: Spot<number>[] = [];
      let left: number[] = [];
      for (const step of steps) {
        if (step.does === 'add') {
          left.push(spots.length);
          spots.push(line.add(spots.length));
        } else if (step.does === 'shift') expect(line.shift()).toBe(left.shift());
        else {
          const spot = spots[step.which];
          if (spot === undefined) continue;
          expect(line.remove(spot)).toBe(left.includes(step.which));
          left = left.filter((each) => each !== step.which);
        }
        const seen = Array.from(line, ({ item }) => item);
        expect({ seen, size: line.size }).toEqual({ seen: left, size: left.length });
      }
    }),
  );
});

test('while a line is gone through, each may leave', () => {
  const line = new Line<string>();
  for (const item of 'abc') line.add(item);
  const seen: string[] = [];
  for (const spot of line) {
    seen.push(spot.item);
    line.remove(spot);
  }
  expect({ seen, size: line.size }).toEqual({ seen: ['a', 'b', 'c'], size: 0 });
});
