import type { GraphQLResolveInfo } from 'graphql';
import type { AccountFacts } from '../crm/account.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type { Customer } from '../crm/customer.ts';
import type { GlobalId, RecordType } from '../crm/globalIds.ts';
import type { Segment } from '../crm/segment.ts';
import type { Tag } from '../crm/tag.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';
import type { CustomerModel } from './models.ts';
import { selectsBeyondKeys } from './selection.ts';

/** A record of one of the caller's own accounts, addressed as the vendor's calls do. */
export interface Address {
  readonly account: Account;
  readonly vendorId: string;
}

/** Reads a global id. Text that is no id of ours is a mistake of the caller. */
export function decodeId(context: Context, field: string, id: string): GlobalId {
  const decoded = context.ids.decode(id);
  if (decoded === undefined)
    throw badInput(field, `"${field}" is no id of this service; use an id as it was given to you.`);
  return decoded;
}

/** Undefined for what cannot exist for this caller: an account it does not have, or a key we never made. */
export function addressOf(context: Context, accountId: string, shownVendorId: string): Address | undefined {
  const account = context.ownAccounts.get(accountId);
  if (account === undefined) return undefined;
  if (account.adapter.naturalKeys === undefined) return { account, vendorId: shownVendorId };
  const vendorId = context.ids.unseal(account.id, shownVendorId);
  return vendorId === undefined ? undefined : { account, vendorId };
}

/** The vendor id as callers see it: sealed where it is an e-mail or phone. */
export function shownVendorId(context: Context, account: AccountFacts, vendorId: string): string {
  const naturalKeys = context.ownAccounts.get(account.id)?.adapter.naturalKeys;
  return naturalKeys === undefined ? vendorId : context.ids.seal(account.id, vendorId);
}

export function globalIdOf(
  context: Context,
  type: RecordType,
  record: { account: AccountFacts; vendorId: string },
): string {
  return context.ids.encode(type, record.account.id, shownVendorId(context, record.account, record.vendorId));
}

/** The account of a record the caller was allowed to see. */
export function accountOf(context: Context, record: { readonly account: AccountFacts }): Account {
  const account = context.ownAccounts.get(record.account.id);
  if (account === undefined) throw new Error('a record of another tenant reached a resolver');
  return account;
}

export type NodeOf = { Customer: CustomerModel; Tag: Tag; Segment: Segment };

/**
 * The record at an address: asked for only if more than keys is selected, else taken on trust.
 * Null is "no such record". Who may not read records learns nothing from a read either.
 */
export function recordAt<Type extends RecordType>(
  context: Context,
  type: Type,
  { account, vendorId }: Address,
  info: GraphQLResolveInfo,
): Promise<NodeOf[Type] | null> {
  const mayRead = context.caller.scopes.has('customers:read');
  if (!mayRead || !canRead(account, type) || !selectsBeyondKeys(info, context.names.type(type))) {
    return Promise.resolve({ account, vendorId } as NodeOf[Type]);
  }
  return READ[type](context, account, vendorId) as Promise<NodeOf[Type] | null>;
}

const READ = {
  Customer: (context: Context, account: Account, id: string): Promise<Customer | null> =>
    context.loaders.customer(account, id),
  Tag: (context: Context, account: Account, id: string): Promise<Tag | null> => context.loaders.tag(account, id),
  Segment: (context: Context, account: Account, id: string): Promise<Segment | null> =>
    context.loaders.segment(account, id),
};

/** Without a read nothing is claimed about existence: the keys are all there is. */
function canRead({ adapter }: Account, type: RecordType): boolean {
  if (type === 'Customer') return adapter.customerById !== undefined || adapter.customersByIds !== undefined;
  if (type === 'Segment') return adapter.segmentById !== undefined;
  return adapter.tagsByIds !== undefined || adapter.tagFromId !== undefined;
}
