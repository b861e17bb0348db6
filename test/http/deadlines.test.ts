import { setImmediate as round } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type TestClock, testClock } from './testClock.ts';
import { closing, failureOf, json, patient, read, startVendor, type TestVendor, write } from './testVendor.ts';

let vendor: TestVendor;
let clock: TestClock;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(async () => {
  await vendor.reset();
  clock = testClock();
});
afterAll(() => vendor.close());

const SILENCES: [string, () => void][] = [
  ['an answer that never comes', () => vendor.answer(() => {})],
  [
    'headers that never end',
    () => vendor.answer((incoming) => incoming.socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n')),
  ],
  [
    'a body that never ends',
    () => vendor.answer((_, outgoing) => outgoing.writeHead(200, { 'content-length': 100 }).write('{"name":')),
  ],
  [
    'a packed body that never ends',
    () =>
      vendor.answer((_, outgoing) =>
        outgoing.writeHead(200, { 'content-encoding': 'gzip' }).write(Buffer.from('1f8b0800', 'hex')),
      ),
  ],
];

test.each(SILENCES)(
  '%s ends at the deadline, closes its socket, and leaves the connection usable',
  async (_, begin) => {
    const { send } = vendor.connect({ clock, concurrency: 1 });
    begin();
    const arrival = vendor.arrival();
    const failure = failureOf(send(read(), patient(clock)));
    const { socket } = await arrival;
    const closed = closing(socket);
    clock.advance(5_000);
    expect(await failure).toMatchObject({ code: 'VENDOR_TIMEOUT', facts: { executed: 'unknown', account: 'shop-1' } });
    await closed;

    vendor.answer(json({ fine: true }));
    expect(await send(read(), patient(clock))).toEqual({ status: 200, body: { fine: true } });
  },
);

test('a body that trickles on and on ends at the deadline', async () => {
  const { send } = vendor.connect({ clock });
  vendor.answer(({ socket }, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' }).write('[');
    const trickle = () => {
      // Each piece is late by itself, and early for a limit that starts anew with each piece.
      clock.advance(1_000);
      if (!socket.destroyed) outgoing.write('0,', () => setImmediate(trickle));
    };
    trickle();
  });
  expect(await failureOf(send(read(), patient(clock)))).toMatchObject({ code: 'VENDOR_TIMEOUT' });
});

test.each(SILENCES)('%s leaves the outcome of a write open', async (_, begin) => {
  const { send } = vendor.connect({ clock });
  begin();
  const arrival = vendor.arrival();
  const failure = failureOf(send(write(), patient(clock)));
  await arrival;
  clock.advance(5_000);
  expect(await failure).toMatchObject({ code: 'OUTCOME_UNKNOWN', facts: { executed: 'unknown' } });
});

test('a request ends no later than the operation it belongs to', async () => {
  const { send } = vendor.connect({ clock });
  vendor.answer(() => {});
  const arrival = vendor.arrival();
  const failure = failureOf(send(read(), { deadline: clock.now() + 300 }));
  await arrival;
  clock.advance(300);
  expect(await failure).toMatchObject({ code: 'VENDOR_TIMEOUT' });
});

test('requests under way together end each at its own deadline, whichever was sent first', async () => {
  const { send } = vendor.connect({ clock });
  vendor.answer(() => {});
  const ended: number[] = [];
  const failures = [800, 400, 600, 600].map(async (milliseconds) => {
    const { code } = await failureOf(send(read(), { deadline: clock.now() + milliseconds }));
    ended.push(milliseconds);
    return code;
  });
  while (vendor.requests.length < failures.length) await round();
  clock.advance(200);
  for (const over of [[], [400], [400, 600, 600]]) {
    expect(ended).toEqual(over);
    clock.advance(199);
    await round();
    expect(ended).toEqual(over);
    clock.advance(1);
    await round();
  }
  for (const code of await Promise.all(failures)) expect(code).toBe('VENDOR_TIMEOUT');
  expect(ended).toEqual([400, 600, 600, 800]);

  vendor.answer(json({ fine: true }));
  expect(await send(read(), patient(clock))).toMatchObject({ status: 200 });
});

test('time in the queue counts: a request that never left ends at its deadline too', async () => {
  const { send } = vendor.connect({ clock, concurrency: 1 });
  vendor.answer(() => {});
  const arrival = vendor.arrival();
  const failures = [failureOf(send(read(), patient(clock))), failureOf(send(read(), patient(clock)))];
  await arrival;
  clock.advance(5_000);
  const codes = (await Promise.all(failures)).map(({ code }) => code);
  expect(codes).toEqual(['VENDOR_TIMEOUT', 'NOT_ATTEMPTED']);
  expect(vendor.requests).toHaveLength(1);
});

test('an answer in time is not disturbed when its deadline passes later', async () => {
  const { send } = vendor.connect({ clock });
  await send(read(), patient(clock));
  clock.advance(60_000);
  expect(await send(read(), patient(clock))).toMatchObject({ status: 200 });
});

test.each([
  ['without a quota', undefined],
  ['with a quota', 2],
])('a call whose deadline has passed is not attempted, %s', async (_, requestsPerSecond) => {
  const { send } = vendor.connect({ clock, requestsPerSecond });
  const started: string[] = [];
  const call = { deadline: clock.now(), onRequest: () => void started.push('request') };
  expect(await failureOf(send(read(), call))).toMatchObject({ code: 'NOT_ATTEMPTED', facts: { executed: 'no' } });
  expect(started).toEqual([]);
  expect(vendor.requests).toHaveLength(0);
});
