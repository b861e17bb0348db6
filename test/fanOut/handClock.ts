import { ownTime, type SkippingClock } from '../support/clock.ts';

/** A call's time limit in these tests; nothing else waits as long as this or nearly so. */
export const CALL_TIMEOUT_MS = 54_321;

export interface HandClock extends SkippingClock {
  /**
   * Waits until only so many calls are under way, which get no answer, and lets their time run out.
   * @param underWay answers how many
   */
  expire(underWay: () => number): void;
}

/** The real time with timers that a test can let run out: a call that hangs costs no waiting. */
export function handClock(): HandClock {
  let ahead = 0;
  const timers = new Set<{ readonly milliseconds: number; readonly ring: () => void }>();
  const now = () => ownTime.now() + ahead;
  let waiting = false;

  function expire(underWay: () => number): void {
    if (waiting) return;
    waiting = true;
    const look = () => {
      const limits = [...timers].filter(({ milliseconds }) => milliseconds > CALL_TIMEOUT_MS / 2);
      if (limits.length > underWay()) {
        setTimeout(look, 1);
        return;
      }
      waiting = false;
      ahead += CALL_TIMEOUT_MS;
      for (const { ring } of limits) ring();
    };
    setTimeout(look, 1);
  }

  return {
    now,
    after(milliseconds, task) {
      const ring = () => {
        cancel();
        task();
      };
      const timer = { milliseconds, ring };
      const stop = ownTime.after(milliseconds, ring);
      const cancel = () => {
        stop();
        timers.delete(timer);
      };
      timers.add(timer);
      return cancel;
    },
    skip(milliseconds) {
      ahead += milliseconds;
    },
    expire,
  };
}
