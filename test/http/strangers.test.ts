import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runAlone } from './runAlone.ts';

// Servers that cannot prove who they are. The certificates were made for these tests and open nothing: `good`, `expired`
// and `wrong-name` by an authority whose own key was thrown away, `self-signed` by itself.

const FOLDER = join(import.meta.dirname, 'certificates');

/** Asks a server with such a certificate; counts what it saw. */
async function meet(name: string, options: ServerOptions = {}) {
  let [connections, requests] = [0, 0];
  const files = { key: readFileSync(join(FOLDER, `${name}.key`)), cert: readFileSync(join(FOLDER, `${name}.pem`)) };
  const server = createServer({ ...files, ...options }, (_, outgoing) => {
    requests += 1;
    outgoing.end('{}');
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { NODE_EXTRA_CA_CERTS: join(FOLDER, 'ca.pem'), NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { outcomes } = await runAlone(`https://127.0.0.1:${port}`, 1, env);
  server.closeAllConnections();
  server.close();
  return { outcomes, connections, requests };
}

const REFUSED = { outcomes: ['VENDOR_UNAVAILABLE no'], connections: 1, requests: 0 };

test('a certificate of a trusted authority for the right name is good', async () => {
  expect(await meet('good')).toEqual({ outcomes: ['fine'], connections: 1, requests: 1 });
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
