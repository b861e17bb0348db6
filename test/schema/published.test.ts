import { describe, expect, test } from '@jest/globals';
import { buildClientSchema, type IntrospectionQuery, parse, print, printSchema, visit } from 'graphql';
import { vendors } from '../../src/vendors/index.ts';
import { dataOf, startGraph } from '../support/graph.ts';
import { type Artefact, currentArtefacts, publishedArtefact } from './artefacts.ts';
import { breakingChanges, currentSdl } from './published.ts';

const published = publishedArtefact('subgraph.graphql');
const current = await currentArtefacts();

describe('what is published', () => {
  test('breaks nobody without having been told to', () => {
    const changes = breakingChanges(published, currentSdl());
    if (changes.length > 0) {
      throw new Error(
        `This breaks clients or compositions:\n${changes.join('\n')}\nIf it is meant: npm run schema -- --accept-breaking`,
      );
    }
  });

  test.each(Object.keys(current) as Artefact[])('is current: %s; "npm run schema" renews it', (artefact) => {
    // Compared first, so that a failure does not print hundreds of kilobytes.
    const isCurrent = publishedArtefact(artefact) === current[artefact];
    expect(isCurrent).toBe(true);
  });

  test('for clients is one schema in three forms, without what is for routers', () => {
    const sdl = publishedArtefact('schema.graphql');
    expect(sdl).not.toMatch(/^\s*_|^(scalar|type|union|enum) .*_|@(?!oneOf)\w+(\(|\s*\{)/m);
    const { __schema } = JSON.parse(publishedArtefact('introspection.json')) as IntrospectionQuery;
    expect(print(parse(printSchema(buildClientSchema({ __schema }))))).toBe(sdl.trimEnd());
    const types = publishedArtefact('types.d.ts');
    for (const { kind, name } of __schema.types.filter(({ name }) => !/^__|^(String|Int|Float|Boolean|ID)$/.test(name)))
      if (kind !== 'SCALAR') expect(types).toMatch(new RegExp(`^export type ${name} =`, 'm'));
  });

  test('is what the service answers, but for what the descriptions say about single CRMs', async () => {
    const graph = await startGraph({ vendors, customers: 1 });
    try {
      const { _service } = await dataOf(graph.ask('{ _service { sdl } }'));
      expect(withoutDescriptions(_service.sdl)).toBe(withoutDescriptions(published));
    } finally {
      await graph.stop();
    }
  });
});

const withoutDescriptions = (sdl: string): string =>
  print(
    visit(parse(sdl), {
      enter: (node) => ('description' in node && node.description ? { ...node, description: undefined } : undefined),
    }),
  );

describe('a breaking change is', () => {
  test.each([
    [
      'a field that is gone',
      /\n {2}"Address of a picture."\n {2}avatarUrl: String[^\n]*/,
      '',
      'Customer.avatarUrl was removed.',
    ],
    ['a field that became nullable', 'completeness: Completeness!', 'completeness: Completeness', 'changed type'],
    ['a new required argument', 'tag(\n', 'tag(\n    more: ID!\n', 'A required arg more'],
    [
      'a key that is gone',
      'type Tag implements CrmNode @key(fields: "id") ',
      'type Tag implements CrmNode ',
      'Tag lost',
    ],
    ['a value type that is no longer shared', 'type PageInfo @shareable', 'type PageInfo', 'PageInfo lost @shareable'],
    [
      'a scope that was not needed',
      'fetchedAt: DateTime',
      'fetchedAt: DateTime @requiresScopes(scopes: [["customers:read"]])',
      'Customer.fetchedAt now demands',
    ],
    [
      'another scope',
      'account(\n    "Id of the account, as in `accounts { id }`."\n    id: ID!\n  ): CrmAccount @authenticated',
      'account(id: ID!): CrmAccount @requiresScopes(scopes: [["customers:read"]])',
      'Query.account now demands',
    ],
  ])('%s', (_name, from, to, sentence) => {
    const changed = published.replace(from, to);
    expect(changed).not.toBe(published);
    expect(breakingChanges(published, changed)).toEqual([expect.stringContaining(sentence)]);
  });

  test('nothing that is only new', () => {
    const more = published.replace('type Tag implements', 'type Extra { id: ID }\n\ntype Tag implements');
    expect(breakingChanges(published, more)).toEqual([]);
  });
});
