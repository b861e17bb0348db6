import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import { ladiflow } from '../../src/vendors/ladiflow/index.ts';
import { skippingClock } from '../support/clock.ts';
import { type Answer, type Graph, startGraph } from '../support/graph.ts';
import { SECRETS } from '../support/planted.ts';
import { writeCallers } from './callersFile.ts';
import { digestOf, listed, manifestOf, writeManifest } from './manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'safelist-'));
const file = join(folder, 'safelist.json');
const callersFile = join(folder, 'callers.json');
const key = newKey();
const ROUTER = 'a-router-secret-that-is-long-enough-to-be-one';

const CUSTOMERS = 'query Customers($first: Int!) { customers(first: $first) { nodes { id fullName } } }';
const TAG = `mutation Tag($id: ID!) {
  customerTagsAdd(input: { id: $id, tags: [{ name: "VIP" }] }) { outcome userErrors { code } }
}`;
const TYPES = '{ __schema { queryType { name } } }';
const LISTED = manifestOf([listed(CUSTOMERS), listed(TAG, 'the-tag'), listed(TYPES)]);

const clock = skippingClock();
let graph: Graph;
beforeAll(async () => {
  writeManifest(file, LISTED);
  writeCallers(callersFile, [key.digest]);
  graph = await startGraph({
    vendors: [ladiflow],
    customers: 5,
    clock,
    config: {
      production: true,
      authentication: { mode: 'keys', callersFile },
      routerSecrets: [ROUTER],
      persisted: { mode: 'safelist', file },
    },
  });
});
beforeEach(() => graph.emulator('ladiflow').forget());
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

const HEADERS = { authorization: `Bearer ${key.key}`, 'content-type': 'application/json' };
const AS_ROUTER = { 'router-authorization': `Bearer ${ROUTER}` };
const byId = (id: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } });

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(graph.url, { method: 'POST', headers: { ...HEADERS, ...headers }, body: JSON.stringify(body) });
const get = (parameters: Record<string, unknown>): Promise<Response> => {
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return fetch(`${graph.url}?${new URLSearchParams(Object.fromEntries(texts))}`, {
    headers: { authorization: HEADERS.authorization, 'apollo-require-preflight': 'true' },
  });
};
const answerOf = async (response: Promise<Response>): Promise<Answer> => (await (await response).json()) as Answer;

const REFUSED = {
  errors: [
    {
      message: expect.stringContaining('SAFELIST_FILE'),
      extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST', retryable: false },
    },
  ],
};

