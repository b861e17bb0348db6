import type { Adapter, EventFilter } from '../../crm/adapter.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers } from '../generated.ts';
import { given } from '../given.ts';
import { accountOf, recordAt } from '../keys.ts';
import { connection } from './connection.ts';

export const customerEventResolvers: Pick<Resolvers, 'CustomerEvent' | 'CustomerEventConnection'> & {
  Query: Pick<NonNullable<Resolvers['Query']>, 'customerEvents'>;
} = {
  Query: {
    customerEvents(_, { first, after, accounts, filter }, context) {
      const conditions: EventFilter = given(filter ?? {});
      return fanOut(context, {
        first,
        after,
        accounts,
        list: ['customerEvents', { ...conditions }],
        part: ({ adapter }) => {
          const { eventList } = adapter;
          if (eventList === undefined || !honours(adapter, conditions)) return 'UNSUPPORTED';
          return (page, call) => eventList(conditions, page, call);
        },
      });
    },
  },
  CustomerEvent: {
    account: (event, _, context) => accountOf(context, event),
    customer: (event, _, context, info) =>
      event.customerVendorId === null
        ? null
        : recordAt(context, 'Customer', { account: accountOf(context, event), vendorId: event.customerVendorId }, info),
  },
  CustomerEventConnection: connection,
};

const honours = ({ eventFilters = [] }: Adapter, conditions: EventFilter): boolean =>
  Object.keys(conditions).every((name) => (eventFilters as readonly string[]).includes(name));
