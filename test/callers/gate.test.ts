import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import { createAttempts } from '../../src/callers/attempts.ts';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { skippingClock } from '../support/clock.ts';
import { type Graph, startGraph } from '../support/graph.ts';

const folder = mkdtempSync(join(tmpdir(), 'callers-'));
const file = join(folder, 'callers.json');
const reader = newKey();
const replacement = newKey();
const nosy = newKey();
const stranger = newKey();
const ROUTER = 'a-router-secret-that-is-long-enough-to-be-one';

let writes = 0;
function writeCallers(callers: unknown): void {
  writeFileSync(file, typeof callers === 'string' ? callers : JSON.stringify({ callers }));
  // Two writes within the clock's tick must still differ.
  writes += 1;
  utimesSync(file, new Date(), new Date(Date.now() + writes * 1_000));
}
const everybody = [
  { id: 'reader', tenant: 'default', scopes: ['customers:read'], keys: [reader.digest] },
  { id: 'nosy', tenant: 'default', scopes: [], keys: [nosy.digest] },
  { id: 'other', tenant: 'other', scopes: ['customers:read', 'vendor-data:read'], keys: [stranger.digest] },
];

const clock = skippingClock();
let graph: Graph;
beforeAll(async () => {
  writeCallers(everybody);
  graph = await startGraph({
    vendors: [heidianer],
    customers: 10,
    clock,
    config: {
      authentication: { mode: 'keys', callersFile: file },
      routerSecrets: [ROUTER],
      trustedProxies: ['127.0.0.1'],
    },
  });
});
afterEach(async () => {
  writeCallers(everybody);
  await graph.reset();
});
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const router = (key?: string): Record<string, string> => ({
  'router-authorization': `Bearer ${ROUTER}`,
  ...(key === undefined ? {} : bearer(key)),
});
const post = (headers: Record<string, string>, query = '{ accounts { id } }'): Promise<Response> =>
  fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

