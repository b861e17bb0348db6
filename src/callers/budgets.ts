import type { Budgets } from '../crm/budgets.ts';
import type { Caller } from '../crm/caller.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';

const MINUTE_MS = 60_000;
const MOST_CALLERS = 10_000;

/** @param perMinute undefined: no limit */
export function createBudgets(perMinute: number | undefined, clock: Clock): Budgets {
  /** Callers that have used something lately; who is not here has everything left. */
  const buckets = new Map<string, { left: number; at: number }>();

  function bucketOf({ tenant, id }: Caller, limit: number) {
    const name = JSON.stringify([tenant, id]);
    const now = clock.now();
    const bucket = buckets.get(name) ?? { left: limit, at: now };
    bucket.left = Math.min(limit, bucket.left + ((now - bucket.at) / MINUTE_MS) * limit);
    bucket.at = now;
    // Whoever was here longest ago has most of it back anyway.
    buckets.delete(name);
    buckets.set(name, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > MOST_CALLERS && oldest !== undefined) buckets.delete(oldest);
    return bucket;
  }

  return {
    take(caller, calls) {
      if (perMinute === undefined || calls === 0) return;
      const bucket = bucketOf(caller, perMinute);
      if (calls > bucket.left) throw spent(calls, bucket.left, perMinute);
      bucket.left -= calls;
    },
    giveBack(caller, calls) {
      if (perMinute === undefined || calls <= 0) return;
      const bucket = bucketOf(caller, perMinute);
      bucket.left = Math.min(perMinute, bucket.left + calls);
    },
    state(caller) {
      if (perMinute === undefined) return undefined;
      const { left } = bucketOf(caller, perMinute);
      return { limit: perMinute, left: Math.floor(left), resetAfter: Math.ceil(((perMinute - left) / perMinute) * 60) };
    },
  };
}

function spent(calls: number, left: number, perMinute: number): CrmError {
  const retryAfter = calls > perMinute ? undefined : Math.ceil(((calls - left) / perMinute) * 60);
  return new CrmError('CALL_BUDGET_SPENT', {
    executed: 'no',
    message: `This may take ${calls} requests to CRMs, and you have ${Math.floor(left)} of ${perMinute} a minute left; ask for less, or again after retryAfter seconds.`,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}
