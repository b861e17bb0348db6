import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CASES, FOREIGN_ORIGINS } from './cases.ts';
import { ORIGIN, type Production, type RawAnswer, startProduction } from './production.ts';

// Hostile requests against a production configuration. Each is refused in few words that give nothing away, while
// somebody else is served.

let production: Production;
beforeAll(async () => {
  production = await startProduction();
});
afterAll(() => production.stop());

const LARGEST_ANSWER = 64 * 1024;
/** Places in our code, paths of the machine, and help for guessing. */
const GIVEN_AWAY =
  /\bat \S+ \(|\.[tj]s:\d+|node_modules|node:internal|file:\/\/|\/(?:home|usr|root|tmp|var|src)\/|did you mean/i;

function expectRefused({ status, text, headers }: RawAnswer): void {
  const said = text.startsWith('{') ? (JSON.parse(text) as { errors?: unknown[] }) : {};
  const isRefused = (status >= 400 && status < 500) || (status === 200 && (said.errors?.length ?? 0) > 0);
  expect({ isRefused, status, text: isRefused ? '' : text.slice(0, 500) }).toEqual({
    isRefused: true,
    status,
    text: '',
  });
  expect(Buffer.byteLength(text)).toBeLessThan(LARGEST_ANSWER);
  expect(text).not.toMatch(GIVEN_AWAY);
  for (const secret of production.secrets) expect(text).not.toContain(secret);
  expect(headers['access-control-allow-origin']).toBeUndefined();
}

/** Throws too if anything was reported as a defect of ours. */
async function expectGoodService(): Promise<void> {
  const { data } = await production.graph.ask('{ accounts { id } }', {}, { authorization: `Bearer ${production.key}` });
  expect(data.accounts).toHaveLength(5);
}

test('there are enough of them', () => {
  expect(Object.values(CASES).flat().length).toBeGreaterThanOrEqual(250);
});

describe.each(Object.entries(CASES))('%s', (_group, cases) => {
  test.each(cases)('%s', async (_name, request) => {
    const [answer] = await Promise.all([production.send(request), expectGoodService()]);
    expectRefused(answer);
    await expectGoodService();
  });
});

describe('every answer', () => {
  const BODY = { headers: { 'content-type': 'application/json' }, body: '{"query":"{ accounts { id } }"}' };

  test.each([
    ['a good one', BODY],
    ['one to a caller who is not known', { ...BODY, headers: { ...BODY.headers, authorization: '' } }],
    ['one to a wrong body', { ...BODY, body: '{' }],
    ['one to a wrong content type', { ...BODY, headers: {} }],
    ['one to a wrong method', { method: 'PUT' }],
    ['one to a wrong address', { method: 'GET', path: '/nothing' }],
    ['the health of the process', { method: 'GET', path: '/health/live' }],
    ['a preflight', { method: 'OPTIONS', headers: { origin: ORIGIN, 'access-control-request-method': 'POST' } }],
  ])('is kept by nobody and framed by nobody: %s', async (_name, request) => {
    const { headers } = await production.send(request);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      vary: 'origin',
    });
    expect(headers['set-cookie'] ?? headers['x-powered-by'] ?? headers.server).toBeUndefined();
  });

  test('says with its status what was wrong with the HTTP', async () => {
    const statusOf = async (request: Parameters<Production['send']>[0]) => (await production.send(request)).status;
    expect(await statusOf({ ...BODY, headers: {} })).toBe(415);
    expect(await statusOf({ ...BODY, body: 'x'.repeat(1024 * 1024 + 1) })).toBe(413);
    expect(await statusOf({ ...BODY, headers: { ...BODY.headers, 'x-large': 'x'.repeat(17_000) } })).toBe(431);
    expect(await statusOf({ ...BODY, headers: { ...BODY.headers, authorization: 'Bearer x' } })).toBe(401);
    expect(await statusOf({ method: 'DELETE' })).toBe(405);
    expect(await statusOf({ method: 'GET', path: '/x' })).toBe(404);
    expect(await statusOf({ ...BODY, body: '{' })).toBe(400);
  });
});

describe('pages', () => {
  const ask = (origin: string) =>
    production.send({
      headers: { 'content-type': 'application/json', origin },
      body: '{"query":"{ accounts { id } }"}',
    });

  test('of a listed origin may ask and read, without cookies', async () => {
    const preflight = await production.send({
      method: 'OPTIONS',
      headers: { authorization: '', origin: ORIGIN, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.text]).toEqual([204, '']);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('authorization'),
    });
    const { headers } = await ask(ORIGIN);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['access-control-allow-credentials'] ?? preflight.headers['access-control-allow-credentials']).toBe(
      undefined,
    );
  });

  test('of a listed origin read refusals too', async () => {
    const { status, headers } = await production.send({ headers: { authorization: 'Bearer x', origin: ORIGIN } });
    expect([status, headers['access-control-allow-origin']]).toEqual([401, ORIGIN]);
  });

  test.each(FOREIGN_ORIGINS)('of %s get no leave to read', async (origin) => {
    const { headers } = await ask(origin);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

test.each([
  ['bytes', `{ __typename } ${' '.repeat(64 * 1024)}`, /65536 bytes/],
  ['tokens', `{ ${'__typename '.repeat(2_000)} }`, /2000 tokens/],
  ['levels of brackets', `{ ${'...{ '.repeat(40)} __typename ${'}'.repeat(40)} }`, /40 levels of brackets/],
  ['aliases', `{ ${'a: __typename '.repeat(31)} }`, /30 aliases/],
  ['directives', `{ __typename ${'@include(if: true) '.repeat(21)} }`, /20 directives/],
  ['spreads', `{ ${'... { __typename } '.repeat(51)} }`, /50 fragment spreads/],
  [
    'levels of fields',
    '{ customers { nodes { segments { customers { nodes { segments { customers { nodes { segments { customers { nodes { id } } } } } } } } } } } }',
    /10 levels of fields/,
  ],
  ['root fields', `{ ${'__typename '.repeat(21)} }`, /20 root fields/],
  ['operations', 'query A { __typename } query B { __typename }', /1 operation;/],
  [
    'variables',
    `query (${many(51, (index) => `$v${index}: ID!`)}) { crmNodes(ids: [${many(51, (index) => `$v${index}`)}]) { id } }`,
    /50 variables/,
  ],
])('too many %s are named in the answer, with the limit', async (_what, query, sentence) => {
  const { errors } = await production.graph.ask(query, {}, { authorization: `Bearer ${production.key}` });
  expect(errors?.[0]?.message).toMatch(sentence);
});
