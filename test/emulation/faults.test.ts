import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulation/emulator.ts';
import type { Fault, FaultKind } from '../../src/emulation/faults.ts';
import { credentials, start } from '../../src/vendors/heidianer/emulator.ts';
import { ask } from './client.ts';

const AUTHORIZED = { authorization: `Bearer ${credentials.accessToken}` };
const ONE = { path: '/api/crm/customer/1/', headers: AUTHORIZED };
/** The one request of this vendor that changes something: afterwards another access token is valid. */
const RENEW = {
  method: 'POST',
  path: '/api/oauth/token/',
  body: {
    grant_type: 'refresh_token',
    refresh_token: credentials.refreshToken,
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  },
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await start({ customers: 5 });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const answerTo = (fault: Fault) => {
  emulator.fault(fault);
  return ask(emulator, ONE);
};
const renewed = () => emulator.quirks.validToken !== credentials.accessToken;

/** Sends and leaves as soon as the emulator has the request: it will never answer. */
async function askAndLeave(request: typeof RENEW): Promise<void> {
  const caller = new AbortController();
  const answer = ask(emulator, request, caller.signal);
  const left = expect(answer).rejects.toThrow();
  const { promise: logged, resolve } = Promise.withResolvers<void>();
  const look = () => (emulator.exchanges.at(-1)?.fault === undefined ? setImmediate(look) : resolve());
  look();
  await logged;
  caller.abort();
  await left;
}

test('a status is said in the words of the vendor, with the headers of the fault', async () => {
  const answer = await answerTo({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']);
  expect(JSON.parse(answer.text)).toEqual({ detail: expect.stringContaining('throttled') });
});

test('without a status of its own a fault is a 500', async () => {
  expect((await answerTo({ kind: 'status' })).status).toBe(500);
});

test('a failing body comes with a good status', async () => {
  const answer = await answerTo({ kind: 'failing-body', status: 404 });
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { detail: 'Not found.' }]);
});

test('a web page comes with a good status', async () => {
  const answer = await answerTo({ kind: 'html' });
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html']);
  expect(answer.text).toMatch(/^<!DOCTYPE html>/);
});

test('bad JSON is the beginning of the true answer', async () => {
  const { text: whole } = await ask(emulator, ONE);
  const { text, status } = await answerTo({ kind: 'bad-json' });
  expect(status).toBe(200);
  expect(whole.startsWith(text)).toBe(true);
  expect(() => JSON.parse(text)).toThrow();
});

test('an empty answer is 200 without a body', async () => {
  expect(await answerTo({ kind: 'empty' })).toMatchObject({ status: 200, text: '' });
});

describe.each<[FaultKind, boolean]>([
  ['reset-before', false],
  ['reset-after', true],
])('%s', (kind, carriedOut) => {
  test(`breaks the connection, and the request was ${carriedOut ? '' : 'not '}carried out`, async () => {
    emulator.fault({ kind });
    await expect(ask(emulator, RENEW)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(renewed()).toBe(carriedOut);
    expect(emulator.exchanges).toMatchObject([{ operation: 'exchangeToken', fault: kind, status: undefined }]);
  });
});

describe.each<[FaultKind, boolean]>([
  ['hang-before', false],
  ['hang-after', true],
])('%s', (kind, carriedOut) => {
  test(`never answers, and the request was ${carriedOut ? '' : 'not '}carried out`, async () => {
    emulator.fault({ kind });
    await askAndLeave(RENEW);
    expect(renewed()).toBe(carriedOut);
    expect(emulator.exchanges).toMatchObject([{ operation: 'exchangeToken', fault: kind, status: undefined }]);
  });
});

test('a fault of one operation spares the others', async () => {
  emulator.fault({ kind: 'status', status: 503, operation: 'listCustomers' });
  expect((await ask(emulator, ONE)).status).toBe(200);
  expect((await ask(emulator, { ...ONE, path: '/api/crm/customer/' })).status).toBe(503);
});

test('a fault stops after its number of times, and the next one takes over', async () => {
  emulator.fault({ kind: 'status', status: 503, times: 2 });
  emulator.fault({ kind: 'status', status: 429, times: 1 });
  const statuses: (number | undefined)[] = [];
  for (let time = 0; time < 4; time += 1) statuses.push((await ask(emulator, ONE)).status);
  expect(statuses).toEqual([503, 503, 429, 200]);
});

test('a fault stays until it is switched off, and switching it off spares the others', async () => {
  const stop = emulator.fault({ kind: 'status', status: 503 });
  emulator.fault({ kind: 'status', status: 429 });
  expect((await ask(emulator, ONE)).status).toBe(503);
  stop();
  stop();
  expect((await ask(emulator, ONE)).status).toBe(429);
});