describe('a caller', () => {
  test('with a valid key gets in', async () => {
    const { data } = await graph.ask(
      '{ accounts { id } customers(first: 1) { nodes { id } } }',
      {},
      bearer(reader.key),
    );
    expect(data.accounts).toEqual([{ id: 'heidianer' }]);
    expect(data.customers.nodes).toHaveLength(1);
  });

  test.each([
    ['without a credential', {}],
    ['with an unknown key', bearer(newKey().key)],
    ['with a key that is nearly right', bearer(`${reader.key.slice(0, -1)}_`)],
    ['with the digest instead of the key', bearer(reader.digest.slice(7))],
    ['with another scheme', { authorization: `Basic ${reader.key}` }],
    ['with a wrong router secret', { ...bearer(reader.key), 'router-authorization': 'Bearer guess' }],
  ])('%s is refused with 401 and the same words', async (_name, headers) => {
    const response = await post(headers as Record<string, string>);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errors: [{ message: expect.stringContaining('Authorization: Bearer'), extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(graph.emulator('heidianer').count()).toBe(0);
  });

  test('without the scope for customers sees accounts, and nobody in them', async () => {
    const { data, errors } = await graph.ask(
      '{ accounts { id } customers(first: 1) { nodes { id } } customer(id: "x") { id } }',
      {},
      bearer(nosy.key),
    );
    expect(data).toEqual({ accounts: [{ id: 'heidianer' }], customers: null, customer: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(graph.emulator('heidianer').count()).toBe(0);
  });

  test("sees a vendor's own JSON only with the scope for it", async () => {
    const { data, errors } = await graph.ask(
      '{ customers(first: 1) { nodes { fullName vendorData } } }',
      {},
      bearer(reader.key),
    );
    expect(data.customers.nodes[0]).toEqual({ fullName: expect.any(String), vendorData: null });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('of another tenant finds none of this one: accounts, lists, ids, cursors, references', async () => {
    const mine = (
      await graph.ask(
        '{ customers(first: 1) { nodes { id } pageInfo { endCursor } } tag: customers(first: 5) { nodes { tags { id } } } }',
        {},
        bearer(reader.key),
      )
    ).data;
    graph.emulator('heidianer').forget();
    const id = mine.customers.nodes[0].id;
    const asStranger = (query: string, variables = {}) => graph.ask(query, variables, router(stranger.key));

    const open = await asStranger(
      'query ($id: ID!) { accounts { id } vendors { accounts { id } } account(id: "heidianer") { id } customer(id: $id) { id fullName } crmNode(id: $id) { id } customers(first: 5) { nodes { id } sources { state } } }',
      { id },
    );
    expect(open.errors).toBeUndefined();
    expect(open.data).toEqual({
      accounts: [],
      vendors: [{ accounts: [] }],
      account: null,
      customer: null,
      crmNode: null,
      customers: { nodes: [], sources: [] },
    });
    const { data } = await asStranger(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id } } }',
      {
        r: [
          { __typename: 'Customer', id },
          { __typename: 'Customer', accountId: 'heidianer', vendorId: '1' },
        ],
      },
    );
    expect(data._entities).toEqual([null, null]);
    for (const [query, variables] of [
      [
        'query ($after: String) { customers(after: $after) { nodes { id } } }',
        { after: mine.customers.pageInfo.endCursor },
      ],
      ['{ customers(accounts: ["heidianer"]) { nodes { id } } }', {}],
    ] as const) {
      const { errors } = await asStranger(query, variables);
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect(graph.emulator('heidianer').count()).toBe(0);
  });
});

describe('the supergraph router', () => {
  const SERVICE = '{ _service { sdl } }';
  const ENTITIES =
    '{ _entities(representations: [{ __typename: "Customer", accountId: "heidianer", vendorId: "1" }]) { ... on Customer { fullName } } }';

  test('reads the schema with its own secret alone, and nothing else', async () => {
    const { data } = await graph.ask(SERVICE, {}, router());
    expect(data._service.sdl).toContain('type Customer');
    for (const query of [ENTITIES, '{ vendors { key } }', '{ customers { nodes { id } } }']) {
      const { errors } = await graph.ask(query, {}, router());
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  test('resolves references for a caller whose credential it passes on', async () => {
    const { data, errors } = await graph.ask(ENTITIES, {}, router(reader.key));
    expect(errors).toBeUndefined();
    expect(data._entities[0].fullName).toEqual(expect.any(String));
  });

  test.each([SERVICE, ENTITIES])('is needed for %s', async (query) => {
    const { errors } = await graph.ask(query, {}, bearer(reader.key));
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the callers file', () => {
  const valid = async (key: string): Promise<boolean> => (await post(bearer(key))).status === 200;

  test('holds two keys of a caller at once, and forgets one without a restart', async () => {
    writeCallers([{ ...everybody[0], keys: [reader.digest, replacement.digest] }]);
    clock.skip(15_000);
    expect(await Promise.all([valid(reader.key), valid(replacement.key)])).toEqual([true, true]);
    writeCallers([{ ...everybody[0], keys: [replacement.digest] }]);
    clock.skip(15_000);
    expect(await Promise.all([valid(reader.key), valid(replacement.key)])).toEqual([false, true]);
  });

  test('that breaks while running leaves the callers as they were', async () => {
    for (const broken of ['{', JSON.stringify({ callers: [{ id: 'x' }] })]) {
      writeCallers(broken);
      clock.skip(15_000);
      expect(await valid(reader.key)).toBe(true);
    }
  });
});

describe('failed authentication', () => {
  const attempt = async (address: string, key: string): Promise<number> =>
    (await post({ ...bearer(key), 'x-forwarded-for': address })).status;

  test('is limited to 20 a minute per address, behind a trusted proxy too; valid keys get in', async () => {
    for (let count = 0; count < 20; count += 1) expect(await attempt('203.0.113.7', 'guess')).toBe(401);
    const response = await post({ ...bearer('guess'), 'x-forwarded-for': '203.0.113.7' });
    expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await attempt('203.0.113.8', 'guess')).toBe(401);
    expect(await attempt('203.0.113.7', reader.key)).toBe(200);
    clock.skip(61_000);
    expect(await attempt('203.0.113.7', 'guess')).toBe(401);
  });

  test('is remembered for 10,000 addresses at most', () => {
    const attempts = createAttempts(clock);
    for (let index = 0; index < 10_500; index += 1) attempts.failed(`address ${index}`);
    expect(attempts.addresses).toBe(10_000);
  });
});

test('two tenants that ask the same things at once each get their own, with their own credentials', async () => {
  const two = newKey();
  writeCallers([everybody[0], { id: 'second', tenant: 'second', scopes: ['customers:read'], keys: [two.digest] }]);
  const other = await (await heidianer.emulator()).start({ customers: 12 });
  other.quirks.validToken = 'the second token';
  const both = await startGraph({
    vendors: [heidianer],
    customers: 12,
    config: { authentication: { mode: 'keys', callersFile: file }, routerSecrets: [ROUTER] },
    accounts: (demo) => [
      ...demo,
      ...demo.map((account) => ({
        ...account,
        id: 'second',
        tenant: 'second',
        baseUrl: new URL(other.baseUrl),
        credentials: { accessToken: 'the second token' },
      })),
    ],
  });
  try {
    // Ten equal reads an operation: five look-ups and five references.
    const query = (account: string) => `{
      ${[1, 2, 3, 4, 5].map((id) => `c${id}: customerLookup(by: { vendorId: "${id}" }) { matches { accountId vendorId } }`).join(' ')}
      _entities(representations: [${[1, 2, 3, 4, 5].map((id) => `{ __typename: "Customer", accountId: "${account}", vendorId: "${id}" }`).join(', ')}]) { ... on Customer { accountId vendorId fullName } }
    }`;
    const askAs = async (account: string, key: string) => {
      const { data, errors } = await both.ask(query(account), {}, router(key));
      expect(errors).toBeUndefined();
      const foreign = JSON.stringify(data).replaceAll(`"accountId":"${account}"`, '').includes('accountId');
      expect([foreign, data._entities.length]).toEqual([false, 5]);
    };
    for (let round = 0; round < 100; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2 === 0 ? askAs('heidianer', reader.key) : askAs('second', two.key),
        ),
      );
    }
    const first = both.emulator('heidianer');
    expect(new Set(first.exchanges.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer heidianer-demo-access-token']),
    );
    expect(new Set(other.exchanges.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer the second token']),
    );
    expect([first.count() > 900, other.count() > 900]).toEqual([true, true]);
  } finally {
    await both.stop();
    await other.close();
  }
});
