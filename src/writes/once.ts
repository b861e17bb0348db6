import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';
import type { WriteOrder, WriteResult } from '../crm/writer.ts';
import type { WriteStore } from '../crm/writeStore.ts';
import { keepable, peopleIn, restored } from './kept.ts';

/** Longer than a write can take after its deadline: what was not finished by then never will be. */
const GRACE_MS = 2_000;
const POLL_MS = 100;

export interface Work {
  /** Whom the result speaks of. */
  readonly subjects: readonly string[];
  run(): Promise<WriteResult>;
  /** For a write whose first attempt was cut off: finds out what became of it and sends nothing that writes. */
  recover(): Promise<WriteResult>;
}

/** Sees to it that one idempotency key leads to one write, over all processes that share the store. */
export function createOnce(store: WriteStore, clock: Clock, reportDefect: (error: unknown) => void) {
  /** Writes of this process that are under way. */
  const underWay = new Map<string, { readonly fingerprint: string; readonly result: Promise<WriteResult> }>();

  async function claimAndRun(key: readonly string[], order: WriteOrder, work: Work): Promise<WriteResult> {
    const claimed = await claim(key, order, work.subjects);
    if (claimed !== 'mine' && claimed !== 'abandoned') return claimed;
    let result: WriteResult | undefined;
    try {
      result = await (claimed === 'mine' ? work.run() : work.recover());
      return result;
    } finally {
      settle(key, claimed, result, work.subjects);
    }
  }

  /**
   * What became of the write is true even if it cannot be kept: then the claim stays, so that whoever asks again has it
   * looked up and nothing is sent twice.
   */
  function settle(
    key: readonly string[],
    claimed: 'mine' | 'abandoned',
    result: WriteResult | undefined,
    subjects: readonly string[],
  ): void {
    try {
      // What an abandoned write did stays open until somebody finds it out.
      if (claimed === 'mine' && (result === undefined || isUntouched(result))) store.release(key);
      else if (result !== undefined) store.finish(key, keepable(result), [...subjects, ...peopleIn(result)]);
    } catch (error) {
      reportDefect(error);
    }
  }

  /** The result of whoever had the key first, or the right to do the work. */
  async function claim(
    key: readonly string[],
    { fingerprint, account, call }: WriteOrder,
    subjects: readonly string[],
  ): Promise<WriteResult | 'mine' | 'abandoned'> {
    const until = call.deadline + GRACE_MS;
    for (;;) {
      const found = store.claim({ key, fingerprint, account: account.id, subjects, until });
      if (found.state === 'mine' || found.state === 'abandoned') return found.state;
      if (found.state === 'otherInput') throw otherInput();
      if (found.state === 'finished') return restored(found.result, account);
      const wait = Math.min(POLL_MS, call.deadline - clock.now());
      if (wait <= 0) throw stillRunning(found.until - clock.now());
      await new Promise<void>((resolve) => {
        clock.after(wait, resolve);
      });
    }
  }

  return {
    /**
     * Does the work once per key. Throws CONFLICT where the key was used for another input, or where the first call
     * is not done by this one's deadline.
     */
    async perform(idempotencyKey: string, order: WriteOrder, work: Work): Promise<WriteResult> {
      const key = keyOf(idempotencyKey, order);
      const name = JSON.stringify(key);
      const running = underWay.get(name);
      if (running !== undefined) {
        if (running.fingerprint !== order.fingerprint) throw otherInput();
        return joined(running.result, order.call.deadline, clock);
      }
      const result = claimAndRun(key, order, work);
      underWay.set(name, { fingerprint: order.fingerprint, result });
      try {
        return await result;
      } finally {
        underWay.delete(name);
      }
    },

    digest: (idempotencyKey: string, order: WriteOrder): string => store.digest(keyOf(idempotencyKey, order)),

    /** Whether this batch's key was used for another batch; if it was not, it is this one's from now on. */
    isOtherBatch(idempotencyKey: string, order: WriteOrder): boolean {
      const key = keyOf(idempotencyKey, order);
      const { state } = store.claim({
        key,
        fingerprint: order.fingerprint,
        account: order.account.id,
        subjects: [],
        until: order.call.deadline,
      });
      if (state === 'mine' || state === 'abandoned') store.finish(key, '', []);
      return state === 'otherInput';
    },
  };
}

const keyOf = (idempotencyKey: string, { caller, mutation, item }: WriteOrder): readonly string[] => [
  caller.tenant,
  caller.id,
  mutation,
  idempotencyKey,
  ...(item === undefined ? [] : [String(item)]),
];

/** Nothing reached the vendor, and the same write may well succeed later: the key is free for that. */
const isUntouched = ({ outcome, errors, requests }: WriteResult): boolean =>
  outcome === 'NOT_EXECUTED' && (errors.some(({ retryable }) => retryable) || !requests.some(({ isWrite }) => isWrite));

async function joined(result: Promise<WriteResult>, deadline: number, clock: Clock): Promise<WriteResult> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(Math.max(0, deadline - clock.now()), () => reject(stillRunning(GRACE_MS)));
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    cancel();
  }
}

const otherInput = (): CrmError =>
  new CrmError('CONFLICT', {
    executed: 'no',
    field: 'idempotencyKey',
    message: 'This idempotency key was used for another input; use a new key for a new write.',
  });

const stillRunning = (milliseconds: number): CrmError =>
  new CrmError('CONFLICT', {
    executed: 'no',
    field: 'idempotencyKey',
    retryAfter: Math.max(1, Math.ceil(milliseconds / 1_000)),
    message:
      'A write with this idempotency key is still running; ask again with the same key after retryAfter seconds.',
  });
