import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { testClock } from './testClock.ts';
import { closing, failureOf, json, patient, read, startVendor, type TestVendor, write } from './testVendor.ts';

let vendor: TestVendor;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(() => vendor.reset());
afterAll(() => vendor.close());

test('a caller who leaves ends a read at the vendor', async () => {
  const { send } = vendor.connect();
  const caller = new AbortController();
  vendor.answer(() => {});
  const arrival = vendor.arrival();
  const failure = failureOf(send(read(), { ...patient(), signal: caller.signal }));
  const { socket } = await arrival;
  const closed = closing(socket);
  caller.abort();
  await closed;
  expect(await failure).toMatchObject({ code: 'NOT_ATTEMPTED' });
});

test('a caller who leaves in the middle of the answer ends the read at the vendor', async () => {
  const { send } = vendor.connect();
  const caller = new AbortController();
  vendor.answer((_, outgoing) => void outgoing.writeHead(200, { 'content-length': 100 }).write('{'));
  const arrival = vendor.arrival();
  const failure = failureOf(send(read(), { ...patient(), signal: caller.signal }));
  const { socket } = await arrival;
  const closed = closing(socket);
  caller.abort();
  await closed;
  expect(await failure).toMatchObject({ code: 'NOT_ATTEMPTED' });
});

test("a caller who leaves ends all his reads, and nobody else's", async () => {
  const { send } = vendor.connect();
  const [caller, other] = [new AbortController(), new AbortController()];
  const held: (() => void)[] = [];
  vendor.answer((incoming, outgoing) => void held.push(() => json({ fine: true })(incoming, outgoing)));
  const own = [1, 2, 3].map(() => failureOf(send(read(), { ...patient(), signal: caller.signal })));
  const others = [1, 2].map(() => send(read(), { ...patient(), signal: other.signal }));
  while (held.length < 5) await setImmediate();
  caller.abort();
  for (const { code } of await Promise.all(own)) expect(code).toBe('NOT_ATTEMPTED');
  for (const answer of held) answer();
  for (const { body } of await Promise.all(others)) expect(body).toEqual({ fine: true });
});

test('a write that was sent is finished although its caller left', async () => {
  const { send } = vendor.connect();
  const caller = new AbortController();
  vendor.answer((incoming, outgoing) => {
    caller.abort();
    json({ id: 7 })(incoming, outgoing);
  });
  expect(await send(write(), { ...patient(), signal: caller.signal })).toEqual({ status: 200, body: { id: 7 } });
});

test.each([
  ['read', read()],
  ['write', write()],
])('a %s of a caller who has left already is not sent', async (_, request) => {
  const { send } = vendor.connect();
  const answer = send(request, { ...patient(), signal: AbortSignal.abort() });
  expect(await failureOf(answer)).toMatchObject({ code: 'NOT_ATTEMPTED', facts: { executed: 'no' } });
  expect(vendor.requests).toHaveLength(0);
});

test.each([
  ['read', read()],
  ['write', write()],
])('a caller who leaves while a %s waits for its turn takes it back', async (_, request) => {
  const clock = testClock();
  const { send } = vendor.connect({ clock, requestsPerSecond: 1 });
  const caller = new AbortController();
  await send(read(), patient(clock));
  const failure = failureOf(send(request, { ...patient(clock), signal: caller.signal }));
  caller.abort();
  expect(await failure).toMatchObject({ code: 'NOT_ATTEMPTED', facts: { executed: 'no' } });
  expect(vendor.requests).toHaveLength(1);
});

test('requests in flight end when the connection is closed', async () => {
  const connection = vendor.connect();
  vendor.answer(() => {});
  const arrival = vendor.arrival();
  const failure = failureOf(connection.send(read(), patient()));
  await arrival;
  await connection.close();
  expect(await failure).toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
});
