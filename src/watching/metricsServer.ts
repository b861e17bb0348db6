import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

export const METRICS_PATH = '/metrics';

const MOST_CONNECTIONS = 20;
const TIMEOUT_MS = 5_000;

export interface MetricsServer {
  /** Answers the address that it listens at. */
  start(): Promise<string>;
  close(): Promise<void>;
}

/** A listener of its own, so that metrics can stay inside a network that the graph looks out of. */
export function createMetricsServer(
  metrics: Metrics,
  { host, port, token }: { readonly host: string; readonly port: number; readonly token: string | undefined },
): MetricsServer {
  const server = createServer(
    { headersTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS, keepAliveTimeout: 65_000, maxHeaderSize: 8 * 1024 },
    async (request, response) => {
      if (request.url?.split('?', 1)[0] !== METRICS_PATH || request.method !== 'GET') response.writeHead(404).end();
      else if (token !== undefined && !isToken(token, request.headers.authorization)) {
        response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      } else {
        const text = await metrics.text();
        response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text);
      }
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, () => {
          const { address, family, port: bound } = server.address() as AddressInfo;
          resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${bound}${METRICS_PATH}`);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether an `Authorization` header carries the token. */
export const isToken = (token: string, authorization: string | undefined): boolean =>
  timingSafeEqual(digestOf(`Bearer ${token}`), digestOf(authorization ?? ''));
