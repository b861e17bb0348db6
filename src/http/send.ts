import { Pool } from 'undici';
import type { AccountFacts, Health } from '../crm/account.ts';
import type { Call } from '../crm/call.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';
import { redact } from '../crm/redact.ts';
import { readBody } from './body.ts';
import { encodePath, encodeQuery, type PathValues, type QueryValues } from './encode.ts';
import { failureOfStatus, failureOfTransport, retryAfterSeconds } from './failures.ts';
import { parseJson } from './json.ts';
import { createPacer } from './pacer.ts';

/** One request in a vendor's terms. Values are given raw; encoding happens here and nowhere else. */
export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Template below the base URL, for example `/api/crm/customer/{id}/`; also its name in logs. */
  readonly path: string;
  readonly pathValues?: PathValues;
  /** Undefined values are left out. */
  readonly query?: QueryValues;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as `application/x-www-form-urlencoded` instead of `body`. */
  readonly form?: Readonly<Record<string, string>>;
  /**
   * Whether sending it twice does no harm. Said by the vendor's code, never guessed from the verb.
   * When it is false, an end that leaves the fate of the request open is OUTCOME_UNKNOWN.
   */
  readonly repeatable: boolean;
  /** `json`: an answer that is no JSON is VENDOR_BAD_RESPONSE. `nothing`: a 2xx alone decides and the body is optional. */
  readonly expects?: 'json' | 'nothing';
  /** Repairs what a vendor is known to put around its JSON, before it is parsed. */
  readonly cleanText?: (text: string) => string;
  /** The vendor's own verdict on its answer; undefined: the HTTP status decides. */
  readonly failure: (answer: VendorAnswer) => VendorFailure | undefined;
}

export interface VendorAnswer {
  readonly status: number;
  /** The parsed JSON; undefined for an empty body, and for one that is no JSON beside a failing status. */
  readonly body: unknown;
}

