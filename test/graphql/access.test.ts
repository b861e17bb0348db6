import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FieldDefinitionNode, Kind, parse, print, type TypeNode } from 'graphql';
import { newKey } from '../../src/callers/apiKeys.ts';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { currentSdl } from '../schema/published.ts';
import { type Graph, startGraph } from '../support/graph.ts';

// What the directives promise to routers is what the service itself holds to.

const document = parse(currentSdl());

interface Place {
  readonly type: string;
  readonly field: FieldDefinitionNode;
}

const places: readonly Place[] = document.definitions.flatMap((definition) =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
    ? (definition.fields ?? []).map((field) => ({ type: definition.name.value, field }))
    : [],
);
const directiveOf = ({ field }: Place, name: string): string | undefined => {
  const found = field.directives?.find((directive) => directive.name.value === name);
  return found === undefined ? undefined : print(found);
};
const demandOf = (place: Place): string | undefined =>
  directiveOf(place, 'requiresScopes') ?? directiveOf(place, 'authenticated');
const fieldsOf = (type: string): readonly Place[] =>
  places.filter((place) => place.type === type && !place.field.name.value.startsWith('_'));
const named = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type));
const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

describe('who may ask, as the schema says it', () => {
  test('every root field demands something, and nothing is demanded on whole types or interfaces', () => {
    for (const place of [...fieldsOf('Query'), ...fieldsOf('Mutation')]) {
      expect([place.field.name.value, demandOf(place)]).toEqual([place.field.name.value, expect.any(String)]);
    }
    for (const definition of document.definitions) {
      const names = ('directives' in definition ? definition.directives : [])?.map(({ name }) => name.value) ?? [];
      expect(names).not.toEqual(expect.arrayContaining(['requiresScopes']));
      expect(names).not.toEqual(expect.arrayContaining(['authenticated']));
      if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const field of definition.fields ?? []) expect(demandOf({ type: '', field })).toBeUndefined();
    }
  });

  test('keys demand nothing, contents of entities do', () => {
    for (const type of ['Customer', 'Tag', 'Segment']) {
      const open = fieldsOf(type).filter((place) => demandOf(place) === undefined);
      expect(open.map(({ field }) => field.name.value).sort()).toEqual(
        [
          'account',
          'accountId',
          'id',
          'vendorId',
          ...(type === 'Customer' ? ['completeness', 'fetchedAt', 'freshness', 'unreadableFields'] : []),
        ].sort(),
      );
    }
  });

  test('the few demands there are', () => {
    expect(new Set(places.map(demandOf))).toEqual(
      new Set([
        undefined,
        '@authenticated',
        ...['customers:read', 'customers:write', 'customers:delete'].map(
          (scope) => `@requiresScopes(scopes: [["${scope}"]])`,
        ),
        '@requiresScopes(scopes: [["customers:read", "vendor-data:read"]])',
      ]),
    );
  });
});

