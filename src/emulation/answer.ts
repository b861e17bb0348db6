import type { ServerResponse } from 'node:http';

export interface EmulatedAnswer {
  readonly status: number;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes a vendor's answer as JSON. */
export function write(outgoing: ServerResponse, { status, body, headers }: EmulatedAnswer): void {
  if (body === undefined) {
    outgoing.writeHead(status, headers).end();
    return;
  }
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  outgoing.end(text);
}
