import { expect, test } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { AccountFacts, Health } from '../../src/crm/account.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../src/crm/errors.ts';
import type { OperationEnd, VendorAttempt, WatchedOperation } from '../../src/crm/watch.ts';
import { describeDefect } from '../../src/watching/defects.ts';
import { createLog, type LogLevel } from '../../src/watching/log.ts';
import { createMetrics } from '../../src/watching/metrics.ts';
import { createTraces } from '../../src/watching/traces.ts';

const account: AccountFacts = { id: 'shop-1', vendor: 'acme', region: 'EC', timeZone: 'UTC' };
const operation: WatchedOperation = { caller: 'frontend', tenant: 'north', startedAt: 1_000, traceParent: undefined };
const end: OperationEnd = {
  shape: { kind: 'query', name: 'Everybody', hash: '0123456789ab' },
  endedAt: 1_250,
  isCompiled: false,
  outcome: 'partial',
  codes: ['VENDOR_TIMEOUT'],
  accounts: new Map([['shop-1', { calls: 3, retries: 1, fromCache: 2, stale: 1, shared: 0 }]]),
};
const attempt: VendorAttempt = {
  account,
  method: 'GET',
  template: '/customer/{id}',
  attempt: 2,
  batchSize: 1,
  sentAt: 1_010,
  endedAt: 1_200,
  status: 503,
  code: 'VENDOR_UNAVAILABLE',
  operation,
};

function openLog(level: LogLevel) {
  const lines: string[] = [];
  const complaints: string[] = [];
  const log = createLog(
    level,
    (line) => lines.push(line),
    (line) => complaints.push(line),
  );
  return { log, lines, complaints };
}
const withoutTime = (line: string | undefined) => ({ ...JSON.parse(line ?? '{}'), time: undefined });

test('an operation is one line, with what is picked for it and nothing else', () => {
  const { log, lines } = openLog('info');
  log.operationEnded({ ...operation, secret: 'x' } as never, end);
  log.vendorAttempted(attempt);
  expect(lines.map(withoutTime)).toEqual([
    {
      level: 'info',
      kind: 'operation',
      operation: 'Everybody',
      shape: '0123456789ab',
      type: 'query',
      caller: 'frontend',
      tenant: 'north',
      outcome: 'partial',
      codes: ['VENDOR_TIMEOUT'],
      compiled: false,
      milliseconds: 250,
      vendorCalls: 3,
      retries: 1,
    },
  ]);
});

test('at level debug each request to a CRM is a line too', () => {
  const { log, lines } = openLog('debug');
  log.vendorAttempted(attempt);
  expect(withoutTime(lines[0])).toEqual({
    level: 'debug',
    kind: 'vendorCall',
    vendor: 'acme',
    account: 'shop-1',
    request: 'GET /customer/{id}',
    status: 503,
    code: 'VENDOR_UNAVAILABLE',
    attempt: 2,
    batchSize: 1,
    sent: true,
    milliseconds: 190,
    caller: 'frontend',
  });
});

test('the audit trail is kept at every level, and defects go where complaints go', () => {
  const { log, lines, complaints } = openLog('error');
  const entry = { at: '2026-01-01T00:00:00.000Z', tenant: 'north', caller: 'frontend', account: 'shop-1' };
  log.operationEnded(operation, end);
  log.audit({
    ...entry,
    vendor: 'acme',
    mutation: 'customerCreate',
    request: 'POST /customer',
    outcome: 'DONE',
    milliseconds: 3,
    keyDigest: null,
  });
  log.defect(new TypeError('of Ana Ruiz'), 'id-1');
  log.problem('CALLERS_FILE cannot be read.');
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['audit']);
  expect(complaints.map((line) => JSON.parse(line).kind)).toEqual(['defect', 'problem']);
  expect(complaints.join('')).not.toContain('Ruiz');
});