describe('a listed operation runs', () => {
  const variables = { first: 2 };

  test.each([
    ['sent by its digest', () => post({ ...byId(digestOf(CUSTOMERS)), variables })],
    ['sent exactly as listed', () => post({ query: CUSTOMERS, variables })],
    ['sent both ways', () => post({ query: CUSTOMERS, ...byId(digestOf(CUSTOMERS)), variables })],
    ['by its digest over GET', () => get({ ...byId(digestOf(CUSTOMERS)), variables })],
    ['as listed over GET', () => get({ query: CUSTOMERS, variables })],
    ['again, from a plan', () => post({ ...byId(digestOf(CUSTOMERS)), variables })],
  ])('%s', async (_name, send) => {
    const { data, errors } = await answerOf(send());
    expect(errors).toBeUndefined();
    expect(data.customers.nodes).toHaveLength(2);
  });

  test('when it is a mutation, by an id that is no digest; never over GET', async () => {
    const { data } = await answerOf(post({ ...byId(digestOf(CUSTOMERS)), variables: { first: 1 } }));
    const sent = { ...byId('the-tag'), variables: { id: data.customers.nodes[0].id } };
    expect((await get(sent)).status).toBe(405);
    expect(
      graph
        .emulator('ladiflow')
        .records()
        .customers?.some((each) => JSON.stringify(each).includes('VIP')),
    ).toBe(false);
    expect((await answerOf(post(sent))).data.customerTagsAdd).toEqual({
      outcome: expect.not.stringMatching(/NOT_EXECUTED|UNKNOWN/),
      userErrors: [],
    });
  });

  test('under the rules that hold without a list: introspection stays off in production', async () => {
    const { data, errors } = await answerOf(post(byId(digestOf(TYPES))));
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('anything else is refused, unasked', () => {
  const variables = { first: 2 };

  test.each([
    ['another document', () => post({ query: '{ customers(first: 2) { nodes { id } } }' })],
    ['a listed one with a space more', () => post({ query: `${CUSTOMERS} `, variables })],
    ['one with a listed digest', () => post({ query: '{ accounts { id } }', ...byId(digestOf(CUSTOMERS)) })],
    ['a listed one with the digest of another', () => post({ query: CUSTOMERS, ...byId('the-tag'), variables })],
    ['an unknown digest', () => post(byId(digestOf('{ accounts { id } }')))],
    ['an unknown digest over GET', () => get(byId('nothing'))],
    ['another document over GET', () => get({ query: '{ accounts { id } }' })],
    ['an id that is a name of every object', () => post(byId('constructor'))],
    ['a document that cannot be parsed', () => post({ query: '{'.repeat(100) })],
    ['what only a router may ask', () => post({ query: '{ _service { sdl } }' })],
  ])('%s', async (_name, send) => {
    const response = await send();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(REFUSED);
    expect(graph.emulator('ladiflow').count()).toBe(0);
  });

  test('with a status for clients that can tell it from one of a proxy', async () => {
    const response = await post({ query: '{ a }' }, { accept: 'application/graphql-response+json' });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await response.json()).toEqual(REFUSED);
  });

  test.each([
    ['nothing', {}],
    ['a document that is no text', { query: { text: CUSTOMERS } }],
    ['an id that is no text', byId(7 as never)],
    ['several at once', [{ query: CUSTOMERS, variables }]],
  ])('%s is no operation at all', async (_name, body) => {
    const response = await post(body);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: expect.stringMatching(/BAD_REQUEST|NOT_SUPPORTED/) } }],
    });
    expect(graph.emulator('ladiflow').count()).toBe(0);
  });

  test('and is counted, so that whoever runs the service sees that a client needs more than is listed', async () => {
    const refusals = async (): Promise<number> => {
      const metrics = await fetch(graph.url.replace('/graphql', '/metrics'), {
        headers: { authorization: `Bearer ${SECRETS.metrics}` },
      });
      const line = /^crm_operations_total\{.*kind="invalid",outcome="failed".*\} (\d+)$/m;
      return Number(line.exec(await metrics.text())?.[1] ?? 0);
    };
    const before = await refusals();
    await post({ query: '{ accounts { id } }' });
    expect(await refusals()).toBe(before + 1);
  });

  test('whoever is not known hears only that', async () => {
    expect((await post({ query: '{ a }' }, { authorization: 'Bearer nobody' })).status).toBe(401);
  });
});

describe("the supergraph's router", () => {
  test('asks what it makes itself: the schema, and references for its callers', async () => {
    expect((await answerOf(post({ query: '{ _service { sdl } }' }, AS_ROUTER))).data._service.sdl).toContain('@key');
    const { data } = await answerOf(post({ query: CUSTOMERS, variables: { first: 1 } }));
    const { id, fullName } = data.customers.nodes[0];
    const references = await answerOf(
      post(
        {
          query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { fullName } } }',
          variables: { r: [{ __typename: 'Customer', id }] },
        },
        AS_ROUTER,
      ),
    );
    expect(references.data._entities).toEqual([{ fullName }]);
  });
});

describe('a changed file', () => {
  const OTHER = 'query Other { accounts { id } }';
  const readAgain = () => clock.skip(10_000);

  test('counts within ten seconds; a wrong one changes nothing', async () => {
    expect(await answerOf(post(byId(digestOf(OTHER))))).toEqual(REFUSED);
    writeManifest(file, manifestOf([listed(OTHER)]));
    readAgain();
    expect((await answerOf(post(byId(digestOf(OTHER))))).data).toEqual({ accounts: [{ id: 'ladiflow' }] });
    expect(await answerOf(post(byId('the-tag')))).toEqual(REFUSED);
    writeManifest(file, '{"operations": ');
    readAgain();
    expect((await answerOf(post(byId(digestOf(OTHER))))).data).toEqual({ accounts: [{ id: 'ladiflow' }] });
    writeManifest(file, LISTED);
    readAgain();
    expect(await answerOf(post(byId(digestOf(OTHER))))).toEqual(REFUSED);
  });
});

test('without authentication nobody is taken for a router', async () => {
  const open = await startGraph({ vendors: [], config: { accounts: [], persisted: { mode: 'safelist', file } } });
  try {
    expect(await open.ask('{ _service { sdl } }')).toEqual(REFUSED);
    expect((await fetch(open.url, { headers: { accept: 'text/html' } })).status).toBe(200);
  } finally {
    await open.stop();
  }
});
