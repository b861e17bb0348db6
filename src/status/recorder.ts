import type { Clock } from '../crm/clock.ts';
import type { ErrorCode } from '../crm/errors.ts';
import { type VendorAttempt, type Watch, WHOLE_ROW } from '../crm/watch.ts';

/** The last minutes, in steps. */
export const STEP_MS = 10_000;
export const STEPS = 60;
/** Steps that the shown latency is about: five minutes. */
const LATENCY_STEPS = 30;

/** Latencies are counted in classes, each a tenth wider than the one before: 1 ms to more than a minute. */
const GROWTH = 1.1;
const CLASSES = 120;
const MOST_DRIFTING_FIELDS = 50;

export interface Step {
  ok: number;
  throttled: number;
  failed: number;
  /** Not sent: no turn, or the breaker is open. */
  held: number;
}

export interface StepReport extends Readonly<Step> {
  /** Milliseconds; null where nothing was answered. */
  readonly p50: number | null;
  readonly p99: number | null;
}

export interface LastError {
  readonly at: number;
  readonly code: ErrorCode;
  readonly status: number | null;
  /** Method and path template. */
  readonly request: string;
}

export interface AccountRecord {
  /** Oldest first; the last one is not over yet. */
  readonly steps: readonly StepReport[];
  readonly p50: number | null;
  readonly p99: number | null;
  readonly lastError: LastError | null;
  readonly drift: readonly { readonly field: string; readonly count: number; readonly lastAt: number }[];
  readonly unreadableRows: number;
  /** Whether that happened within the last ten minutes. */
  readonly isDrifting: boolean;
}

export interface OperationSteps {
  readonly steps: readonly { readonly ok: number; readonly failed: number }[];
}

export interface Recorder extends Watch {
  account(id: string): AccountRecord;
  tenant(id: string): OperationSteps;
}

/**
 * Remembers the last ten minutes of each account and tenant that is known at the start, in a fixed piece of memory: it
 * grows neither with requests nor with callers.
 */
export function createRecorder(
  accounts: readonly { readonly id: string; readonly tenant: string }[],
  clock: Clock,
): Recorder {
  const byAccount = new Map(accounts.map(({ id }) => [id, createAccount(clock)]));
  const byTenant = new Map(accounts.map(({ tenant }) => [tenant, createWindow(clock, () => ({ ok: 0, failed: 0 }))]));

  return {
    operationEnded({ tenant }, { outcome }) {
      const step = byTenant.get(tenant)?.now();
      if (step === undefined) return;
      if (outcome === 'ok') step.ok += 1;
      else step.failed += 1;
    },
    vendorAttempted(attempt) {
      byAccount.get(attempt.account.id)?.attempted(attempt);
    },
    drifted({ id }, field) {
      byAccount.get(id)?.drifted(field);
    },
    account: (id) => (byAccount.get(id) ?? createAccount(clock)).report(),
    tenant: (id) => ({ steps: byTenant.get(id)?.all() ?? [] }),
  };
}

/** What the vendor said about the record, not about itself: it works. */
const ANSWERS: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'VENDOR_REJECTED', 'CONFLICT', 'BAD_USER_INPUT']);

function createAccount(clock: Clock) {
  const window = createWindow(clock, () => ({
    ok: 0,
    throttled: 0,
    failed: 0,
    held: 0,
    latencies: new Uint32Array(CLASSES),
  }));
  const drift = new Map<string, { count: number; lastAt: number }>();
  let unreadableRows = 0;
  let lastDriftAt = Number.NEGATIVE_INFINITY;
  let lastError: LastError | null = null;

  return {
    attempted({ code, sentAt, endedAt, status, method, template }: VendorAttempt): void {
      const step = window.now();
      const kind = kindOf(code, sentAt);
      step[kind] += 1;
      if (sentAt !== undefined) {
        const latency = classOf(endedAt - sentAt);
        step.latencies[latency] = (step.latencies[latency] ?? 0) + 1;
      }
      if (code !== undefined && kind !== 'ok' && kind !== 'held')
        lastError = { at: endedAt, code, status: status ?? null, request: `${method} ${template}` };
    },
    drifted(field: string): void {
      lastDriftAt = clock.now();
      if (field === WHOLE_ROW) {
        unreadableRows += 1;
        return;
      }
      const known = drift.get(field) ?? { count: 0, lastAt: 0 };
      if (drift.size < MOST_DRIFTING_FIELDS || drift.has(field))
        drift.set(field, { count: known.count + 1, lastAt: clock.now() });
    },
    report(): AccountRecord {
      const steps = window.all();
      const recent = steps.slice(-LATENCY_STEPS).map(({ latencies }) => latencies);
      return {
        steps: steps.map(({ latencies, ...counts }) => ({
          ...counts,
          p50: percentile([latencies], 0.5),
          p99: percentile([latencies], 0.99),
        })),
        p50: percentile(recent, 0.5),
        p99: percentile(recent, 0.99),
        lastError,
        drift: [...drift]
          .map(([field, counts]) => ({ field, ...counts }))
          .sort((one, other) => other.count - one.count),
        unreadableRows,
        isDrifting: lastDriftAt > clock.now() - STEPS * STEP_MS,
      };
    },
  };
}

function kindOf(code: ErrorCode | undefined, sentAt: number | undefined): keyof Step {
  if (code === undefined || ANSWERS.has(code)) return 'ok';
  if (sentAt === undefined) return 'held';
  return code === 'VENDOR_RATE_LIMITED' ? 'throttled' : 'failed';
}

/** A ring of steps that empties itself as time goes by. */
function createWindow<Each>(clock: Clock, empty: () => Each) {
  const ring = Array.from({ length: STEPS }, empty);
  let last = Math.floor(clock.now() / STEP_MS);

  function forward(): void {
    const step = Math.floor(clock.now() / STEP_MS);
    // A clock that was set back goes on from where it was.
    for (let next = Math.max(last + 1, step - STEPS + 1); next <= step; next += 1) ring[next % STEPS] = empty();
    last = Math.max(last, step);
  }

  return {
    now(): Each {
      forward();
      // Always there: the ring has a place for each remainder.
      return ring[last % STEPS] as Each;
    },
    /** Oldest first. */
    all(): Each[] {
      forward();
      const start = (last + 1) % STEPS;
      return [...ring.slice(start), ...ring.slice(0, start)];
    },
  };
}

const classOf = (milliseconds: number): number =>
  Math.min(CLASSES - 1, Math.max(0, Math.ceil(Math.log(Math.max(1, milliseconds)) / Math.log(GROWTH))));

/** To within a tenth; null where nothing was counted. */
function percentile(counts: readonly Uint32Array[], part: number): number | null {
  let total = 0;
  for (const each of counts) for (const count of each) total += count;
  if (total === 0) return null;
  let left = Math.ceil(total * part);
  for (let index = 0; index < CLASSES; index += 1) {
    for (const each of counts) left -= each[index] ?? 0;
    if (left <= 0) return Math.round(GROWTH ** index);
  }
  return Math.round(GROWTH ** (CLASSES - 1));
}
