import type { Call } from '../crm/call.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';

/** Reads under way, for others who ask the same of the same account meanwhile. */
export interface Flights {
  /**
   * The answer of an equal read that is under way and may be used by this call, else of one that starts now. Nobody
   * waits beyond its own deadline, and nobody's leaving ends the read for the others. Its error is everybody's who
   * joined, but for NOT_ATTEMPTED: that was a limit of whoever started it, so the others ask themselves.
   */
  join<Answer>(key: string, call: Call, read: (call: Call) => Promise<Answer>): Promise<Answer>;
  /** From now on nobody joins what is under way. */
  forget(): void;
}

interface Flight {
  readonly startedAt: number;
  readonly answer: Promise<unknown>;
}

/** @param longest milliseconds that any operation may take: a shared read is not ended earlier by whoever started it */
export function createFlights(clock: Clock, longest: number): Flights {
  const underWay = new Map<string, Flight>();

  function start<Answer>(key: string, { signal: _, ...call }: Call, read: (call: Call) => Promise<Answer>): Flight {
    const startedAt = clock.now();
    const answer = read({ ...call, deadline: startedAt + longest }).finally(() => {
      if (underWay.get(key) === flight) underWay.delete(key);
    });
    // Everybody may have left by the time it fails.
    answer.catch(() => {});
    const flight = { startedAt, answer };
    underWay.set(key, flight);
    return flight;
  }

  return {
    async join<Answer>(key: string, call: Call, read: (call: Call) => Promise<Answer>): Promise<Answer> {
      for (;;) {
        const flight = underWay.get(key);
        const joins = flight !== undefined && isRecentEnough(clock.now() - flight.startedAt, call);
        const { answer } = joins ? flight : start(key, call, read);
        try {
          // The same key is the same read.
          const shared = (await inTime(clock, call, answer)) as Answer;
          if (joins) call.onShared?.();
          return shared;
        } catch (error) {
          const startersLimit = joins && error instanceof CrmError && error.code === 'NOT_ATTEMPTED';
          if (!startersLimit || call.signal?.aborted || clock.now() >= call.deadline) throw error;
        }
      }
    },
    forget: () => underWay.clear(),
  };
}

/** Whoever wants the vendor asked is not content with a question that was asked before. */
function isRecentEnough(age: number, { freshness }: Call): boolean {
  return freshness === undefined || (freshness.maxAge > 0 && age <= freshness.maxAge);
}

/** The answer if it comes before the deadline and while the caller is there. */
async function inTime<Answer>(clock: Clock, { deadline, signal }: Call, answer: Promise<Answer>): Promise<Answer> {
  let stopWaiting = () => {};
  const given = new Promise<never>((_, reject) => {
    const leave = () => reject(new CrmError('NOT_ATTEMPTED', { executed: 'unknown' }));
    const cancel = clock.after(Math.max(0, deadline - clock.now()), () =>
      reject(new CrmError('VENDOR_TIMEOUT', { executed: 'unknown' })),
    );
    signal?.addEventListener('abort', leave, { once: true });
    stopWaiting = () => {
      cancel();
      signal?.removeEventListener('abort', leave);
    };
    if (signal?.aborted) leave();
  });
  try {
    return await Promise.race([answer, given]);
  } finally {
    stopWaiting();
  }
}
