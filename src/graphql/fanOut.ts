import type { Call } from '../crm/call.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError, type SourceState, sourceStateOf } from '../crm/errors.ts';
import type { ReadMarks } from '../crm/freshness.ts';
import type { Json } from '../crm/json.ts';
import type { Page, PageRequest } from '../crm/page.ts';
import { ask } from './ask.ts';
import type { Context } from './context.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from './costs.ts';
import { asCrmError, badInput } from './errors.ts';
import { openCursor, type Position, START, sealCursor } from './listCursor.ts';
import type { ConnectionModel, SourceModel } from './models.ts';
import { keptTrail, openTrail, type Trail, wasPassed } from './trail.ts';

/** How one account takes part: it lists pages, or it has a reason not to. */
export type Part<Record> = 'UNSUPPORTED' | 'SKIPPED' | ((page: PageRequest, call: Call) => Promise<Page<Record>>);

export interface FanOut<Record> {
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** Account ids the caller chose; all of its own by default. */
  readonly accounts: readonly string[] | null | undefined;
  /** Milliseconds; the operation's own deadline by default. */
  readonly timeout?: number | null | undefined;
  /** Names the list and its conditions; a cursor continues this very list only. */
  readonly list: Json;
  part(account: Account): Part<Record>;
}

/** Vendor pages read for one account in one operation; more of them means the vendor repeats itself. */
export const MOST_PAGES = 50;

/** One account's walk during one operation. */
interface Walk<Record> {
  readonly account: Account;
  readonly list: (page: PageRequest, call: Call) => Promise<Page<Record>>;
  readonly startedAt: number;
  position: Position;
  /** Undefined until the page at `position` was read. */
  page: Page<Record> | undefined;
  /** Vendor ids of all records read, and the records that came although their id had come before. */
  readonly seen: Set<string>;
  readonly repeated: Set<Record>;
  readonly trail: Trail;
  pages: number;
  calls: number;
  queued: number;
  endedAt: number;
  unreadable: number;
  fetchedAt: number | null;
  isStale: boolean;
  dealt: number;
  error: CrmError | undefined;
}

/**
 * Reads one page over many accounts, all at once, and deals their records in turn. Failing accounts keep their place in
 * the cursor and are reported in `sources`; nobody else's records depend on them. Holds at most one vendor page per
 * account in memory.
 */
export async function fanOut<Record>(context: Context, request: FanOut<Record>): Promise<ConnectionModel<Record>> {
  const { first, accounts, boundTo, cursor } = openList(context, request);
  const deadline = deadlineOf(context, request.timeout);

  const now = context.clock.now();
  const walks: Walk<Record>[] = [];
  const sources: (SourceModel | Walk<Record>)[] = [];
  for (const account of context.ownAccounts.values()) {
    const part = accounts.has(account.id) ? request.part(account) : 'SKIPPED';
    if (typeof part === 'string') {
      sources.push({
        account,
        state: part,
        calls: 0,
        milliseconds: 0,
        queuedMilliseconds: 0,
        records: 0,
        unreadable: 0,
        fetchedAt: null,
        error: null,
      });
      continue;
    }
    const position = cursor.positions.get(account.id) ?? START;
    const walk = {
      account,
      list: part,
      startedAt: now,
      position,
      page: undefined,
      seen: new Set<string>(),
      repeated: new Set<Record>(),
      trail: openTrail(position.trail),
      pages: 0,
      calls: 0,
      queued: 0,
      endedAt: now,
      unreadable: 0,
      fetchedAt: null,
      isStale: false,
      dealt: 0,
      error: undefined,
    };
    walks.push(walk);
    sources.push(walk);
  }

  const before = new Map(walks.map((walk) => [walk.account.id, walk.position]));
  const dealt: { record: Record; walk: Walk<Record>; position: Position; passed: number }[] = [];
  let turn = Math.max(
    0,
    walks.findIndex((walk) => walk.account.id === cursor.turn),
  );
  while (dealt.length < first && walks.some(hasMore)) {
    await Promise.all(
      walks.filter(needsPage).map((walk) => readPage(context, walk, request.list, cursor.size, deadline)),
    );
    // One round: each account that has a record deals one, beginning with whose turn it is.
    for (let step = 0; step < walks.length && dealt.length < first; step += 1) {
      const walk = walks[turn];
      turn = (turn + 1) % walks.length;
      const record = walk === undefined ? undefined : takeOne(walk);
      if (walk === undefined || record === undefined) continue;
      dealt.push({ record, walk, position: walk.position, passed: walk.trail.ids.length });
    }
  }

  const cursorAfter = (count: number): string => {
    const positions = new Map(before);
    const keep = (walk: Walk<Record>, position: Position, passed: number) => {
      const trail = position.done ? '' : keptTrail(walk.trail, passed, walks.length);
      positions.set(walk.account.id, { ...position, trail });
    };
    const lastOf = new Map(dealt.slice(0, count).map((each) => [each.walk, each]));
    for (const { walk, position, passed } of lastOf.values()) keep(walk, position, passed);
    // Behind the last record, also accounts that turned out to be empty are done.
    if (count === dealt.length) for (const walk of walks) keep(walk, walk.position, walk.trail.ids.length);
    const last = dealt[count - 1];
    const next = last === undefined ? cursor.turn : walks[(walks.indexOf(last.walk) + 1) % walks.length]?.account.id;
    return sealCursor(context, boundTo, { size: cursor.size, turn: next, positions });
  };
  const failed = walks.some((walk) => walk.error !== undefined);
  return {
    nodes: dealt.map(({ record }) => record),
    cursorAt: (index) => cursorAfter(index + 1),
    // Made when it is asked for: it takes digests and a signature.
    endCursor: () => (walks.length === 0 ? null : cursorAfter(dealt.length)),
    hasNextPage: walks.some(hasMore) || (failed && dealt.length > 0),
    ...count(walks, sources.filter((source) => !('state' in source && source.state === 'SKIPPED')).length),
    sources: sources.map((source) => ('state' in source ? source : report(source))),
  };
}

