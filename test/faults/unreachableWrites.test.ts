import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';
import { operationOf, READS, writesOf } from './writes.ts';
import { expectCleanPayload } from './writeTruth.ts';

const VENDORS = Object.keys(READS);
const CERTIFICATES = join(import.meta.dirname, '../http/certificates');

const listening = (server: Pick<Server, 'listen' | 'address'>) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** An address at which nobody listens: a free port could be given to an emulator a moment later. */
const nobody = async () => ({ url: new URL('http://127.0.0.1:1'), requests: () => 0, close() {} });

/** Somebody who cannot prove who it is. */
async function stranger() {
  let requests = 0;
  const file = (kind: string) => readFileSync(join(CERTIFICATES, `self-signed.${kind}`));
  const server = createServer({ cert: file('pem'), key: file('key') }, (_, outgoing) => {
    requests += 1;
    outgoing.end('{}');
  });
  const port = await listening(server);
  return { url: new URL(`https://127.0.0.1:${port}`), requests: () => requests, close: () => server.close() };
}

test.each([
  ['refuses connections', nobody],
  ['proves by no certificate who it is', stranger],
])(
  'a vendor that %s: no write is sent, and each may be tried again',
  async (_, start) => {
    const well = await startGraph();
    const there = await start();
    const graphs: Graph[] = [well];
    try {
      for (const vendor of VENDORS) {
        const graph = await startGraph({
          customers: 1,
          accounts: (demo) => demo.map((one) => (one.vendor === vendor ? { ...one, baseUrl: there.url } : one)),
        });
        graphs.push(graph);
        for (const write of await writesOf(well, vendor)) {
          const { data, errors } = await graph.ask(operationOf([write]), { w0: write.input(0) });
          expect(errors).toBeUndefined();
          const payload = data.w0.results?.[0] ?? data.w0;
          expectCleanPayload(payload);
          expect([vendor, write.name, payload.outcome, payload.userErrors.length]).toEqual([
            vendor,
            write.name,
            'NOT_EXECUTED',
            1,
          ]);
          expect(payload.userErrors[0]).toMatchObject({ code: 'VENDOR_UNAVAILABLE', retryable: true });
          expect(payload.receipt).toEqual([]);
        }
        expect(graph.emulator(vendor).count()).toBe(0);
      }
      expect(there.requests()).toBe(0);
    } finally {
      there.close();
      await Promise.all(graphs.map((graph) => graph.stop()));
    }
  },
  60_000,
);
