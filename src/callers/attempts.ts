import type { Clock } from '../crm/clock.ts';

const MOST_FAILURES = 20;
const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

/** Counts failed authentications by address: 20 a minute, for at most 10,000 addresses at a time. */
export function createAttempts(clock: Clock) {
  const failures = new Map<string, { count: number; until: number }>();

  return {
    get addresses(): number {
      return failures.size;
    },

    /** Counts one failure; answers the seconds to wait once there were too many, else undefined. */
    failed(address: string): number | undefined {
      const now = clock.now();
      const known = failures.get(address);
      const entry = known === undefined || known.until <= now ? { count: 0, until: now + WINDOW_MS } : known;
      entry.count += 1;
      // Written anew, so that the first in the map is always the one that failed longest ago.
      failures.delete(address);
      failures.set(address, entry);
      if (failures.size > MOST_ADDRESSES) {
        const [oldest] = failures.keys();
        if (oldest !== undefined) failures.delete(oldest);
      }
      return entry.count > MOST_FAILURES ? Math.ceil((entry.until - now) / 1_000) : undefined;
    },
  };
}
