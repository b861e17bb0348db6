import { type Clock, systemClock } from '../../src/crm/clock.ts';

export interface SkippingClock extends Clock {
  /** From now on it is so many milliseconds later. */
  skip(milliseconds: number): void;
}

/** The real time, which a test can move forward without waiting. Timers that run already are not hurried. */
export function skippingClock(): SkippingClock {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    after: systemClock.after,
    skip(milliseconds) {
      ahead += milliseconds;
    },
  };
}
