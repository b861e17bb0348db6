import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Health } from '../crm/account.ts';
import type { Watch } from '../crm/watch.ts';

export interface Metrics extends Watch {
  readonly contentType: string;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  /** Counts an answer of our own HTTP server. */
  answered(place: HttpPlace, status: number): void;
  defect(): void;
  close(): void;
}

export type HttpPlace = 'graphql' | 'status' | 'health' | 'other';

export interface WatchedAccount {
  readonly id: string;
  readonly vendor: string;
  readonly health: Health;
}

/** The label that stands for everything beyond a metric's share of series. */
const OTHER = 'other';

/**
 * Series at most, by what they tell apart: 1,000 together, however many accounts are configured and whatever callers
 * send. A histogram takes a series for each bucket and three more.
 */
export const SHARES = { operations: 140, vendorCalls: 100, vendorSeconds: 14, accounts: 28 } as const;

const OPERATION_SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const VENDOR_SECONDS = [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5];
const BREAKER = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 } as const;

/** Counts what happens, for Prometheus. Nothing is counted per field. */
export function createMetrics(accounts: readonly WatchedAccount[]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, help: string, set: (gauge: Gauge<'vendor' | 'account'>) => void) =>
    new Gauge({
      name,
      help,
      labelNames: ['vendor', 'account'],
      registers,
      collect() {
        set(this);
      },
    });

  const operations = counter('crm_operations_total', 'Operations of the graph.', ['operation', 'kind', 'outcome']);
  const operationSeconds = new Histogram({
    name: 'crm_operation_seconds',
    help: 'How long operations took.',
    labelNames: ['kind'],
    buckets: OPERATION_SECONDS,
    registers,
  });
  const compiled = new Counter({
    name: 'crm_compiled_operations_total',
    help: 'Operations that were executed from a plan, past Apollo.',
    registers,
  });
  const attempts = counter('crm_vendor_attempts_total', 'Attempts to send a request to a CRM, by how they ended.', [
    'vendor',
    'account',
    'outcome',
    'code',
  ]);
  const attemptSeconds = new Histogram({
    name: 'crm_vendor_attempt_seconds',
    help: 'From sending a request to a CRM to the verdict on its answer.',
    labelNames: ['vendor', 'account'],
    buckets: VENDOR_SECONDS,
    registers,
  });
  const retries = counter('crm_vendor_retries_total', 'Requests to a CRM that were sent again.', ['vendor', 'account']);
  const cached = counter('crm_cached_reads_total', 'Reads that no CRM was asked for: kept, stale or shared.', [
    'account',
    'how',
  ]);
  const drift = counter('crm_drift_total', "Values that broke a CRM's contract; (row) for rows without an id.", [
    'vendor',
    'account',
    'field',
  ]);
  const answers = counter('crm_http_answers_total', 'Answers of this service.', ['place', 'status']);
  const defects = new Counter({ name: 'crm_defects_total', help: 'Failures that are ours.', registers });

  const operationShare = createShare(SHARES.operations);
  const attemptShare = createShare(SHARES.vendorCalls);
  const secondsShare = createShare(SHARES.vendorSeconds);
  const retryShare = createShare(SHARES.accounts);
  const cachedShare = createShare(SHARES.accounts);
  const driftShare = createShare(SHARES.accounts);

  /** Sums up accounts beyond the share, but for a state, of which the worst counts. */
  function perAccount(read: (health: Health) => number | null, join: (one: number, other: number) => number) {
    return (target: Gauge<'vendor' | 'account'>) => {
      let rest: number | undefined;
      accounts.forEach(({ id, vendor, health }, index) => {
        const value = read(health);
        if (value === null) return;
        if (index < SHARES.accounts - 1) target.set({ vendor, account: id }, value);
        else rest = rest === undefined ? value : join(rest, value);
      });
      if (rest !== undefined) target.set({ vendor: OTHER, account: OTHER }, rest);
    };
  }
  const sum = (one: number, other: number) => one + other;
  gauge(
    'crm_breaker_state',
    'Whether an account is asked: 0 as usual, 1 is being tried again, 2 left alone.',
    perAccount(({ breaker }) => BREAKER[breaker], Math.max),
  );
  gauge(
    'crm_requests_in_flight',
    'Requests under way.',
    perAccount(({ inFlight }) => inFlight, sum),
  );
  gauge(
    'crm_requests_queued',
    'Requests that wait for their turn.',
    perAccount(({ queued }) => queued, sum),
  );
  gauge(
    'crm_quota_left',
    'Requests that may start within the next second, where there is a quota.',
    perAccount(({ quotaLeft }) => quotaLeft, sum),
  );

  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  new Gauge({
    name: 'crm_event_loop_delay_seconds',
    help: 'How late the process was for its timers, since the last look.',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of [50, 99, 100]) this.set({ quantile: quantile / 100 }, delay.percentile(quantile) / 1e9);
      delay.reset();
    },
  });
  new Gauge({
    name: 'crm_memory_bytes',
    help: 'Memory of the process.',
    labelNames: ['kind'],
    registers,
    collect() {
      const { rss, heapUsed, external } = process.memoryUsage();
      for (const [kind, bytes] of Object.entries({ rss, heapUsed, external })) this.set({ kind }, bytes);
    },
  });
  new Gauge({ name: 'crm_start_seconds', help: 'When the process started, Unix time.', registers }).set(
    Math.round(performance.timeOrigin / 1_000),
  );

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),

    operationEnded({ startedAt }, { shape, endedAt, outcome, isCompiled, accounts: usages }) {
      if (isCompiled) compiled.inc();
      const { kind } = shape;
      const operation = kind === 'invalid' ? OTHER : [shape.name, shape.hash].filter(Boolean).join('-');
      operations.inc(operationShare({ operation, kind, outcome }, { operation: OTHER, kind, outcome }));
      operationSeconds.observe({ kind }, (endedAt - startedAt) / 1_000);
      for (const [account, { fromCache, stale, shared }] of usages) {
        if (fromCache === 0 && shared === 0) continue;
        for (const [how, count] of Object.entries({ kept: fromCache - stale, stale, shared })) {
          if (count > 0) cached.inc(cachedShare({ account, how }, { account: OTHER, how }), count);
        }
      }
    },

    vendorAttempted({ account: { id: account, vendor }, attempt, sentAt, endedAt, code = 'OK' }) {
      const outcome = code === 'OK' ? 'ok' : sentAt === undefined ? 'not sent' : 'failed';
      const rest = { vendor, account: OTHER };
      attempts.inc(attemptShare({ vendor, account, outcome, code }, { ...rest, outcome, code }));
      if (attempt > 1) retries.inc(retryShare({ vendor, account }, rest));
      if (sentAt !== undefined)
        attemptSeconds.observe(secondsShare({ vendor, account }, rest), (endedAt - sentAt) / 1_000);
    },

    drifted({ id: account, vendor }, field) {
      drift.inc(driftShare({ vendor, account, field }, { vendor, account: OTHER, field: OTHER }));
    },

    answered(place, status) {
      answers.inc({ place, status: String(status) });
    },

    defect() {
      defects.inc();
    },

    close() {
      delay.disable();
    },
  };
}

/**
 * Lets a metric tell apart so many things and no more: who comes first keeps its own series, and what comes later goes
 * into fewer, coarser ones, for which room is left.
 */
function createShare(most: number) {
  const known = new Set<string>();
  return <Labels extends Readonly<Record<string, string>>>(labels: Labels, rest: Labels): Labels => {
    const key = JSON.stringify(Object.values(labels));
    if (known.has(key)) return labels;
    if (known.size < most) {
      known.add(key);
      return labels;
    }
    return rest;
  };
}
