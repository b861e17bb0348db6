import type { CustomerKeys } from './orders.ts';
import { type RunningSubgraph, startSubgraph } from './subgraph.ts';
import { MEMBERSHIP, PAGE_INFO, POSTAL_ADDRESS } from './valueTypes.ts';

export const LOYALTY_SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

type Query {
  members(first: Int = 10): MemberPage!
  member(number: ID!): Member
}

type MemberPage {
  nodes: [Member!]!
  pageInfo: PageInfo!
}

type Member @key(fields: "number") {
  number: ID!
  customer: Customer
  home: PostalAddress
  standing: Membership
}

type Customer @key(fields: "accountId vendorId") {
  accountId: ID!
  vendorId: ID!
  member: Member
}

${PAGE_INFO}

${POSTAL_ADDRESS}

${MEMBERSHIP}
`;

/** Another team's subgraph: who is a member. It knows customers by account and vendor id only, and shares value types. */
export function startLoyalty(customers: readonly CustomerKeys[]): Promise<RunningSubgraph> {
  const members = customers.map(({ accountId, vendorId }, index) => ({
    number: String(1_000 + index),
    customer: { accountId, vendorId },
    home: { fullName: null, city: `Home ${index}`, countryCode: 'VN' },
    standing: { level: index % 2 === 0 ? 'gold' : 'silver', points: 10 * index },
  }));
  return startSubgraph('loyalty', LOYALTY_SDL, {
    Query: {
      members: (_: unknown, { first }: { first: number }) => ({
        nodes: members.slice(0, first),
        pageInfo: {
          hasNextPage: members.length > first,
          hasPreviousPage: false,
          startCursor: null,
          endCursor: null,
        },
      }),
      member: (_: unknown, { number }: { number: string }) =>
        members.find((member) => member.number === number) ?? null,
    },
    Member: {
      __resolveReference: ({ number }: { number: string }) =>
        members.find((member) => member.number === number) ?? null,
    },
    Customer: {
      __resolveReference: (keys: CustomerKeys) => keys,
      member: ({ accountId, vendorId }: CustomerKeys) =>
        members.find(({ customer }) => customer.accountId === accountId && customer.vendorId === vendorId) ?? null,
    },
  });
}
