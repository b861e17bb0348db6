import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulation/emulator.ts';
import type { Fault, FaultKind } from '../../src/emulation/faults.ts';
import { MALFORMATIONS } from '../../src/emulation/strangeBodies.ts';
import { credentials, start } from '../../src/vendors/heidianer/emulator.ts';
import { ask } from './client.ts';

// What the faults put on the wire; what clients make of it is in test/faults.

const AUTHORIZED = { authorization: `Bearer ${credentials.accessToken}` };
const ONE = { path: '/api/crm/customer/1/', headers: AUTHORIZED };
const LIST = { path: '/api/crm/customer/?page=2&page_size=2', headers: AUTHORIZED };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await start({ customers: 5 });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const answerTo = (fault: Fault, request = ONE) => {
  emulator.fault(fault);
  return ask(emulator, request);
};

test.each(Object.keys(MALFORMATIONS))('malformed-json, %s: it is no JSON', async (variant) => {
  const whole = (await ask(emulator, ONE)).text;
  const { status, text } = await answerTo({ kind: 'malformed-json', variant });
  expect(status).toBe(200);
  expect(text).not.toBe(whole);
  expect(() => JSON.parse(text)).toThrow();
});

test.each<[FaultKind, number, string]>([
  ['no-content', 204, ''],
  ['not-modified', 304, ''],
  ['null-body', 200, 'null'],
])('%s is %i with the body "%s"', async (kind, status, text) => {
  expect(await answerTo({ kind })).toMatchObject({ status, text });
});

test('a rewritten answer is the true one, changed as bytes', async () => {
  const whole = await ask(emulator, ONE);
  expect(await answerTo({ kind: 'rewritten' })).toMatchObject({ status: 200, text: whole.text });
  emulator.reset();
  const rewrite = ({ bytes }: { readonly bytes: Buffer }) => ({
    status: 203,
    headers: { 'content-type': 'text/plain', 'x-more': '1' },
    bytes: bytes.subarray(0, 5),
  });
  const { status, text, headers } = await answerTo({ kind: 'rewritten', rewrite });
  expect([status, text]).toEqual([203, whole.text.slice(0, 5)]);
  expect(headers).toMatchObject({ 'content-type': 'text/plain', 'x-more': '1' });
});

test('redirects say where to', async () => {
  const headers = { location: 'http://127.0.0.1:9/' };
  expect(await answerTo({ kind: 'redirect', status: 308, headers })).toMatchObject({ status: 308, headers });
  emulator.reset();
  const { headers: loop } = await answerTo({ kind: 'redirect-loop' });
  expect(loop.location).toBe(`${emulator.baseUrl}${ONE.path}`);
});

test('an echoed key is the one that was sent', async () => {
  const { status, text } = await answerTo({ kind: 'echoed-key' });
  expect(status).toBe(401);
  expect(text).toContain(credentials.accessToken);
});

test('a latency is waited for, and then it is the true answer', async () => {
  const whole = (await ask(emulator, ONE)).text;
  const started = performance.now();
  expect((await answerTo({ kind: 'latency', milliseconds: 60 })).text).toBe(whole);
  expect(performance.now() - started).toBeGreaterThanOrEqual(55);
});

test('a repeated page is the first one, with more behind it', async () => {
  const { text } = await answerTo({ kind: 'repeat-page' }, LIST);
  expect(JSON.parse(text)).toMatchObject({ results: [{ id: 1 }, { id: 2 }], next: expect.any(String), count: 100_000 });
});

test('somebody else has another id', async () => {
  expect(JSON.parse((await answerTo({ kind: 'cross' })).text)).toMatchObject({
    id: 1_001,
    full_name: expect.any(String),
  });
});

describe('drift leaves the envelope and changes the records', () => {
  const rowOf = async (kind: FaultKind) => {
    const { text } = await answerTo({ kind }, LIST);
    expect(text).toMatch(/^\{"count":5,/);
    return { text, row: JSON.parse(text).results[0] };
  };

  test('null, missing and renamed fields, but the ids stay', async () => {
    expect((await rowOf('null-fields')).row).toMatchObject({ id: 3, full_name: null, tags: null });
    emulator.reset();
    expect((await rowOf('missing-fields')).row).toEqual({ id: 3 });
    emulator.reset();
    expect((await rowOf('renamed-fields')).row).toMatchObject({ id: 3, new_full_name: expect.any(String) });
  });

  test('other types, ids as text', async () => {
    expect((await rowOf('wrong-types')).row).toMatchObject({ id: '3', full_name: 7, tags: 'a, b' });
  });

  test('numbers that no number can hold', async () => {
    expect((await rowOf('big-numbers')).text).toContain('"id":9007199254740999,');
  });

  test('half characters, impossible days, and a key that JavaScript takes for something else', async () => {
    expect((await rowOf('bad-strings')).text).toContain('\\ud83d"');
    emulator.reset();
    expect((await rowOf('bad-dates')).text).toMatch(/"birthday":"(soon|2026-02-30|0000|2026-13|\+275760)/);
    emulator.reset();
    expect((await rowOf('extra-fields')).text).toContain('"__proto__":{"polluted":true');
  });
});

test('a fault may choose its requests', async () => {
  let turn = 0;
  emulator.fault({ kind: 'status', status: 503, when: () => turn++ % 2 === 1 });
  const statuses = [];
  for (let time = 0; time < 4; time += 1) statuses.push((await ask(emulator, ONE)).status);
  expect(statuses).toEqual([200, 503, 200, 503]);
});

test.each<FaultKind>(['slow-headers', 'slow-drip', 'huge-length', 'hang-before', 'endless-body', 'latency'])(
  '%s: closing the emulator ends it',
  async (kind) => {
    const other = await start({ customers: 5 });
    other.fault({ kind, milliseconds: 60_000 });
    const answer = expect(ask(other, ONE)).rejects.toThrow();
    while (other.underWay === 0) await new Promise(setImmediate);
    await other.close();
    await answer;
    expect(other.underWay).toBe(0);
  },
);
