import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HttpConnection } from '../../src/http/send.ts';
import { testClock } from './testClock.ts';
import { closing, failureOf, json, patient, raw, read, startVendor, type TestVendor, write } from './testVendor.ts';

const MEBIBYTE = 1024 * 1024;

let vendor: TestVendor;
let connection: HttpConnection;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(async () => {
  await vendor.reset();
  connection = vendor.connect();
});
afterAll(() => vendor.close());

const ask = () => connection.send(read(), patient());
const bodyOf = async (listener: RequestListener) => {
  vendor.answer(listener);
  return (await ask()).body;
};
const codeOf = async (listener: RequestListener) => {
  vendor.answer(listener);
  return (await failureOf(ask())).code;
};

/** Writes until the client has had enough; answers how much was taken. */
function endless(chunk: Buffer, headers: Readonly<Record<string, string>> = {}) {
  const written = { bytes: 0 };
  const listener: RequestListener = (_, outgoing) => {
    outgoing.writeHead(200, headers);
    const more = () => {
      while (!outgoing.destroyed && outgoing.write(chunk)) written.bytes += chunk.length;
    };
    outgoing.on('drain', more);
    more();
  };
  return { written, listener };
}

test('an answer of ten mebibytes is read, one byte more is too much', async () => {
  const textOf = (length: number) => raw(`"${'x'.repeat(length - 2)}"`);
  expect(await bodyOf(textOf(10 * MEBIBYTE))).toHaveLength(10 * MEBIBYTE - 2);
  expect(await codeOf(textOf(10 * MEBIBYTE + 1))).toBe('VENDOR_BAD_RESPONSE');
});

test('a long answer is read sign by sign, however its bytes fall into pieces', async () => {
  // The last is a byte-order mark, which only the beginning of an answer may lose.
  for (const sign of ['é', 'ă', '漢', '😀', '\ufeff']) {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = before + sign.repeat((1.2 * MEBIBYTE) / Buffer.byteLength(sign));
      expect((await bodyOf(raw(JSON.stringify(text)))) === text).toBe(true);
    }
  }
});

test('a long answer that is no UTF-8 is refused, wherever that shows', async () => {
  const text = `"${'a'.repeat(1.2 * MEBIBYTE)}"`;
  for (const middle of [MEBIBYTE / 4, MEBIBYTE / 2, MEBIBYTE]) {
    for (let bad = middle - 4; bad < middle + 4; bad += 1) {
      // So many failures would open the breaker of one.
      connection = vendor.connect();
      const bytes = Buffer.from(text);
      // The first half of an "é".
      bytes[bad] = 0xc3;
      expect(await codeOf(raw(bytes))).toBe('VENDOR_BAD_RESPONSE');
    }
  }
});

test('an answer without an end is cut, and its socket closed', async () => {
  const { written, listener } = endless(Buffer.alloc(64 * 1024, '0'));
  vendor.answer(listener);
  const arrival = vendor.arrival();
  const failure = failureOf(ask());
  await closing((await arrival).socket);
  expect((await failure).code).toBe('VENDOR_BAD_RESPONSE');
  expect(written.bytes).toBeLessThan(32 * MEBIBYTE);
});

test('long answers wait for each other, and those that hang keep the others waiting no longer than they may', async () => {
  const clock = testClock();
  const long = `"${'x'.repeat(3 * MEBIBYTE)}"`;
  let begun = 0;
  const hanging: RequestListener = (_, outgoing) =>
    void outgoing.writeHead(200).write(long.slice(0, -1), () => {
      begun += 1;
    });
  vendor.answer(hanging);
  const hasty = vendor.connect({ clock, callTimeout: 1_000 });
  const late = vendor.connect({ clock, callTimeout: 2_000 });
  const stuck = [1, 2, 3].map(() => failureOf(hasty.send(read(), patient(clock))));
  while (begun < 2 || vendor.requests.length < 3) await setImmediate();
  vendor.answer(raw(long));
  const patients = [1, 2, 3].map(() => late.send(read(), patient(clock)));
  while (vendor.requests.length < 6) await setImmediate();
  clock.advance(1_000);
  for (const { code } of await Promise.all(stuck)) expect(code).toBe('VENDOR_TIMEOUT');
  for (const { body } of await Promise.all(patients)) expect(body).toHaveLength(3 * MEBIBYTE);
  expect(await bodyOf(raw(long))).toHaveLength(3 * MEBIBYTE);
});

