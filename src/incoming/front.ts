import { transcode } from 'node:buffer';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { CrmError } from '../crm/errors.ts';
import { atEndOfTurn } from '../crm/turn.ts';
import { isJsonType } from './bodies.ts';
import { createAddressCheck, DATA_HEADERS } from './headers.ts';
import { JSON_IN_UTF8, textOfDefect } from './refusals.ts';

// For a small answer fastify's rounds (router, hooks, parser, reply) are a good part of the work. So the requests that
// nearly all clients send are read and answered here; every other one goes to fastify, untouched and with its body.

export interface Front {
  /** Where the graph is. */
  readonly path: string;
  readonly largestBody: number;
  /** Whether only this machine itself may ask. */
  readonly isLocal: boolean;
  isDraining(): boolean;
  /** Whether the caller is known; whoever is not, fastify refuses. Undefined: nobody need be known. */
  readonly recognize: ((request: IncomingMessage) => Promise<boolean>) | undefined;
  /** Undefined: nothing was asked of any CRM, and fastify answers. */
  answer(request: IncomingMessage, response: ServerResponse, body: unknown): QuickAnswer | undefined;
  reportDefect(error: unknown): CrmError;
  /** Told the status of each answer that was sent. */
  readonly answered: ((status: number) => void) | undefined;
}

export interface QuickAnswer {
  readonly contentType: string;
  /** JSON, to which a line end is added. */
  readonly body: Promise<string>;
}

/** Puts the front before fastify's listener. */
export function putInFront(front: Front, fastify: RequestListener): RequestListener {
  const { path, largestBody, isLocal, recognize, answered } = front;
  const isPlainAddress = createAddressCheck(path, isLocal);
  const utf8 = new TextDecoder('utf-8', { fatal: true });

  const hasBody = (length: number): boolean => length > 0 && length <= largestBody;

  /** Whether nothing can be said against it before its sender is known and its body is read. */
  const isCommon = ({ method, url, headers }: IncomingMessage): boolean =>
    method === 'POST' &&
    url === path &&
    hasBody(Number(headers['content-length'])) &&
    headers['content-encoding'] === undefined &&
    headers.origin === undefined &&
    isJsonType(headers['content-type']) &&
    isPlainAddress(headers) &&
    !front.isDraining();

  function read(request: IncomingMessage, response: ServerResponse): void {
    request.once('data', (bytes: Buffer) => {
      try {
        const answer = answerTo(request, response, bytes);
        if (answer !== undefined) {
          void send(response, answer);
          return;
        }
      } catch (error) {
        fail(response, error);
        return;
      }
      request.pause();
      request.unshift(bytes);
      fastify(request, response);
    });
  }

  function answerTo(request: IncomingMessage, response: ServerResponse, bytes: Buffer): QuickAnswer | undefined {
    const isWhole = bytes.length === Number(request.headers['content-length']);
    const body = isWhole ? parsed(bytes) : undefined;
    return body === undefined ? undefined : front.answer(request, response, body);
  }

  /** Undefined for what is no JSON, or could reach for a prototype. */
  function parsed(bytes: Buffer): unknown {
    try {
      const text = utf8.decode(bytes);
      return SUSPICIOUS.test(text) ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  async function send(response: ServerResponse, { contentType, body }: QuickAnswer): Promise<void> {
    try {
      const text = await body;
      atEndOfTurn(() => write(response, 200, contentType, text, '\n'));
    } catch (error) {
      fail(response, error);
    }
  }

  const fail = (response: ServerResponse, error: unknown): void =>
    write(response, 500, JSON_IN_UTF8, textOfDefect(front.reportDefect(error)), '');

  /** @param end ASCII; apart from the text, because joining both before would copy all of it once more */
  function write(response: ServerResponse, status: number, contentType: string, text: string, end: string): void {
    if (answered !== undefined) response.once('finish', () => answered(status));
    const bytes = inUtf8(text) + end;
    const headers = ALWAYS.concat('content-type', contentType, 'content-length', String(bytes.length));
    if (front.isDraining()) headers.push('connection', 'close');
    response.writeHead(status, headers).end(bytes, 'latin1');
  }

  return (request, response) => {
    if (!isCommon(request)) fastify(request, response);
    else if (recognize === undefined) read(request, response);
    else
      recognize(request).then(
        (isKnown) => (isKnown ? read : fastify)(request, response),
        () => fastify(request, response),
      );
  };
}

const BEYOND_LATIN_1 = /[^\0-\xff]/;
const LARGEST_SCRATCH = 256 * 1024;
const scratch = Buffer.allocUnsafeSlow(LARGEST_SCRATCH);

/**
 * A JSON text in UTF-8, one character for each byte. V8 is slow at making UTF-8 of a text with signs beyond Latin-1, and
 * would do it twice, as its length is said first: `transcode` takes a fifth of that.
 */
function inUtf8(text: string): string {
  if (!BEYOND_LATIN_1.test(text) && Buffer.byteLength(text) === text.length) return text;
  if (2 * text.length > LARGEST_SCRATCH) return Buffer.from(text).toString('latin1');
  const units = scratch.subarray(0, scratch.write(text, 'utf16le'));
  return transcode(units, 'utf16le', 'utf8').toString('latin1');
}

/** Headers of every answer, as fastify's hooks set them. */
const ALWAYS: readonly string[] = ['vary', 'origin', ...DATA_HEADERS];

/** A name that could be a prototype's, or be written so that it does not show. */
const SUSPICIOUS = /__proto__|constructor|\\u/;
