import type { Clock } from '../../src/crm/clock.ts';

/** The most milliseconds that pass in one turn of the event loop, however long it takes. */
const LONGEST_TURN_MS = 2;

/** Who has set no timer for so many turns needs no such time. */
const IDLE_TURNS = 1_000;

/**
 * Time as this process lives it: while others have the processor, or a turn of the event loop takes long, it hardly
 * passes. A test's graph and its CRMs are in one process, so a deadline of 300 ms leaves them at least 150 turns for an
 * answer, however busy the machine is.
 */
export const ownTime: Clock = (() => {
  const timers = new Set<{ readonly due: number; readonly ring: () => void }>();
  let time = Date.now();
  let turnedAt = time;
  let turning: NodeJS.Timeout | undefined;
  let idleTurns = 0;

  /** While nobody counts turns, all time passes. */
  function now(): number {
    const passed = Date.now() - turnedAt;
    return time + (turning === undefined ? passed : Math.min(passed, LONGEST_TURN_MS));
  }

  function turn(): void {
    time = now();
    turnedAt = Date.now();
    for (const { due, ring } of timers) if (due <= time) ring();
    idleTurns = timers.size > 0 ? 0 : idleTurns + 1;
    if (idleTurns < IDLE_TURNS) return;
    clearInterval(turning);
    turning = undefined;
  }

  function countTurns(): void {
    if (turning !== undefined) return;
    time = now();
    turnedAt = Date.now();
    idleTurns = 0;
    turning = setInterval(turn, 1).unref();
  }

  return {
    now,
    after(milliseconds, task) {
      countTurns();
      const ring = () => {
        timers.delete(timer);
        task();
      };
      const timer = { due: now() + milliseconds, ring };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
})();

export interface SkippingClock extends Clock {
  /** From now on it is so many milliseconds later. */
  skip(milliseconds: number): void;
}

/** This process's time, which a test can move forward without waiting. Timers that run already are not hurried. */
export function skippingClock(): SkippingClock {
  let ahead = 0;
  return {
    now: () => ownTime.now() + ahead,
    after: ownTime.after,
    skip(milliseconds) {
      ahead += milliseconds;
    },
  };
}
