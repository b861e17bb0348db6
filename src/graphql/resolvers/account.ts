import { capabilitiesOf } from '../../crm/capabilities.ts';
import type { Account } from '../../crm/connectedAccount.ts';
import type { CustomerWriteKind } from '../../crm/customerWrites.ts';
import type { Page } from '../../crm/page.ts';
import { filledFields } from '../customerFields.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers } from '../generated.ts';
import { accountOf } from '../keys.ts';
import { connection } from './connection.ts';

const instant = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

const WRITE_KINDS: readonly CustomerWriteKind[] = ['CREATE', 'UPDATE', 'UPSERT'];

export const accountResolvers: Pick<
  Resolvers,
  'CrmVendor' | 'CrmAccount' | 'AccountHealth' | 'CrmAgent' | 'CrmAgentConnection' | 'Source'
> & { Query: Pick<NonNullable<Resolvers['Query']>, 'vendors' | 'accounts' | 'account' | 'agents'> } = {
  Query: {
    vendors: (_, __, { vendors }) => vendors,
    accounts: (_, __, { ownAccounts }) => [...ownAccounts.values()],
    account: (_, { id }, { ownAccounts }) => ownAccounts.get(id) ?? null,
    agents: (_, { first, after, accounts }, context) =>
      fanOut(context, {
        first,
        after,
        accounts,
        list: 'agents',
        part: ({ adapter: { agentList } }) =>
          agentList === undefined ? 'UNSUPPORTED' : (_page, call) => agentList(call),
      }),
  },
  CrmVendor: {
    capabilities: ({ abilities }) => capabilitiesOf(abilities),
    customerFields: ({ abilities }) => filledFields(abilities, abilities.readableFields),
    accounts: ({ key }, _, { ownAccounts }) => [...ownAccounts.values()].filter((account) => account.vendor === key),
  },
  CrmAccount: {
    vendor: (account, _, { vendors }) => vendorOf(account, vendors),
    customerWrites: ({ adapter: { customerWrites = {} } }) =>
      WRITE_KINDS.flatMap((kind) => {
        const write = customerWrites[kind];
        if (write === undefined) return [];
        return {
          kind,
          requiredFields: write.required.map((anyOf) => ({ anyOf })),
          writableFields: write.writable,
          clearableFields: write.clearable,
          identityFields: kind === 'UPDATE' ? (customerWrites.identity ?? []) : [],
        };
      }),
  },
  AccountHealth: {
    lastSuccessAt: ({ lastSuccessAt }) => instant(lastSuccessAt),
    lastFailureAt: ({ lastFailureAt }) => instant(lastFailureAt),
  },
  CrmAgent: {
    account: (agent, _, context) => accountOf(context, agent),
  },
  CrmAgentConnection: connection,
  Source: {
    fetchedAt: ({ fetchedAt }) => instant(fetchedAt),
    retryAfter: ({ error }) => error?.facts.retryAfter ?? null,
    // A plain object: an error returned from a resolver would be thrown.
    error: ({ error }) => (error === null ? null : { code: error.code, message: error.message }),
  },
};

/** A list that the vendor gives in one piece. */
export const wholeList = <Record>(records: readonly Record[]): Page<Record> => ({
  records,
  unreadable: 0,
  next: undefined,
  total: records.length,
});

function vendorOf<Vendor extends { readonly key: string }>(account: Account, vendors: readonly Vendor[]): Vendor {
  const vendor = vendors.find(({ key }) => key === account.vendor);
  if (vendor === undefined) throw new Error(`account ${account.id} belongs to no known vendor`);
  return vendor;
}