/**
 * Rows asked for per vendor page by a walk that begins with a page of `first`. It stays the same to the end of the walk:
 * one that begins with a glance at two records must not cost a request for every two of the rest.
 */
const vendorPageSize = (first: number): number => Math.max(first, DEFAULT_PAGE);

/** What a list's arguments come to. Throws BAD_USER_INPUT naming the one that is wrong. */
export function openList(context: Context, request: Pick<FanOut<never>, 'first' | 'after' | 'accounts' | 'list'>) {
  const first = pageSize(request.first);
  const accounts = chosenAccounts(context, request.accounts);
  const boundTo = JSON.stringify([context.caller.tenant, request.accounts ?? null, request.list]);
  const cursor = openCursor(context, request.after, boundTo, vendorPageSize(first));
  return { first, accounts, boundTo, cursor };
}

const hasMore = <Record>(walk: Walk<Record>): boolean => walk.error === undefined && !walk.position.done;
const needsPage = <Record>(walk: Walk<Record>): boolean => hasMore(walk) && walk.page === undefined;

/** Reads the page at the walk's position, once for all equal lists of the operation; on failure the position stays. */
async function readPage<Record>(
  context: Context,
  walk: Walk<Record>,
  list: Json,
  size: number,
  deadline: number,
): Promise<void> {
  const shared = context.calls.callFor(walk.account);
  const marks: ReadMarks[] = [];
  const call: Call = {
    ...shared,
    deadline,
    onRequest() {
      shared.onRequest?.();
      walk.calls += 1;
    },
    onWait(milliseconds) {
      shared.onWait?.(milliseconds);
      walk.queued += milliseconds;
    },
    onRead(read) {
      shared.onRead?.(read);
      marks.push(read);
    },
  };
  try {
    if (walk.pages >= MOST_PAGES) throw endless(walk.account);
    const { after } = walk.position;
    const name = JSON.stringify([list, after, size, deadline]);
    const read = async () => ({
      page: await ask(walk.account, call, (c) => walk.list({ after, size }, c)),
      marks,
    });
    const { page, marks: marksOfPage } = await context.loaders.page(walk.account, name, read);
    for (const each of marksOfPage) note(walk, each);
    walk.pages += 1;
    if (page.readWith !== undefined) note(walk, page.readWith);
    const fresh = page.records.filter((record) => isFirstSight(walk, record));
    if (fresh.length === 0 && page.next !== undefined && promisesFalsely(page)) throw endless(walk.account);
    walk.unreadable += page.unreadable;
    walk.page = page;
    walk.position = { ...walk.position, total: page.total ?? walk.position.total };
    turnPage(walk);
  } catch (error) {
    walk.error = asCrmError(context, error).at(walk.account);
  }
  walk.endedAt = context.clock.now();
}

function note<Record>(walk: Walk<Record>, { fetchedAt, freshness }: ReadMarks): void {
  walk.fetchedAt = Math.min(fetchedAt, walk.fetchedAt ?? fetchedAt);
  walk.isStale ||= freshness === 'STALE';
}

