import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';
import { Line } from './line.ts';
import { LONGEST_WAIT_MS } from './retries.ts';

const LONGEST_QUEUE = 512;
const LONGEST_HOLD_MS = 24 * 3_600_000;

export interface QueueOptions {
  readonly clock: Clock;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Undefined: no quota. */
  readonly requestsPerSecond: number | undefined;
}

/**
 * Where an account's requests wait for their turn: for a free place, for the next slot of the quota, and for the end
 * of a pause that the vendor asked for. What cannot start before its deadline is refused, at the latest then.
 */
export function createQueue({ clock, concurrency, requestsPerSecond }: QueueOptions) {
  const gap = requestsPerSecond === undefined ? 0 : 1_000 / requestsPerSecond;
  let inFlight = 0;
  let nextSlot = 0;
  let heldUntil = 0;
  const waiting = new Line<() => void>();

  function leave(): void {
    // The place goes to the one who waited longest, without ever being free.
    const next = waiting.shift();
    if (next === undefined) inFlight -= 1;
    else next();
  }

  /** Waits for a free place. */
  async function takePlace(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    if (inFlight < concurrency) {
      inFlight += 1;
      return;
    }
    if (waiting.size >= LONGEST_QUEUE) {
      throw new CrmError('NOT_ATTEMPTED', {
        message: 'Too many requests wait for this account already; ask for less or try again in a moment.',
        executed: 'no',
      });
    }
    await new Promise<void>((resolve, reject) => {
      const place = () => {
        forget();
        resolve();
      };
      const give = () => {
        forget();
        waiting.remove(spot);
        reject(new CrmError('NOT_ATTEMPTED', { executed: 'no' }));
      };
      const cancelTimer = clock.after(Math.max(0, deadline - clock.now()), give);
      const forget = () => {
        cancelTimer();
        signal?.removeEventListener('abort', give);
      };
      signal?.addEventListener('abort', give, { once: true });
      const spot = waiting.add(place);
    });
  }

  /** Waits for the end of a pause and for the quota's next slot, which is then taken. */
  async function takeSlot(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    const now = clock.now();
    const start = Math.max(now, heldUntil, gap === 0 ? now : nextSlot);
    if (start > now && (start >= deadline || heldUntil - now > LONGEST_WAIT_MS)) {
      throw new CrmError('VENDOR_RATE_LIMITED', { executed: 'no', retryAfter: Math.ceil((start - now) / 1_000) });
    }
    if (gap > 0) nextSlot = start + gap;
    if (start > now) await pause(clock, start - now, signal);
  }

  async function waitFor(deadline: number, signal: AbortSignal | undefined): Promise<() => void> {
    await takePlace(deadline, signal);
    try {
      await takeSlot(deadline, signal);
      if (signal?.aborted) throw new CrmError('NOT_ATTEMPTED', { executed: 'no' });
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  return {
    get inFlight(): number {
      return inFlight;
    },
    get queued(): number {
      return waiting.size;
    },
    /** Requests that may start within the next second; null without a quota. */
    get quotaLeft(): number | null {
      if (gap === 0) return null;
      const now = clock.now();
      return Math.max(0, Math.floor((now + 1_000 - Math.max(now, heldUntil, nextSlot)) / gap));
    },
    /** Until when the vendor wants to be left alone; null where it does not. */
    get heldUntil(): number | null {
      return heldUntil > clock.now() ? heldUntil : null;
    },

    /**
     * Answers the function that gives the place back, or a promise of it where there is something to wait for. Throws
     * NOT_ATTEMPTED or VENDOR_RATE_LIMITED.
     */
    enter(deadline: number, signal: AbortSignal | undefined): (() => void) | Promise<() => void> {
      const now = clock.now();
      if (now >= deadline || signal?.aborted) throw new CrmError('NOT_ATTEMPTED', { executed: 'no' });
      if (inFlight >= concurrency || gap > 0 || heldUntil > now) return waitFor(deadline, signal);
      inFlight += 1;
      return leave;
    },

    /** The vendor asked for a pause: nobody starts before it ends. */
    hold(seconds: number): void {
      heldUntil = Math.max(heldUntil, clock.now() + Math.min(seconds * 1_000, LONGEST_HOLD_MS));
    },
  };
}

/** Waits, at most until the signal is aborted. */
export function pause(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.after(milliseconds, done);
    function done() {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
}
