import { vendors } from '../../src/vendors/index.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import type { Pool } from './operations.ts';

/** Values that the graph's CRMs have, once somebody was written to the one that shows nobody. */
export async function poolOf({ ask }: Pick<Graph, 'ask'>): Promise<Pool> {
  const data = await dataOf(
    ask(`{
      customers(first: 100) { nodes { id accountId vendorId email phone } }
      tags(first: 100) { nodes { id } } segments(first: 100) { nodes { id } }
      heidianer: customers(first: 10, accounts: ["heidianer"]) { nodes { tags { id } } }
    }`),
  );
  const { nodes } = data.customers;
  const written = await dataOf(
    ask(
      `mutation { customerUpsert(input: { accountId: "salekit", customer: { fullName: "Lê An", email: "an@example.vn" } }) { customer { id } } }`,
    ),
  );
  return {
    accounts: vendors.map(({ key }) => key),
    customers: [...nodes.map(({ id }: { id: string }) => id), written.customerUpsert.customer.id],
    tags: [...data.tags.nodes, ...data.heidianer.nodes.flatMap(({ tags }: { tags: unknown[] }) => tags)].map(
      ({ id }: { id: string }) => id,
    ),
    segments: data.segments.nodes.map(({ id }: { id: string }) => id),
    emails: [...nodes.map(({ email }: { email: string | null }) => email ?? 'nobody@example.vn'), 'Nobody@Example.vn'],
    phones: nodes.map(({ phone }: { phone: string | null }) => phone ?? '0911222333'),
    representations: [
      ...nodes.map(({ id }: { id: string }) => ({ __typename: 'Customer', id })),
      ...nodes.map(({ accountId, vendorId }: { accountId: string; vendorId: string }) => ({
        __typename: 'Customer',
        accountId,
        vendorId,
      })),
      ...['1', '2', '3', '999'].map((vendorId) => ({ __typename: 'Customer', accountId: 'fecify', vendorId })),
      ...data.segments.nodes.map(({ id }: { id: string }) => ({ __typename: 'Segment', id })),
      ...data.tags.nodes.map(({ id }: { id: string }) => ({ __typename: 'Tag', id })),
    ],
    async cursor(list, args) {
      const types: Record<string, string> = {
        first: 'Int',
        accounts: '[ID!]',
        filter: list === 'customerEvents' ? 'CustomerEventFilter' : 'CustomerFilter',
      };
      const given = Object.keys(args).filter((name) => types[name] !== undefined);
      const head = given.map((name) => `$${name}: ${types[name]}`).join(', ');
      const taken = given.map((name) => `${name}: $${name}`).join(', ');
      const query = `query ${head && `(${head})`} { ${list}${taken && `(${taken})`} { pageInfo { endCursor } } }`;
      return (await dataOf(ask(query, args)))[list].pageInfo.endCursor;
    },
  };
}
