import type { BreakerState } from '../crm/account.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';

const FAILURES_IN_A_ROW = 5;
const WINDOW = 20;
const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 60_000;
const GOOD_PROBES = 2;

export type Outcome = 'good' | 'bad' | 'neither';

/**
 * Stops asking an account that keeps failing: opens after five failures in a row or when half of the last twenty
 * failed, lets one probe through every five seconds (growing to a minute), and closes after two good ones.
 */
export function createBreaker(clock: Clock) {
  let state: BreakerState = 'CLOSED';
  let inARow = 0;
  let recent: boolean[] = [];
  let rest = FIRST_REST_MS;
  let nextProbe = 0;
  let probing = false;
  let goodProbes = 0;

  function open(): void {
    state = 'OPEN';
    nextProbe = clock.now() + rest;
    rest = Math.min(rest * 2, LONGEST_REST_MS);
    goodProbes = 0;
  }

  function close(): void {
    state = 'CLOSED';
    inARow = 0;
    recent = [];
    rest = FIRST_REST_MS;
  }

  return {
    get state(): BreakerState {
      return state;
    },

    /** Lets a request through, or throws VENDOR_UNAVAILABLE at once. Whoever got through must `settle`. */
    admit(): void {
      if (state === 'CLOSED') return;
      const wait = nextProbe - clock.now();
      if (probing || wait > 0) {
        throw new CrmError('VENDOR_UNAVAILABLE', {
          message: 'The CRM failed repeatedly and is left alone for a while; try again after retryAfter seconds.',
          executed: 'no',
          retryAfter: Math.max(1, Math.ceil(wait / 1_000)),
        });
      }
      probing = true;
      state = 'HALF_OPEN';
    },

    /** What became of a request that was let through; `neither` says nothing about the vendor. */
    settle(outcome: Outcome): void {
      if (state !== 'CLOSED') {
        // Also answers to requests sent before it opened end here; they are as good a sign as a probe.
        probing = false;
        if (outcome === 'bad') open();
        else if (outcome === 'good') {
          goodProbes += 1;
          if (goodProbes >= GOOD_PROBES) close();
          else nextProbe = clock.now();
        }
        return;
      }
      if (outcome === 'neither') return;
      inARow = outcome === 'bad' ? inARow + 1 : 0;
      recent.push(outcome === 'bad');
      if (recent.length > WINDOW) recent.shift();
      const failed = recent.filter(Boolean).length;
      if (inARow >= FAILURES_IN_A_ROW || (recent.length === WINDOW && failed * 2 >= WINDOW)) open();
    },
  };
}
