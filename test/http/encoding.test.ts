import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HttpConnection } from '../../src/http/send.ts';
import { failureOf, json, patient, read, startVendor, type TestVendor, write } from './testVendor.ts';

let vendor: TestVendor;
let connection: HttpConnection;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(async () => {
  await vendor.reset();
  connection = vendor.connect({ baseUrl: new URL('/api/v2/', vendor.baseUrl) });
});
afterAll(() => vendor.close());

const HOSTILE = [
  '..',
  '.',
  '',
  '/',
  '../../admin',
  '..%2fadmin',
  '%2e%2e',
  '%',
  '%00',
  'a?admin=true',
  'a&admin=true',
  'a#fragment',
  'a;b=c',
  'a\\b',
  'a b',
  'a+b',
  'a,b',
  'a%2Cb',
  'a=b',
  '//evil.example/',
  'http://evil.example/',
  '\r\nx-admin: true',
  'a\nb',
  '\u0000',
  '\u007f',
  '\u0085\u2028',
  '\ud800',
  'a\udfff',
  'Nguyễn 王伟 😀',
  '$&$1',
  '{id}',
  '__proto__',
  'x'.repeat(20_000),
];
const anyCodeUnits = fc.array(fc.nat(0xffff), { maxLength: 8 }).map((units) => String.fromCharCode(...units));
const value = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), anyCodeUnits);

/** What a URL can carry: no control characters and no half of a surrogate pair. */
const carriable = (text: string) =>
  text.isWellFormed() && [...text].every((letter) => letter > '\u001f' && letter !== '\u007f');

const request = (id: string, search: string) =>
  read({ path: '/customers/{id}/tags', pathValues: { id }, query: { search, page: 2 } });

/** The parts of the address as the vendor reads them, or undefined if it got no request. */
async function receivedFor(id: string, search: string) {
  const before = vendor.requests.length;
  const failed = await connection.send(request(id, search), patient()).then(
    () => undefined,
    (error: unknown) => error,
  );
  const [incoming, ...more] = vendor.requests.slice(before);
  expect(more).toHaveLength(0);
  const [path = '', query = ''] = (incoming?.url ?? '').split('?');
  return {
    failed,
    received: incoming && {
      segments: path.split('/').map(decodeURIComponent),
      query: [...new URLSearchParams(query).entries()],
    },
  };
}

test('any value arrives exactly at its place, or nothing is sent and the input is refused', async () => {
  await fc.assert(
    fc.asyncProperty(value, value, async (id, search) => {
      const { failed, received } = await receivedFor(id, search);
      if (carriable(id + search) && carriable(id) && !['', '.', '..'].includes(id)) {
        expect(failed).toBeUndefined();
        expect(received).toEqual({
          segments: ['', 'api', 'v2', 'customers', id, 'tags'],
          query: [
            ['search', search],
            ['page', '2'],
          ],
        });
      } else {
        expect(failed).toMatchObject({ code: 'BAD_USER_INPUT', facts: { executed: 'no' } });
        expect(received).toBeUndefined();
      }
    }),
    { seed: 20_260_201, numRuns: 1_000 },
  );
});

test('a refused value is named by its field and not repeated', async () => {
  const inPath = await failureOf(connection.send(request('secret\r\nvalue', 'a'), patient()));
  const inQuery = await failureOf(connection.send(request('7', 'secret\r\nvalue'), patient()));
  expect(inPath.facts.field).toBe('id');
  expect(inQuery.facts.field).toBe('search');
  for (const { message } of [inPath, inQuery]) expect(message).not.toContain('secret');
});

test('commas in a query stay readable, and an absent value leaves no trace', async () => {
  await connection.send(read({ path: '/list', query: { ids: '1,2,3', name: undefined, all: false } }), patient());
  expect(vendor.requests[0]?.url).toBe('/api/v2/list?ids=1,2,3&all=false');
});

test('no value of a form or of a JSON body can add a field', async () => {
  const bodies: string[] = [];
  vendor.answer((incoming, outgoing) => {
    incoming.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    json({})(incoming, outgoing);
  });
  const hostile = 'a&admin=true","admin":true';
  await connection.send(write({ body: undefined, form: { name: hostile } }), patient());
  await connection.send(write({ body: { name: hostile } }), patient());
  expect([...new URLSearchParams(bodies[0])]).toEqual([['name', hostile]]);
  expect(JSON.parse(bodies[1] ?? '')).toEqual({ name: hostile });
  expect(vendor.requests.map(({ headers }) => headers['content-type'])).toEqual([
    'application/x-www-form-urlencoded',
    'application/json',
  ]);
});

test.each(['key\r\nx-admin: true', 'key\n', 'key\u0000', 'clé secrète 王'])(
  'the key %j is not sent, and not repeated in the error',
  async (key) => {
    const failure = await failureOf(connection.send(read({ headers: { 'api-key': key } }), patient()));
    expect(failure).toMatchObject({ code: 'VENDOR_AUTH', facts: { executed: 'no' } });
    expect(failure.message).not.toContain(key.slice(0, 3));
    expect(vendor.requests).toHaveLength(0);
  },
);

test('every character that a header can carry arrives', async () => {
  const key = Array.from({ length: 0xff }, (_, code) => String.fromCharCode(code))
    .join('')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a header cannot carry
    .replace(/[\u0000-\u001f\u007f]/g, '');
  await connection.send(read({ headers: { 'api-key': key } }), patient());
  expect(vendor.requests[0]?.headers['api-key']).toBe(key.trim());
});
