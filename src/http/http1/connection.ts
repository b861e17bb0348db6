import type { Socket } from 'node:net';
import { atEndOfTurn } from '../../crm/turn.ts';
import type { EncodedRequest } from '../encode.ts';
import type { Connect } from './connect.ts';
import { type Head, isField, NoHttpError, readHead } from './head.ts';

/** Who waits for an answer: told its head, each piece of its body and its end; or at any time of an error instead. */
export interface Receiver {
  onHead(head: Head): void;
  /**
   * After `pause` nothing more comes until `resume`.
   * @param bytes change once this returns, or those of a whole body once `onEnd` returns
   */
  onData(bytes: Buffer, isWhole: boolean): void;
  /** The connection is somebody else's from now on. */
  onEnd(): void;
  /** @param wasSent whether any byte of the request may have reached the other side */
  onError(error: Error, wasSent: boolean): void;
}

/** Told what becomes of a connection. */
export interface Owner {
  /** It may carry another request, for so many milliseconds. */
  onIdle(connection: Connection, milliseconds: number): void;
  onClosed(): void;
}

/**
 * Where what comes in lies, for all connections: each piece is dealt with before the next one is read, of whichever
 * connection. It stays in the processor's cache; streams, or memory of its own for each answer, cost more than all the rest.
 */
const INCOMING = Buffer.allocUnsafeSlow(64 * 1024);
const LARGEST_HEAD_BYTES = 16 * 1024;
/** How long it is kept where the other side does not say. */
const IDLE_MS = 4_000;
const LONGEST_IDLE_MS = 600_000;
/** The other side began to count before we did. */
const MARGIN_MS = 2_000;

