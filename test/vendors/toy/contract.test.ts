import { expect, test } from '@jest/globals';
import { vendors } from '../../../src/vendors/index.ts';
import type { Vendor } from '../../../src/vendors/vendor.ts';
import { contractSuite } from '../../contracts/contractSuite.ts';
import type { Row } from '../../contracts/subject.ts';
import { dataOf, type Graph, startGraph } from '../../support/graph.ts';
import { toy } from './index.ts';

contractSuite(toy, {
  capabilities: ['CUSTOMER_READ', 'CUSTOMER_LIST'],
  customerFilters: [],
  unknownCustomer: 'p999999',
  malformedId: '../agents',
});

async function withGraph<Answer>(
  registered: readonly Vendor[],
  use: (graph: Graph) => Promise<Answer>,
): Promise<Answer> {
  const graph = await startGraph({ vendors: registered, customers: 4 });
  try {
    return await use(graph);
  } finally {
    await graph.stop();
  }
}

test('a sixth vendor changes no type, field, argument or value of the schema', async () => {
  const shape = (graph: Graph) =>
    dataOf(
      graph.ask(`{ __schema { types {
        kind name fields { name args { name } type { name kind } } inputFields { name } enumValues { name }
      } } }`),
    );
  const five = await withGraph(vendors, shape);
  expect(five.__schema.types.length).toBeGreaterThan(50);
  expect(await withGraph([...vendors, toy], shape)).toEqual(five);
});

test('customers of a sixth vendor appear beside those of the others', async () => {
  const data = await withGraph([...vendors, toy], (graph) =>
    dataOf(
      graph.ask(`{
        vendors { key }
        customers(first: 100) { nodes { fullName account { vendor { key } } } totalCount sources { state } }
      }`),
    ),
  );
  expect(data.vendors.map(({ key }: Row) => key)).toEqual([...vendors.map(({ key }) => key), 'toy']);
  const counts = Map.groupBy(data.customers.nodes, ({ account }: Row) => account.vendor.key);
  expect([...counts].map(([key, rows]) => [key, rows.length])).toEqual([
    ['ladiflow', 4],
    ['mercately', 4],
    ['heidianer', 4],
    ['toy', 4],
  ]);
  expect(data.customers.totalCount).toBe(16);
});
