import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, type Tracer, trace } from '@opentelemetry/api';
import type { Watch, WatchedOperation } from '../crm/watch.ts';
import { callerName } from './log.ts';

/**
 * OpenTelemetry spans: one for each operation, below it one for each attempt at a CRM. They go to whichever SDK the
 * process has registered; without one they are nothing. Attributes hold what log lines hold, and no more. CRMs are not
 * told of the trace.
 */
export function createTraces(tracer: Tracer = trace.getTracer('crm-federation')): Watch {
  const spans = new WeakMap<WatchedOperation, Span>();
  return {
    operationStarted(operation) {
      const parent = parentOf(operation.traceParent);
      const span = tracer.startSpan('graphql', { kind: SpanKind.SERVER, startTime: operation.startedAt }, parent);
      if (span.isRecording()) spans.set(operation, span);
    },

    operationEnded(operation, { shape, endedAt, outcome, codes, accounts }) {
      const span = spans.get(operation);
      if (span === undefined) return;
      // Names are the caller's choice: the span's own name has few values.
      span.updateName(`graphql ${shape.kind}`);
      let calls = 0;
      for (const counts of accounts.values()) calls += counts.calls;
      span.setAttributes({
        ...(shape.kind === 'invalid'
          ? {}
          : { 'graphql.operation.type': shape.kind === 'mutation' ? 'mutation' : 'query' }),
        ...(shape.name === undefined ? {} : { 'graphql.operation.name': shape.name }),
        ...(shape.hash === undefined ? {} : { 'crm.operation.shape': shape.hash }),
        'crm.caller': callerName(operation.caller),
        'crm.tenant': callerName(operation.tenant),
        'crm.vendor_calls': calls,
        'crm.outcome': outcome,
        'crm.error_codes': [...codes],
      });
      if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endedAt);
    },

    vendorAttempted({ account, method, template, attempt, batchSize, sentAt, endedAt, status, code, operation }) {
      const parent = operation && spans.get(operation);
      // What no recorded operation asked for would be a trace of its own, of one request.
      if (parent === undefined) return;
      const span = tracer.startSpan(
        `${method} ${template}`,
        {
          kind: SpanKind.CLIENT,
          startTime: sentAt ?? endedAt,
          attributes: {
            'crm.vendor': account.vendor,
            'crm.account': account.id,
            'crm.attempt': attempt,
            'crm.batch_size': batchSize,
            'http.request.method': method,
            'url.template': template,
            ...(status === undefined ? {} : { 'http.response.status_code': status }),
            ...(code === undefined ? {} : { 'error.type': code }),
          },
        },
        trace.setSpan(ROOT_CONTEXT, parent),
      );
      if (code !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endedAt);
    },
  };
}

const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The caller's span, if it named one; nothing else of its trace headers is believed or passed on. */
function parentOf(traceParent: string | undefined) {
  const [, traceId, spanId, flags] = TRACE_PARENT.exec(traceParent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
