import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKey } from '../../src/callers/apiKeys.ts';
import type { Scope } from '../../src/crm/caller.ts';
import type { RecordType } from '../../src/crm/globalIds.ts';
import { createGlobalIds } from '../../src/ids/globalIds.ts';
import { deriveKeys } from '../../src/ids/secret.ts';
import { type Graph, startGraph } from '../support/graph.ts';

// The graph as it runs in production: callers have keys, the router its secret, and one origin may ask from browsers.

export const ORIGIN = 'https://shop.example.com';
const ROUTER_SECRET = 'the-secret-of-the-router-long-enough-for-a-test';
const CRM_SECRET = 'the secret that keys the ids and cursors of this test';

/** What goes over the wire; `raw` replaces all the rest. */
export interface HostileRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  readonly raw?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Production {
  readonly graph: Graph;
  /** Of a caller with every scope. */
  readonly key: string;
  readonly routerHeaders: Readonly<Record<string, string>>;
  /** Sends with the caller's key unless the request has an `authorization` of its own; an empty one sends none. */
  send(request: HostileRequest): Promise<RawAnswer>;
  /** A well-formed id of a record that may not exist; its vendor id may be anything, as whoever knows the format can write. */
  idOf(type: RecordType, account: string, vendorId: string): string;
  /** Texts that must be in no answer. */
  readonly secrets: readonly string[];
  stop(): Promise<void>;
}

const SCOPES: readonly Scope[] = ['customers:read', 'customers:write', 'customers:delete', 'vendor-data:read'];

export async function startProduction(options: { readonly customers?: number } = {}): Promise<Production> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const callersFile = join(folder, 'callers.json');
  const { key, digest } = newKey();
  writeFileSync(
    callersFile,
    JSON.stringify({ callers: [{ id: 'owner', tenant: 'default', scopes: SCOPES, keys: [digest] }] }),
  );
  const secrets = [key, digest, ROUTER_SECRET, CRM_SECRET, callersFile];
  const graph = await startGraph({
    customers: options.customers ?? 20,
    accounts(demo) {
      for (const { credentials } of demo) {
        secrets.push(...Object.values(credentials).filter((value) => typeof value === 'string'));
      }
      return demo;
    },
    config: {
      production: true,
      authentication: { mode: 'keys', callersFile },
      routerSecrets: [ROUTER_SECRET],
      secrets: [CRM_SECRET],
      corsOrigins: [ORIGIN],
    },
  });
  const authorization = `Bearer ${key}`;
  const ids = createGlobalIds(deriveKeys([CRM_SECRET]));
  return {
    graph,
    key,
    secrets,
    idOf: (type, account, vendorId) =>
      // This vendor's ids are sealed natural keys.
      ids.encode(type, account, account === 'salekit' ? ids.seal(account, vendorId) : vendorId),
    routerHeaders: { authorization, 'router-authorization': `Bearer ${ROUTER_SECRET}` },
    send(request) {
      const url = new URL(graph.url);
      if (request.raw !== undefined) return sendRaw(url, request.raw.replaceAll('<key>', authorization));
      const { authorization: own = authorization, ...others } = request.headers ?? {};
      const headers = own === '' ? others : { ...others, authorization: own };
      return sendHttp(url, { ...request, headers });
    },
    async stop() {
      await graph.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Neither follows nor corrects anything, as `fetch` would. */
const sendHttp = (url: URL, { method = 'POST', path, headers, body }: HostileRequest): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let isAnswered = false;
    const sent = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        path: path ?? url.pathname,
        method,
        headers: { ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }), ...headers },
        agent: false,
      },
      (response) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        response.on('error', reject);
      },
    );
    // An answer may come before all of the body was taken.
    sent.on('error', (error) => {
      if (!isAnswered) reject(error);
    });
    sent.end(body);
  });

/** Writes the bytes as they are, and reads until the server closes. */
const sendRaw = (url: URL, text: string): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(url.port), url.hostname, () => socket.write(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const answer = Buffer.concat(chunks).toString('utf8');
      const [head = '', ...rest] = answer.split('\r\n\r\n');
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), headers: {}, text: rest.join('\r\n\r\n') });
    });
  });
