import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

// What an operation costs in vendor calls, counted at the vendors.

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 250 });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

/** Global ids of the first customers of one account. */
async function customerIds(account: string, count: number): Promise<string[]> {
  const { customers } = await dataOf(
    graph.ask('query ($n: Int!, $a: [ID!]) { customers(first: $n, accounts: $a) { nodes { id } } }', {
      n: count,
      a: [account],
    }),
  );
  graph.emulator(account).forget();
  return customers.nodes.map(({ id }: { id: string }) => id);
}

const aliases = (ids: readonly string[], selection: string): string =>
  `{ ${ids.map((id, index) => `c${index}: customer(id: "${id}") { ${selection} }`).join(' ')} }`;

describe('customers by id', () => {
  test('100 at a vendor with a many-ids read cost one call of 100', async () => {
    const ids = await customerIds('heidianer', 100);
    const data = await dataOf(graph.ask(aliases(ids, 'fullName')));
    expect(Object.values(data)).not.toContain(null);
    expect(graph.emulator('heidianer').count()).toBe(1);
  });

  test('150 cost two', async () => {
    const { _entities } = await dataOf(
      graph.ask('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { vendorId fullName } } }', {
        r: Array.from({ length: 150 }, (_, index) => ({
          __typename: 'Customer',
          accountId: 'heidianer',
          vendorId: String(index + 1),
        })),
      }),
    );
    expect(_entities.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(
      Array.from({ length: 150 }, (_, index) => String(index + 1)),
    );
    expect(graph.emulator('heidianer').count()).toBe(2);
  });

  test('a vendor that allows fewer rows per page is asked until all are there', async () => {
    const ids = await customerIds('heidianer', 100);
    graph.emulator('heidianer').quirks.largestPage = 30;
    const data = await dataOf(graph.ask(aliases(ids, 'fullName')));
    expect(Object.values(data)).not.toContain(null);
    expect(graph.emulator('heidianer').count()).toBe(4);
  });

  test('a single one is read by itself', async () => {
    const [id] = await customerIds('heidianer', 1);
    await dataOf(graph.ask(aliases([id ?? ''], 'fullName segments { title }')));
    expect(graph.emulator('heidianer').count('getCustomer')).toBe(1);
    expect(graph.emulator('heidianer').count()).toBe(1);
  });

  test.each(['heidianer', 'ladiflow', 'mercately'])(
    'ten aliases of one customer at %s cost one call',
    async (account) => {
      const [id] = await customerIds(account, 1);
      const data = await dataOf(
        graph.ask(
          aliases(
            Array.from({ length: 10 }, () => id ?? ''),
            'fullName email',
          ),
        ),
      );
      expect(Object.values(data)).toHaveLength(10);
      expect(graph.emulator(account).count()).toBe(1);
    },
  );

  test.each(['ladiflow', 'mercately'])(
    'without a many-ids read, %s is asked once per distinct customer',
    async (account) => {
      const ids = await customerIds(account, 25);
      await dataOf(graph.ask(aliases([...ids, ...ids], 'fullName')));
      expect(graph.emulator(account).count()).toBe(25);
    },
  );

  test('only keys cost nothing, through fragments and skipped fields too', async () => {
    const [id] = await customerIds('heidianer', 1);
    const data = await dataOf(
      graph.ask(
        `query ($id: ID!, $no: Boolean!) {
          customer(id: $id) { ...keys account { label } fullName @include(if: $no) ... on CrmNode { vendorId } ... on Customer @skip(if: true) { email } }
          crmNode(id: $id) { __typename id ... on Tag { name } }
        }
        fragment keys on Customer { __typename id accountId }`,
        { id, no: false },
      ),
    );
    expect(data.crmNode).toEqual({ __typename: 'Customer', id });
    expect(graph.emulator('heidianer').count()).toBe(0);
  });
});

describe('what a list carries needs no further call', () => {
  test('tags, segments and custom fields come with the customers', async () => {
    await dataOf(
      graph.ask(
        `{ customers(first: 20, accounts: ["heidianer"]) { nodes { tags { name id } segments { title } customFields { name } addresses { city } } } }`,
      ),
    );
    expect(graph.emulator('heidianer').count()).toBe(1);
  });

  test('tag names of a vendor that shows ids cost one walk over its tags for the whole list', async () => {
    await dataOf(graph.ask('{ customers(first: 40, accounts: ["ladiflow"]) { nodes { tags { id vendorId } } } }'));
    expect(graph.emulator('ladiflow').count()).toBe(1);
    graph.emulator('ladiflow').forget();
    await dataOf(graph.ask('{ customers(first: 40, accounts: ["ladiflow"]) { nodes { tags { name createdAt } } } }'));
    expect(graph.emulator('ladiflow').count('customerListTag')).toBe(1);
    expect(graph.emulator('ladiflow').count()).toBe(2);
  });

  test('members of the listed segments are there already', async () => {
    const { segments } = await dataOf(
      graph.ask('{ segments(first: 10) { nodes { title customers(first: 3) { nodes { fullName } totalCount } } } }'),
    );
    expect(segments.nodes[0].customers.nodes).toHaveLength(3);
    expect(graph.emulator('heidianer').count()).toBe(1);
  });

  test('20 customers with their segments and the members of each cost one call, and one per distinct segment', async () => {
    const { customers } = await dataOf(
      graph.ask(
        `{ customers(first: 20, accounts: ["heidianer"]) { nodes { segments { vendorId title customers(first: 5) { nodes { id } } } } } }`,
      ),
    );
    const distinct = new Set(
      customers.nodes.flatMap((node: { segments: { vendorId: string }[] }) =>
        node.segments.map(({ vendorId }) => vendorId),
      ),
    );
    expect(graph.emulator('heidianer').count('listCustomers')).toBe(1);
    expect(graph.emulator('heidianer').count('getSegment')).toBe(distinct.size);
    expect(graph.emulator('heidianer').count()).toBe(1 + distinct.size);
  });

  test('owners of a whole list cost one call', async () => {
    const { customers } = await dataOf(
      graph.ask('{ customers(first: 25, accounts: ["mercately"]) { nodes { owner { email } } } }'),
    );
    expect(customers.nodes.some(({ owner }: { owner: unknown }) => owner !== null)).toBe(true);
    expect(graph.emulator('mercately').count('listAgents')).toBe(1);
    expect(graph.emulator('mercately').count()).toBe(2);
  });

  test('vendors, accounts and tags whose id says it all cost nothing', async () => {
    const { customers } = await dataOf(
      graph.ask('{ customers(first: 5, accounts: ["heidianer"]) { nodes { tags { id name } } } }'),
    );
    const tag = customers.nodes.flatMap(({ tags }: { tags: { id: string; name: string }[] }) => tags)[0];
    graph.emulator('heidianer').forget();
    const data = await dataOf(
      graph.ask(
        'query ($id: ID!) { tag(id: $id) { name } vendors { customerFields } accounts { capabilities health { lastSuccessAt } } }',
        { id: tag.id },
      ),
    );
    expect(data.tag.name).toBe(tag.name);
    expect(graph.emulator('heidianer').count()).toBe(0);
  });
});
