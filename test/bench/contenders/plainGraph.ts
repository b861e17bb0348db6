import DataLoader from 'dataloader';
import {
  heidianerScalars,
  heidianerSegmentKeys,
  MERCATELY,
  membersOf,
  mercatelyEvent,
  mercatelyScalars,
  readGlobalId,
} from '../mapping.ts';
import type { HeidianerCustomer, MercatelyCustomer } from '../records.ts';
import type { VendorClient } from './vendorClient.ts';

// The part of the graph that the shapes need, as one writes it by hand with a loader per request and no guards. All
// peers serve this one.

export const SDL = `
  type Query {
    customer(id: ID!): Customer
    customers(first: Int = 20, accounts: [ID!]): CustomerConnection
  }
  enum Gender { MALE FEMALE }
  type Customer {
    id: ID!
    vendorId: ID!
    fullName: String
    email: String
    phone: String
    gender: Gender
    birthday: String
    note: String
    acceptsMarketing: Boolean
    createdAt: String
    segments: [Segment!]
    events(first: Int = 20): CustomerEventConnection
  }
  type CustomerConnection { nodes: [Customer!]! }
  type Segment {
    id: ID!
    title: String
    customers(first: Int = 20): CustomerConnection
  }
  type CustomerEventConnection { nodes: [CustomerEvent!]! }
  enum CustomerEventKind { OUTBOUND_MESSAGE NAMED }
  type CustomerEvent {
    vendorId: ID
    kind: CustomerEventKind!
    outboundStatus: String
    campaignId: ID
    campaignUrl: String
    errorMessage: String
    occurredAt: String
    createdAt: String
    sentAt: String
    readAt: String
  }
`;

export interface PlainContext {
  readonly vendors: VendorClient;
  readonly customers: DataLoader<string, HeidianerCustomer>;
  readonly segments: DataLoader<string, Awaited<ReturnType<VendorClient['heidianerSegment']>>>;
}

/** Loaders for one request. */
export function createPlainContext(vendors: VendorClient): PlainContext {
  return {
    vendors,
    customers: new DataLoader(async (ids: readonly string[]) => {
      const [only] = ids;
      if (ids.length === 1 && only !== undefined) return [await vendors.heidianerCustomer(only)];
      const rows = new Map((await vendors.heidianerCustomersById(ids)).map((row) => [String(row.id), row]));
      return ids.map((id) => rows.get(id) ?? new Error('no such customer'));
    }),
    segments: new DataLoader((ids: readonly string[]) => Promise.all(ids.map((id) => vendors.heidianerSegment(id)))),
  };
}

const heidianerModel = (row: HeidianerCustomer) => ({ ...heidianerScalars(row), segments: heidianerSegmentKeys(row) });
const mercatelyModel = (row: MercatelyCustomer) => ({ ...mercatelyScalars(row), vendorId: row.id });

interface Listing {
  readonly first: number;
  readonly accounts?: readonly string[];
}

export const resolvers = {
  Query: {
    async customer(_: unknown, { id }: { readonly id: string }, { vendors, customers }: PlainContext) {
      const { account, vendorId } = readGlobalId(id);
      return account === MERCATELY
        ? mercatelyModel(await vendors.mercatelyCustomer(vendorId))
        : heidianerModel(await customers.load(vendorId));
    },
    async customers(_: unknown, { first, accounts }: Listing, { vendors }: PlainContext) {
      const nodes =
        accounts?.[0] === MERCATELY
          ? (await vendors.mercatelyCustomers()).slice(0, first).map(mercatelyModel)
          : (await vendors.heidianerCustomers(first)).map(heidianerModel);
      return { nodes };
    },
  },
  Customer: {
    async events({ vendorId }: { readonly vendorId: string }, _: unknown, { vendors }: PlainContext) {
      return { nodes: (await vendors.mercatelyEvents(vendorId)).map(mercatelyEvent) };
    },
  },
  Segment: {
    async customers({ id }: { readonly id: string }, { first }: Listing, { segments }: PlainContext) {
      return { nodes: membersOf(await segments.load(readGlobalId(id).vendorId), first) };
    },
  },
};
