import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 30 });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const ENTITIES = `query ($r: [_Any!]!) {
  _entities(representations: $r) {
    __typename
    ... on Customer { id accountId vendorId completeness fullName }
    ... on Tag { id name }
    ... on Segment { id title }
  }
}`;

test('the subgraph describes itself', async () => {
  const { _service } = await dataOf(graph.ask('{ _service { sdl } }'));
  for (const type of ['Customer', 'Tag', 'Segment']) {
    expect(_service.sdl).toMatch(
      new RegExp(`type ${type}[^{]*@key\\(fields: "id"\\)[^{]*@key\\(fields: "accountId vendorId"\\)`),
    );
  }
});

test('both keys lead to the same record, each reference at its own place', async () => {
  const { customers, tags, segments } = await dataOf(
    graph.ask(
      '{ customers(first: 3) { nodes { id accountId vendorId fullName } } tags(first: 1) { nodes { id name } } segments(first: 1) { nodes { id title } } }',
    ),
  );
  const [ladiflow, mercately, heidianer] = customers.nodes;
  const { _entities } = await dataOf(
    graph.ask(ENTITIES, {
      r: [
        { __typename: 'Segment', id: segments.nodes[0].id },
        { __typename: 'Customer', id: heidianer.id },
        { __typename: 'Customer', accountId: mercately.accountId, vendorId: mercately.vendorId },
        { __typename: 'Tag', id: tags.nodes[0].id },
        { __typename: 'Customer', accountId: heidianer.accountId, vendorId: heidianer.vendorId },
        { __typename: 'Customer', id: ladiflow.id },
      ],
    }),
  );
  expect(_entities.map((entity: Record<string, unknown>) => entity.fullName ?? entity.title ?? entity.name)).toEqual([
    segments.nodes[0].title,
    heidianer.fullName,
    mercately.fullName,
    tags.nodes[0].name,
    heidianer.fullName,
    ladiflow.fullName,
  ]);
});

test('what does not exist is null without an error, for this place only', async () => {
  const { _entities } = await dataOf(
    graph.ask(ENTITIES, {
      r: [
        { __typename: 'Customer', accountId: 'heidianer', vendorId: '1' },
        { __typename: 'Customer', accountId: 'heidianer', vendorId: '99999' },
        { __typename: 'Customer', accountId: 'heidianer', vendorId: 'not a number' },
        { __typename: 'Customer', accountId: 'nobody', vendorId: '1' },
        { __typename: 'Segment', accountId: 'heidianer', vendorId: '99999' },
        { __typename: 'Tag', accountId: 'ladiflow', vendorId: '000000000000000000000000' },
      ],
    }),
  );
  expect(_entities.map((entity: unknown) => entity === null)).toEqual([false, true, true, true, true, true]);
});

test('a vendor that cannot be asked is null with an error, for its places only', async () => {
  graph.emulator('ladiflow').fault({ kind: 'status', status: 500 });
  const { data, errors } = await graph.ask(ENTITIES, {
    r: [
      { __typename: 'Customer', accountId: 'ladiflow', vendorId: '000000000000000000000000' },
      { __typename: 'Customer', accountId: 'heidianer', vendorId: '1' },
    ],
  });
  expect(data._entities[0]).toBeNull();
  expect(data._entities[1].fullName).toEqual(expect.any(String));
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['_entities', 0], 'VENDOR_UNAVAILABLE'],
  ]);
});

test('a malformed reference is bad input at its own place', async () => {
  const { data, errors } = await graph.ask(ENTITIES, {
    r: [
      { __typename: 'Customer', id: 'nonsense' },
      { __typename: 'Customer', accountId: 'heidianer' },
      { __typename: 'Customer', accountId: 'heidianer', vendorId: '1' },
    ],
  });
  expect(data._entities.map((entity: unknown) => entity === null)).toEqual([true, true, false]);
  expect(errors?.map(({ path, extensions }) => [path, extensions.code]).sort()).toEqual([
    [['_entities', 0], 'BAD_USER_INPUT'],
    [['_entities', 1], 'BAD_USER_INPUT'],
  ]);
});

test('only keys cost no vendor call, and existence is not claimed', async () => {
  const { _entities } = await dataOf(
    graph.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id accountId vendorId account { label } } } }',
      {
        r: ['heidianer', 'ladiflow', 'fecify'].map((accountId) => ({
          __typename: 'Customer',
          accountId,
          vendorId: '12345',
        })),
      },
    ),
  );
  expect(_entities).toHaveLength(3);
  for (const vendor of ['heidianer', 'ladiflow', 'fecify']) expect(graph.emulator(vendor).count()).toBe(0);
});

test('a vendor without a read answers keys and says that they are all it knows', async () => {
  const { _entities } = await dataOf(
    graph.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { vendorId completeness unreadableFields fullName fetchedAt } } }',
      {
        r: [{ __typename: 'Customer', accountId: 'fecify', vendorId: '574' }],
      },
    ),
  );
  expect(_entities[0]).toMatchObject({ vendorId: '574', completeness: 'KEYS_ONLY', fullName: null, fetchedAt: null });
  expect(_entities[0].unreadableFields).toEqual(expect.arrayContaining(['fullName', 'email', 'tags', 'vendorData']));
  expect(_entities[0].unreadableFields).not.toContain('addresses');
  expect(graph.emulator('fecify').count()).toBe(0);
});
