import type { Account } from '../crm/connectedAccount.ts';
import type { Context } from './context.ts';

type Accounts = Context['ownAccounts'];

/**
 * Those of the caller's accounts that have one of these ids, in the order in which it has them all; every one without ids.
 * No other is touched: a caller may have thousands.
 */
export function ownAccounts(
  { ownAccounts: own }: Pick<Context, 'ownAccounts'>,
  ids: readonly string[] | null | undefined,
): Iterable<Account> {
  if (ids === null || ids === undefined) return own.values();
  if (ids.length > 1) return inOrder(own, new Set(ids));
  const only = ids[0] === undefined ? undefined : own.get(ids[0]);
  return only === undefined ? [] : [only];
}

function inOrder(own: Accounts, ids: Iterable<string>): readonly Account[] {
  const places = placesIn(own);
  const accounts: Account[] = [];
  for (const id of ids) {
    const account = own.get(id);
    if (account !== undefined) accounts.push(account);
  }
  return accounts.sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
}

/** By the map of a tenant's accounts, which lives as long as the server. */
const known = new WeakMap<Accounts, ReadonlyMap<Account, number>>();

function placesIn(own: Accounts): ReadonlyMap<Account, number> {
  let places = known.get(own);
  if (places === undefined) {
    places = new Map([...own.values()].map((account, place) => [account, place]));
    known.set(own, places);
  }
  return places;
}
