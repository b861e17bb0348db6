import type { Budgets } from '../crm/budgets.ts';
import type { Caller } from '../crm/caller.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';

const MINUTE_MS = 60_000;
const MOST_CALLERS = 10_000;

/** @param perMinute undefined: no limit */
export function createBudgets(perMinute: number | undefined, clock: Clock): Budgets {
  /** Callers that have used something lately, and those before them; who is in neither has everything left. */
  let recent = new Map<string, { left: number; at: number }>();
  let earlier: typeof recent = new Map();

  function bucketOf({ tenant, id }: Caller, limit: number) {
    const name = JSON.stringify([tenant, id]);
    const now = clock.now();
    let bucket = recent.get(name);
    if (bucket === undefined) {
      bucket = earlier.get(name) ?? { left: limit, at: now };
      // Whoever was here longest ago has most of it back anyway. Two maps by turns: one whose keys are taken out and put
      // back again and again is slow to say which came first.
      if (recent.size >= MOST_CALLERS / 2) {
        earlier = recent;
        recent = new Map();
      }
      recent.set(name, bucket);
    }
    bucket.left = Math.min(limit, bucket.left + ((now - bucket.at) / MINUTE_MS) * limit);
    bucket.at = now;
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
