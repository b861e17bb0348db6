import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import { createRecentDocuments } from '../../src/persisted/recentDocuments.ts';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { type Answer, type Graph, startGraph } from '../support/graph.ts';
import { writeCallers } from './callersFile.ts';
import { digestOf } from './manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'automatic-'));
const callersFile = join(folder, 'callers.json');
const one = newKey();
const other = newKey();

let graph: Graph;
beforeAll(async () => {
  writeCallers(callersFile, [one.digest, { digest: other.digest, tenant: 'elsewhere' }]);
  graph = await startGraph({
    vendors: [heidianer],
    customers: 5,
    config: { authentication: { mode: 'keys', callersFile }, persisted: { mode: 'automatic' } },
  });
});
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

const byDigest = (document: string, digest = digestOf(document)) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: digest } },
});

async function post(body: unknown, { key } = one, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}

async function get(parameters: Record<string, unknown>): Promise<Answer> {
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${graph.url}?${new URLSearchParams(Object.fromEntries(texts))}`, {
    headers: { authorization: `Bearer ${one.key}`, 'apollo-require-preflight': 'true' },
  });
  return (await response.json()) as Answer;
}

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code;

describe('a digest is enough once its document was sent', () => {
  test.each([
    ['POST', post, 'query First { customers(first: 1) { nodes { id } } }'],
    ['GET', get, 'query Second { customers(first: 1) { nodes { id } } }'],
  ] as const)('over %s', async (_method, ask, query) => {
    expect(await ask(byDigest(query))).toMatchObject({
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    expect((await ask({ query, ...byDigest(query) })).data.customers.nodes).toHaveLength(1);
    for (const again of [post, get]) expect((await again(byDigest(query))).data.customers.nodes).toHaveLength(1);
  });

  test('also for clients of the newer media type, in whose answer the status says nothing yet', async () => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${one.key}`,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
      },
      body: JSON.stringify(byDigest('{ a }')),
    });
    expect(response.status).toBe(200);
    expect(codeOf((await response.json()) as Answer)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('for every caller, and each sees what is its own', async () => {
    const query = 'query Shared { accounts { id } }';
    expect((await post({ query, ...byDigest(query) })).data).toEqual({ accounts: [{ id: 'heidianer' }] });
    expect((await post(byDigest(query), other)).data).toEqual({ accounts: [] });
  });
});

describe('nothing is remembered', () => {
  test('under the digest of something else', async () => {
    const query = 'query Wrong { accounts { id } }';
    const digest = digestOf('something else');
    expect(codeOf(await post({ query, ...byDigest(query, digest) }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await post(byDigest(query, digest)))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test.each([
    [
      'is too large',
      `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: __typename`).join(' ')} }`,
      'OPERATION_TOO_LARGE',
    ],
    ['cannot be parsed', '{ accounts', 'GRAPHQL_PARSE_FAILED'],
    ['is not valid', '{ nobody { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'asks for too many records',
      '{ segments(first: 100) { nodes { customers(first: 100) { nodes { tags { id } segments { id } } } } } more: segments(first: 100) { nodes { customers(first: 100) { nodes { id } } } } }',
      'BAD_USER_INPUT',
    ],
  ])('when the document %s', async (_name, query, code) => {
    expect(codeOf(await post({ query, ...byDigest(query) }))).toBe(code);
    expect(codeOf(await post(byDigest(query)))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(codeOf(await post({ query, ...byDigest(query) }))).toBe(code);
  });
});

test('without the setting no digest is taken', async () => {
  const plain = await startGraph({ vendors: [], config: { accounts: [] } });
  try {
    const response = await fetch(plain.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ accounts { id } }', ...byDigest('{ accounts { id } }') }),
    });
    expect(codeOf((await response.json()) as Answer)).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
  } finally {
    await plain.stop();
  }
});

describe('what is remembered has a bound', () => {
  test('in number: the document not used for longest goes first', async () => {
    const documents = createRecentDocuments();
    for (let number = 0; number < 1_000; number += 1) await documents.set(`${number}`, 'x');
    expect(await documents.get('0')).toBe('x');
    await documents.set('more', 'x');
    expect(await documents.get('0')).toBe('x');
    expect(await documents.get('1')).toBeUndefined();
  });

  test('in length', async () => {
    const documents = createRecentDocuments();
    const large = 'x'.repeat(64 * 1024);
    for (let number = 0; number < 65; number += 1) await documents.set(`${number}`, large);
    expect(await documents.get('0')).toBeUndefined();
    expect(await documents.get('1')).toBe(large);
    expect(await documents.delete('1')).toBe(true);
    await documents.set('0', large);
    expect(await documents.get('2')).toBe(large);
  });
});
