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

/** For more ids than a document may have aliases. */
const byIds = (ids: readonly string[], selection: string) =>
  dataOf(graph.ask(`query ($ids: [ID!]!) { crmNodes(ids: $ids) { ... on Customer { ${selection} } } }`, { ids }));

describe('customers by id', () => {
  test('100 at a vendor with a many-ids read cost one call of 100', async () => {
    const ids = await customerIds('heidianer', 100);
    expect((await byIds(ids, 'fullName')).crmNodes).not.toContain(null);
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
    expect((await byIds(ids, 'fullName')).crmNodes).not.toContain(null);
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
      await byIds([...ids, ...ids], 'fullName');
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

describe('what schema/README.md says an operation costs:', () => {
  const VENDORS = ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'];
  const counts = () =>
    Object.fromEntries(VENDORS.map((vendor) => [vendor, graph.emulator(vendor).count()]).filter(([, count]) => count));
  const forget = () => {
    for (const vendor of VENDORS) graph.emulator(vendor).forget();
  };
  const references = (accountId: string, vendorIds: readonly string[]) =>
    vendorIds.map((vendorId) => ({ __typename: 'Customer', accountId, vendorId }));
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
  const ENTITIES = (selection: string) =>
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${selection} } } }`;
  const vendorIdsOf = async (account: string, count: number): Promise<string[]> => {
    const query = `{ customers(first: ${count}, accounts: ["${account}"]) { nodes { vendorId } } }`;
    const { customers } = await dataOf(graph.ask(query));
    forget();
    return customers.nodes.map(({ vendorId }: { vendorId: string }) => vendorId);
  };

  test('keys alone are free, at every account and for every type', async () => {
    const { segments, tags } = await dataOf(
      graph.ask('{ segments(first: 3) { nodes { id } } tags(first: 3) { nodes { id } } }'),
    );
    forget();
    const KEYS = 'id accountId vendorId account { label health { breaker } }';
    await dataOf(
      graph.ask(
        `query ($r: [_Any!]!, $s: ID!, $t: ID!) {
          _entities(representations: $r) { ... on Customer { ${KEYS} } ... on Segment { ${KEYS} } }
          segment(id: $s) { ${KEYS} } tag(id: $t) { ${KEYS} } crmNodes(ids: [$s, $t]) { ${KEYS} }
          vendors { key } accounts { id capabilities } account(id: "fecify") { label }
        }`,
        {
          r: [
            ...VENDORS.filter((vendor) => vendor !== 'salekit').flatMap((vendor) => references(vendor, numbers(5))),
            { __typename: 'Segment', id: segments.nodes[0].id },
          ],
          s: segments.nodes[0].id,
          t: tags.nodes[0].id,
        },
      ),
    );
    expect(counts()).toEqual({});
  });

  test('500 mixed references cost ceil(n / 100) where many are read at once, and one for each distinct one elsewhere', async () => {
    const ladiflow = await vendorIdsOf('ladiflow', 40);
    const mercately = await vendorIdsOf('mercately', 60);
    const { _entities } = await dataOf(
      graph.ask(ENTITIES('fullName'), {
        r: [
          ...references('heidianer', numbers(250)),
          ...references('ladiflow', ladiflow),
          ...references('heidianer', numbers(90)),
          ...references('mercately', mercately),
          ...references('mercately', mercately),
        ],
      }),
    );
    expect(_entities).toHaveLength(500);
    expect(_entities).not.toContain(null);
    expect(counts()).toEqual({ heidianer: 3, ladiflow: 40, mercately: 60 });
  });

  test('aliases, crmNodes and _entities share what they ask for', async () => {
    const [id] = await customerIds('mercately', 1);
    const [vendorId = ''] = await vendorIdsOf('mercately', 1);
    await dataOf(
      graph.ask(
        `query ($r: [_Any!]!, $id: ID!) {
          a: customer(id: $id) { fullName } b: customer(id: $id) { email }
          crmNode(id: $id) { ... on Customer { phone } } crmNodes(ids: [$id, $id]) { ... on Customer { note } }
          _entities(representations: $r) { ... on Customer { lastName } }
        }`,
        { id, r: references('mercately', [vendorId, vendorId]) },
      ),
    );
    expect(counts()).toEqual({ mercately: 1 });
  });

  test.each([
    ['ladiflow', 2],
    ['mercately', 4],
    ['heidianer', 1],
  ])('a list of 100 spans so many pages of %s: %i', async (account, pages) => {
    await dataOf(
      graph.ask(
        `{ customers(first: 100, accounts: ["${account}"]) { nodes { fullName tags { vendorId } segments { title } customFields { name displayValue } } } }`,
      ),
    );
    expect(counts()).toEqual({ [account]: pages });
  });

  test('a list over all accounts asks each for its share', async () => {
    await dataOf(graph.ask('{ customers(first: 100) { nodes { fullName } } }'));
    expect(counts()).toEqual({ ladiflow: 1, mercately: 2, heidianer: 1 });
  });

  test('equal lists under several aliases cost as much as one', async () => {
    const LIST = 'customers(first: 100) { nodes { fullName } totalCount sources { state } }';
    const data = await dataOf(
      graph.ask(`{ a: ${LIST} b: ${LIST} c: ${LIST} s: segments { nodes { title } } t: segments { nodes { id } } }`),
    );
    expect(data.b).toEqual(data.a);
    expect(counts()).toEqual({ ladiflow: 1, mercately: 2, heidianer: 2 });
  });

  test('a list that begins with a glance does not go on by glances', async () => {
    const { customers } = await dataOf(
      graph.ask('{ customers(first: 1, accounts: ["ladiflow"]) { pageInfo { endCursor } } }'),
    );
    forget();
    await dataOf(
      graph.ask(
        'query ($after: String) { customers(first: 100, after: $after, accounts: ["ladiflow"]) { nodes { id } } }',
        {
          after: customers.pageInfo.endCursor,
        },
      ),
    );
    expect(counts()).toEqual({ ladiflow: 6 });
  });

  test('names of tags cost one walk for all customers that come together', async () => {
    const ids = await customerIds('ladiflow', 12);
    await dataOf(graph.ask(aliases(ids, 'tags { name }')));
    expect(graph.emulator('ladiflow').count('customerShow')).toBe(12);
    expect(graph.emulator('ladiflow').count('customerListTag')).toBe(1);
    expect(counts()).toEqual({ ladiflow: 13 });
  });

  test('the members of a segment cost one call, and it comes with its title', async () => {
    const { segments } = await dataOf(graph.ask('{ segments(first: 10) { nodes { id } } }'));
    const ids: string[] = segments.nodes.map(({ id }: { id: string }) => id);
    forget();
    const text = [...ids, ...ids].map(
      (id, index) => `s${index}: segment(id: "${id}") { title customers(first: 2) { nodes { id } } }`,
    );
    await dataOf(graph.ask(`{ ${text.join(' ')} }`));
    expect(counts()).toEqual({ heidianer: ids.length });
  });

  test('addresses that are kept apart cost one for each distinct customer', async () => {
    const { _entities } = await dataOf(
      graph.ask(ENTITIES('addresses { city }'), {
        r: [...references('fecify', ['4', '5']), ...references('fecify', ['4'])],
      }),
    );
    expect(_entities[2]).toEqual(_entities[0]);
    expect(counts()).toEqual({ fecify: 2 });
  });

  test('events cost one for each customer and page', async () => {
    await dataOf(
      graph.ask(
        '{ customers(first: 10, accounts: ["mercately"]) { nodes { a: events(first: 5) { totalCount } b: events(first: 5) { nodes { kind } } } } }',
      ),
    );
    expect(graph.emulator('mercately').count('listCustomerEvents')).toBe(10);
    expect(counts()).toEqual({ mercately: 11 });
  });

  test('a failing account costs its own calls and nobody else’s', async () => {
    const mercately = await vendorIdsOf('mercately', 20);
    graph.emulator('mercately').fault({ kind: 'status', status: 401 });
    const { data, errors } = await graph.ask(ENTITIES('fullName'), {
      r: [...references('mercately', mercately), ...references('heidianer', numbers(150))],
    });
    expect(data._entities.slice(0, 20)).toEqual(mercately.map(() => null));
    expect(data._entities.slice(20)).not.toContain(null);
    expect(errors?.length).toBe(20);
    expect(counts()).toEqual({ mercately: 20, heidianer: 2 });
  });
});
