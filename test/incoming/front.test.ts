import { createServer, type IncomingMessage, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CrmError } from '../../src/crm/errors.ts';
import { type Front, putInFront } from '../../src/incoming/front.ts';

// What is answered in front, and what is handed on to fastify: here something that repeats the body it was given.

const KNOWN = JSON.stringify({ query: 'known' });
let draining = false;
let answered: number[] = [];
let sent: string;

const front: Front = {
  path: '/graphql',
  largestBody: 1_000,
  isLocal: true,
  isDraining: () => draining,
  recognize: async ({ headers }) => {
    if (headers.authorization === 'broken') throw new Error('broken');
    return headers.authorization !== 'stranger';
  },
  answer(_request, _response, body) {
    const { query } = body as { query: string };
    if (query === 'broken') throw new Error('at once');
    if (query === 'broken later') return { contentType: 'a/b', body: Promise.reject(new Error('later')) };
    if (query === 'drained meanwhile') draining = true;
    return query === 'unknown' ? undefined : { contentType: 'a/b', body: Promise.resolve(sent) };
  },
  reportDefect: () => new CrmError('INTERNAL_SERVER_ERROR', { correlationId: 'id-1' }),
  answered: (status) => answered.push(status),
};
const server = createServer(putInFront(front, async (incoming, outgoing) => outgoing.end(await text(incoming))));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());
beforeEach(() => {
  draining = false;
  answered = [];
  sent = 'ánswer';
});

type Changed = RequestOptions & { readonly headers?: Record<string, string> };

async function send(parts: readonly (string | Buffer)[], changed: Changed = {}) {
  const { port } = server.address() as AddressInfo;
  const length = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  const headers = { host: 'localhost', 'content-type': 'application/json', 'content-length': length };
  const options = { port, path: '/graphql', method: 'POST', ...changed, headers: { ...headers, ...changed.headers } };
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(options, resolve).on('error', reject);
    for (const [index, part] of parts.entries()) setTimeout(() => outgoing.write(part), index * 50);
    setTimeout(() => outgoing.end(), parts.length * 50);
  });
  return { status: incoming.statusCode, headers: incoming.headers, text: await text(incoming) };
}

test('a known operation is answered, with the headers of every answer', async () => {
  const answer = await send([KNOWN]);
  expect([answer.status, answer.text]).toEqual([200, 'ánswer\n']);
  expect(answer.headers).toMatchObject({
    vary: 'origin',
    'content-type': 'a/b',
    'content-length': '8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    connection: 'keep-alive',
  });
  expect(answered).toEqual([200]);
});

test('texts of all scripts and lengths go out in UTF-8', async () => {
  const unit = fc.constantFrom('a', 'ñ', 'ễ', '客', '😀', '\u0000', '\u{10ffff}');
  const texts = fc.tuple(fc.string({ unit, maxLength: 40 }), fc.constantFrom(1, 10, 5_000));
  await fc.assert(
    fc.asyncProperty(texts, async ([part, times]) => {
      sent = part.repeat(times);
      const answer = await send([KNOWN]);
      expect(answer.text === `${sent}\n`).toBe(true);
      expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(sent) + 1));
    }),
    { numRuns: 40 },
  );
});

const ANSWERED: readonly [name: string, changed: Changed][] = [
  ['in UTF-8 by name', { headers: { 'content-type': 'application/json; charset=utf-8' } }],
  ['at a loopback address with a port', { headers: { host: '[::1]:4000' } }],
  ['of a proxy that speaks TLS', { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' } }],
];
test.each(ANSWERED)('so is one %s', async (_name, changed) => {
  expect((await send([KNOWN], changed)).text).toBe('ánswer\n');
});

const HANDED_ON: readonly [name: string, parts: readonly (string | Buffer)[], changed: Changed][] = [
  ['an operation that is not known', [JSON.stringify({ query: 'unknown' })], {}],
  ['a body in parts', [KNOWN.slice(0, 5), KNOWN.slice(5)], {}],
  ['no body', [], {}],
  ['a large body', [`${KNOWN}${' '.repeat(1_000)}`], {}],
  ['what is no JSON', ['{'], {}],
  ['a key that reaches for a prototype', ['{"query":"known","__proto__":{}}'], {}],
  ['such a key in disguise', ['{"query":"known","\\u005f_proto__":{}}'], {}],
  ['another method', [KNOWN], { method: 'PUT' }],
  ['another address', [KNOWN], { path: '/graphql?a=b' }],
  ['another type', [KNOWN], { headers: { 'content-type': 'text/plain' } }],
  ['another charset', [KNOWN], { headers: { 'content-type': 'application/json; charset=latin1' } }],
  ['an encoding', [KNOWN], { headers: { 'content-encoding': 'gzip' } }],
  ['a page', [KNOWN], { headers: { origin: 'https://shop.example' } }],
  ['a foreign host', [KNOWN], { headers: { host: 'shop.example' } }],
  ['no name of a host', [KNOWN], { headers: { host: 'a b' } }],
  ["a proxy's word for another host", [KNOWN], { headers: { 'x-forwarded-host': 'localhost' } }],
  ["a proxy's word for a strange protocol", [KNOWN], { headers: { 'x-forwarded-proto': 'ws' } }],
  ['a stranger', [KNOWN], { headers: { authorization: 'stranger' } }],
  ['somebody who cannot be looked up', [KNOWN], { headers: { authorization: 'broken' } }],
];
test.each(HANDED_ON)('%s is handed on, with the whole body', async (_name, parts, changed) => {
  const answer = await send(parts, changed);
  expect([answer.text, answer.headers.vary, answered]).toEqual([parts.join(''), undefined, []]);
});

test('bytes that are no UTF-8 are handed on as they are', async () => {
  expect((await send([Buffer.from('7b22c3227d', 'hex')])).text).toBe('{"\ufffd"}');
});

test('while it drains, everything is handed on, and answers under way end their connection', async () => {
  expect((await send([JSON.stringify({ query: 'drained meanwhile' })])).headers.connection).toBe('close');
  expect((await send([KNOWN])).text).toBe(KNOWN);
});

test.each(['broken', 'broken later'])('a defect is told as one (%s)', async (query) => {
  const answer = await send([JSON.stringify({ query })]);
  expect([answer.status, answer.headers['content-type']]).toEqual([500, 'application/json; charset=utf-8']);
  expect(JSON.parse(answer.text)).toMatchObject({
    errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'id-1' } }],
  });
  expect(answered).toEqual([500]);
});
