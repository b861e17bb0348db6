import type { Call } from '../crm/call.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError } from '../crm/errors.ts';
import { type FreshnessLimits, USUAL_FRESHNESS } from '../crm/freshness.ts';

/** What an operation has asked of one account. */
export interface AccountUsage {
  /** Requests sent, retries included. */
  calls: number;
  /** Of these, requests sent again because the first try failed. */
  retries: number;
  /** Milliseconds that requests waited for their turn on our side. */
  queued: number;
  /** Reads answered from the cache, wholly or in part. */
  fromCache: number;
  /** Of these, with data that was served because the vendor failed. */
  stale: number;
  /** Reads answered by another operation's equal read that was under way. */
  shared: number;
}

/** One operation's vendor calls: counted, and kept within its limit. */
export interface OperationCalls {
  /** At most so many, retries aside; set once the kind of the operation is known. */
  limit: number;
  /** How old answers may be; set once the operation is known. */
  freshness: FreshnessLimits;
  /** An upper bound for each account, made before execution. */
  predicted: ReadonlyMap<string, number>;
  /** By account id, for accounts that were asked. */
  readonly usages: ReadonlyMap<string, AccountUsage>;
  usage(account: Account): AccountUsage;
  /** What a request to this account carries along. What the limit does not suffice for is NOT_ATTEMPTED. */
  callFor(account: Account): Call;
}

export function createCalls(operation: Pick<Call, 'deadline' | 'signal' | 'operation'>): OperationCalls {
  const usages = new Map<string, AccountUsage>();
  let admitted = 0;

  function usage({ id }: Account): AccountUsage {
    let known = usages.get(id);
    if (known === undefined) {
      known = { calls: 0, retries: 0, queued: 0, fromCache: 0, stale: 0, shared: 0 };
      usages.set(id, known);
    }
    return known;
  }

  const made = new Map<string, Call>();

  const make = (account: Account): Call => ({
    ...operation,
    freshness: calls.freshness,
    admit() {
      if (admitted >= calls.limit) throw overLimit(calls.limit);
      admitted += 1;
    },
    onRequest() {
      usage(account).calls += 1;
    },
    onRetry() {
      usage(account).retries += 1;
    },
    onWait(milliseconds) {
      usage(account).queued += milliseconds;
    },
    onRead({ freshness }) {
      if (freshness === 'LIVE') return;
      usage(account).fromCache += 1;
      if (freshness === 'STALE') usage(account).stale += 1;
    },
    onShared() {
      usage(account).shared += 1;
    },
  });

  const calls: OperationCalls = {
    limit: Number.POSITIVE_INFINITY,
    freshness: USUAL_FRESHNESS,
    predicted: new Map(),
    usages,
    usage,
    callFor(account) {
      const known = made.get(account.id);
      // All but the freshness is the same for the whole operation.
      if (known !== undefined && known.freshness === calls.freshness) return known;
      const call = make(account);
      made.set(account.id, call);
      return call;
    },
  };
  return calls;
}

const overLimit = (limit: number): CrmError =>
  new CrmError('NOT_ATTEMPTED', {
    executed: 'no',
    message: `The operation has sent ${limit} requests to CRMs, and no more are allowed; ask for less at once.`,
  });