test('a small packed answer that unpacks to fifty mebibytes is cut', async () => {
  const bomb = gzipSync(Buffer.alloc(50 * MEBIBYTE, '0'));
  expect(bomb.length).toBeLessThan(MEBIBYTE);
  expect(await codeOf(raw(bomb, 200, { 'content-encoding': 'gzip' }))).toBe('VENDOR_BAD_RESPONSE');
  expect(await bodyOf(json({ fine: true }))).toEqual({ fine: true });
});

test('an answer that is too large leaves the outcome of a write open', async () => {
  vendor.answer(raw('0'.repeat(11 * MEBIBYTE)));
  expect((await failureOf(connection.send(write(), patient()))).code).toBe('OUTCOME_UNKNOWN');
});

test('a packed answer is read, and its socket is used again', async () => {
  connection = vendor.connect({ concurrency: 1 });
  const packed = raw(gzipSync(JSON.stringify({ name: '王伟' })), 200, { 'content-encoding': 'gzip' });
  expect(await bodyOf(packed)).toEqual({ name: '王伟' });
  expect(await bodyOf(packed)).toEqual({ name: '王伟' });
  expect(vendor.requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip', 'gzip']);
  expect(vendor.requests[1]?.socket).toBe(vendor.requests[0]?.socket);
});

test.each([
  ['an encoding nobody asked for', 'br', Buffer.from('{}')],
  ['two encodings', 'gzip, gzip', gzipSync(gzipSync('{}'))],
  ['a text that claims to be packed', 'gzip', Buffer.from('{}')],
  ['a packed text that is cut', 'gzip', gzipSync('{"name":"a long enough name"}').subarray(0, 25)],
])('%s is no answer we understand', async (_, encoding, bytes) => {
  expect(await codeOf(raw(bytes, 200, { 'content-encoding': encoding }))).toBe('VENDOR_BAD_RESPONSE');
  expect(await bodyOf(json({ fine: true }))).toEqual({ fine: true });
});

test.each(['{', '{"a":1', '{"a":1}}', "{'a':1}", '{a:1}', '[1,]', 'NaN', '<html></html>', '{}\0', 'tru'])(
  'the malformed text %j is no answer we understand',
  async (text) => {
    expect(await codeOf(raw(text))).toBe('VENDOR_BAD_RESPONSE');
  },
);

test('an unreadable answer does not leak its text into the error', async () => {
  vendor.answer(raw('{"mail":"ana@example.ec"'));
  const { message, facts } = await failureOf(ask());
  expect(message + JSON.stringify({ ...facts, cause: undefined })).not.toContain('ana');
});

test('an empty body is no JSON and no failure; null is null', async () => {
  expect(await bodyOf(raw(''))).toBeUndefined();
  expect(await bodyOf(raw('', 204))).toBeUndefined();
  expect(await bodyOf(raw('null'))).toBeNull();
});

test('a write whose status alone decides is done, though its answer is more than we read', async () => {
  vendor.answer(raw(' '.repeat(11 * 1024 * 1024)));
  const request = write({ write: { statusDecides: true } });
  expect(await connection.send(request, patient())).toEqual({ status: 200, body: undefined });
});

test.each([
  ['short', 10],
  ['long', MEBIBYTE],
])('whether a write was carried out stays open when its %s answer is no UTF-8', async (_, length) => {
  vendor.answer(raw(Buffer.concat([Buffer.from(`["${'a'.repeat(length)}`), Buffer.from([0xc3]), Buffer.from('"]')])));
  const { code, facts } = await failureOf(connection.send(write({ write: { statusDecides: true } }), patient()));
  expect([code, facts.executed]).toEqual(['OUTCOME_UNKNOWN', 'unknown']);
});

test("what a vendor is known to put around its JSON is taken off by the vendor's own code", async () => {
  vendor.answer(raw('\ufeff\n{"a":1}'));
  const cleanText = (text: string) => text.slice(text.indexOf('{'));
  expect((await connection.send(read({ cleanText }), patient())).body).toEqual({ a: 1 });
});

test('whole numbers arrive as numbers, and beyond what a number holds exactly as the text they were', async () => {
  const integer = fc.oneof(
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    fc.bigInt({ min: 2n ** 53n - 4n, max: 2n ** 53n + 4n }),
    fc.bigInt({ min: -1_000n, max: 1_000n }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(integer), async (integers) => {
      const body = await bodyOf(raw(`{"ids":[${integers.join()}]}`));
      const expected = integers.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)));
      expect(body).toEqual({ ids: expected });
    }),
    { seed: 20_260_202, numRuns: 200 },
  );
});

