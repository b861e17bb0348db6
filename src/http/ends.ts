import type { Clock } from '../crm/clock.ts';

/** A request under way, which may have to end before its answer is there. */
export interface Endable {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Its time is over. */
  expire(): void;
  /** Whoever asked has left. */
  abandon(): void;
}

/**
 * Ends the requests of a connection in time, with one timer for all that are under way.
 * @param longest milliseconds that any of them may take
 */
export function createDeadlines(clock: Clock, longest: number) {
  const underWay = new Set<Endable>();
  /** What the timer is set for: the first deadline, or an earlier one of a request that is over by now. */
  let next = Number.POSITIVE_INFINITY;
  let cancelTimer: (() => void) | undefined;

  function setTimer(deadline: number): void {
    cancelTimer?.();
    next = deadline;
    // Also where the clock was set back meanwhile.
    const milliseconds = Math.min(longest, Math.max(0, deadline - clock.now()));
    cancelTimer = clock.after(milliseconds, expire);
  }

  function clearTimer(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    next = Number.POSITIVE_INFINITY;
  }

  function expire(): void {
    const due = next;
    clearTimer();
    for (const request of underWay) {
      if (request.deadline > due) continue;
      underWay.delete(request);
      request.expire();
    }
    let earliest = Number.POSITIVE_INFINITY;
    for (const { deadline } of underWay) earliest = Math.min(earliest, deadline);
    if (underWay.size > 0) setTimer(earliest);
  }

  return {
    add(request: Endable): void {
      underWay.add(request);
      if (request.deadline < next) setTimer(request.deadline);
    },
    delete(request: Endable): void {
      if (underWay.delete(request) && underWay.size === 0) clearTimer();
    },
  };
}

const asked = new WeakMap<AbortSignal, Set<Endable>>();

/** What a caller has under way, which ends when he leaves: one listener for all of it. */
export function underWayFor(caller: AbortSignal): Set<Endable> {
  const known = asked.get(caller);
  if (known !== undefined) return known;
  const underWay = new Set<Endable>();
  asked.set(caller, underWay);
  caller.addEventListener(
    'abort',
    () => {
      for (const request of underWay) request.abandon();
    },
    { once: true },
  );
  return underWay;
}