const endless = (account: Account): CrmError =>
  new CrmError('VENDOR_BAD_RESPONSE', {
    message: 'The CRM repeats its pages without end; report it if it lasts.',
  }).at(account);

/**
 * Whether this operation sees the record for the first time. One that comes again, because records were changed or
 * created while they are listed, is noted so that it is not dealt twice; one without an id always passes.
 */
function isFirstSight<Record>(walk: Walk<Record>, record: Record): boolean {
  const id = idOf(record);
  if (id === undefined) return true;
  const isFirst = !walk.seen.has(id);
  walk.seen.add(id);
  if (!isFirst || wasPassed(walk.trail, id)) walk.repeated.add(record);
  return isFirst;
}

function idOf(record: unknown): string | undefined {
  const id = typeof record === 'object' && record !== null && 'vendorId' in record ? record.vendorId : undefined;
  return typeof id === 'string' ? id : undefined;
}

/**
 * Whether a page that brings nothing new lies when it says that there is more. A page without rows may be honest where
 * the adapter left rows out that do not match; then it cannot give a total either.
 */
const promisesFalsely = ({ records, unreadable, total }: Page<unknown>): boolean =>
  records.length > 0 || (unreadable === 0 && total !== undefined);

/** The walk's next record, if the page it is on holds one that was not dealt before. */
function takeOne<Record>(walk: Walk<Record>): Record | undefined {
  for (let record = nextOn(walk); record !== undefined; record = nextOn(walk)) {
    walk.position = { ...walk.position, skip: walk.position.skip + 1 };
    const id = idOf(record);
    if (id !== undefined) walk.trail.ids.push(id);
    turnPage(walk);
    if (walk.repeated.delete(record)) continue;
    walk.dealt += 1;
    return record;
  }
  return undefined;
}

const nextOn = <Record>({ page, position }: Walk<Record>): Record | undefined => page?.records[position.skip];

/** When a page is used up: on to the next, or done. */
function turnPage<Record>(walk: Walk<Record>): void {
  if (walk.page === undefined || walk.position.skip < walk.page.records.length) return;
  const { next } = walk.page;
  walk.position = { ...walk.position, after: next, skip: 0, done: next === undefined };
  walk.page = undefined;
}

function report<Record>(walk: Walk<Record>): SourceModel {
  return {
    account: walk.account,
    state: stateOf(walk),
    calls: walk.calls,
    milliseconds: walk.endedAt - walk.startedAt,
    queuedMilliseconds: walk.queued,
    records: walk.dealt,
    unreadable: walk.unreadable,
    fetchedAt: walk.fetchedAt,
    error: walk.error ?? null,
  };
}

function stateOf<Record>({ error, isStale }: Walk<Record>): SourceState {
  if (error !== undefined) return sourceStateOf(error);
  return isStale ? 'STALE' : 'OK';
}

/** @param asked accounts that belong to the list, those that cannot count or cannot list at all included */
function count(
  walks: readonly Walk<unknown>[],
  asked: number,
): Pick<ConnectionModel<never>, 'totalCount' | 'totalCountAccuracy'> {
  const totals = walks.map((walk) => walk.position.total).filter((total) => total !== undefined);
  if (totals.length === 0) return { totalCount: null, totalCountAccuracy: 'UNKNOWN' };
  return {
    totalCount: totals.reduce((sum, total) => sum + total, 0),
    totalCountAccuracy: totals.length === asked ? 'EXACT' : 'AT_LEAST',
  };
}

/** `first` as given or 20; refused outside 1 to 100. */
function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE;
  if (size < 1 || size > LARGEST_PAGE)
    throw badInput('first', `"first" must be 1 to ${LARGEST_PAGE}; correct it and get the rest with "after".`);
  return size;
}

/** The caller's accounts it chose; an unknown id is a mistake of the caller, whoever's account it may be. */
export function chosenAccounts(context: Context, ids: readonly string[] | null | undefined): ReadonlySet<string> {
  if (ids === null || ids === undefined) return new Set(context.ownAccounts.keys());
  for (const id of ids) {
    if (!context.ownAccounts.has(id))
      throw badInput('accounts', '"accounts" names an account you do not have; see accounts { id }.');
  }
  return new Set(ids);
}

export function deadlineOf(context: Context, timeout: number | null | undefined): number {
  if (timeout === null || timeout === undefined) return context.deadline;
  if (timeout < 1 || timeout > 60_000)
    throw badInput('timeout', '"timeout" must be 1 to 60000 milliseconds; correct it.');
  return Math.min(context.deadline, context.clock.now() + timeout);
}
