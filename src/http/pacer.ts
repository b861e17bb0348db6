import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';

/**
 * Spaces requests evenly so that no more than `requestsPerSecond` leave in any second.
 * A request that would have to wait past its deadline is refused at once, and takes no place in the queue.
 */
export function createPacer(clock: Clock, requestsPerSecond: number | undefined) {
  let nextFree = 0;
  const gap = requestsPerSecond === undefined ? 0 : 1_000 / requestsPerSecond;

  return async function pace(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    if (gap === 0) return;
    const now = clock.now();
    const start = Math.max(now, nextFree);
    if (start >= deadline) {
      throw new CrmError('VENDOR_RATE_LIMITED', { executed: 'no', retryAfter: Math.ceil((start - now) / 1_000) });
    }
    nextFree = start + gap;
    if (start === now) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(start - now, done);
      function done() {
        cancel();
        signal?.removeEventListener('abort', done);
        resolve();
      }
      signal?.addEventListener('abort', done, { once: true });
    });
  };
}
