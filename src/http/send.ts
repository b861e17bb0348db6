import { Client, type Dispatcher, Pool } from 'undici';
import type { AccountFacts, Health } from '../crm/account.ts';
import type { Call } from '../crm/call.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError, type ErrorCode } from '../crm/errors.ts';
import { redact } from '../crm/redact.ts';
import { DryRunEnd, type LoggedRequest, withPlaceholdersNamed } from '../crm/requests.ts';
import type { VendorAttempt } from '../crm/watch.ts';
import type { Intake } from './body.ts';
import { createBreaker, type Outcome } from './breaker.ts';
import { createConnector } from './connect.ts';
import { encodePath, encodeQuery } from './encode.ts';
import { exchange, type RawAnswer } from './exchange.ts';
import { failureOfStatus, failureOfTransport, outcomeUnknown } from './failures.ts';
import { createJsonReader, type JsonReader } from './json.ts';
import { createPlace } from './places.ts';
import { createQueue, pause } from './queue.ts';
import { createRetries } from './retries.ts';
import type { Send, VendorAnswer, VendorRequest } from './vendorRequest.ts';

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

const USER_AGENT = 'crm-federation';
const LARGEST_HEADER_BYTES = 16 * 1024;
const SHORTEST_KEY = 16;

/** Opens the pool of connections to one account's vendor. Nothing is sent before the first request. */
export function openConnection(options: ConnectionOptions): HttpConnection {
  const { account, clock } = options;
  const basePath = options.baseUrl.pathname.replace(/\/$/, '');
  const { origin } = options.baseUrl;
  const manners = {
    connect: createConnector(clock),
    maxHeaderSize: LARGEST_HEADER_BYTES,
    // The total deadline below bounds every phase; these two would only race with it.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const pool = new Pool(origin, { ...manners, connections: options.concurrency });
  const open = new Set<Dispatcher>([pool]);
  let closed = false;
  const queue = createQueue(options);
  const breaker = createBreaker(clock);
  const retries = createRetries(clock, options.random);
  const seen: { lastSuccessAt: number | null; lastFailureAt: number | null; lastErrorCode: ErrorCode | null } = {
    lastSuccessAt: null,
    lastFailureAt: null,
    lastErrorCode: null,
  };

  /** Notes the requests of a write, and keeps those of a dry run from being sent. */
  async function send(request: VendorRequest, call: Call): Promise<VendorAnswer> {
    const { requests } = call;
    if (requests === undefined || !(request.repeatable || request.write)) return sendAndJudge(request, call);
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

  async function sendAndJudge(request: VendorRequest, call: Call): Promise<VendorAnswer> {
    const deadline = Math.min(call.deadline, clock.now() + options.callTimeout);
    try {
      const encoded = encode(request, basePath);
      call.admit?.();
      retries.count();
      let lost = false;
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await watched(request, call, attempts, (trip) =>
            attempt(request, encoded, call, deadline, lost, trip),
          );
        } catch (error) {
          const again =
            request.repeatable && error instanceof CrmError ? retries.delay(error, attempts, deadline) : undefined;
          if (again === undefined) throw error;
          lost = error instanceof CrmError && error.facts.connectionLost === true;
          await pause(clock, again, call.signal);
          call.onRetry?.();
        }
      }
    } catch (error) {
      throw error instanceof CrmError ? error.at(account) : error;
    }
  }

  /** Tells of an attempt when it is over, however it ends. */
  async function watched(
    request: VendorRequest,
    call: Call,
    attempt: number,
    go: (trip: Trip) => Promise<VendorAnswer>,
  ): Promise<VendorAnswer> {
    const trip: Trip = { sentAt: undefined, status: undefined };
    let code: ErrorCode | undefined;
    try {
      return await go(trip);
    } catch (error) {
      code = error instanceof CrmError ? error.code : 'INTERNAL_SERVER_ERROR';
      throw error;
    } finally {
      options.onAttempt?.({
        account,
        method: request.method,
        template: request.path,
        attempt,
        batchSize: call.batchSize ?? 1,
        ...trip,
        endedAt: clock.now(),
        code,
        operation: call.operation,
      });
    }
  }

  /**
   * One attempt, from the queue to a verdict, which breaker and health are told of.
   * @param fresh on a connection of its own: others in the pool may have died together with the one that was lost
   */
  async function attempt(
    request: VendorRequest,
    encoded: EncodedRequest,
    call: Call,
    deadline: number,
    fresh: boolean,
    trip: Trip,
  ): Promise<VendorAnswer> {
    const queuedAt = clock.now();
    const leave = await queue.enter(deadline, call.signal);
    let outcome: Outcome = 'neither';
    try {
      call.onWait?.(clock.now() - queuedAt);
      const settle = breaker.admit();
      const reader = createJsonReader();
      const place = createPlace();
      try {
        trip.sentAt = clock.now();
        const raw = await transport(request, encoded, call, deadline, fresh, (signal) => ({
          watch: isJson(request) ? reader.watch : () => {},
          admitLong: () => place.take(signal),
        }));
        trip.status = raw.status;
        const answer = await judge(request, raw, reader);
        outcome = 'good';
        seen.lastSuccessAt = clock.now();
        return answer;
      } catch (error) {
        if (error instanceof CrmError) outcome = record(error);
        throw error;
      } finally {
        place.leave();
        settle(outcome);
      }
    } finally {
      leave();
    }
  }

  async function transport(
    request: VendorRequest,
    encoded: EncodedRequest,
    call: Call,
    deadline: number,
    fresh: boolean,
    intakeUntil: (signal: AbortSignal) => Intake,
  ): Promise<RawAnswer> {
    const dispatcher = fresh && !closed ? new Client(origin, manners) : pool;
    open.add(dispatcher);
    const abort = new AbortController();
    let timedOut = false;
    const cancelTimer = clock.after(Math.max(0, deadline - clock.now()), () => {
      timedOut = true;
      abort.abort();
    });
    // A write that was sent is finished even if nobody waits for it any more.
    const caller = request.repeatable ? call.signal : undefined;
    const leave = () => abort.abort();
    caller?.addEventListener('abort', leave, { once: true });
    call.onRequest?.();
    try {
      return await exchange(dispatcher, encoded, abort.signal, clock.now, intakeUntil(abort.signal));
    } catch (error) {
      if (caller?.aborted) throw new CrmError('NOT_ATTEMPTED', { executed: 'unknown', cause: error });
      throw failureOfTransport(error, timedOut, request);
    } finally {
      cancelTimer();
      caller?.removeEventListener('abort', leave);
      if (dispatcher !== pool) {
        open.delete(dispatcher);
        void dispatcher.destroy();
      }
    }
  }

  async function judge(
    request: VendorRequest,
    { status, retryAfter, text, unreadable }: RawAnswer,
    reader: JsonReader,
  ): Promise<VendorAnswer> {
    const success = status >= 200 && status < 300;
    if (success && unreadable !== undefined) {
      if (request.write?.statusDecides) return { status, body: undefined };
      throw failureOfTransport(unreadable, false, request);
    }
    let body: unknown;
    try {
      if (text !== undefined && text !== '') {
        const json = request.cleanText === undefined ? text : request.cleanText(text);
        if (!isJson(request)) reader.watch(Buffer.from(json));
        body = await reader.parse(json);
      }
    } catch (error) {
      if (success) {
        const facts = { executed: 'unknown', status, cause: error } as const;
        throw request.repeatable ? new CrmError('VENDOR_BAD_RESPONSE', facts) : outcomeUnknown(request, facts);
      }
    }
    const answer = { status, body };
    const failure = request.failure(answer);
    if (success && failure === undefined) return answer;
    // What was sent may be newer than the settings: tokens are renewed.
    const sent = Object.values({ ...request.headers, ...request.form }).flatMap((value) => [
      value,
      ...value.split(' '),
    ]);
    const clean = (message: string) => redact(message, [...options.secrets, ...sent.filter(isKey)]);
    throw failureOfStatus(status, failure, request, retryAfter, clean);
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
    closed = true;
    await Promise.all([...open].map((dispatcher) => dispatcher.destroy()));
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

/** What becomes known of an attempt on its way. */
interface Trip {
  sentAt: VendorAttempt['sentAt'];
  status: VendorAttempt['status'];
}

/** Whether all that comes should be JSON; if not, the text is looked at when it was cleaned, and if it matters. */
const isJson = ({ cleanText }: VendorRequest): boolean => cleanText === undefined;

/** Not a scheme word or a kind of grant, which vendors' texts may well hold. */
const isKey = (value: string): boolean => value.length >= SHORTEST_KEY;

const ANSWERS: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'VENDOR_REJECTED', 'CONFLICT']);

function logged(request: VendorRequest): LoggedRequest {
  const { path, body } = encode(request, '');
  return {
    method: request.method,
    path: withPlaceholdersNamed(path),
    template: request.path,
    body: body === null ? null : JSON.parse(withPlaceholdersNamed(body)),
    isWrite: request.write !== undefined,
    state: 'PLANNED',
    milliseconds: 0,
  };
}

interface EncodedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

/** The request as it goes out. Throws BAD_USER_INPUT for values that no address can carry. */
function encode(request: VendorRequest, basePath: string): EncodedRequest {
  const path = basePath + encodePath(request.path, request.pathValues) + encodeQuery(request.query);
  const headers = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': USER_AGENT,
    ...request.headers,
  };
  const { method } = request;
  if (request.form !== undefined) {
    const body = new URLSearchParams(request.form).toString();
    return { method, path, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body };
  }
  if (request.body === undefined) return { method, path, headers, body: null };
  return {
    method,
    path,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(request.body),
  };
}
