import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { OPERATIONS } from '../supergraph/operations.ts';
import { type Answer, dataOf, type Graph, startGraph } from '../support/graph.ts';
import { type Production, startProduction } from './production.ts';

// What good clients and routers send passes all limits. In production where it can, with introspection where it must.

const TOO_MUCH = ['OPERATION_TOO_LARGE', 'OPERATION_TOO_EXPENSIVE', 'BAD_REQUEST', 'GRAPHQL_PARSE_FAILED'];

let production: Production;
interface Page {
  readonly nodes: readonly { readonly id: string; readonly vendorId: string }[];
}
let known: {
  readonly customers: Readonly<Record<string, Page['nodes']>>;
  readonly tags: readonly { id: string }[];
  readonly segments: readonly { id: string }[];
};
beforeAll(async () => {
  production = await startProduction({ customers: 210 });
  const { graph, routerHeaders } = production;
  const data = await dataOf(
    graph.ask(
      `{ tags(first: 5) { nodes { id } } segments(first: 5) { nodes { id } }
        ${['ladiflow', 'mercately', 'heidianer'].map((account) => `${account}: customers(first: 100, accounts: ["${account}"]) { nodes { id vendorId } }`).join(' ')} }`,
      {},
      routerHeaders,
    ),
  );
  const { tags, segments, ...customers } = data;
  known = {
    tags: tags.nodes,
    segments: segments.nodes,
    customers: Object.fromEntries(Object.entries(customers).map(([account, page]) => [account, (page as Page).nodes])),
  };
});
afterEach(() => {
  for (const { id } of ACCOUNTS) production.graph.emulator(id).forget();
});
afterAll(() => production.stop());

const ACCOUNTS = ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'].map((id) => ({ id }));
const ask = (query: string, variables: Record<string, unknown> = {}) =>
  production.graph.ask(query, variables, production.routerHeaders);

const OTHER_SUBGRAPHS = /\b(orders?|members?|shippedTo)\b/;
const ours = Object.values(OPERATIONS)
  .flat()
  .filter(({ query }) => !OTHER_SUBGRAPHS.test(query));

test('the corpus holds at least 50 operations', () => {
  expect(ours.length + PLANNED.length).toBeGreaterThanOrEqual(50);
});

describe('operations of clients are not refused', () => {
  test.each(ours.map((operation) => [operation.name, operation] as const))(
    '%s',
    async (_name, { query, variables }) => {
      const { errors = [] } = await ask(query, variables?.(known as never) as Record<string, unknown> | undefined);
      for (const { extensions } of errors) expect(TOO_MUCH).not.toContain(extensions.code);
    },
  );
});

const EVERYTHING = `__typename fullName firstName lastName email phone phoneE164 gender birthday note company jobTitle language website avatarUrl
  addresses { city country } acceptsMarketing status source externalId owner { email } leadScore messagingChannels { platform } vouchers
  membership { level } orderStatistics { orders ordersValue } createdAt updatedAt tags { __typename id name } segments { __typename id title }
  customFields { __typename name ... on TextCustomField { text } ... on NumberCustomField { number } ... on DateCustomField { date } }`;

// As query planners write them: references in a variable, aliases where two plans want different arguments.
const PLANNED: readonly (readonly [name: string, selection: string, variable?: string])[] = [
  ['references by id', '{ ... on Customer { fullName email } }'],
  ['references with everything about each', `{ __typename ... on Customer { ${EVERYTHING} } }`],
  [
    'references of several types',
    '{ __typename ... on Customer { fullName } ... on Tag { name } ... on Segment { title } }',
  ],
  [
    'references with conditions',
    '{ ... on Customer { fullName @include(if: $yes) email @skip(if: $yes) } }',
    ', $yes: Boolean!',
  ],
  [
    'references with the same field twice',
    '{ ... on Customer { few: events(first: 1) { nodes { kind } } } ... on Customer { fullName name__0: fullName } }',
  ],
];

describe('what routers send is not refused', () => {
  test.each(PLANNED)('%s', async (name, selection, variable = '') => {
    const count = name === 'references with the same field twice' ? 20 : 200;
    const customers = ['ladiflow', 'mercately', 'heidianer'].flatMap((account) => known.customers[account] ?? []);
    const representations = customers.slice(0, count).map(({ id }) => ({ __typename: 'Customer', id }));
    expect(representations).toHaveLength(count);
    const data = await dataOf(
      ask(
        `query Planned__crm__1($representations: [_Any!]!${variable}) { _entities(representations: $representations) ${selection} }`,
        { representations, yes: true },
      ),
    );
    expect(data._entities).toHaveLength(count);
  });

  test('the schema of the subgraph', async () => {
    expect((await dataOf(ask('query SubgraphIntrospectQuery { _service { sdl } }')))._service.sdl).toContain(
      'type Customer',
    );
  });
});

