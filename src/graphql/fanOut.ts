import type { Account } from '../crm/connectedAccount.ts';
import type { Context } from './context.ts';
import { deadlineOf, type ListArguments, openList } from './listArguments.ts';
import { type Position, START, sealCursor } from './listCursor.ts';
import type { ConnectionModel, SourceModel } from './models.ts';
import type { ListPage } from './pageReader.ts';
import { createWalk, type Walk } from './walk.ts';

/** How one account takes part: it lists pages, or it has a reason not to. */
export type Part<Record> = 'UNSUPPORTED' | 'SKIPPED' | ListPage<Record>;

export interface FanOut<Record> extends ListArguments {
  /** Milliseconds; the operation's own deadline by default. */
  readonly timeout?: number | null | undefined;
  part(account: Account): Part<Record>;
}

/**
 * Reads one page over many accounts, all at once, and deals their records in turn. Failing accounts keep their place in
 * the cursor and are reported in `sources`; nobody else's records depend on them. Beside the records it deals it holds at
 * most one vendor page per account in memory, or two where rows have moved.
 */
export async function fanOut<Record>(context: Context, request: FanOut<Record>): Promise<ConnectionModel<Record>> {
  const { first, accounts, boundTo, cursor } = openList(context, request);
  const walking = {
    context,
    list: request.list,
    size: cursor.size,
    deadline: deadlineOf(context, request.timeout),
  };
  const parts = [...context.ownAccounts.values()].map(
    (account) => [account, accounts.has(account.id) ? request.part(account) : 'SKIPPED'] as const,
  );
  const listing = parts.filter(([, part]) => typeof part !== 'string').length;
  const from = (account: Account): Position => cursor.positions.get(account.id) ?? START;

  const sources: (Walk<Record> | SourceModel)[] = parts.map(([account, part]) =>
    typeof part === 'string' ? notAsked(account, part) : createWalk(walking, account, part, from(account), listing),
  );
  const walks = sources.filter((source) => 'take' in source);
  const begin = walks.findIndex(({ account }) => account.id === cursor.turn);
  const { records, dealers } = await deal(walks, Math.max(0, begin), first);

  /** @param count of the records that were dealt */
  function cursorAfter(count: number): string {
    const taken = new Map<Walk<Record>, number>();
    for (const walk of dealers.slice(0, count)) taken.set(walk, (taken.get(walk) ?? 0) + 1);
    // Behind the last record, also accounts that turned out to be empty are done.
    const isWhole = count === records.length;
    const positions = new Map(
      walks.map((walk) => {
        const number = taken.get(walk);
        if (isWhole) return [walk.account.id, walk.positionAfter()];
        return [walk.account.id, number === undefined ? from(walk.account) : walk.positionAfter(number)];
      }),
    );
    const last = dealers[count - 1];
    const turn = last === undefined ? cursor.turn : walks[(walks.indexOf(last) + 1) % walks.length]?.account.id;
    return sealCursor(context, boundTo, { size: cursor.size, turn, positions });
  }

  const asked = parts.filter(([, part]) => part !== 'SKIPPED').length;
  const hasFailed = walks.some((walk) => walk.error() !== undefined);
  return {
    nodes: records,
    cursorAt: (index) => cursorAfter(index + 1),
    // Made when it is asked for: it takes digests and a signature.
    endCursor: () => (walks.length === 0 ? null : cursorAfter(records.length)),
    hasNextPage: walks.some((walk) => walk.hasMore()) || (hasFailed && records.length > 0),
    ...count(walks, asked),
    sources: sources.map((source) => ('take' in source ? source.report() : source)),
  };
}

/**
 * One record of each account in turn, until there are enough or no more.
 * @param begin whose turn it is
 */
async function deal<Record>(walks: readonly Walk<Record>[], begin: number, most: number) {
  const records: Record[] = [];
  /** Whose record it is, by its index. */
  const dealers: Walk<Record>[] = [];
  let turn = begin;
  while (records.length < most && walks.some((walk) => walk.hasMore())) {
    const waiting = walks.filter((walk) => walk.needsPage());
    if (waiting.length > 0) await Promise.all(waiting.map((walk) => walk.readPage()));
    // One round: each account that has a record deals one.
    for (let step = 0; step < walks.length && records.length < most; step += 1) {
      const walk = walks[turn];
      turn = (turn + 1) % walks.length;
      const record = walk?.take();
      if (walk === undefined || record === undefined) continue;
      records.push(record);
      dealers.push(walk);
    }
  }
  return { records, dealers };
}

const notAsked = (account: Account, state: 'UNSUPPORTED' | 'SKIPPED'): SourceModel => ({
  account,
  state,
  calls: 0,
  milliseconds: 0,
  queuedMilliseconds: 0,
  records: 0,
  unreadable: 0,
  fetchedAt: null,
  error: null,
});

/** What an `Int` can say; some CRM may count otherwise. */
const isCount = (total: number | undefined): total is number =>
  total !== undefined && Number.isInteger(total) && total >= 0 && total < 2 ** 31;

/** @param asked accounts that belong to the list, those that cannot count or cannot list at all included */
function count(
  walks: readonly Walk<unknown>[],
  asked: number,
): Pick<ConnectionModel<never>, 'totalCount' | 'totalCountAccuracy'> {
  const totals = walks.map((walk) => walk.total()).filter(isCount);
  const sum = totals.reduce((before, total) => before + total, 0);
  if (totals.length === 0 || !isCount(sum)) return { totalCount: null, totalCountAccuracy: 'UNKNOWN' };
  return {
    totalCount: sum,
    totalCountAccuracy: totals.length === asked ? 'EXACT' : 'AT_LEAST',
  };
}
