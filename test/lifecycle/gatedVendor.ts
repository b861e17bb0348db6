import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heidianer } from '../../src/vendors/heidianer/index.ts';

export interface GatedVendor {
  /** Settings of a program whose only account is here. */
  readonly environment: Readonly<Record<string, string>>;
  /** From now on requests wait at the gate. Answers a promise of the first that comes. */
  shut(): Promise<void>;
  /** Lets through what waits, and everything after it. */
  open(): void;
  close(): Promise<void>;
}

/** An emulated CRM behind a gate, so that a test decides when an answer comes. */
export async function startGatedVendor({ latency = 0 } = {}): Promise<GatedVendor> {
  const module = await heidianer.emulator();
  const emulator = await module.start({ customers: 40 });
  emulator.latency = latency;
  const behind = new URL(emulator.baseUrl);
  let waiting: (() => void)[] | undefined;
  let arrived = () => {};
  const gate = createServer((incoming, outgoing) => {
    const pass = () => {
      const { method, url, headers } = incoming;
      const onward = forward({ host: behind.hostname, port: behind.port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    };
    if (waiting === undefined) return pass();
    waiting.push(pass);
    arrived();
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));

  const folder = mkdtempSync(join(tmpdir(), 'lifecycle-'));
  const file = join(folder, 'accounts.json');
  const account = {
    id: 'shop',
    vendor: heidianer.key,
    baseUrl: `http://127.0.0.1:${(gate.address() as AddressInfo).port}${behind.pathname.replace(/\/$/, '')}`,
    credentials: { accessToken: { env: 'SHOP_TOKEN' } },
  };
  writeFileSync(file, JSON.stringify({ accounts: [account] }));
  const open = () => {
    const passing = waiting ?? [];
    waiting = undefined;
    for (const pass of passing) pass();
  };
  return {
    environment: { PORT: '0', ACCOUNTS_FILE: file, SHOP_TOKEN: module.credentials.accessToken ?? '' },
    shut() {
      waiting = [];
      return new Promise((resolve) => {
        arrived = resolve;
      });
    },
    open,
    async close() {
      open();
      gate.closeAllConnections();
      await new Promise((resolve) => gate.close(resolve));
      await emulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}
