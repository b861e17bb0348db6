import { type RunningSubgraph, startSubgraph } from './subgraph.ts';
import { POSTAL_ADDRESS } from './valueTypes.ts';

/** A customer of ours as another team keeps it: both keys, as it was given them. */
export interface CustomerKeys {
  readonly id: string;
  readonly accountId: string;
  readonly vendorId: string;
}

export interface TagKeys {
  readonly id: string;
}

/** Orders by the name of their shop; each order knows its customer, and a label that is one of our tags. */
export type Shops = Readonly<Record<string, readonly { readonly customer: CustomerKeys; readonly label?: TagKeys }[]>>;

export const ORDERS_SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

type Query {
  orders(shop: String!, first: Int = 20): [Order!]!
  order(id: ID!): Order
}

type Order @key(fields: "id") {
  id: ID!
  number: Int!
  customer: Customer
  label: Tag
  shippedTo: PostalAddress
}

type Customer @key(fields: "id") @key(fields: "accountId vendorId") {
  id: ID!
  accountId: ID!
  vendorId: ID!
  orders(first: Int = 3): [Order!]!
}

type Tag @key(fields: "id") {
  id: ID!
  orders: [Order!]!
}

${POSTAL_ADDRESS}
`;

/** Another team's subgraph: what customers ordered. It refers to them by id and by account and vendor id. */
export function startOrders(shops: Shops): Promise<RunningSubgraph> {
  const all = Object.entries(shops).flatMap(([shop, orders]) =>
    orders.map(({ customer, label }, index) => ({
      id: `${shop}-${index + 1}`,
      number: index + 1,
      shop,
      customer,
      label: label ?? null,
      shippedTo: { fullName: null, city: `City ${index % 7}`, countryCode: 'CN' },
    })),
  );
  const byCustomer = Map.groupBy(all, ({ customer }) => `${customer.accountId} ${customer.vendorId}`);
  const byId = new Map(all.map(({ customer }) => [customer.id, customer]));
  const byAddress = new Map(all.map(({ customer }) => [`${customer.accountId} ${customer.vendorId}`, customer]));
  /** All keys of somebody who ordered; of anybody else those that the gateway sent. */
  const known = (keys: Partial<CustomerKeys>): Partial<CustomerKeys> =>
    byId.get(keys.id ?? '') ?? byAddress.get(`${keys.accountId} ${keys.vendorId}`) ?? keys;
  const ordersOf = ({ accountId, vendorId }: Partial<CustomerKeys>) => byCustomer.get(`${accountId} ${vendorId}`) ?? [];
  return startSubgraph('orders', ORDERS_SDL, {
    Query: {
      orders: (_: unknown, { shop, first }: { shop: string; first: number }) =>
        all.filter((order) => order.shop === shop).slice(0, first),
      order: (_: unknown, { id }: { id: string }) => all.find((order) => order.id === id) ?? null,
    },
    Order: { __resolveReference: ({ id }: { id: string }) => all.find((order) => order.id === id) ?? null },
    Customer: {
      __resolveReference: known,
      orders: (keys: Partial<CustomerKeys>, { first }: { first: number }) => ordersOf(keys).slice(0, first),
    },
    Tag: {
      __resolveReference: (keys: TagKeys) => keys,
      orders: ({ id }: TagKeys) => all.filter(({ label }) => label?.id === id).slice(0, 3),
    },
  });
}
