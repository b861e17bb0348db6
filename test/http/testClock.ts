import type { Clock } from '../../src/crm/clock.ts';

export interface TestClock extends Clock {
  /** Lets time pass and runs every task that falls due on the way, each at its own time. */
  advance(milliseconds: number): void;
}

/** Time that stands still until a test moves it. */
export function testClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let time = start;
  const tasks = new Set<{ readonly due: number; task(): void }>();
  const nextUntil = (end: number) =>
    [...tasks].filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)[0];
  return {
    now: () => time,
    after(milliseconds, task) {
      const entry = { due: time + milliseconds, task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    advance(milliseconds) {
      const end = time + milliseconds;
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        tasks.delete(next);
        time = Math.max(time, next.due);
        next.task();
      }
      time = end;
    },
  };
}