test('the mutation that schema/README.md shows passes as a dry run', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'schema', 'README.md'), 'utf8');
  const mutation = /```graphql\n(mutation[\s\S]*?)```/.exec(page)?.[1] ?? '';
  const id = known.customers.heidianer?.[0]?.id ?? '';
  const { customerUpdate } = await dataOf(ask(mutation.replace('"…"', `"${id}", dryRun: true`)));
  expect([customerUpdate.userErrors, customerUpdate.requests.length > 0]).toEqual([[], true]);
});

test('a batch of 100 customers in one variable', async () => {
  const customers = Array.from({ length: 100 }, (_, index) => ({
    email: `batch${index}@example.com`,
    fullName: `Lô ${index}`,
  }));
  const { customersUpsert } = await dataOf(
    ask(
      'mutation ($input: CustomersUpsertInput!) { customersUpsert(input: $input) { results { index outcome userErrors { code } } } }',
      {
        input: { accountId: 'salekit', customers, dryRun: true },
      },
    ),
  );
  expect(customersUpsert.results).toHaveLength(100);
});

test('a query by GET, and one with the newer media type', async () => {
  const { authorization = '' } = production.routerHeaders;
  const url = `${production.graph.url}?query=${encodeURIComponent('query ($n: Int) { customers(first: $n) { nodes { id } } }')}&variables=${encodeURIComponent('{"n":2}')}`;
  const byGet = await fetch(url, { headers: { authorization, 'apollo-require-preflight': 'yes' } });
  expect([byGet.status, ((await byGet.json()) as Answer).data.customers.nodes.length]).toEqual([200, 2]);
  const newer = await fetch(production.graph.url, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'Application/JSON;charset="UTF-8"',
      accept: 'application/graphql-response+json',
    },
    body: '{"query":"{ accounts { id } }"}',
  });
  expect([newer.status, newer.headers.get('content-type')]).toEqual([
    200,
    'application/graphql-response+json; charset=utf-8',
  ]);
});

describe('where the explorer is on', () => {
  let open: Graph;
  beforeAll(async () => {
    open = await startGraph({ customers: 10 });
  });
  afterAll(() => open.stop());

  test.each([
    {},
    { descriptions: false },
    {
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    },
  ])('the standard introspection query is answered: %j', async (options) => {
    const { __schema } = await dataOf(open.ask(getIntrospectionQuery(options)));
    expect(__schema.types.length).toBeGreaterThan(50);
  });

  test('all that the explorer opens with can be sent at once, with the name of the one that is meant', async () => {
    const page = await (await fetch(open.url, { headers: { accept: 'text/html' } })).text();
    const document = /"document":("(?:[^"\\]|\\.)*")/.exec(page)?.[1] ?? '""';
    const query = JSON.parse(document) as string;
    expect(query).toContain('WhoCanDoWhat');
    for (const operationName of ['WhoCanDoWhat', 'FirstCustomers', 'FindByEmail']) {
      const response = await fetch(open.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, operationName, variables: { email: 'nobody@example.com' } }),
      });
      const { errors } = (await response.json()) as Answer;
      expect(errors).toBeUndefined();
    }
  });

  test('without authentication only this machine, by its own name, is answered', async () => {
    const { port } = new URL(open.url);
    const statusFor = async (host: string): Promise<number> => {
      return new Promise((resolve, reject) => {
        request(
          {
            host: '127.0.0.1',
            port,
            path: '/graphql',
            method: 'POST',
            headers: { host, 'content-type': 'application/json' },
            agent: false,
          },
          (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          },
        )
          .on('error', reject)
          .end('{"query":"{ accounts { id } }"}');
      });
    };
    for (const host of [`localhost:${port}`, '127.0.0.1', '[::1]:4000', 'crm.localhost'])
      expect([host, await statusFor(host)]).toEqual([host, 200]);
    for (const host of ['evil.example', `localhost.evil.example:${port}`, '10.0.0.1', '127.0.0.1.evil.example'])
      expect([host, await statusFor(host)]).toEqual([host, 421]);
  });
});
