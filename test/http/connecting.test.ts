import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { testClock } from './testClock.ts';
import { failureOf, patient, read, startVendor, type TestVendor, write } from './testVendor.ts';

let vendor: TestVendor;
const ends: (() => void)[] = [];
beforeAll(async () => {
  vendor = await startVendor();
});
afterEach(async () => {
  await vendor.reset();
  for (const end of ends.splice(0)) end();
});
afterAll(() => vendor.close());

/** Accepts whoever connects, and says nothing: no greeting of TLS ever comes. */
async function silentServer(): Promise<URL> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const LISTENER = `
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, String(server.address().port));
  // Stands still before it has accepted anybody.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** Listens, but the few places of those who wait to be accepted are taken: whoever comes now hears nothing at all. */
async function deafServer(): Promise<URL> {
  const child: ChildProcess = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(() => child.kill('SIGKILL'));
  const [port] = await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
  const waiting = [1, 2].map(() => connect(Number(port), '127.0.0.1').on('error', () => {}));
  ends.push(() => {
    for (const socket of waiting) socket.destroy();
  });
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  return new URL(`http://127.0.0.1:${port}`);
}

describe.each([
  ['never greets', silentServer],
  // How long the line of those who wait is differs elsewhere.
  ...(process.platform === 'linux' ? ([['never accepts', deafServer]] as const) : []),
])('a server that %s', (_, start) => {
  test.each([
    ['read', read()],
    ['write', write()],
  ])('a %s is over in a second, and was certainly not carried out', async (_name, request) => {
    const clock = testClock();
    const begin = clock.now();
    const { send } = vendor.connect({ clock, baseUrl: await start() });
    let over = false;
    const failure = failureOf(send(request, patient(clock))).finally(() => {
      over = true;
    });
    while (!over) {
      clock.advance(10);
      await setImmediate();
    }
    expect(await failure).toMatchObject({ code: 'VENDOR_TIMEOUT', facts: { executed: 'no' } });
    expect(clock.now() - begin).toBeGreaterThanOrEqual(1_000);
    // Some rounds of the event loop pass before it begins and until it is told.
    expect(clock.now() - begin).toBeLessThan(1_500);
  });
});

test('a connection that was made in time is not disturbed when a second is over', async () => {
  const clock = testClock();
  const { send } = vendor.connect({ clock, concurrency: 1 });
  await send(read(), patient(clock));
  clock.advance(2_000);
  await send(read(), patient(clock));
  expect(vendor.requests[1]?.socket).toBe(vendor.requests[0]?.socket);
});
