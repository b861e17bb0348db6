import { describe, expect, test } from '@jest/globals';
import { parse, print, visit } from 'graphql';
import { vendors } from '../../src/vendors/index.ts';
import { dataOf, startGraph } from '../support/graph.ts';
import { breakingChanges, currentSdl, publishedSdl } from './published.ts';

const published = publishedSdl();

describe('the published SDL', () => {
  test('breaks nobody without having been told to', () => {
    const changes = breakingChanges(published, currentSdl());
    if (changes.length > 0) {
      throw new Error(
        `This breaks clients or compositions:\n${changes.join('\n')}\nIf it is meant: npm run schema -- --accept-breaking`,
      );
    }
  });

  test('is current; "npm run schema" renews it', () => {
    expect(published).toBe(currentSdl());
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