test('nothing can begin a line of its own or move a terminal', () => {
  const { log, complaints, lines } = openLog('info');
  const evil = 'a\r\n{"kind":"audit"}\u001b[2J\u009b31m\u2028\u202e\u{e0041}\u0000';
  log.problem(evil);
  log.operationEnded({ ...operation, caller: evil, tenant: evil }, { ...end, codes: [evil] });
  const text = [...complaints, ...lines].join('');
  expect(text.match(/\n/g)).toHaveLength(2);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  expect(JSON.parse(complaints[0] ?? '').problem).toBe(evil);
  const line = JSON.parse(lines[0] ?? '');
  expect([line.caller, line.codes]).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{16}$/), []]);
});

test('a caller whose token names it by e-mail address is a digest', () => {
  const { log, lines } = openLog('info');
  log.operationEnded({ ...operation, caller: 'ana@example.ec' }, end);
  expect(lines.join('')).not.toContain('ana@');
});

test('a defect is its kind and places in our code, whatever its message looks like', () => {
  const error = new RangeError('Ana\n    at Ruiz (file:///ana.ts:1:1)');
  expect(describeDefect(error)).toMatchObject({ error: 'RangeError' });
  expect(JSON.stringify(describeDefect(error))).not.toMatch(/Ana|Ruiz/);
  // A message that was changed later is still at the head of the stack.
  error.message = 'another';
  expect(JSON.stringify(describeDefect(error).places)).not.toContain('Ana');
  expect(describeDefect('Ana Ruiz')).toEqual({ error: 'string', places: [] });
  const odd = Object.assign(new Error('x'), { name: 'Ana Ruiz\n' });
  expect(describeDefect(odd).error).toBe('Error');
});

const HEALTH: Health = {
  lastSuccessAt: null,
  lastFailureAt: null,
  lastErrorCode: null,
  breaker: 'OPEN',
  quotaLeft: 3,
  heldUntil: null,
  inFlight: 2,
  queued: 1,
};

