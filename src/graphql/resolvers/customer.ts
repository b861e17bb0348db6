import type { GraphQLResolveInfo } from 'graphql';
import { readWith } from '../../crm/freshness.ts';
import type { Segment } from '../../crm/segment.ts';
import type { Context } from '../context.ts';
import { filledFields, SCHEMA_FIELDS } from '../customerFields.ts';
import { planFilter } from '../customerFilter.ts';
import { badInput } from '../errors.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers } from '../generated.ts';
import { accountOf, addressOf, decodeId, globalIdOf, recordAt, shownVendorId } from '../keys.ts';
import { lookUpCustomers } from '../lookup.ts';
import type { CustomerModel, NodeModel } from '../models.ts';
import { connection } from './connection.ts';
import { freshnessOf, readTime } from './freshness.ts';
import { node, reference } from './node.ts';

const MOST_NODES = 100;

export const customerResolvers: Pick<Resolvers, 'Customer' | 'CustomerConnection' | 'CrmNode'> & {
  Query: Pick<NonNullable<Resolvers['Query']>, 'customer' | 'crmNode' | 'crmNodes' | 'customerLookup' | 'customers'>;
} = {
  Query: {
    customer: node('Customer'),
    crmNode: (_, { id }, context, info) => crmNode(context, 'id', id, info),
    crmNodes: (_, { ids }, context, info) => {
      if (ids.length > MOST_NODES) throw badInput('ids', `"ids" takes at most ${MOST_NODES} ids; ask in parts.`);
      // Each at its own place: a promise of null is fine where null is, which the generated type does not know.
      return ids.map((id) => crmNode(context, 'ids', id, info) as Promise<NodeModel>);
    },
    customerLookup: (_, { by, accounts }, context) => lookUpCustomers(context, by, accounts),
    customers(_, { first, after, accounts, filter, timeout }, context) {
      const planned = planFilter(context, filter);
      return fanOut<CustomerModel>(context, {
        first,
        after,
        accounts,
        timeout,
        list: ['customers', planned.digest],
        part: (account) => {
          const conditions = planned.of(account);
          if (typeof conditions === 'string') return conditions;
          const { customerList } = account.adapter;
          return customerList === undefined ? 'UNSUPPORTED' : (page, call) => customerList(conditions, page, call);
        },
      });
    },
  },
  CrmNode: { __resolveType: ({ __typename }) => __typename },
  // Every field that is not here is read off the record by its own name.
  Customer: {
    __resolveReference: reference('Customer'),
    id: (customer, _, context) => globalIdOf(context, 'Customer', customer),
    accountId: ({ account }) => account.id,
    vendorId: (customer, _, context) => shownVendorId(context, customer.account, customer.vendorId),
    account: (customer, _, context) => accountOf(context, customer),
    completeness: ({ completeness }) => completeness ?? 'KEYS_ONLY',
    unreadableFields: (customer, _, context) => unreadableFields(customer, context),
    fetchedAt: readTime,
    freshness: freshnessOf,
    phoneE164: ({ phone, account }, _, { phones }) =>
      phone === undefined || phone === null ? null : phones.toE164(phone, account.region),
    addresses: (customer, _, context) => {
      const account = accountOf(context, customer);
      if (account.adapter.customerAddresses === undefined) return customer.addresses ?? null;
      return context.loaders.addresses(account, customer.vendorId);
    },
    owner: (customer, _, context) => {
      const { ownerId } = customer;
      return ownerId === undefined || ownerId === null
        ? null
        : context.loaders.agent(accountOf(context, customer), ownerId);
    },
    segments: (customer, _, context) => {
      const { segments } = customer;
      if (segments !== undefined) return segmentsOf(segments, customer);
      const account = accountOf(context, customer);
      // A member inside a segment comes without its segments: they are read with the customer, many at once.
      if (!account.adapter.readableFields.has('segments')) return null;
      return context.loaders
        .customer(account, customer.vendorId)
        .then((read) => (read === null ? null : segmentsOf(read.segments, read)));
    },
    tags: (customer) => customer.tags?.map((tag) => readWith(tag, customer)) ?? null,
    events: (customer, { first, after }, context) =>
      fanOut(context, {
        first,
        after,
        accounts: [customer.account.id],
        list: ['events', customer.vendorId],
        part: ({ adapter: { customerEvents } }) =>
          customerEvents === undefined ? 'UNSUPPORTED' : (page, call) => customerEvents(customer.vendorId, page, call),
      }),
  },
  CustomerConnection: connection,
};

/** Read with the customer, and as old as that. */
const segmentsOf = (
  segments: readonly Segment[] | null | undefined,
  customer: CustomerModel,
): readonly Segment[] | null => segments?.map((segment) => readWith(segment, customer)) ?? null;

async function crmNode(
  context: Context,
  field: string,
  id: string,
  info: GraphQLResolveInfo,
): Promise<NodeModel | null> {
  const { type, account, vendorId } = decodeId(context, field, id);
  const address = addressOf(context, account, vendorId);
  const record = address === undefined ? null : await recordAt(context, type, address, info);
  // The record itself may be shared with other fields of the operation, so it is not written to.
  return record === null ? null : Object.create(record, { __typename: { value: type } });
}

/** Fields whose null says nothing: this read does not carry them, and no further read does. */
function unreadableFields(customer: CustomerModel, context: Context): string[] {
  const filled = new Set(filledFields(accountOf(context, customer).adapter, customer.readableFields ?? new Set()));
  const unreadable = SCHEMA_FIELDS.filter((name) => !filled.has(name));
  return customer.vendorData === undefined ? [...unreadable, 'vendorData'] : unreadable;
}
