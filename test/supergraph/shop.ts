/** Another team's subgraph that owns a Customer and a Tag, for supergraphs in which ours has the prefix `Crm`. */
export const SHOP_SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

type Query {
  customer(id: ID!): Customer
  customers(first: Int): CustomerConnection!
  tags: [Tag!]!
}

type Mutation { customerCreate(input: CustomerInput!): Customer }

type Customer @key(fields: "id") { id: ID! nickname: String crm: CrmCustomer }
type Tag @key(fields: "id") { id: ID! colour: String! }
type CustomerConnection { nodes: [Customer!]! total: Int! }
input CustomerInput { nickname: String! }
enum Gender { ANY }

type CrmCustomer @key(fields: "accountId vendorId", resolvable: false) { accountId: ID! vendorId: ID! }
`;
