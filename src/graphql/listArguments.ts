import type { Account } from '../crm/connectedAccount.ts';
import type { Json } from '../crm/json.ts';
import type { Context } from './context.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from './costs.ts';
import { badInput } from './errors.ts';
import { beginning, openCursor } from './listCursor.ts';
import { ownAccounts } from './ownAccounts.ts';

/** The arguments that all lists over accounts have. */
export interface ListArguments {
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** Account ids the caller chose; all of its own by default. */
  readonly accounts: readonly string[] | null | undefined;
  /** Names the list and its conditions; a cursor continues this very list only. */
  readonly list: Json;
}

/** What a list's arguments come to. Throws BAD_USER_INPUT naming the one that is wrong. */
export function openList(context: Context, request: ListArguments) {
  const first = pageSize(request.first);
  const accounts = chosenAccounts(context, request.accounts);
  const { after } = request;
  const cursor =
    after === null || after === undefined
      ? beginning(vendorPageSize(first))
      : openCursor(context, after, boundTo(context, request));
  return { first, accounts, cursor };
}

/** What a list's cursors are bound to. */
export const boundTo = ({ caller }: Context, { accounts, list }: Pick<ListArguments, 'accounts' | 'list'>): string =>
  JSON.stringify([caller.tenant, accounts ?? null, list]);

/**
 * Rows asked for per vendor page by a walk that begins with a page of `first`. It stays the same to the end of the walk:
 * one that begins with a glance at two records must not cost a request for every two of the rest.
 */
const vendorPageSize = (first: number): number => Math.max(first, DEFAULT_PAGE);

/** `first` as given or 20; refused outside 1 to 100. */
function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE;
  if (size < 1 || size > LARGEST_PAGE)
    throw badInput('first', `"first" must be 1 to ${LARGEST_PAGE}; correct it and get the rest with "after".`);
  return size;
}

/**
 * The caller's accounts it chose, in the order in which it has them all. An unknown id is a mistake of the caller, whoever's
 * account it may be.
 */
export function chosenAccounts(context: Context, ids: readonly string[] | null | undefined): Iterable<Account> {
  for (const id of ids ?? []) {
    if (!context.ownAccounts.has(id))
      throw badInput('accounts', '"accounts" names an account you do not have; see accounts { id }.');
  }
  return ownAccounts(context, ids);
}

/** Until when a list may take its time, in milliseconds since the epoch. */
export function deadlineOf(context: Context, timeout: number | null | undefined): number {
  if (timeout === null || timeout === undefined) return context.deadline;
  if (timeout < 1 || timeout > 60_000)
    throw badInput('timeout', '"timeout" must be 1 to 60000 milliseconds; correct it.');
  return Math.min(context.deadline, context.clock.now() + timeout);
}
