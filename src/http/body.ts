import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

interface Answer {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Readable;
}

/** The bytes arrived but are no text we understand. */
export class UnreadableBody extends Error {}

/**
 * The whole body as text. Throws `UnreadableBody` when it is longer than `limit` bytes after decoding (the rest is then
 * not read and the socket is closed), has an encoding that was not asked for, or is no UTF-8.
 */
export async function readBody({ headers, body }: Answer, limit: number): Promise<string> {
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
    throw new UnreadableBody('the answer is larger than we read');
  }
  const bytes = encoding === 'gzip' ? await unpack(body, limit) : await collect(body, limit);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableBody('the answer is no UTF-8');
  }
}

async function unpack(body: Readable, limit: number): Promise<Buffer> {
  const decoder = createGunzip();
  body.on('error', (error) => decoder.destroy(error));
  body.pipe(decoder);
  try {
    return await collect(decoder, limit);
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

async function collect(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the stream, and with it the socket.
    if (length > limit) throw new UnreadableBody('the answer is larger than we read');
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length);
}
