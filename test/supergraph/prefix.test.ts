import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';
import { compose, openInProcess } from './inProcessGateway.ts';
import { SHOP_SDL } from './shop.ts';
import { type RunningSubgraph, startSubgraph } from './subgraph.ts';

// SCHEMA_PREFIX: beside a team that owns a Customer and a Tag of its own.

let crm: Graph;
let shop: RunningSubgraph;
beforeAll(async () => {
  crm = await startGraph({ customers: 5, config: { schemaPrefix: 'Crm' } });
  shop = await startSubgraph('shop', SHOP_SDL, {
    Query: {
      customer: (_: unknown, { id }: { id: string }) => ({ id, nickname: 'Lulu' }),
      tags: () => [{ id: '1', colour: 'red' }],
    },
    Customer: { crm: ({ id }: { id: string }) => ({ accountId: 'heidianer', vendorId: id }) },
  });
});
afterAll(async () => {
  await shop.stop();
  await crm.stop();
});

const sdlOf = async (graph: Graph): Promise<string> => (await dataOf(graph.ask('{ _service { sdl } }')))._service.sdl;
const open = async (graph: Graph) =>
  openInProcess({ subgraphs: [{ name: 'crm', url: graph.url, sdl: await sdlOf(graph) }, shop], routerCredential: '' });

describe('with a prefix', () => {
  test('both teams keep their own types and fields', async () => {
    const gateway = await open(crm);
    const { data, errors } = await gateway.ask(
      `{
        customer(id: "1") { __typename nickname crm { __typename fullName tags { __typename name } } }
        tags { __typename colour }
        crmCustomers(first: 3) { nodes { __typename gender } pageInfo { __typename hasNextPage } sources { state } }
        crmAccounts { id }
      }`,
      {},
      undefined,
    );
    expect(errors).toBeUndefined();
    expect(data.customer).toMatchObject({
      __typename: 'Customer',
      nickname: 'Lulu',
      crm: { __typename: 'CrmCustomer', fullName: expect.any(String) },
    });
    expect(data.customer.crm.tags[0]).toEqual({ __typename: 'CrmTag', name: expect.any(String) });
    expect(data.tags).toEqual([{ __typename: 'Tag', colour: 'red' }]);
    expect(data.crmCustomers.nodes[0].__typename).toBe('CrmCustomer');
    expect(data.crmCustomers.pageInfo.__typename).toBe('PageInfo');
    expect(data.crmAccounts).toHaveLength(5);
  });

  test('value types, scalars and what begins with the prefix keep their names, everything else gets it', async () => {
    const names = [...(await sdlOf(crm)).matchAll(/^(?:type|interface|input|enum|scalar) (\w+)/gm)].map(
      ([, name]) => name,
    );
    const plain = names.filter(
      (name) => !name?.startsWith('Crm') && !/^(_|federation__|link__|Query$|Mutation$)/.test(name ?? ''),
    );
    expect(plain.sort()).toEqual(
      [
        ...['Attribution', 'Date', 'DateOrDateTime', 'DateTime', 'Decimal', 'FormField', 'IdentityDocument'],
        ...['IdentityDocumentType', 'JSON', 'Membership', 'MessagingChannel', 'OrderStatistics', 'PageInfo'],
        ...['PostalAddress', 'SocialProfile'],
      ].sort(),
    );
    expect(names).toEqual(expect.arrayContaining(['CrmAccount', 'CrmNode', 'CrmCustomer', 'CrmTextCustomField']));
    expect(names.filter((name) => name?.startsWith('CrmCrm'))).toEqual([]);
  });

  test('keys still cost nothing, records resolve, and rules hold', async () => {
    crm.emulator('heidianer').forget();
    const ask = (selection: string) =>
      dataOf(
        crm.ask(
          `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on CrmCustomer { ${selection} } } }`,
          {
            r: [{ __typename: 'CrmCustomer', accountId: 'heidianer', vendorId: '1' }],
          },
        ),
      );
    const { _entities } = await ask('id ... on CrmNode { accountId }');
    expect(_entities[0]).toEqual({ __typename: 'CrmCustomer', id: expect.any(String), accountId: 'heidianer' });
    expect(crm.emulator('heidianer').count()).toBe(0);
    expect((await ask('fullName'))._entities[0].fullName).toEqual(expect.any(String));
    const { crmNode } = await dataOf(
      crm.ask('query ($id: ID!) { crmNode(id: $id) { __typename } }', { id: _entities[0].id }),
    );
    expect(crmNode.__typename).toBe('CrmCustomer');
    const { errors } = await crm.ask(
      '{ _entities(representations: [{ __typename: "Customer", id: "1" }]) { __typename } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('an operation is priced as it is without', async () => {
    const plain = await startGraph({ customers: 5 });
    const priceOf = async (graph: Graph, query: string) =>
      ((await graph.ask(query)) as { extensions?: { crm: { calls: { predicted: number } } } }).extensions?.crm.calls
        .predicted;
    const selection = '(first: 3) { nodes { addresses { city } tags { name } events(first: 2) { nodes { kind } } } }';
    try {
      const price = await priceOf(crm, `{ crmCustomers${selection} }`);
      expect(price).toBeGreaterThan(3);
      expect(price).toBe(await priceOf(plain, `{ customers${selection} }`));
    } finally {
      await plain.stop();
    }
  });

  test('mutations work under their new names', async () => {
    const { crmTagCreate } = await dataOf(
      crm.ask('mutation ($i: CrmTagCreateInput!) { crmTagCreate(input: $i) { outcome tag { __typename name } } }', {
        i: { accountId: 'ladiflow', name: 'Prefixed' },
      }),
    );
    expect(crmTagCreate).toEqual({ outcome: 'CREATED', tag: { __typename: 'CrmTag', name: 'Prefixed' } });
  });

  test('descriptions name the types as they are', async () => {
    expect(await sdlOf(crm)).toContain('`CrmCustomerInput`');
  });
});

test('without a prefix the two do not fit together', async () => {
  const graph = await startGraph({ customers: 1 });
  try {
    const sdl = await sdlOf(graph);
    expect(() => compose([{ name: 'crm', url: graph.url, sdl }, shop])).toThrow(/customer/i);
  } finally {
    await graph.stop();
  }
});