test('the metrics say what happened', async () => {
  const metrics = createMetrics([{ id: 'shop-1', vendor: 'acme', health: HEALTH }]);
  metrics.operationEnded?.(operation, end);
  metrics.vendorAttempted?.(attempt);
  metrics.vendorAttempted?.({ ...attempt, code: undefined, attempt: 1, status: 200 });
  metrics.vendorAttempted?.({ ...attempt, sentAt: undefined, attempt: 1 });
  metrics.drifted?.(account, 'phone');
  metrics.answered('graphql', 200);
  metrics.defect();
  const text = await metrics.text();
  metrics.close();
  for (const line of [
    'crm_operations_total{operation="Everybody-0123456789ab",kind="query",outcome="partial"} 1',
    'crm_operation_seconds_sum{kind="query"} 0.25',
    'crm_vendor_attempts_total{vendor="acme",account="shop-1",outcome="failed",code="VENDOR_UNAVAILABLE"} 1',
    'crm_vendor_attempts_total{vendor="acme",account="shop-1",outcome="ok",code="OK"} 1',
    'crm_vendor_attempts_total{vendor="acme",account="shop-1",outcome="not sent",code="VENDOR_UNAVAILABLE"} 1',
    'crm_vendor_attempt_seconds_count{vendor="acme",account="shop-1"} 2',
    'crm_vendor_retries_total{vendor="acme",account="shop-1"} 1',
    'crm_cached_reads_total{account="shop-1",how="kept"} 1',
    'crm_cached_reads_total{account="shop-1",how="stale"} 1',
    'crm_drift_total{vendor="acme",account="shop-1",field="phone"} 1',
    'crm_http_answers_total{place="graphql",status="200"} 1',
    'crm_defects_total 1',
    'crm_breaker_state{vendor="acme",account="shop-1"} 2',
    'crm_requests_in_flight{vendor="acme",account="shop-1"} 2',
    'crm_requests_queued{vendor="acme",account="shop-1"} 1',
    'crm_quota_left{vendor="acme",account="shop-1"} 3',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toMatch(/^crm_event_loop_delay_seconds\{quantile="0.99"\} /m);
  expect(text).toMatch(/^crm_memory_bytes\{kind="rss"\} \d+/m);
});

test('whatever is counted, there are at most 1,000 series', async () => {
  const vendors = ['salt', 'pepper', 'mint', 'dill', 'sage'];
  const accounts = Array.from({ length: 300 }, (_, index) => ({
    id: `shop-${index}`,
    vendor: vendors[index % vendors.length] ?? '',
    health: HEALTH,
  }));
  const metrics = createMetrics(accounts);
  const codes = [...(Object.keys(ERROR_CATALOGUE) as ErrorCode[]), undefined];
  const kinds = ['query', 'entities', 'mutation', 'invalid'] as const;
  const usages = new Map(accounts.map(({ id }) => [id, { calls: 3, retries: 1, fromCache: 2, stale: 1, shared: 1 }]));
  for (let round = 0; round < 2_000; round += 1) {
    const shape = { kind: kinds[round % 4] ?? 'query', name: `N${round}`, hash: `h${round}` };
    const outcome = (['ok', 'partial', 'failed'] as const)[round % 3] ?? 'ok';
    metrics.operationEnded?.(operation, { ...end, shape, outcome, accounts: usages });
    const { id, vendor } = accounts[round % accounts.length] ?? { id: '', vendor: '' };
    for (const code of codes) {
      for (const sentAt of [undefined, 1_000])
        metrics.vendorAttempted?.({ ...attempt, account: { ...account, id, vendor }, code, sentAt });
    }
    metrics.drifted?.({ ...account, id, vendor }, `field_${round % 90}`);
    for (const place of ['graphql', 'status', 'health', 'other'] as const) metrics.answered(place, 400 + (round % 15));
  }
  const lines = (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  metrics.close();
  expect(lines.length).toBeLessThanOrEqual(1_000);
  expect(lines.length).toBeGreaterThan(800);
  // Nothing is lost: what has no series of its own is in a coarser one.
  const total = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}{`)).reduce((sum, line) => sum + Number(line.split('} ')[1]), 0);
  expect(total('crm_operations_total')).toBe(2_000);
  expect(total('crm_vendor_attempts_total')).toBe(2_000 * codes.length * 2);
  expect(total('crm_drift_total')).toBe(2_000);
  expect(total('crm_requests_queued')).toBe(300);
}, 60_000);

function record() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return { traces: createTraces(provider.getTracer('test')), exporter };
}

test('an operation is a span, and each request to a CRM is one below it', () => {
  const { traces, exporter } = record();
  const started = { ...operation, traceParent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
  traces.operationStarted?.(started);
  traces.vendorAttempted?.({ ...attempt, operation: started, batchSize: 20 });
  traces.operationEnded?.(started, end);
  const [call, whole] = exporter.getFinishedSpans();
  expect(call?.name).toBe('GET /customer/{id}');
  expect(call?.attributes).toEqual({
    'crm.vendor': 'acme',
    'crm.account': 'shop-1',
    'crm.attempt': 2,
    'crm.batch_size': 20,
    'http.request.method': 'GET',
    'url.template': '/customer/{id}',
    'http.response.status_code': 503,
    'error.type': 'VENDOR_UNAVAILABLE',
  });
  expect(call?.parentSpanContext?.spanId).toBe(whole?.spanContext().spanId);
  expect(whole?.name).toBe('graphql query');
  expect(whole?.spanContext().traceId).toBe('a'.repeat(32));
  expect(whole?.parentSpanContext?.spanId).toBe('b'.repeat(16));
  expect(whole?.attributes).toMatchObject({
    'crm.vendor_calls': 3,
    'crm.outcome': 'partial',
    'crm.caller': 'frontend',
  });
});

test('trace headers that are none begin a trace of their own', () => {
  const { traces, exporter } = record();
  const started = { ...operation, traceParent: 'ana@example.ec' };
  traces.operationStarted?.(started);
  traces.operationEnded?.(started, end);
  expect(exporter.getFinishedSpans()[0]?.parentSpanContext).toBeUndefined();
});

test('without an SDK nothing is kept of an operation', () => {
  const tracer = trace.getTracer('nobody listens');
  let spans = 0;
  const traces = createTraces({
    ...tracer,
    startSpan(...given) {
      spans += 1;
      return tracer.startSpan(...given);
    },
    startActiveSpan: tracer.startActiveSpan,
  });
  traces.operationStarted?.(operation);
  traces.vendorAttempted?.(attempt);
  traces.operationEnded?.(operation, end);
  expect(spans).toBe(1);
});
