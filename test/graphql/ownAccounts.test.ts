import { expect, test } from '@jest/globals';
import type { Account } from '../../src/crm/connectedAccount.ts';
import { ownAccounts } from '../../src/graphql/ownAccounts.ts';

const own = new Map(['one', 'two', 'three', 'four'].map((id) => [id, { id } as Account]));

test.each([
  ['all where none is named', undefined, ['one', 'two', 'three', 'four']],
  ['none of none', [], []],
  ['the only one', ['three'], ['three']],
  ['several in the order in which the caller has them', ['four', 'one', 'three'], ['one', 'three', 'four']],
  ['each once, and none of others', ['two', 'strange', 'two', 'one'], ['one', 'two']],
  ['none of others', ['strange'], []],
])('%s', (_, ids, expected) => {
  expect([...ownAccounts({ ownAccounts: own }, ids)].map(({ id }) => id)).toEqual(expected);
});
