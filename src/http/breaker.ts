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
  let recentlyFailed = 0;
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
    recentlyFailed = 0;
    rest = FIRST_REST_MS;
  }

  return {
    get state(): BreakerState {
      return state;
    },

    /**
     * Lets a request through, or throws VENDOR_UNAVAILABLE at once. Whoever got through must call the answer with what
     * became of the request; `neither` says nothing about the vendor.
     */
    admit(): (outcome: Outcome) => void {
      if (state === 'CLOSED') return settle;
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
      return settleProbe;
    },
  };

  function settle(outcome: Outcome): void {
    // Whatever was under way when it opened is old news: forty late failures must not make the rest a minute long.
    if (state !== 'CLOSED' || outcome === 'neither') return;
    const failed = outcome === 'bad';
    inARow = failed ? inARow + 1 : 0;
    recent.push(failed);
    if (failed) recentlyFailed += 1;
    if (recent.length > WINDOW && recent.shift()) recentlyFailed -= 1;
    if (inARow >= FAILURES_IN_A_ROW || (recent.length === WINDOW && recentlyFailed * 2 >= WINDOW)) open();
  }

  function settleProbe(outcome: Outcome): void {
    probing = false;
    if (outcome === 'bad') open();
    else if (outcome === 'good') {
      goodProbes += 1;
      if (goodProbes >= GOOD_PROBES) close();
      else nextProbe = clock.now();
    }
  }
}
