import type { ServerResponse } from 'node:http';

export interface EmulatedAnswer {
  readonly status: number;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Stray characters before the JSON, for vendors known to send some. */
  readonly prefix?: string;
}

/** Writes a vendor's answer as JSON. */
export function write(outgoing: ServerResponse, answer: EmulatedAnswer): void {
  const { status, body, headers } = answer;
  if (body === undefined) outgoing.writeHead(status, headers).end();
  else writeText(outgoing, status, textOf(answer), headers);
}

/** The body as it travels. */
export const textOf = ({ body, prefix = '' }: EmulatedAnswer): string =>
  body === undefined ? '' : prefix + JSON.stringify(body);

/** Writes these very bytes, whether they are JSON or only say so. */
export function writeText(
  outgoing: ServerResponse,
  status: number,
  text: string | Uint8Array,
  headers?: Readonly<Record<string, string>>,
): void {
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  outgoing.end(text);
}
