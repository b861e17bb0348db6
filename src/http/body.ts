import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

interface Answer {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Readable;
}

/** From here on an answer is long. */
const LONG = 1024 * 1024;

/** The bytes arrived but are no text we understand. */
export class UnreadableBody extends Error {}

/** There is more of it than we read: the rest was cut off by us. */
export class ExcessiveBody extends UnreadableBody {}

/** What becomes of a body while it arrives. */
export interface Intake {
  /** Is shown the decoded bytes. */
  watch(bytes: Uint8Array): void;
  /** Waits until there is room for a long answer. */
  admitLong(): Promise<void>;
}

/**
 * The whole body as text. Throws `UnreadableBody` when it is longer than `limit` bytes after decoding, has an encoding
 * that was not asked for, or is no UTF-8, and what `intake` throws. The rest is then not read and the socket is closed.
 */
export async function readBody({ headers, body }: Answer, limit: number, intake: Intake): Promise<string> {
  // Leaving a body unread ends it with an error that nobody else would listen to.
  body.on('error', () => {});
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    body.destroy();
    throw new UnreadableBody('the answer has an encoding that was not asked for');
  }
  // Who announces more than we read is not read at all.
  if (Number(headers['content-length']) > limit) {
    body.destroy();
    throw new ExcessiveBody('the answer is larger than we read');
  }
  return encoding === 'gzip' ? unpack(body, limit, intake) : collect(body, limit, intake);
}

async function unpack(body: Readable, limit: number, intake: Intake): Promise<string> {
  const decoder = createGunzip();
  body.on('error', (error) => decoder.destroy(error));
  body.pipe(decoder);
  try {
    return await collect(decoder, limit, intake);
  } catch (error) {
    throw isZlibError(error) ? new UnreadableBody('the answer is not the gzip it claims to be') : error;
  } finally {
    body.destroy();
  }
}

const isZlibError = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('Z_');

async function collect(stream: Readable, limit: number, intake: Intake): Promise<string> {
  // One piece of memory, moved as it grows: many pieces would be in memory until the collector comes by.
  let memory = new ArrayBuffer(0);
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const end = length + chunk.length;
      // Leaving the loop destroys the stream, and with it the socket.
      if (end > limit) throw new ExcessiveBody('the answer is larger than we read');
      intake.watch(chunk);
      if (end > LONG && !memory.resizable) await intake.admitLong();
      if (end > memory.byteLength) memory = grown(memory, end, limit);
      new Uint8Array(memory).set(chunk, length);
      length = end;
    }
    return decoded(new Uint8Array(memory, 0, length));
  } finally {
    // Given back at once.
    if (memory.resizable) memory.resize(0);
  }
}

/** Long answers get memory of their own, whose pages come when they are filled and go when they were read. */
function grown(memory: ArrayBuffer, length: number, limit: number): ArrayBuffer {
  if (length <= LONG) return memory.transfer(Math.min(2 * length, LONG));
  if (memory.resizable) {
    memory.resize(length);
    return memory;
  }
  const long = new ArrayBuffer(length, { maxByteLength: limit });
  new Uint8Array(long).set(new Uint8Array(memory));
  return long;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableBody('the answer is no UTF-8');
  }
}
