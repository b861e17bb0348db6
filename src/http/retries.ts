import type { Clock } from '../crm/clock.ts';
import type { CrmError } from '../crm/errors.ts';

const MOST_ATTEMPTS = 3;
const FIRST_DELAY_MS = 500;
/** The longest `Retry-After` that is waited for. */
export const LONGEST_WAIT_MS = 2_000;

/** What one retry costs; each request earns 1. */
const PRICE = 5;
const LARGEST_CREDIT = 3 * PRICE;

/**
 * Says whether and when a failed request is sent again. Retries of an account are at most a fifth of its requests and
 * three more, over any length of time, so that a failing vendor is not buried under them. Three are free once and not
 * every ten seconds: else an account with few requests would send most of them three times for as long as they fail.
 */
export function createRetries(clock: Clock, random: () => number) {
  let credit = LARGEST_CREDIT;
  return {
    /** Counts a request that somebody asked for, which earns part of a retry. */
    count(): void {
      credit = Math.min(credit + 1, LARGEST_CREDIT);
    },

    /**
     * Milliseconds to wait before the next attempt; undefined: give up.
     * @param attempts how often it was sent already
     */
    delay(error: CrmError, attempts: number, deadline: number): number | undefined {
      const delay = delayAfter(error, attempts, random);
      if (delay === undefined || clock.now() + delay >= deadline) return undefined;
      if (credit < PRICE) return undefined;
      credit -= PRICE;
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
