import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 30 });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const NESTED =
  'customers(first: 100) { nodes { segments { customers(first: 100) { nodes { segments { customers(first: 100) { nodes { id } } } } } } } }';

const refused = async (query: string, variables: Record<string, unknown> = {}): Promise<void> => {
  const { errors } = await graph.ask(query, variables);
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  for (const vendor of ['ladiflow', 'mercately', 'heidianer']) expect(graph.emulator(vendor).count()).toBe(0);
};

describe('refused before any vendor is asked', () => {
  test.each([
    ['lists in lists in lists', `{ ${NESTED} }`],
    ['the same through fragments', `{ ...all } fragment all on Query { ...more } fragment more on Query { ${NESTED} }`],
    [
      'the same many times over',
      `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: customers(first: 100) { nodes { tags { id } } }`).join(' ')} }`,
    ],
    ['a subscription', 'subscription { customers }'],
  ])('%s', (_name, query) => refused(query));

  test('page sizes in variables count too', () =>
    refused(
      'query ($n: Int = 100) { customers(first: $n) { nodes { segments { customers(first: $n) { nodes { tags { id } } } } } } }',
    ));

  test('1,001 references at once', () =>
    refused('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
      r: Array.from({ length: 1_001 }, (_, index) => ({
        __typename: 'Customer',
        accountId: 'heidianer',
        vendorId: String(index),
      })),
    }));
});

test('large pages with everything about each customer are not refused', async () => {
  const { customers } = await dataOf(
    graph.ask(
      `{ customers(first: 100) { nodes { id fullName tags { name } segments { title } customFields { name } addresses { city } socialProfiles { value } messagingChannels { userId } } } }`,
    ),
  );
  expect(customers.nodes).toHaveLength(90);
  const nested = await dataOf(
    graph.ask(
      '{ customers(first: 20, accounts: ["heidianer"]) { nodes { segments { customers(first: 5) { nodes { id fullName } } } } } }',
    ),
  );
  expect(nested.customers.nodes).toHaveLength(20);
});

test('the standard introspection query is answered', async () => {
  const { __schema } = await dataOf(graph.ask(getIntrospectionQuery()));
  expect(__schema.queryType.name).toBe('Query');
});

test('a reference of a type that is no entity is bad input at its own place only', async () => {
  const { data, errors } = await graph.ask(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { vendorId } } }',
    {
      r: [
        { __typename: 'CrmAgent', id: '1' },
        { __typename: 'Customer', accountId: 'heidianer', vendorId: '7' },
        { __typename: 'Nothing' },
      ],
    },
  );
  expect(data._entities).toEqual([null, { vendorId: '7' }, null]);
  expect(errors?.map(({ path, extensions }) => [path?.[1], extensions.code]).sort()).toEqual([
    [0, 'BAD_USER_INPUT'],
    [2, 'BAD_USER_INPUT'],
  ]);
});

test.each([
  ['by: { email: "nobody" }', 'by.email'],
  ['by: { phone: "abc" }', 'by.phone'],
  ['by: { vendorId: "  " }', 'by.vendorId'],
])('customerLookup(%s) names what is wrong', async (by, field) => {
  const { errors } = await graph.ask(`{ customerLookup(${by}) { matches { id } } }`);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
});
