import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';

const MOST_WAITING = 10_000;

/** Lets those who name the same key in one after the other, in the order in which they came. */
export interface Locks {
  /**
   * Runs `work` while holding all keys. Throws NOT_ATTEMPTED when the deadline passes before it is this one's turn, or
   * when too many wait already.
   */
  holding<Answer>(keys: readonly string[], deadline: number, work: () => Promise<Answer>): Promise<Answer>;
}

export function createLocks(clock: Clock): Locks {
  /** For each held key the end of the last in its row. */
  const rows = new Map<string, Promise<void>>();
  let waiting = 0;

  /** Joins the rows of all keys at once, so that no two can wait for each other. */
  function join(keys: readonly string[]): { turn: Promise<unknown>; leave: () => void } {
    const turn = Promise.all(keys.map((key) => rows.get(key)));
    let leave = () => {};
    const gone = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const end = turn.then(() => gone);
    for (const key of keys) rows.set(key, end);
    void end.then(() => {
      for (const key of keys) if (rows.get(key) === end) rows.delete(key);
    });
    return { turn, leave };
  }

  return {
    async holding(keys, deadline, work) {
      if (waiting >= MOST_WAITING) throw new CrmError('NOT_ATTEMPTED', { executed: 'no' });
      const { turn, leave } = join([...new Set(keys)]);
      waiting += 1;
      try {
        await before(clock, deadline, turn);
      } catch (error) {
        leave();
        throw error;
      } finally {
        waiting -= 1;
      }
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

/** The answer if it comes by then, else NOT_ATTEMPTED. */
async function before(clock: Clock, deadline: number, answer: Promise<unknown>): Promise<void> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(Math.max(0, deadline - clock.now()), () =>
      reject(new CrmError('NOT_ATTEMPTED', { executed: 'no' })),
    );
  });
  try {
    await Promise.race([answer, late]);
  } finally {
    cancel();
  }
}
