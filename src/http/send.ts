import { Client, type Dispatcher, Pool } from 'undici';
import type { AccountFacts, Health } from '../crm/account.ts';
import type { Call } from '../crm/call.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError, type ErrorCode } from '../crm/errors.ts';
import { redact } from '../crm/redact.ts';
import { DryRunEnd, type LoggedRequest, withPlaceholdersNamed } from '../crm/requests.ts';
import type { VendorAttempt } from '../crm/watch.ts';
import { createBreaker, type Outcome } from './breaker.ts';
import { createConnector } from './connect.ts';
import { encodePath, encodeQuery } from './encode.ts';
import { exchange, type RawAnswer } from './exchange.ts';
import { failureOfStatus, failureOfTransport, outcomeUnknown } from './failures.ts';
import { createJsonReader, type JsonReader } from './json.ts';
import { createPlace, type Place } from './places.ts';
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
          return await attempt({ request, encoded, call, deadline, attempts, fresh: lost });
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

  /** One attempt, from the queue to a verdict; breaker, health and whoever watches are told of it, however it ends. */
  async function attempt(trip: Trip): Promise<VendorAnswer> {
    const { request, call } = trip;
    let leave: (() => void) | undefined;
    let settle: ((outcome: Outcome) => void) | undefined;
    let outcome: Outcome = 'neither';
    let code: ErrorCode | undefined;
    let sentAt: number | undefined;
    let status: number | undefined;
    const reader = createJsonReader();
    const place = createPlace();
    try {
      const queuedAt = clock.now();
      const entered = queue.enter(trip.deadline, call.signal);
      leave = entered instanceof Promise ? await entered : entered;
      call.onWait?.(clock.now() - queuedAt);
      settle = breaker.admit();
      sentAt = clock.now();
      const raw = await transport(trip, reader, place);
      status = raw.status;
      const read = readAs(request, raw, reader);
      const answer = judge(request, raw, read instanceof Promise ? await read : read);
      outcome = 'good';
      seen.lastSuccessAt = clock.now();
      return answer;
    } catch (error) {
      code = error instanceof CrmError ? error.code : 'INTERNAL_SERVER_ERROR';
      // What never got past the queue or the breaker says nothing about the vendor.
      if (error instanceof CrmError && sentAt !== undefined) outcome = record(error);
      throw error;
    } finally {
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
  }

  async function transport(
    { request, encoded, call, deadline, fresh }: Trip,
    reader: JsonReader,
    place: Place,
  ): Promise<RawAnswer> {
    const dispatcher = fresh && !closed ? new Client(origin, manners) : pool;
    open.add(dispatcher);
    // A write that was sent is finished even if nobody waits for it any more.
    const caller = request.repeatable ? call.signal : undefined;
    call.onRequest?.();
    const { answer, cut } = exchange(dispatcher, encoded, clock.now, {
      watch: isJson(request) ? reader.watch : ignore,
      admitLong: () => place.take(),
    });
    let timedOut = false;
    const cancelTimer = clock.after(Math.max(0, deadline - clock.now()), () => {
      timedOut = true;
      cut(new Error('the time ran out'));
    });
    const leave = () => cut(new Error('the caller has left'));
    caller?.addEventListener('abort', leave, { once: true });
    try {
      return await answer;
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

  /** The body as JSON, where it says something: undefined for an empty one and for one that only its status judges. */
  function readAs(
    request: VendorRequest,
    { status, text, unreadable }: RawAnswer,
    reader: JsonReader,
  ): unknown | Promise<unknown> {
    const good = isGood(status);
    if (good && unreadable !== undefined) {
      if (request.write?.statusDecides) return undefined;
      throw failureOfTransport(unreadable, false, request);
    }
    if (text === undefined || text === '') return undefined;
    const refuse = (error: unknown): undefined => {
      if (!good) return undefined;
      const facts = { executed: 'unknown', status, cause: error } as const;
      throw request.repeatable ? new CrmError('VENDOR_BAD_RESPONSE', facts) : outcomeUnknown(request, facts);
    };
    try {
      const json = request.cleanText === undefined ? text : request.cleanText(text);
      if (!isJson(request)) reader.watch(Buffer.from(json));
      const value = reader.parse(json);
      return value instanceof Promise ? value.catch(refuse) : value;
    } catch (error) {
      return refuse(error);
    }
  }

  /** By the vendor's own verdict, else by the status. */
  function judge(request: VendorRequest, { status, retryAfter, unreadable }: RawAnswer, body: unknown): VendorAnswer {
    const answer = { status, body };
    // Too large for us, and its status alone says that it was carried out.
    if (isGood(status) && unreadable !== undefined) return answer;
    const failure = request.failure(answer);
    if (isGood(status) && failure === undefined) return answer;
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

const isGood = (status: number): boolean => status >= 200 && status < 300;
const ignore = (): void => {};

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
