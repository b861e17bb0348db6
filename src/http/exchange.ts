import { createGunzip, type Gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { createBody, ExcessiveBody, type Intake, UnreadableBody } from './body.ts';
import { retryAfterSeconds } from './retryAfter.ts';

/** One answer of the other side, whatever it says. */
export interface RawAnswer {
  readonly status: number;
  /** Seconds, from the header of that name. */
  readonly retryAfter: number | undefined;
  /** Undefined where the body could not be read as text: see `unreadable`. */
  readonly text: string | undefined;
  readonly unreadable: unknown;
}

export interface Exchange {
  /**
   * Rejects with what the socket failed with when no status came back, or when a good status came with a body that broke
   * off or is no text. A bad status is a verdict even if its body is unreadable, and a good one may be even if we cut its
   * body off.
   */
  readonly answer: Promise<RawAnswer>;
  /** Ends it from our side: `answer` rejects with the reason, and the connection is closed. */
  cut(reason: Error): void;
}

const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;

/**
 * One HTTP request, there and back; the body goes through `intake`. At most 10 MiB of it are read, decoded; the rest is
 * then left on the socket, which is closed. undici's own promise and stream for each answer cost more than the rest of a
 * small exchange, so this listens to its dispatcher.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: { method: string; path: string; headers: Record<string, string>; body: string | null },
  now: () => number,
  intake: Intake,
): Exchange {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const body = createBody(LARGEST_ANSWER_BYTES, intake);
  let controller: Dispatcher.DispatchController | undefined;
  let decoder: Gunzip | undefined;
  let status: number | undefined;
  let retryAfter: number | undefined;
  let ended = false;

  function end(): void {
    ended = true;
    body.drop();
    decoder?.destroy();
  }

  function complete(): void {
    if (ended || status === undefined) return;
    try {
      const text = body.text();
      end();
      resolve({ status, retryAfter, text, unreadable: undefined });
    } catch (error) {
      fail(error);
    }
  }

  /** What came so far is all there is. */
  function fail(error: unknown): void {
    if (ended) return;
    end();
    controller?.abort(error as Error);
    const good = status !== undefined && status >= 200 && status < 300;
    const isCut = error instanceof ExcessiveBody;
    if (status === undefined || (good && error instanceof UnreadableBody && !isCut)) reject(error);
    else if (good && !isCut) reject(new Error('the answer broke off', { cause: error }));
    else resolve({ status, retryAfter, text: undefined, unreadable: error });
  }

  function take(chunk: Uint8Array, source: { pause(): unknown; resume(): unknown }): void {
    if (ended) return;
    try {
      const room = body.take(chunk);
      if (room === undefined) return;
      source.pause();
      room.then(() => source.resume(), fail);
    } catch (error) {
      fail(error);
    }
  }

  function unpack(from: Dispatcher.DispatchController): Gunzip {
    const gunzip = createGunzip();
    gunzip.on('data', (chunk: Buffer) => take(chunk, gunzip));
    gunzip.on('drain', () => from.resume());
    gunzip.on('end', complete);
    gunzip.on('error', () => fail(new UnreadableBody('the answer is not the gzip it claims to be')));
    return gunzip;
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started;
      if (ended) started.abort(new Error('nobody waits any more'));
    },
    onResponseStart(started, statusCode, headers) {
      // Interim answers: the one that counts is still to come.
      if (statusCode < 200 || ended) return;
      status = statusCode;
      retryAfter = retryAfterSeconds(headers['retry-after'], now());
      const encoding = headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity' && encoding !== 'gzip')
        fail(new UnreadableBody('the answer has an encoding that was not asked for'));
      // Who announces more than we read is not read at all.
      else if (Number(headers['content-length']) > LARGEST_ANSWER_BYTES)
        fail(new ExcessiveBody('the answer is larger than we read'));
      else if (encoding === 'gzip') decoder = unpack(started);
    },
    onResponseData(started, chunk) {
      if (decoder === undefined) take(chunk, started);
      else if (!decoder.write(chunk)) started.pause();
    },
    onResponseEnd() {
      if (decoder === undefined) complete();
      else decoder.end();
    },
    onResponseError(_controller, error) {
      fail(error);
    },
  };

  try {
    dispatcher.dispatch({ ...request, method: request.method as Dispatcher.HttpMethod }, handler);
  } catch (error) {
    fail(error);
  }
  return {
    answer: promise,
    cut(reason) {
      if (ended) return;
      end();
      controller?.abort(reason);
      reject(reason);
    },
  };
}
