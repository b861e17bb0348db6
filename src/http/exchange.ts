import { createGunzip, type Gunzip } from 'node:zlib';
import { Body, ExcessiveBody, UnreadableBody, type Watch } from './body.ts';
import type { EncodedRequest } from './encode.ts';
import type { Endable } from './ends.ts';
import type { Connection, Receiver } from './http1/connection.ts';
import type { Head } from './http1/head.ts';
import type { Pool } from './http1/pool.ts';
import type { Place } from './places.ts';
import { retryAfterSeconds } from './retryAfter.ts';

/** One answer of the other side, whatever it says. */
export interface RawAnswer {
  readonly status: number;
  /** Seconds, from the header of that name. */
  readonly retryAfter: number | undefined;
  /**
   * As text, or as bytes when it is long; these are good until the exchange is left. Undefined where it could not be
   * read: see `unreadable`.
   */
  readonly body: string | Buffer | undefined;
  readonly unreadable: unknown;
}

const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;

/**
 * One HTTP request, there and back, begun as it is made. At most 10 MiB of it are read, decoded; the rest is
 * then left on the socket, which is closed.
 */
export class Exchange implements Receiver, Endable {
  /**
   * Rejects with what the socket failed with when no status came back, or when a good status came with a body that broke
   * off or is no text. A bad status is a verdict even if its body is unreadable, and a good one may be even if we cut its
   * body off.
   */
  readonly answer: Promise<RawAnswer>;
  readonly deadline: number;
  timedOut = false;
  /** Whether any byte of the request may have reached the other side. */
  wasSent = true;
  readonly #now: () => number;
  readonly #body: Body;
  #resolve: ((answer: RawAnswer) => void) | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  #connection: Connection | undefined;
  #decoder: Gunzip | undefined;
  #status: number | undefined;
  #retryAfter: number | undefined;
  #ended = false;

  /** @param place is waited for by a long answer */
  constructor(
    pool: Pool,
    request: EncodedRequest,
    fresh: boolean,
    deadline: number,
    now: () => number,
    watch: Watch | undefined,
    place: Place,
  ) {
    this.deadline = deadline;
    this.#now = now;
    this.#body = new Body(LARGEST_ANSWER_BYTES, watch, place);
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#connection = pool.send(request, this, fresh);
  }

  expire(): void {
    this.timedOut = true;
    this.#cut(new Error('the time ran out'));
  }

  abandon(): void {
    this.#cut(new Error('the caller has left'));
  }

  /** Gives the memory of its answer back. */
  leave(): void {
    this.#body.drop();
  }

  /** Ends it from our side: `answer` rejects with the reason, and the connection is closed. */
  #cut(reason: Error): void {
    if (this.#ended) return;
    this.#end();
    this.wasSent = this.#connection?.wasSent ?? true;
    this.#connection?.destroy();
    this.#reject?.(reason);
  }

  onHead({ status, encoding = 'identity', body, retryAfter }: Head): void {
    this.#status = status;
    if (retryAfter !== undefined) this.#retryAfter = retryAfterSeconds(retryAfter, this.#now());
    if (encoding !== 'identity' && encoding !== 'gzip')
      this.#fail(new UnreadableBody('the answer has an encoding that was not asked for'));
    // Who announces more than we read is not read at all.
    else if (typeof body === 'number' && body > LARGEST_ANSWER_BYTES)
      this.#fail(new ExcessiveBody('the answer is larger than we read'));
    else if (encoding === 'gzip') this.#decoder = this.#unpack();
  }

  onData(bytes: Buffer, isWhole: boolean): void {
    if (this.#decoder === undefined) this.#take(bytes, isWhole, this.#connection);
    // It is unpacked later, and the bytes change now.
    else if (!this.#decoder.write(Buffer.from(bytes))) this.#connection?.pause();
  }

  onEnd(): void {
    this.#connection = undefined;
    if (this.#decoder === undefined) this.#complete();
    else this.#decoder.end();
  }

  onError(error: Error, wasSent: boolean): void {
    this.wasSent = wasSent;
    this.#fail(error);
  }

  #unpack(): Gunzip {
    const gunzip = createGunzip();
    gunzip.on('data', (chunk: Buffer) => this.#take(chunk, false, gunzip));
    gunzip.on('drain', () => this.#connection?.resume());
    gunzip.on('end', () => this.#complete());
    gunzip.on('error', () => this.#fail(new UnreadableBody('the answer is not the gzip it claims to be')));
    return gunzip;
  }

  #take(chunk: Buffer, isWhole: boolean, source: Source | undefined): void {
    if (this.#ended) return;
    try {
      const room = this.#body.take(chunk, isWhole);
      if (room === undefined) return;
      source?.pause();
      room.then(
        () => source?.resume(),
        (error) => this.#fail(error),
      );
    } catch (error) {
      this.#fail(error);
    }
  }

  #complete(): void {
    if (this.#ended || this.#status === undefined) return;
    try {
      const body = this.#body.whole();
      this.#end();
      this.#resolve?.({ status: this.#status, retryAfter: this.#retryAfter, body, unreadable: undefined });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What came so far is all there is. */
  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#end();
    this.#connection?.destroy();
    const status = this.#status;
    const good = status !== undefined && status >= 200 && status < 300;
    const isCut = error instanceof ExcessiveBody;
    if (status === undefined || (good && error instanceof UnreadableBody && !isCut)) this.#reject?.(error);
    else if (good && !isCut) this.#reject?.(new Error('the answer broke off', { cause: error }));
    else this.#resolve?.({ status, retryAfter: this.#retryAfter, body: undefined, unreadable: error });
  }

  #end(): void {
    this.#ended = true;
    this.#decoder?.destroy();
  }
}

/** Where the bytes of a body come from. */
interface Source {
  pause(): unknown;
  resume(): unknown;
}
