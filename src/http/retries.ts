import type { Clock } from '../crm/clock.ts';
import type { CrmError } from '../crm/errors.ts';

const MOST_ATTEMPTS = 3;
const FIRST_DELAY_MS = 500;
/** The longest `Retry-After` that is waited for. */
export const LONGEST_WAIT_MS = 2_000;

const WINDOW_SECONDS = 10;
const LARGEST_SHARE = 0.2;
const FREE_RETRIES = 3;

/**
 * Says whether and when a failed request is sent again. Retries of an account are at most a fifth of its requests
 * over ten seconds (three are always free), so that a failing vendor is not buried under them.
 */
export function createRetries(clock: Clock, random: () => number) {
  const seconds: { second: number; requests: number; retries: number }[] = [];

  function thisSecond() {
    const second = Math.floor(clock.now() / 1_000);
    while (seconds[0] !== undefined && seconds[0].second <= second - WINDOW_SECONDS) seconds.shift();
    let last = seconds.at(-1);
    if (last?.second !== second) {
      last = { second, requests: 0, retries: 0 };
      seconds.push(last);
    }
    return last;
  }

  function withinBudget(): boolean {
    const requests = seconds.reduce((sum, entry) => sum + entry.requests, 0);
    const retries = seconds.reduce((sum, entry) => sum + entry.retries, 0);
    return retries < Math.max(FREE_RETRIES, requests * LARGEST_SHARE);
  }

  return {
    /** Counts a request that somebody asked for, which earns part of a retry. */
    count(): void {
      thisSecond().requests += 1;
    },

    /**
     * Milliseconds to wait before the next attempt; undefined: give up.
     * @param attempts how often it was sent already
     */
    delay(error: CrmError, attempts: number, deadline: number): number | undefined {
      const delay = delayAfter(error, attempts, random);
      if (delay === undefined || clock.now() + delay >= deadline) return undefined;
      const second = thisSecond();
      if (!withinBudget()) return undefined;
      second.retries += 1;
      return delay;
    },
  };
}

function delayAfter(error: CrmError, attempts: number, random: () => number): number | undefined {
  const { connectionLost, retryAfter, status } = error.facts;
  // A connection that was lost is tried once more, on another; a second loss is no accident.
  if (connectionLost) return attempts === 1 ? 0 : undefined;
  const passes = error.code === 'VENDOR_RATE_LIMITED' || (error.code === 'VENDOR_UNAVAILABLE' && status !== undefined);
  if (!passes || attempts >= MOST_ATTEMPTS) return undefined;
  if (retryAfter !== undefined) return retryAfter * 1_000 <= LONGEST_WAIT_MS ? retryAfter * 1_000 : undefined;
  // Exponential, with full jitter: callers that failed together do not come back together.
  return random() * FIRST_DELAY_MS * 2 ** (attempts - 1);
}
