import type { Adapter, EventFilter } from '../../crm/adapter.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers } from '../generated.ts';
import { given } from '../given.ts';
import { accountOf, recordAt } from '../keys.ts';
import { eventInput } from '../writeInput.ts';
import { performWrite, targetNamed } from '../writing.ts';
import { connection } from './connection.ts';
import { mayRead, payload } from './write.ts';

export const customerEventResolvers: Pick<
  Resolvers,
  'CustomerEvent' | 'CustomerEventConnection' | 'CustomerEventRecordPayload'
> & {
  Query: Pick<NonNullable<Resolvers['Query']>, 'customerEvents'>;
  Mutation: Pick<NonNullable<Resolvers['Mutation']>, 'customerEventRecord'>;
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
          if (eventList === undefined || !honoursEvents(adapter, conditions)) return 'UNSUPPORTED';
          return (page, call) => eventList(conditions, page, call);
        },
      });
    },
  },
  Mutation: {
    customerEventRecord: (_, { input }, context) =>
      performWrite(context, 'customerEventRecord', 'CUSTOMER_EVENT_RECORD', input, [], () => {
        const { account, target } = targetNamed(context, { id: input.customerId }, 'customerId');
        return { account, command: { kind: 'customerEventRecord', target, event: eventInput(input.event) } };
      }),
  },
  CustomerEventRecordPayload: {
    ...payload,
    customerEvent: ({ event }, _, context) => (event === undefined || !mayRead(context) ? null : event),
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

/** Whether an account honours all conditions. */
export const honoursEvents = ({ eventFilters = [] }: Adapter, conditions: EventFilter): boolean =>
  Object.keys(conditions).every((name) => (eventFilters as readonly string[]).includes(name));
