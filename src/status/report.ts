import type { BreakerState } from '../crm/account.ts';
import type { Caller } from '../crm/caller.ts';
import type { Clock } from '../crm/clock.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { type LastError, type Recorder, STEP_MS, type StepReport } from './recorder.ts';

/** How an account is doing, in one word. */
export type Condition = 'idle' | 'well' | 'drifting' | 'throttled' | 'failing' | 'refused' | 'resting';

export interface AccountStatus {
  readonly id: string;
  readonly label: string;
  readonly vendor: { readonly key: string; readonly label: string };
  readonly condition: Condition;
  /** What that means, and what to do. */
  readonly sentence: string;
  readonly breaker: BreakerState;
  readonly latency: { readonly p50: number | null; readonly p99: number | null };
  readonly steps: readonly StepReport[];
  readonly quota: { readonly perSecond: number; readonly left: number } | null;
  readonly heldUntil: number | null;
  readonly queue: { readonly inFlight: number; readonly places: number; readonly waiting: number };
  readonly lastSuccessAt: number | null;
  readonly lastError: LastError | null;
  readonly drift: {
    readonly fields: readonly { readonly field: string; readonly count: number; readonly lastAt: number }[];
    readonly unreadableRows: number;
  };
  readonly capabilities: readonly string[];
}

/** What `/status` shows to one caller: its own tenant, and nothing that tells of another. */
export interface StatusReport {
  readonly at: number;
  readonly startedAt: number;
  readonly tenant: string;
  readonly stepMilliseconds: number;
  readonly operations: readonly { readonly ok: number; readonly failed: number }[];
  readonly accounts: readonly AccountStatus[];
}

export interface ReportParts {
  readonly accounts: readonly Account[];
  readonly vendors: readonly { readonly key: string; readonly label: string }[];
  /** By account id. */
  readonly limits: ReadonlyMap<
    string,
    { readonly concurrency: number; readonly requestsPerSecond: number | undefined }
  >;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

export type Report = (caller: Caller) => StatusReport;

export function createReport({ accounts, vendors, limits, recorder, clock }: ReportParts): Report {
  const startedAt = clock.now();

  function statusOf(account: Account): AccountStatus {
    const { id, label, vendor, health, capabilities } = account;
    const record = recorder.account(id);
    const limit = limits.get(id);
    const condition = conditionOf(account, record.steps, record.isDrifting);
    return {
      id,
      label,
      vendor: { key: vendor, label: vendors.find(({ key }) => key === vendor)?.label ?? vendor },
      condition,
      sentence: SENTENCES[condition],
      breaker: health.breaker,
      latency: { p50: record.p50, p99: record.p99 },
      steps: record.steps,
      quota:
        health.quotaLeft === null || limit?.requestsPerSecond === undefined
          ? null
          : { perSecond: limit.requestsPerSecond, left: health.quotaLeft },
      heldUntil: health.heldUntil,
      queue: { inFlight: health.inFlight, places: limit?.concurrency ?? 0, waiting: health.queued },
      lastSuccessAt: health.lastSuccessAt,
      lastError: record.lastError,
      drift: { fields: record.drift, unreadableRows: record.unreadableRows },
      capabilities,
    };
  }

  return ({ tenant }) => ({
    at: clock.now(),
    startedAt,
    tenant,
    stepMilliseconds: STEP_MS,
    operations: recorder.tenant(tenant).steps,
    accounts: accounts.filter((account) => account.tenant === tenant).map(statusOf),
  });
}

const SENTENCES: Readonly<Record<Condition, string>> = {
  idle: 'Nothing was asked of it in the last ten minutes.',
  well: 'It answers as it should.',
  drifting: 'It answers, but with values outside its contract; the fields below are null with an error.',
  throttled: 'It takes no more requests for now; they wait, or are answered with VENDOR_RATE_LIMITED.',
  failing: 'Requests to it fail; if they go on failing, it is left alone for a while.',
  refused: "It refuses this account's credentials; check them in the settings.",
  resting: 'It failed repeatedly and is left alone; a probe finds out when it is back.',
};

/** Steps that count as "now": the one that runs and the two before it. */
const RECENT = 3;

/** What hurts most, first. */
function conditionOf({ health }: Account, steps: readonly StepReport[], isDrifting: boolean): Condition {
  if (health.breaker !== 'CLOSED') return 'resting';
  const failedLast = (health.lastFailureAt ?? 0) > (health.lastSuccessAt ?? 0);
  if (failedLast && health.lastErrorCode === 'VENDOR_AUTH') return 'refused';
  const recent = (kind: 'throttled' | 'failed') => steps.slice(-RECENT).some((step) => step[kind] > 0);
  if (health.heldUntil !== null || recent('throttled')) return 'throttled';
  if (recent('failed')) return 'failing';
  if (isDrifting) return 'drifting';
  return steps.some(({ ok, failed, throttled }) => ok + failed + throttled > 0) ? 'well' : 'idle';
}
