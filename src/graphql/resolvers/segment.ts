import type { Segment } from '../../crm/segment.ts';
import type { Context } from '../context.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers } from '../generated.ts';
import { accountOf, globalIdOf, shownVendorId } from '../keys.ts';
import { connection } from './connection.ts';
import { node, reference } from './node.ts';

export const segmentResolvers: Pick<Resolvers, 'Segment' | 'SegmentConnection'> & {
  Query: Pick<NonNullable<Resolvers['Query']>, 'segment' | 'segments'>;
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
  Segment: {
    __resolveReference: reference('Segment'),
    id: (segment, _, context) => globalIdOf(context, 'Segment', segment),
    accountId: ({ account }) => account.id,
    vendorId: (segment, _, context) => shownVendorId(context, segment.account, segment.vendorId),
    account: (segment, _, context) => accountOf(context, segment),
    title: async (segment, _, context) =>
      segment.title === undefined ? ((await whole(segment, context))?.title ?? null) : segment.title,
    customers: (segment, { first, after }, context) =>
      fanOut(context, {
        first,
        after,
        accounts: [segment.account.id],
        list: ['segment', segment.vendorId],
        part: ({ id, adapter }) => {
          if (id !== segment.account.id) return 'SKIPPED';
          if (segment.customers === undefined && adapter.segmentById === undefined) return 'UNSUPPORTED';
          return async () => {
            const members = segment.customers ?? (await whole(segment, context))?.customers;
            const records = members?.records ?? [];
            return { records, unreadable: members?.unreadable ?? 0, next: undefined, total: records.length };
          };
        },
      }),
  },
  SegmentConnection: connection,
};

const whole = (segment: Segment, context: Context): Promise<Segment | null> =>
  context.loaders.segment(accountOf(context, segment), segment.vendorId);
