import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

interface Answer {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Readable;
}

/**
 * The whole body as text, or undefined when it is longer than `limit` bytes after decoding: the rest is then not read
 * and the socket is closed. Only gzip is understood, because nothing else was asked for.
 */
export async function readBody({ headers, body }: Answer, limit: number): Promise<string | undefined> {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return collect(body, limit);
  if (encoding !== 'gzip') {
    body.destroy();
    throw new UnreadableBody('the answer has an encoding that was not asked for');
  }
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

/** The bytes arrived but are no text we understand. */
export class UnreadableBody extends Error {}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');

async function collect(stream: Readable, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the stream, and with it the socket.
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
  return bytes.toString('utf8');
}
