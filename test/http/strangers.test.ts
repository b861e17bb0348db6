import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runAlone } from './runAlone.ts';

// Servers that cannot prove who they are. Certificates come from the `openssl` command; where there is none, nothing of
// this can be tested.

const folder = mkdtempSync(join(tmpdir(), 'strangers-'));
const openssl = (...parameters: string[]) => execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' });
const hasOpenssl = (() => {
  try {
    return openssl('version').length > 0;
  } catch {
    return false;
  }
})();

/** A certificate for a name, by our authority or by nobody. */
function certify(name: string, host: string, signed: boolean, days = 30): void {
  const names = join(folder, `${name}.cnf`);
  writeFileSync(names, `subjectAltName=${host}`);
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    `/CN=${name}`,
  );
  const by = signed ? ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'] : ['-key', `${name}.key`];
  openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.pem`, '-extfile', names, '-days', String(days));
}

/** Asks a server with such a certificate; counts what it saw. */
async function meet(name: string, options: ServerOptions = {}) {
  let [connections, requests] = [0, 0];
  const files = { key: readFileSync(join(folder, `${name}.key`)), cert: readFileSync(join(folder, `${name}.pem`)) };
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
  const env = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { outcomes } = await runAlone(`https://127.0.0.1:${port}`, 1, env);
  server.closeAllConnections();
  server.close();
  return { outcomes, connections, requests };
}

beforeAll(() => {
  if (!hasOpenssl) return;
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Test CA',
    '-days',
    '36500',
  );
  certify('good', 'IP:127.0.0.1', true);
  certify('self-signed', 'IP:127.0.0.1', false);
  certify('expired', 'IP:127.0.0.1', true, -1);
  certify('wrong-name', 'DNS:somebody.example', true);
});
afterAll(() => rmSync(folder, { recursive: true }));

const testWithOpenssl = hasOpenssl ? test : test.skip;
const REFUSED = { outcomes: ['VENDOR_UNAVAILABLE no'], connections: 1, requests: 0 };

testWithOpenssl('a certificate of a trusted authority for the right name is good', async () => {
  expect(await meet('good')).toEqual({ outcomes: ['fine'], connections: 1, requests: 1 });
});

// The environment says that certificates do not matter; nobody listens.
testWithOpenssl.each(['self-signed', 'expired', 'wrong-name'])(
  'a certificate that is %s: nothing is sent, and nothing is tried again',
  async (name) => {
    expect(await meet(name)).toEqual(REFUSED);
  },
);

testWithOpenssl('TLS 1.1: nothing is sent, and nothing is tried again', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  expect(await meet('good', old)).toEqual(REFUSED);
});