/** How a vendor says "no", whatever the HTTP status. */
export interface VendorFailure {
  /** The HTTP status it stands for; without one it is VENDOR_REJECTED. */
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/**
 * Sends one request to the account's vendor and answers once there is a checked success.
 * Throws `CrmError` for everything else; `facts.executed` says whether the vendor may have carried it out.
 */
export type Send = (request: VendorRequest, call: Call) => Promise<VendorAnswer>;

export interface ConnectionOptions {
  readonly account: AccountFacts;
  readonly baseUrl: URL;
  readonly clock: Clock;
  /** Milliseconds for one request from queueing to its last byte. */
  readonly callTimeout: number;
  /** Requests in flight at once. */
  readonly concurrency: number;
  readonly requestsPerSecond: number | undefined;
  /** Values that must never show in an error. */
  readonly secrets: readonly string[];
}

export interface HttpConnection {
  readonly send: Send;
  readonly health: Readonly<Health>;
  /** Ends all requests in flight. */
  close(): Promise<void>;
}

const USER_AGENT = 'crm-federation';
const CONNECT_TIMEOUT_MS = 1_000;
const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;
const LARGEST_HEADER_BYTES = 16 * 1024;

/** Opens the pool of connections to one account's vendor. Nothing is sent before the first request. */
export function openConnection(options: ConnectionOptions): HttpConnection {
  const { account, clock } = options;
  const basePath = options.baseUrl.pathname.replace(/\/$/, '');
  const pool = new Pool(options.baseUrl.origin, {
    connections: options.concurrency,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    maxHeaderSize: LARGEST_HEADER_BYTES,
    // The total deadline below bounds every phase; these two would only race with it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const pace = createPacer(clock, options.requestsPerSecond);
  const health: Health = { lastSuccessAt: null, lastFailureAt: null, lastErrorCode: null };

  async function attempt(request: VendorRequest, call: Call): Promise<VendorAnswer> {
    const path = basePath + encodePath(request.path, request.pathValues) + encodeQuery(request.query);
    const headers: Record<string, string> = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': USER_AGENT,
      ...request.headers,
    };
    let body: string | null = null;
    if (request.form !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      body = new URLSearchParams(request.form).toString();
    } else if (request.body !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(request.body);
    }

    const deadline = Math.min(call.deadline, clock.now() + options.callTimeout);
    await pace(deadline, call.signal);
    const left = deadline - clock.now();
    if (left <= 0) throw new CrmError('NOT_ATTEMPTED', { executed: 'no' });
    if (call.signal?.aborted) throw new CrmError('NOT_ATTEMPTED', { executed: 'no' });

    const abort = new AbortController();
    let timedOut = false;
    const cancelTimer = clock.after(left, () => {
      timedOut = true;
      abort.abort();
    });
    // A write that was sent is finished even if nobody waits for it any more.
    const caller = request.repeatable ? call.signal : undefined;
    const leave = () => abort.abort();
    caller?.addEventListener('abort', leave, { once: true });
    call.onRequest?.();

    let status: number;
    let text: string | undefined;
    let retryAfter: number | undefined;
    try {
      const answer = await pool.request({ method: request.method, path, headers, body, signal: abort.signal });
      status = answer.statusCode;
      retryAfter = retryAfterSeconds(answer.headers['retry-after'], clock.now());
      text = await readBody(answer, LARGEST_ANSWER_BYTES);
    } catch (error) {
      if (caller?.aborted) throw new CrmError('NOT_ATTEMPTED', { executed: 'unknown', cause: error });
      throw failureOfTransport(error, timedOut, request.repeatable);
    } finally {
      cancelTimer();
      caller?.removeEventListener('abort', leave);
    }
    return judge(request, status, text, retryAfter);
  }

  function judge(
    request: VendorRequest,
    status: number,
    text: string | undefined,
    retryAfter: number | undefined,
  ): VendorAnswer {
    const success = status >= 200 && status < 300;
    if (success && request.expects === 'nothing') return { status, body: undefined };
    let body: unknown;
    let unreadable: unknown;
    try {
      // A body beyond the cap was cut and is no answer; an empty one is a choice some vendors make.
      if (text === undefined) throw new Error('the answer is larger than we read');
      body = text === '' ? undefined : parseJson(request.cleanText === undefined ? text : request.cleanText(text));
    } catch (error) {
      unreadable = error;
    }
    if (success && unreadable !== undefined) {
      throw request.repeatable
        ? new CrmError('VENDOR_BAD_RESPONSE', { executed: 'unknown', status, cause: unreadable })
        : new CrmError('OUTCOME_UNKNOWN', { executed: 'unknown', status, cause: unreadable });
    }
    const answer = { status, body };
    const failure = request.failure(answer);
    if (success && failure === undefined) return answer;
    throw failureOfStatus(status, failure, request.repeatable, retryAfter, (message) =>
      redact(message, options.secrets),
    );
  }

  async function send(request: VendorRequest, call: Call): Promise<VendorAnswer> {
    try {
      const answer = await attempt(request, call);
      health.lastSuccessAt = clock.now();
      return answer;
    } catch (error) {
      if (!(error instanceof CrmError)) throw error;
      if (showsTrouble(error)) {
        health.lastFailureAt = clock.now();
        health.lastErrorCode = error.code;
      } else if (error.code !== 'NOT_ATTEMPTED') {
        health.lastSuccessAt = clock.now();
      }
      throw error.at(account);
    }
  }

  return { send, health, close: () => pool.destroy() };
}

/** A missing or refused record is an answer like any other; only the rest says something about the account. */
const showsTrouble = (error: CrmError): boolean =>
  error.code !== 'NOT_FOUND' &&
  error.code !== 'VENDOR_REJECTED' &&
  error.code !== 'NOT_ATTEMPTED' &&
  error.code !== 'CONFLICT';
