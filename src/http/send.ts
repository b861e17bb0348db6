import type { AccountFacts, Health } from '../crm/account.ts';
import type { Call } from '../crm/call.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError, type ErrorCode } from '../crm/errors.ts';
import { DryRunEnd, type LoggedRequest, type RequestLog, withPlaceholdersNamed } from '../crm/requests.ts';
import type { VendorAttempt } from '../crm/watch.ts';
import type { Watch } from './body.ts';
import { createBreaker, type Outcome } from './breaker.ts';
import { createEncoder, type EncodedRequest, encodePath, encodeQuery } from './encode.ts';
import { createDeadlines, underWayFor } from './ends.ts';
import { Exchange } from './exchange.ts';
import { failureOfTransport } from './failures.ts';
import { createPool } from './http1/pool.ts';
import { JsonReader } from './json.ts';
import { Place } from './places.ts';
import { createQueue, pause } from './queue.ts';
import { createRetries } from './retries.ts';
import type { Send, VendorAnswer, VendorRequest } from './vendorRequest.ts';
import { isJson, judge, readAs } from './verdict.ts';

export interface ConnectionOptions {
  readonly account: AccountFacts;
  readonly baseUrl: URL;
  readonly clock: Clock;
  /** In [0, 1); spreads retries. */
  readonly random: () => number;
  /** Milliseconds for a request from queueing to the last byte of its last attempt. */
  readonly callTimeout: number;
  /** Requests in flight at once. */
  readonly concurrency: number;
  readonly requestsPerSecond: number | undefined;
  /** Values that must never show in an error. */
  readonly secrets: readonly string[];
  /** Told of each attempt when it is over. */
  onAttempt?(attempt: VendorAttempt): void;
}

export interface HttpConnection {
  readonly send: Send;
  readonly health: Health;
  /** Ends all requests in flight. */
  close(): Promise<void>;
}

