import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

// A graph with callers who may do different things, and a tenant that has an account of its own.

const ROUTER = 'a-router-secret-that-is-long-enough-to-be-one';
const keys = { all: newKey(), writer: newKey(), reader: newKey(), deleter: newKey(), stranger: newKey() };
export type Who = keyof typeof keys;
export const CALLERS = Object.keys(keys) as readonly Who[];
export const SCOPES: Readonly<Record<Who, readonly string[]>> = {
  all: ['customers:read', 'customers:write', 'customers:delete'],
  writer: ['customers:write'],
  reader: ['customers:read', 'vendor-data:read'],
  deleter: ['customers:delete'],
  stranger: ['customers:read', 'customers:write', 'customers:delete'],
};

/** Headers of the caller, whose request comes through the router. */
export const as = (who: Who): Record<string, string> => ({
  authorization: `Bearer ${keys[who].key}`,
  'router-authorization': `Bearer ${ROUTER}`,
});

export function graphWithCallers() {
  const folder = mkdtempSync(join(tmpdir(), 'writers-'));
  const callersFile = join(folder, 'callers.json');
  let graph: Graph;
  beforeAll(async () => {
    const callers = CALLERS.map((id) => ({
      id,
      tenant: id === 'stranger' ? 'other' : 'default',
      scopes: SCOPES[id],
      keys: [keys[id].digest],
    }));
    writeFileSync(callersFile, JSON.stringify({ callers }));
    graph = await startGraph({
      customers: 10,
      config: { authentication: { mode: 'keys', callersFile }, routerSecrets: [ROUTER] },
      accounts: (demo) => [
        ...demo,
        ...demo
          .filter(({ vendor }) => vendor === 'heidianer')
          .map((account) => ({ ...account, id: 'theirs', tenant: 'other' })),
      ],
    });
  });
  afterAll(async () => {
    await graph.stop();
    rmSync(folder, { recursive: true });
  });
  return {
    graph: () => graph,
    /** The global id of a record, as a caller of the account's tenant gets it. */
    async idOf(accountId: string, vendorId: string, type = 'Customer', who: Who = 'all'): Promise<string> {
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { id } } }`;
      const of = [{ __typename: type, accountId, vendorId }];
      return (await dataOf(graph.ask(query, { of }, as(who))))._entities[0].id;
    },
  };
}
