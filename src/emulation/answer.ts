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
export function write(outgoing: ServerResponse, { status, body, headers, prefix = '' }: EmulatedAnswer): void {
  if (body === undefined) {
    outgoing.writeHead(status, headers).end();
    return;
  }
  const text = prefix + JSON.stringify(body);
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  outgoing.end(text);
}
