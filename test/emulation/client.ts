import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Emulator } from '../../src/emulation/emulator.ts';

export interface PlainRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface PlainAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A client with no manners of its own: sends just what it is told, on a connection of its own. */
export function ask(emulator: Emulator, given: PlainRequest, signal?: AbortSignal): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const body = given.body === undefined ? undefined : JSON.stringify(given.body);
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(
      emulator.baseUrl + given.path,
      {
        method: given.method ?? 'GET',
        headers: { ...headers, ...given.headers },
        agent: false,
        ...(signal === undefined ? {} : { signal }),
      },
      (incoming) => {
        text(incoming).then(
          (received) => resolve({ status: incoming.statusCode, headers: incoming.headers, text: received }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
