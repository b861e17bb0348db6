import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { runAlone } from './runAlone.ts';

// Servers that cannot prove who they are. The certificates were made for these tests and open nothing: `good`, `expired`
// and `wrong-name` by an authority whose own key was thrown away, `self-signed` by itself.

const FOLDER = join(import.meta.dirname, 'certificates');

const well: RequestListener = (_, outgoing) => void outgoing.end('{}');

/** Asks a server with such a certificate; counts what it saw. */
async function meet(name: string, options: ServerOptions = {}, listener = well, times = 1) {
  let [connections, requests, resumed] = [0, 0, 0];
  const files = { key: readFileSync(join(FOLDER, `${name}.key`)), cert: readFileSync(join(FOLDER, `${name}.pem`)) };
  const server = createServer({ ...files, ...options }, (incoming, outgoing) => {
    requests += 1;
    listener(incoming, outgoing);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('secureConnection', (socket) => {
    if (socket.isSessionReused()) resumed += 1;
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { NODE_EXTRA_CA_CERTS: join(FOLDER, 'ca.pem'), NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { outcomes } = await runAlone(`https://127.0.0.1:${port}`, times, env);
  server.closeAllConnections();
  server.close();
  return { outcomes, connections, requests, resumed };
}

const REFUSED = { outcomes: ['VENDOR_UNAVAILABLE no'], connections: 1, requests: 0, resumed: 0 };

test('a certificate of a trusted authority for the right name is good', async () => {
  expect(await meet('good')).toEqual({ outcomes: ['fine'], connections: 1, requests: 1, resumed: 0 });
});

// The environment says that certificates do not matter; nobody listens.
test.each(['self-signed', 'expired', 'wrong-name'])(
  'a certificate that is %s: nothing is sent, and nothing is tried again',
  async (name) => {
    expect(await meet(name)).toEqual(REFUSED);
  },
);

test('TLS 1.1: nothing is sent, and nothing is tried again', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  expect(await meet('good', old)).toEqual(REFUSED);
});

const LONG = JSON.stringify('王'.repeat(1_000_000));

test.each<[string, RequestListener]>([
  ['in one piece', (_, outgoing) => void outgoing.setHeader('content-length', Buffer.byteLength(LONG)).end(LONG)],
  [
    'in chunks',
    (_, outgoing) => {
      outgoing.write(LONG.slice(0, 500_000));
      outgoing.end(LONG.slice(500_000));
    },
  ],
  ['packed', (_, outgoing) => void outgoing.setHeader('content-encoding', 'gzip').end(gzipSync(LONG))],
])('three long answers, each %s, come over one connection', async (_, listener) => {
  expect(await meet('good', {}, listener, 3)).toEqual({ outcomes: ['fine'], connections: 1, requests: 3, resumed: 0 });
});

test('a later connection goes on where the one before had proven who it is', async () => {
  const closing: RequestListener = (_, outgoing) => void outgoing.setHeader('connection', 'close').end('{}');
  expect(await meet('good', {}, closing, 3)).toEqual({ outcomes: ['fine'], connections: 3, requests: 3, resumed: 2 });
});
