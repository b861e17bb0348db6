import './coreErrors.ts';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Call } from '../../src/crm/call.ts';
import { CrmError } from '../../src/crm/errors.ts';
import { type ConnectionOptions, type HttpConnection, openConnection } from '../../src/http/send.ts';
import type { VendorRequest } from '../../src/http/vendorRequest.ts';
import { type TestClock, testClock } from './testClock.ts';

/** A vendor of one's own: a node:http server on the loopback interface that does what a test says. */
export interface TestVendor {
  readonly baseUrl: URL;
  /** All requests since the start or the last `reset`. */
  readonly requests: readonly IncomingMessage[];
  /** From now on answers like this. */
  answer(listener: RequestListener): void;
  /** The next request to come in. */
  arrival(): Promise<IncomingMessage>;
  connect(options?: Partial<ConnectionOptions>): HttpConnection;
  /** Closes all connections and forgets the requests. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const account = { id: 'shop-1', vendor: 'acme', region: 'EC', timeZone: 'UTC' };
const LARGEST_HEADER_BYTES = 512 * 1024;

export async function startVendor(): Promise<TestVendor> {
  const requests: IncomingMessage[] = [];
  const connections: HttpConnection[] = [];
  let listener: RequestListener = json({});
  const server = createServer({ maxHeaderSize: LARGEST_HEADER_BYTES }, (incoming, outgoing) => {
    requests.push(incoming);
    listener(incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  async function reset() {
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
    requests.length = 0;
    listener = json({});
  }
  return {
    baseUrl,
    requests,
    answer(given) {
      listener = given;
    },
    async arrival() {
      const [incoming] = (await once(server, 'request')) as [IncomingMessage];
      return incoming;
    },
    connect(options = {}) {
      const connection = openConnection({
        account,
        baseUrl,
        clock: testClock(),
        random: () => 0,
        callTimeout: 5_000,
        concurrency: 8,
        requestsPerSecond: undefined,
        secrets: [],
        ...options,
      });
      connections.push(connection);
      return connection;
    },
    reset,
    async close() {
      await reset();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with a status and JSON, once the request is read. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return raw(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers });
}

/** Answers with exactly these bytes, once the request is read. */
export function raw(
  bytes: string | Uint8Array,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (incoming, outgoing) => {
    void text(incoming).then(() => outgoing.writeHead(status, headers).end(bytes));
  };
}

export const read = (given: Partial<VendorRequest> = {}): VendorRequest => ({
  method: 'GET',
  path: '/things',
  repeatable: true,
  failure: () => undefined,
  ...given,
});

export const write = (given: Partial<VendorRequest> = {}): VendorRequest => ({
  method: 'POST',
  path: '/things',
  body: { name: 'Ana' },
  repeatable: false,
  failure: () => undefined,
  ...given,
});

/** A call that nobody is in a hurry for. */
export const patient = (clock?: TestClock): Call => ({ deadline: (clock?.now() ?? Date.UTC(2026, 0, 1)) + 60_000 });

/** The error that a request must end in. */
export async function failureOf(answer: Promise<unknown>): Promise<CrmError> {
  const [outcome] = await Promise.allSettled([answer]);
  if (outcome?.status === 'rejected' && outcome.reason instanceof CrmError) return outcome.reason;
  throw new Error('the request did not end in a CrmError', { cause: outcome });
}

/** Resolves when the vendor's end of a connection is closed, properly or not. */
export const closing = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));