describe('who may ask, as the service holds to it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'access-'));
  const nosy = newKey();
  const writer = newKey();
  const raw = newKey();
  const ROUTER = 'a-router-secret-that-is-long-enough-to-be-one';
  let graph: Graph;
  beforeAll(async () => {
    const callersFile = join(folder, 'callers.json');
    const callers = [
      { id: 'nosy', tenant: 'default', scopes: [], keys: [nosy.digest] },
      { id: 'writer', tenant: 'default', scopes: ['customers:write'], keys: [writer.digest] },
      { id: 'raw', tenant: 'default', scopes: ['vendor-data:read'], keys: [raw.digest] },
    ];
    writeFileSync(callersFile, JSON.stringify({ callers }));
    graph = await startGraph({
      vendors: [heidianer],
      customers: 5,
      config: { authentication: { mode: 'keys', callersFile }, routerSecrets: [ROUTER] },
    });
  });
  afterAll(async () => {
    await graph.stop();
    rmSync(folder, { recursive: true });
  });

  const SELECTIONS: Readonly<Record<string, string>> = {
    CrmAccount: '{ id }',
    CustomField: '{ name }',
    CrmAgent: '{ email }',
    Tag: '{ id }',
    Segment: '{ id }',
    CustomerEventConnection: '{ nodes { kind } }',
    CustomerConnection: '{ nodes { id } }',
  };
  const leaves = new Set(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION || definition.kind === Kind.SCALAR_TYPE_DEFINITION
        ? [definition.name.value]
        : [],
    ),
  );
  const selectionOf = ({ field }: Place): string => {
    const type = named(field.type);
    const isLeaf = leaves.has(type) || ['ID', 'String', 'Int', 'Float', 'Boolean'].includes(type);
    return `${field.name.value} ${isLeaf ? '' : (SELECTIONS[type] ?? '{ __typename }')}`;
  };
  const askAs = (key: string, type: string, selection: string) =>
    graph.ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`,
      { r: [{ __typename: type, accountId: 'heidianer', vendorId: '1' }] },
      { authorization: `Bearer ${key}`, 'router-authorization': `Bearer ${ROUTER}` },
    );

  test.each(
    ['Customer', 'Tag', 'Segment']
      .flatMap((type) => fieldsOf(type))
      .map((place) => [`${place.type}.${place.field.name.value}`, place] as const),
  )('%s, behind a reference, for callers without scopes', async (_name, place) => {
    const { data, errors } = await askAs(nosy.key, place.type, selectionOf(place));
    if (demandOf(place) === undefined) expect(errors).toBeUndefined();
    else {
      expect(data._entities[0]).toEqual({ [place.field.name.value]: null });
      expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
        [['_entities', 0, place.field.name.value], 'FORBIDDEN'],
      ]);
    }
    expect(graph.emulator('heidianer').count()).toBe(0);
  });

  test("a CRM's own JSON needs both scopes", async () => {
    const { data, errors } = await askAs(raw.key, 'Customer', 'vendorId vendorData');
    expect(data._entities[0]).toEqual({ vendorId: '1', vendorData: null });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(graph.emulator('heidianer').count()).toBe(0);
  });

  test('who may only write reads nothing through a reference', async () => {
    const { data, errors } = await askAs(writer.key, 'Customer', 'vendorId completeness fullName segments { title }');
    expect(data._entities[0]).toMatchObject({
      vendorId: '1',
      completeness: 'KEYS_ONLY',
      fullName: null,
      segments: null,
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(graph.emulator('heidianer').count()).toBe(0);
  });
});

describe('what it costs, as the schema says it', () => {
  test('every list of objects says how long it may be', () => {
    const objects = new Set(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
          ? [definition.name.value]
          : [],
      ),
    );
    const lists = places.filter(({ field }) => isList(field.type) && objects.has(named(field.type)));
    expect(lists.length).toBeGreaterThan(20);
    for (const place of lists) {
      const isSizedByParent = place.type.endsWith('Connection') && ['edges', 'nodes'].includes(place.field.name.value);
      expect([place.type, place.field.name.value, directiveOf(place, 'listSize') !== undefined]).toEqual([
        place.type,
        place.field.name.value,
        !isSizedByParent,
      ]);
    }
  });

  test('every page says that its size is "first", 20 if it is left out', () => {
    const paged = places.filter(({ field }) => field.arguments?.some(({ name }) => name.value === 'first'));
    expect(paged.length).toBeGreaterThan(6);
    for (const place of paged) {
      expect(directiveOf(place, 'listSize')).toBe(
        '@listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)',
      );
    }
  });

  test.each([
    ['Query', 'customers', 1],
    ['Query', 'customerLookup', 3],
    ['Query', 'crmNodes', 1],
    ['Query', 'accounts', undefined],
    ['Customer', 'events', 1],
    ['Customer', 'addresses', 1],
    ['Customer', 'fullName', undefined],
    // Carried by the list, and so not the read that a reference costs.
    ['CustomerConnection', 'nodes', 0],
    ['Customer', 'tags', 0],
    ['Segment', 'customers', 1],
    ['Mutation', 'customerCreate', 10],
  ])('%s.%s weighs %s', (type, field, weight) => {
    const place = fieldsOf(type).find(({ field: { name } }) => name.value === field);
    expect(place && directiveOf(place, 'cost')).toBe(weight === undefined ? undefined : `@cost(weight: ${weight})`);
  });

  test('an object costs nothing but an entity, which a reference may have to read', () => {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value.startsWith('_')) continue;
      if (['Query', 'Mutation'].includes(definition.name.value)) continue;
      const cost = definition.directives?.find(({ name }) => name.value === 'cost');
      const weight = ['Customer', 'Tag', 'Segment'].includes(definition.name.value) ? 1 : 0;
      expect(cost && print(cost)).toBe(`@cost(weight: ${weight})`);
    }
  });
});