test('large numbers inside texts and fractions stay what they are', async () => {
  const text =
    '{"text":"9007199254740993","fraction":0.123456789012345,"large":1e21,"__proto__":{"id":9007199254740993}}';
  const body = await bodyOf(raw(text));
  expect(body).toMatchObject({ text: '9007199254740993', fraction: 0.123456789012345, large: 1e21 });
  expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
});

test('half a surrogate pair becomes the replacement character, whole pairs and escaped backslashes stay', async () => {
  const body = await bodyOf(raw('{"a":"\\ud83d","b":"\\ud83d\\ude00","c":"\\\\ud83d","\\ude00":"\\ude00\\ud83d"}'));
  expect(body).toEqual({ a: '\ufffd', b: '\u{1f600}', c: '\\ud83d', '\ufffd': '\ufffd\ufffd' });
});

test('an answer of more than 100,000 values or 30,000 keys is no answer we understand', async () => {
  expect(await bodyOf(raw(`[${'7,'.repeat(99_999)}7]`))).toHaveLength(100_000);
  expect(await codeOf(raw(`[${'7,'.repeat(100_000)}7]`))).toBe('VENDOR_BAD_RESPONSE');
  expect(await bodyOf(raw(`[${'{"a":1},'.repeat(29_999)}{"a":1}]`))).toHaveLength(30_000);
  expect(await codeOf(raw(`[${'{"a":1},'.repeat(30_000)}{"a":1}]`))).toBe('VENDOR_BAD_RESPONSE');
  expect(await bodyOf(json(',:[{'.repeat(150_000)))).toHaveLength(600_000);
});

test.each([
  ['values', '7,'],
  ['keys', '"a":7,'],
  ['levels', '['],
  ['blanks', '\n  '],
])('an answer with %s without an end is cut long before it is too long', async (_, piece) => {
  const { written, listener } = endless(Buffer.from(piece.repeat(8 * 1024)));
  expect(await codeOf(listener)).toBe('VENDOR_BAD_RESPONSE');
  expect(written.bytes).toBeLessThan(8 * MEBIBYTE);
});

test('what stands before the JSON does not hide how much is in it', async () => {
  const cleanText = (text: string) => text.slice(text.indexOf('['));
  vendor.answer(raw(`\u0001"[${'7,'.repeat(100_000)}7]`));
  expect((await failureOf(connection.send(read({ cleanText }), patient()))).code).toBe('VENDOR_BAD_RESPONSE');
});

test.each(['[09007199254740993]', '{9007199254740993:1}', '[-]', '9007199254740993 9007199254740993'])(
  'large integers do not make good JSON of %s',
  async (text) => {
    expect(await codeOf(raw(text))).toBe('VENDOR_BAD_RESPONSE');
  },
);

test('an answer that is no HTTP is no answer we understand', async () => {
  vendor.answer((incoming: IncomingMessage) => incoming.socket.end('HTTP/1.1 BAD LINE\r\n\r\n'));
  expect((await failureOf(ask())).code).toBe('VENDOR_BAD_RESPONSE');
});

test('a flood of headers is no answer we understand', async () => {
  vendor.answer((_, outgoing: ServerResponse) =>
    outgoing.writeHead(200, { 'x-flood': 'x'.repeat(32 * 1024) }).end('{}'),
  );
  expect((await failureOf(ask())).code).toBe('VENDOR_BAD_RESPONSE');
});
