import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
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

const NAMES = `query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Customer { vendorId fullName } ... on Tag { name } ... on Segment { title } }
}`;
const customer = (accountId: string, vendorId: unknown) => ({ __typename: 'Customer', accountId, vendorId });

describe('what references cost at the vendors', () => {
  let many: Graph;
  beforeAll(async () => {
    many = await startGraph({ customers: 400 });
  });
  afterEach(() => many.reset());
  afterAll(() => many.stop());

  test('500 mixed ones cost ceil(n / batch) where the vendor reads many ids, else one per distinct customer', async () => {
    const { ladiflow, mercately } = await dataOf(
      many.ask(
        `{
          ladiflow: customers(first: 60, accounts: ["ladiflow"]) { nodes { vendorId } }
          mercately: customers(first: 40, accounts: ["mercately"]) { nodes { vendorId } }
        }`,
      ),
    );
    for (const vendor of ['ladiflow', 'mercately', 'heidianer']) many.emulator(vendor).forget();
    const listed = [
      ...Array.from({ length: 250 }, (_, index) => customer('heidianer', String(index + 1))),
      ...ladiflow.nodes.map(({ vendorId }: { vendorId: string }) => customer('ladiflow', vendorId)),
      ...mercately.nodes.map(({ vendorId }: { vendorId: string }) => customer('mercately', vendorId)),
      // Everybody of this vendor a second time, and keys of vendors that cannot read.
      ...Array.from({ length: 100 }, (_, index) => customer('heidianer', String(index + 1))),
      ...Array.from({ length: 50 }, (_, index) => customer('fecify', String(index + 1))),
    ];
    // Dealt like cards, so that no account's references lie together.
    const references = Array.from({ length: 500 }, (_, index) => listed[(index * 7) % 500]);
    const { _entities } = await dataOf(many.ask(NAMES, { r: references }));
    expect(_entities.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(
      references.map((reference) => reference?.vendorId),
    );
    expect(
      Object.fromEntries(['heidianer', 'ladiflow', 'mercately', 'fecify'].map((v) => [v, many.emulator(v).count()])),
    ).toEqual({
      heidianer: Math.ceil(250 / 100),
      ladiflow: 60,
      mercately: 40,
      fecify: 0,
    });
  });

  test.each(['heidianer', 'ladiflow', 'mercately'])('500 equal ones at %s cost one', async (account) => {
    const { customers } = await dataOf(
      many.ask('query ($a: [ID!]) { customers(first: 1, accounts: $a) { nodes { vendorId fullName } } }', {
        a: [account],
      }),
    );
    many.emulator(account).forget();
    const [{ vendorId, fullName }] = customers.nodes;
    const { _entities } = await dataOf(
      many.ask(NAMES, { r: Array.from({ length: 500 }, () => customer(account, vendorId)) }),
    );
    expect(_entities).toEqual(Array.from({ length: 500 }, () => ({ vendorId, fullName })));
    expect(many.emulator(account).count()).toBe(1);
  });

  test('equal ones by both keys cost one', async () => {
    const { _entities: keys } = await dataOf(
      many.ask('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id } } }', {
        r: [customer('heidianer', '7')],
      }),
    );
    const references = [{ __typename: 'Customer', id: keys[0].id }, customer('heidianer', '7')];
    const { _entities } = await dataOf(many.ask(NAMES, { r: [...references, ...references] }));
    expect(new Set(_entities.map(({ fullName }: { fullName: string }) => fullName)).size).toBe(1);
    expect(many.emulator('heidianer').count()).toBe(1);
  });

  test('1,000 distinct ones are answered in order', async () => {
    const references = Array.from({ length: 1_000 }, (_, index) => customer('heidianer', String(index + 1)));
    const { _entities } = await dataOf(many.ask(NAMES, { r: references }));
    expect(_entities.map((entity: { vendorId: string } | null) => entity?.vendorId ?? null)).toEqual(
      references.map(({ vendorId }, index) => (index < 400 ? vendorId : null)),
    );
    expect(many.emulator('heidianer').count()).toBe(10);
  });

  test.each([
    ['as small as they can be', () => ({})],
    ['as they are', (index: number) => customer('heidianer', String(index))],
  ])('100,000, %s, are refused unread', async (_name, make) => {
    const response = await fetch(many.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: NAMES,
        variables: { r: Array.from({ length: 100_000 }, (_, index) => make(index)) },
      }),
    });
    const text = await response.text();
    // The body is too large, or the list is.
    expect(response.status === 413 || text.includes('takes at most 1000')).toBe(true);
    expect(text.length).toBeLessThan(1_000);
    expect(many.emulator('heidianer').count()).toBe(0);
  });
});

test('every kind of reference ends at its own place, and the order stays', async () => {
  const elsewhere = { __typename: 'Customer', accountId: 'an account of somebody else', vendorId: '1' };
  const references = [
    customer('heidianer', '1'),
    { __typename: 'Customer', id: 'nonsense' },
    elsewhere,
    { __typename: 'Invoice', id: '1' },
    customer('heidianer', '2'),
    { id: 'no type' },
    customer('heidianer', '99999'),
    customer('heidianer', 5),
    customer('heidianer', '1'),
    { __typename: 'Segment', accountId: 'heidianer', vendorId: '1' },
    'no object',
    { __typename: 'Query' },
    customer('ladiflow', '000000000000000000000000'),
  ];
  graph.emulator('ladiflow').fault({ kind: 'status', status: 500 });
  const { data, errors } = await graph.ask(NAMES, { r: references });
  expect(
    data._entities.map(
      (entity: { vendorId?: string; title?: string } | null) => entity && (entity.vendorId ?? 'segment'),
    ),
  ).toEqual(['1', null, null, null, '2', null, null, null, '1', 'segment', null, null, null]);
  const codes = errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
  expect(codes).toHaveLength(7);
  expect(Object.fromEntries(codes ?? [])).toEqual({
    '_entities.1': 'BAD_USER_INPUT',
    '_entities.3': 'BAD_USER_INPUT',
    '_entities.5': 'BAD_USER_INPUT',
    '_entities.7': 'BAD_USER_INPUT',
    '_entities.10': 'BAD_USER_INPUT',
    '_entities.11': 'BAD_USER_INPUT',
    '_entities.12': 'VENDOR_UNAVAILABLE',
  });
  // Both customers and the segment.
  expect(graph.emulator('heidianer').count()).toBe(2);
});
