import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph();
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

test('one query is answered out of all CRMs, and says which of them cannot list', async () => {
  const data = await dataOf(
    graph.ask(`{
      vendors { key }
      accounts { id capabilities }
      customers(first: 50) {
        nodes { id fullName account { vendor { key } } tags { name } customFields { name } }
        sources { account { id } state }
      }
    }`),
  );
  const keys = new Set(
    data.customers.nodes.map((node: { account: { vendor: { key: string } } }) => node.account.vendor.key),
  );
  expect([...keys].sort()).toEqual(['heidianer', 'ladiflow', 'mercately']);
  expect(data.customers.nodes).toHaveLength(50);
  expect(data.customers.sources).toEqual([
    { account: { id: 'salekit' }, state: 'UNSUPPORTED' },
    { account: { id: 'ladiflow' }, state: 'OK' },
    { account: { id: 'fecify' }, state: 'UNSUPPORTED' },
    { account: { id: 'mercately' }, state: 'OK' },
    { account: { id: 'heidianer' }, state: 'OK' },
  ]);
});
