import type { Capability } from '../../crm/capabilities.ts';
import { readWith } from '../../crm/freshness.ts';
import type { Segment, SegmentMembers } from '../../crm/segment.ts';
import type { Context } from '../context.ts';
import { badInput } from '../errors.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers, SegmentCustomersAddInput, SegmentCustomersRemoveInput } from '../generated.ts';
import { accountOf, globalIdOf, shownVendorId } from '../keys.ts';
import type { ConnectionModel, CustomerModel } from '../models.ts';
import { checkedName } from '../writeInput.ts';
import { accountNamed, performWrite, recordNamed, type WriteModel } from '../writing.ts';
import { connection } from './connection.ts';
import { freshnessOf, readTime } from './freshness.ts';
import { node, reference } from './node.ts';
import { mayRead, payload } from './write.ts';

const MOST_CUSTOMERS = 100;

const segmentPayload = {
  ...payload,
  segment: ({ segment }: WriteModel, _: unknown, context: Context): Segment | null =>
    segment === undefined || !mayRead(context) ? null : segment,
};

type Mutations = Pick<
  NonNullable<Resolvers['Mutation']>,
  'segmentCreate' | 'segmentCustomersAdd' | 'segmentCustomersRemove'
>;

export const segmentResolvers: Pick<
  Resolvers,
  | 'Segment'
  | 'SegmentConnection'
  | 'SegmentCreatePayload'
  | 'SegmentCustomersAddPayload'
  | 'SegmentCustomersRemovePayload'
> & {
  Query: Pick<NonNullable<Resolvers['Query']>, 'segment' | 'segments'>;
  Mutation: Mutations;
} = {
  Query: {
    segment: node('Segment'),
    segments: (_, { first, after, accounts }, context) =>
      fanOut(context, {
        first,
        after,
        accounts,
        list: 'segments',
        part: ({ adapter }) => adapter.segmentList ?? 'UNSUPPORTED',
      }),
  },
  Mutation: {
    segmentCreate: (_, { input }, context) =>
      performWrite(context, 'segmentCreate', 'SEGMENT_CREATE', input, [], () => {
        const account = accountNamed(context, input.accountId);
        return { account, command: { kind: 'segmentCreate', title: checkedName('title', input.title) } };
      }),
    segmentCustomersAdd: (_, { input }, context) =>
      changeMembers(context, 'segmentCustomersAdd', 'SEGMENT_CUSTOMERS_ADD', input),
    segmentCustomersRemove: (_, { input }, context) =>
      changeMembers(context, 'segmentCustomersRemove', 'SEGMENT_CUSTOMERS_REMOVE', input),
  },
  SegmentCreatePayload: segmentPayload,
  SegmentCustomersAddPayload: segmentPayload,
  SegmentCustomersRemovePayload: segmentPayload,
  Segment: {
    __resolveReference: reference('Segment'),
    id: (segment, _, context) => globalIdOf(context, 'Segment', segment),
    accountId: ({ account }) => account.id,
    vendorId: (segment, _, context) => shownVendorId(context, segment.account, segment.vendorId),
    account: (segment, _, context) => accountOf(context, segment),
    title: (segment, _, context) => whenTitled(segment, context, (read) => read?.title ?? null),
    fetchedAt: (segment, _, context) => whenTitled(segment, context, (read) => readTime(read ?? {})),
    freshness: (segment, _, context) => whenTitled(segment, context, (read) => freshnessOf(read ?? {})),
    customers: (segment, { first, after }, context) => {
      // Lists of customers refer to few segments many times: equal lists of one operation are one list.
      if (segment.customers !== undefined) return members(segment, first, after, context);
      const { vendorId } = segment;
      // Hardly any has a cursor, and without one this says it all: `first` is a number or nothing.
      const name =
        after === null || after === undefined
          ? `members ${first} ${vendorId}`
          : JSON.stringify(['members', vendorId, first, after]);
      return context.loaders.page(accountOf(context, segment), name, () => members(segment, first, after, context));
    },
  },
  SegmentConnection: connection,
};

const NOBODY: SegmentMembers = { records: [], unreadable: 0 };

const members = (
  segment: Segment,
  first: number | null | undefined,
  after: string | null | undefined,
  context: Context,
): Promise<ConnectionModel<CustomerModel>> =>
  fanOut<CustomerModel>(context, {
    first,
    after,
    accounts: [segment.account.id],
    list: ['segment', segment.vendorId],
    part: ({ id, adapter }) => {
      if (id !== segment.account.id) return 'SKIPPED';
      if (segment.customers === undefined && adapter.segmentById === undefined) return 'UNSUPPORTED';
      return async () => {
        const read = segment.customers === undefined ? await whole(segment, context) : segment;
        const { fetchedAt, freshness = 'LIVE' } = read ?? {};
        const marks = fetchedAt === undefined ? undefined : { fetchedAt, freshness };
        const { records: all, unreadable } = read?.customers ?? NOBODY;
        // A member knows when it was read.
        const records = marks === undefined || freshness === 'LIVE' ? all : all.map((each) => readWith(each, marks));
        return { records, unreadable, next: undefined, total: records.length, readWith: marks };
      };
    },
  });

function changeMembers(
  context: Context,
  kind: 'segmentCustomersAdd' | 'segmentCustomersRemove',
  capability: Capability,
  input: SegmentCustomersAddInput | SegmentCustomersRemoveInput,
): Promise<WriteModel> {
  return performWrite(context, kind, capability, input, [], () => {
    const { account, vendorId } = recordNamed(context, 'Segment', 'id', input.id);
    const { length } = input.customerIds;
    if (length < 1 || length > MOST_CUSTOMERS) {
      throw badInput('customerIds', `"customerIds" takes 1 to ${MOST_CUSTOMERS} ids; give them in parts.`);
    }
    const customerIds = input.customerIds.map((id, index) => {
      const field = `customerIds.${index}`;
      const customer = recordNamed(context, 'Customer', field, id);
      if (customer.account.id === account.id) return customer.vendorId;
      throw badInput(field, `"${field}" must be the id of a customer of the segment's account; correct it.`);
    });
    return { account, command: { kind, id: vendorId, customerIds } };
  });
}

/** The segment with its title: as it came, or read where a customer showed no more than its id. */
const whenTitled = <Value>(
  segment: Segment,
  context: Context,
  then: (segment: Segment | null) => Value,
): Value | Promise<Value> =>
  // A promise for each would be dear: lists show hundreds of them.
  segment.title === undefined ? whole(segment, context).then(then) : then(segment);

const whole = (segment: Segment, context: Context): Promise<Segment | null> =>
  context.loaders.segment(accountOf(context, segment), segment.vendorId);