/** Opens the pool of connections to one account's vendor. Nothing is sent before the first request. */
export function openConnection(options: ConnectionOptions): HttpConnection {
  const { account, clock } = options;
  const encode = createEncoder(options.baseUrl.pathname.replace(/\/$/, ''));
  const pool = createPool(options.baseUrl, clock);
  const queue = createQueue(options);
  const breaker = createBreaker(clock);
  const retries = createRetries(clock, options.random);
  const deadlines = createDeadlines(clock, options.callTimeout);
  const seen: { lastSuccessAt: number | null; lastFailureAt: number | null; lastErrorCode: ErrorCode | null } = {
    lastSuccessAt: null,
    lastFailureAt: null,
    lastErrorCode: null,
  };

  const send: Send = (request, call) =>
    call.requests !== undefined && (request.repeatable || request.write !== undefined)
      ? sendNoted(request, call, call.requests)
      : sendAndJudge(request, call);

  /** Notes the requests of a write, and keeps those of a dry run from being sent. */
  async function sendNoted(request: VendorRequest, call: Call, requests: RequestLog): Promise<VendorAnswer> {
    const entry = logged(request);
    requests.entries.push(entry);
    if (requests.dryRun && requests.entries.some(({ isWrite }) => isWrite)) {
      if (request.write?.dryAnswer === undefined) throw new DryRunEnd();
      return { status: 200, body: request.write.dryAnswer };
    }
    const startedAt = clock.now();
    try {
      const answer = await sendAndJudge(request, call);
      entry.state = 'DONE';
      return answer;
    } catch (error) {
      entry.state = error instanceof CrmError && error.facts.executed === 'no' ? 'REFUSED' : 'UNKNOWN';
      throw error;
    } finally {
      entry.milliseconds = clock.now() - startedAt;
    }
  }

  function sendAndJudge(request: VendorRequest, call: Call): Promise<VendorAnswer> {
    const deadline = Math.min(call.deadline, clock.now() + options.callTimeout);
    try {
      const encoded = encode(request);
      call.admit?.();
      retries.count();
      return attempt({ request, encoded, call, deadline, attempts: 1, fresh: false });
    } catch (error) {
      return Promise.reject(error instanceof CrmError ? error.at(account) : error);
    }
  }

  /** After a failure: once more where that can help, else the failure itself. */
  async function sendAgain(trip: Trip, failure: unknown): Promise<VendorAnswer> {
    if (!(failure instanceof CrmError)) throw failure;
    const { request, call, deadline, attempts } = trip;
    const wait = request.repeatable ? retries.delay(failure, attempts, deadline) : undefined;
    if (wait === undefined) throw failure.at(account);
    await pause(clock, wait, call.signal);
    call.onRetry?.();
    return attempt({ ...trip, attempts: attempts + 1, fresh: failure.facts.connectionLost === true });
  }

  /**
   * One attempt, from the queue to a verdict, and what follows where it fails; breaker, health and whoever watches are
   * told of it, however it ends.
   */
  async function attempt(trip: Trip): Promise<VendorAnswer> {
    const { request, call } = trip;
    let leave: (() => void) | undefined;
    let settle: ((outcome: Outcome) => void) | undefined;
    let outcome: Outcome = 'neither';
    let code: ErrorCode | undefined;
    let sentAt: number | undefined;
    let status: number | undefined;
    let exchange: Exchange | undefined;
    let release: (() => void) | undefined;
    let failure: unknown;
    const reader = new JsonReader();
    const place = new Place();
    try {
      const queuedAt = clock.now();
      const entered = queue.enter(trip.deadline, call.signal);
      leave = entered instanceof Promise ? await entered : entered;
      call.onWait?.(clock.now() - queuedAt);
      settle = breaker.admit();
      sentAt = clock.now();
      exchange = begin(trip, isJson(request) ? reader : undefined, place);
      release = watchOver(exchange, trip);
      const raw = await exchange.answer;
      status = raw.status;
      const read = readAs(request, raw, reader);
      const answer = judge(request, raw, read instanceof Promise ? await read : read, options.secrets);
      outcome = 'good';
      seen.lastSuccessAt = clock.now();
      return answer;
    } catch (thrown) {
      failure = exchange !== undefined && status === undefined ? failureOf(thrown, exchange, trip) : thrown;
      code = failure instanceof CrmError ? failure.code : 'INTERNAL_SERVER_ERROR';
      // What never got past the queue or the breaker says nothing about the vendor.
      if (failure instanceof CrmError && sentAt !== undefined) outcome = record(failure);
    } finally {
      release?.();
      exchange?.leave();
      place.leave();
      settle?.(outcome);
      leave?.();
      options.onAttempt?.({
        account,
        method: request.method,
        template: request.path,
        attempt: trip.attempts,
        batchSize: call.batchSize ?? 1,
        sentAt,
        status,
        endedAt: clock.now(),
        code,
        operation: call.operation,
      });
    }
    return sendAgain(trip, failure);
  }

  function begin(trip: Trip, watch: Watch | undefined, place: Place): Exchange {
    const { encoded, call, deadline, fresh } = trip;
    call.onRequest?.();
    return new Exchange(pool, encoded, fresh, deadline, clock.now, watch, place);
  }

  /** Ends it in time and when its caller leaves; the answer is for when it is over. */
  function watchOver(exchange: Exchange, trip: Trip): () => void {
    const due = deadlines.add(exchange);
    const caller = callerOf(trip);
    const asked = caller && underWayFor(caller);
    const spot = asked?.add(exchange);
    return () => {
      deadlines.remove(due);
      if (spot !== undefined) asked?.remove(spot);
    };
  }

  /** What a failure says about the vendor. A missing or refused record is an answer like any other. */
  function record(error: CrmError): Outcome {
    const { code, facts } = error;
    if (code === 'VENDOR_RATE_LIMITED' && facts.retryAfter !== undefined) queue.hold(facts.retryAfter);
    if (facts.executed === 'no' && ANSWERS.has(code)) {
      seen.lastSuccessAt = clock.now();
      return 'good';
    }
    if (code === 'NOT_ATTEMPTED') return 'neither';
    seen.lastFailureAt = clock.now();
    seen.lastErrorCode = code;
    // Wrong credentials and throttling are no outage: whoever asks should go on seeing what they are.
    return code === 'VENDOR_AUTH' || code === 'VENDOR_RATE_LIMITED' ? 'neither' : 'bad';
  }

  async function closeAll(): Promise<void> {
    pool.close();
  }

  const health: Health = {
    get lastSuccessAt() {
      return seen.lastSuccessAt;
    },
    get lastFailureAt() {
      return seen.lastFailureAt;
    },
    get lastErrorCode() {
      return seen.lastErrorCode;
    },
    get breaker() {
      return breaker.state;
    },
    get inFlight() {
      return queue.inFlight;
    },
    get queued() {
      return queue.queued;
    },
    get quotaLeft() {
      return queue.quotaLeft;
    },
    get heldUntil() {
      return queue.heldUntil;
    },
  };
  return { send, health, close: closeAll };
}

/** One attempt of a request. */
interface Trip {
  readonly request: VendorRequest;
  readonly encoded: EncodedRequest;
  readonly call: Call;
  readonly deadline: number;
  /** Counts from 1. */
  readonly attempts: number;
  /** On a connection of its own: others in the pool may have died together with the one that was lost. */
  readonly fresh: boolean;
}

/** Whose leaving ends it: a write that was sent is finished even if nobody waits for it any more. */
const callerOf = ({ request, call }: Trip): AbortSignal | undefined => (request.repeatable ? call.signal : undefined);

function failureOf(error: unknown, exchange: Exchange, trip: Trip): CrmError {
  if (!callerOf(trip)?.aborted) return failureOfTransport(error, exchange, trip.request);
  return new CrmError('NOT_ATTEMPTED', { executed: exchange.wasSent ? 'unknown' : 'no', cause: error });
}

const ANSWERS: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'VENDOR_REJECTED', 'CONFLICT']);

function logged(request: VendorRequest): LoggedRequest {
  const { method, path: template, pathValues, query, body } = request;
  const path = encodePath(template, pathValues) + encodeQuery(query);
  return {
    method,
    path: withPlaceholdersNamed(path),
    template,
    body: body === undefined ? null : JSON.parse(withPlaceholdersNamed(JSON.stringify(body))),
    isWrite: request.write !== undefined,
    state: 'PLANNED',
    milliseconds: 0,
  };
}
