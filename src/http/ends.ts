import type { Clock } from '../crm/clock.ts';
import { Line, type Spot } from './line.ts';

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
  const underWay = new Line<Endable>();
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
    for (const spot of [...underWay]) {
      if (spot.item.deadline > due) continue;
      underWay.remove(spot);
      spot.item.expire();
    }
    let earliest = Number.POSITIVE_INFINITY;
    for (const { item } of underWay) earliest = Math.min(earliest, item.deadline);
    if (underWay.size > 0) setTimer(earliest);
  }

  return {
    add(request: Endable): Spot<Endable> {
      if (request.deadline < next) setTimer(request.deadline);
      return underWay.add(request);
    },
    remove(spot: Spot<Endable>): void {
      if (underWay.remove(spot) && underWay.size === 0) clearTimer();
    },
  };
}

const UNDER_WAY = Symbol('under way');

/** What a caller has under way, which ends when he leaves: one listener for all of it. */
export function underWayFor(caller: AbortSignal & { [UNDER_WAY]?: Line<Endable> }): Line<Endable> {
  const known = caller[UNDER_WAY];
  if (known !== undefined) return known;
  const underWay = new Line<Endable>();
  // A collection keeps what a WeakMap leads to even if its key is gone.
  caller[UNDER_WAY] = underWay;
  caller.addEventListener(
    'abort',
    () => {
      for (const { item } of [...underWay]) item.abandon();
    },
    { once: true },
  );
  return underWay;
}
