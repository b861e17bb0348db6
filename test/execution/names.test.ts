import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';

// A plan is found by its document and the operation's name; what is no name must not find one.

const QUERY = 'query One { vendors { key } }';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 1 });
});
afterAll(() => graph.stop());

async function ask(query: string, operationName: unknown): Promise<{ data?: unknown; errors?: unknown }> {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, operationName }),
  });
  return (await response.json()) as { data?: unknown; errors?: unknown };
}

test.each([
  ['an empty name', QUERY, ''],
  [
    'a name that holds the beginning of the document',
    'query One { vendors { key } }',
    'Two\nquery Two { accounts { id } }',
  ],
])('%s is refused, also where the document is known', async (_, query, operationName) => {
  for (const known of [undefined, 'One']) expect((await ask(QUERY, known)).data).toBeDefined();
  const both = `query Two { accounts { id } }\n${QUERY}`;
  expect((await ask(both, 'Two')).data).toBeDefined();
  const { data, errors } = await ask(query, operationName);
  expect([data, errors]).toEqual([undefined, expect.anything()]);
});