const LINE_END = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);
const CHUNK_SIZE = /^([0-9a-f]{1,8})(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;

/** What comes next from the other side. */
type Next = 'nothing' | 'head' | 'body' | 'body until it closes' | 'chunk size' | 'chunk' | 'chunk end' | 'trailer';

/** One connection, which carries one HTTP/1.1 request after the other (RFC 9112). */
export class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  readonly #owner: Owner;
  #isConnected = false;
  /** Until it is written. */
  #request: EncodedRequest | undefined;
  #receiver: Receiver | undefined;
  #next: Next = 'nothing';
  #head: Head | undefined;
  /** Bytes of the body, or of its chunk, still to come. */
  #left = 0;
  /** What came of something that is not whole yet, or before the receiver wanted a pause. */
  #rest = NOTHING;
  #isPaused = false;
  #hasEnded = false;

  /** @param host for the header of that name */
  constructor(connect: Connect, host: string, owner: Owner) {
    this.#host = host;
    this.#owner = owner;
    const callback = (length: number) => {
      this.#read(INCOMING.subarray(0, length));
      return !this.#isPaused;
    };
    this.#socket = connect({ buffer: INCOMING, callback }, (error) => {
      if (error !== null) return this.#close(error);
      this.#isConnected = true;
      this.#write();
    });
    this.#socket.on('error', (error) => this.#close(error));
    this.#socket.on('end', () => this.#end());
    this.#socket.on('close', () => this.#close(new Error('the connection was closed')));
  }

  /** Whether any byte of the request may have reached the other side. */
  get wasSent(): boolean {
    return this.#request === undefined;
  }

  /** Whether another request may be sent. */
  get isFree(): boolean {
    return this.#next === 'nothing' && this.#socket.writable;
  }

  /** Only while it is free. The request is written once the connection is made, and not before it is known to be safe. */
  send(request: EncodedRequest, receiver: Receiver): void {
    this.#receiver = receiver;
    this.#request = request;
    this.#next = 'head';
    if (this.#isConnected) atEndOfTurn(() => this.#write());
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#read(NOTHING);
    if (this.#isPaused) return;
    if (this.#hasEnded) this.#end();
    else this.#socket.resume();
  }

  /** Closes it; whoever waits for an answer is not told. */
  destroy(): void {
    this.#receiver = undefined;
    this.#socket.destroy();
  }

  /** Closes it; whoever waits for an answer is told. */
  abort(): void {
    this.#close(new Error('the connection was closed by us'));
  }

  #write(): void {
    const request = this.#request;
    if (request === undefined || this.#socket.destroyed) return;
    this.#request = undefined;
    const { method, path, headers, body } = request;
    const head = `${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\nconnection: keep-alive\r\n${headers}`;
    if (body === null) {
      const isEmptyBody = method !== 'GET' && method !== 'DELETE';
      this.#socket.write(isEmptyBody ? `${head}content-length: 0\r\n\r\n` : `${head}\r\n`, 'latin1');
      return;
    }
    this.#socket.cork();
    this.#socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n`, 'latin1');
    this.#socket.write(body, 'utf8');
    this.#socket.uncork();
  }

  #read(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    this.#rest = NOTHING;
    let start = 0;
    try {
      while (!this.#isPaused && !this.#socket.destroyed) {
        const end = this.#take(bytes, start);
        if (end === undefined) break;
        start = end;
      }
    } catch (error) {
      this.#close(error as Error);
    }
    if (start < bytes.length && !this.#socket.destroyed) this.#rest = Buffer.from(bytes.subarray(start));
  }

  /** Takes what comes next, and answers where it ends; undefined where more of it must come first. */
  #take(bytes: Buffer, start: number): number | undefined {
    switch (this.#next) {
      case 'nothing':
        // Nobody has asked for it: whoever asked next would take it for his answer.
        if (start < bytes.length) this.destroy();
        return undefined;
      case 'head':
        if (!this.wasSent && start < bytes.length) throw new NoHttpError('an answer came before its request was sent');
        return this.#takeHead(bytes, start);
      case 'body':
        if (this.#left === 0) return this.#complete(start, start === bytes.length);
        return this.#takeBytes(bytes, start);
      case 'body until it closes':
        if (start === bytes.length) return undefined;
        this.#receiver?.onData(bytes.subarray(start), false);
        return bytes.length;
      case 'chunk size':
        return this.#takeChunkSize(bytes, start);
      case 'chunk':
        if (this.#left > 0) return this.#takeBytes(bytes, start);
        this.#next = 'chunk end';
        return start;
      case 'chunk end':
        if (bytes.length - start < LINE_END.length) return undefined;
        if (lineAt(bytes, start) !== '') throw new NoHttpError('the answer has a chunk that does not end');
        this.#next = 'chunk size';
        return start + LINE_END.length;
      case 'trailer':
        return this.#takeTrailer(bytes, start);
    }
  }

  #takeHead(bytes: Buffer, given: number): number | undefined {
    let start = given;
    // Some send a line end behind a body, which does not belong to it.
    while (bytes[start] === CR && bytes[start + 1] === LF) start += LINE_END.length;
    const end = bytes.indexOf(HEAD_END, start);
    if ((end === -1 ? bytes.length : end) - start > LARGEST_HEAD_BYTES)
      throw new NoHttpError('the answer has more headers than we read');
    if (end === -1) return start === given ? undefined : start;
    const head = readHead(bytes.toString('latin1', start, end + LINE_END.length));
    // Interim: the one that counts is still to come.
    if (head.status >= 200) {
      this.#head = head;
      this.#left = typeof head.body === 'number' ? head.body : 0;
      this.#next =
        typeof head.body === 'number' ? 'body' : head.body === 'chunks' ? 'chunk size' : 'body until it closes';
      this.#receiver?.onHead(head);
    }
    return end + HEAD_END.length;
  }

  #takeChunkSize(bytes: Buffer, start: number): number | undefined {
    const line = lineAt(bytes, start);
    if (line === undefined) return undefined;
    const size = CHUNK_SIZE.exec(line)?.[1];
    if (size === undefined) throw new NoHttpError('the answer has a chunk without a size');
    this.#left = Number.parseInt(size, 16);
    this.#next = this.#left === 0 ? 'trailer' : 'chunk';
    return start + line.length + LINE_END.length;
  }

  #takeTrailer(bytes: Buffer, start: number): number | undefined {
    const line = lineAt(bytes, start);
    if (line === undefined) return undefined;
    const end = start + line.length + LINE_END.length;
    if (line === '') return this.#complete(end, end === bytes.length);
    if (!isField(line)) throw new NoHttpError('the answer has a header that is none');
    return end;
  }

  #takeBytes(bytes: Buffer, start: number): number | undefined {
    if (start === bytes.length) return undefined;
    const isWhole = this.#left === this.#head?.body && bytes.length - start >= this.#left;
    const end = Math.min(bytes.length, start + this.#left);
    this.#left -= end - start;
    this.#receiver?.onData(bytes.subarray(start, end), isWhole);
    return end;
  }

  /**
   * @param end of the answer
   * @param isLast nothing came behind it
   */
  #complete(end: number, isLast: boolean): number {
    const receiver = this.#receiver;
    const { isLasting, keepAlive } = this.#head ?? {};
    this.#receiver = undefined;
    this.#head = undefined;
    this.#next = 'nothing';
    const idle = keepAlive === undefined ? IDLE_MS : Math.min(keepAlive * 1_000 - MARGIN_MS, LONGEST_IDLE_MS);
    // One that answers before it has heard everything may do what it likes with the rest.
    if (isLasting && isLast && idle > 0 && this.#socket.writableLength === 0) this.#owner.onIdle(this, idle);
    else this.#socket.destroy();
    receiver?.onEnd();
    return end;
  }

  /** The other side has closed it. */
  #end(): void {
    this.#hasEnded = true;
    if (this.#isPaused) return;
    if (this.#next === 'body until it closes') this.#complete(0, false);
    else this.#close(new Error('the other side closed the connection'));
  }

  #close(error: Error): void {
    const receiver = this.#receiver;
    this.destroy();
    this.#owner.onClosed();
    receiver?.onError(error, this.wasSent);
  }
}

const CR = 13;
const LF = 10;

/** The line without its end, or undefined where that is still to come. */
function lineAt(bytes: Buffer, start: number): string | undefined {
  const end = bytes.indexOf(LINE_END, start);
  if ((end === -1 ? bytes.length : end) - start > LARGEST_HEAD_BYTES)
    throw new NoHttpError('the answer has a line that is longer than we read');
  return end === -1 ? undefined : bytes.toString('latin1', start, end);
}
