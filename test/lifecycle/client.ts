import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The request failed. Whether it had a connection decides whether it was lost or never taken. */
export class RequestFailure extends Error {
  readonly connected: boolean;
  constructor(connected: boolean, cause: unknown) {
    super('the request failed', { cause });
    this.connected = connected;
  }
}

/** Asks over plain HTTP, so that a test sees the connection and its headers. A body makes it a POST of JSON. */
export function ask(agent: Agent, url: string, body?: unknown): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const fail = (error: unknown) => reject(new RequestFailure(connected, error));
    const outgoing = request(
      url,
      { agent, method: body === undefined ? 'GET' : 'POST', headers: { 'content-type': 'application/json' } },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        incoming.on('error', fail);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }));
      },
    );
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) connected = true;
      else socket.once('connect', () => (connected = true));
    });
    outgoing.on('error', fail);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
