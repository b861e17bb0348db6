import type { Account } from '../crm/connectedAccount.ts';
import { type CrmError, sourceStateOf } from '../crm/errors.ts';
import type { Page } from '../crm/page.ts';
import { asCrmError } from './errors.ts';
import { type Ahead, findPlace, idOf, type Passed, type Stop } from './findPlace.ts';
import type { Position } from './listCursor.ts';
import type { SourceModel } from './models.ts';
import { createPageReader, endless, type ListPage, type Walking } from './pageReader.ts';
import { digestOf, keptTrail, openTrail } from './trail.ts';

/** One account's way through its list during one operation. */
export interface Walk<Record> {
  readonly account: Account;
  hasMore(): boolean;
  needsPage(): boolean;
  /** Reads the page to go on with; on failure the walk keeps its place and ends for this operation. */
  readPage(): Promise<void>;
  /** The next record, unless a page must be read for it. */
  take(): Record | undefined;
  /**
   * Where the walk stands behind so many of the records taken; without a number, where it stands now, accounts that
   * turned out to be empty included.
   */
  positionAfter(taken?: number): Position;
  /** Matches over all pages, as far as the vendor counts them. */
  total(): number | undefined;
  error(): CrmError | undefined;
  report(): SourceModel;
}

/** A page that records are or were taken from. */
interface TakenPage<Record> {
  readonly after: string | undefined;
  readonly page: Page<Record>;
  readonly start: number;
  /** Records that had come before and were left out, by index. */
  repeated: Set<number> | undefined;
  /** How many were taken from earlier pages. */
  readonly takenBefore: number;
  readonly total: number | undefined;
  /** By index; made when a cursor is. */
  readonly digests: (string | undefined)[];
}

/**
 * @param from where it stands at the beginning of the operation
 * @param accounts how many accounts the list has, for the share of the cursor that each may take
 */
export function createWalk<Record>(
  walking: Walking,
  account: Account,
  listPage: ListPage<Record>,
  from: Position,
  accounts: number,
): Walk<Record> {
  const { context } = walking;
  const startedAt = context.clock.now();
  const { read, reading } = createPageReader(walking, account, listPage);
  const trail = openTrail(from.trail);
  /** Vendor ids of all records that were taken or left out. */
  const seen = new Set<string>();
  const passed: Passed = {
    count: () => trail.length + seen.size,
    endsWith: trail.endsWith,
    has: (id) => seen.has(id) || (mayRepeat && trail.has(id)),
  };
  const pages: TakenPage<Record>[] = [];
  /** Whether rows that earlier operations passed may still come again. */
  let mayRepeat = true;
  let current: TakenPage<Record> | undefined;
  /** On the current page. */
  let index = 0;
  /** Where to read, while there is no current page. */
  let stop: Stop = { ...from, when: 'EARLIER' };
  let ahead: Ahead<Record> | undefined;
  let { done, total } = from;
  let taken = 0;
  let endedAt = startedAt;
  let unreadable = 0;
  let error: CrmError | undefined;

  const hasMore = (): boolean => error === undefined && !done;

  /** A page that was read to find the place need not be read again. */
  function readUnlessThere(after: string | undefined): Promise<Page<Record>> {
    if (ahead === undefined || ahead.after !== after) return read(after);
    const { page } = ahead;
    ahead = undefined;
    return Promise.resolve(page);
  }

  async function readPage(): Promise<void> {
    try {
      const place = await findPlace(stop, passed, readUnlessThere);
      const { page, start } = place;
      mayRepeat = !place.isExact || (mayRepeat && pages.length > 0);
      const isNew = place.after === stop.after;
      if (isNew && page.next !== undefined && promisesFalsely(page) && page.records.every(isSeen))
        throw endless(account);
      for (let at = 0; at < start; at += 1) {
        const id = idOf(page.records[at]);
        if (id !== undefined) seen.add(id);
      }
      ahead = place.ahead;
      unreadable += page.unreadable;
      total = page.total ?? total;
      current = { after: place.after, page, start, repeated: undefined, takenBefore: taken, total, digests: [] };
      pages.push(current);
      index = start;
      if (index >= page.records.length) leavePage(page, isNew ? 'JUST_NOW' : 'FOUND_JUST_NOW');
    } catch (thrown) {
      error = asCrmError(context, thrown).at(account);
    }
    endedAt = context.clock.now();
  }

  function isSeen(record: Record): boolean {
    const id = idOf(record);
    return id !== undefined && seen.has(id);
  }

  /** Whether this record has come before, which is noted; one without an id never has. */
  function isRepeated(record: Record | undefined): boolean {
    const id = idOf(record);
    if (id === undefined) return false;
    const before = seen.size;
    seen.add(id);
    return seen.size === before || (mayRepeat && trail.has(id));
  }

  function leavePage({ next, numbered }: Page<Record>, when: Stop['when']): void {
    current = undefined;
    done = next === undefined;
    stop = { after: next, skip: 0, rows: numbered?.total, when };
  }

  function take(): Record | undefined {
    while (current !== undefined) {
      const on = current;
      const at = index;
      index += 1;
      if (index >= on.page.records.length) leavePage(on.page, 'JUST_NOW');
      const record = on.page.records[at];
      if (isRepeated(record)) {
        on.repeated ??= new Set();
        on.repeated.add(at);
        continue;
      }
      taken += 1;
      return record;
    }
    return undefined;
  }

  /** Digests of the rows passed in this operation, newest first. */
  function* digestsBefore(last: number, end: number): Generator<string> {
    for (let at = last; at >= 0; at -= 1) {
      const { page, start, digests } = pages[at] as TakenPage<Record>;
      for (let row = (at === last ? end : page.records.length) - 1; row >= start; row -= 1) {
        const id = idOf(page.records[row]);
        if (id === undefined) continue;
        const digest = digests[row] ?? digestOf(id);
        digests[row] = digest;
        yield digest;
      }
    }
  }

  function positionOn(last: number, end: number): Position {
    const { after, page, total } = pages[last] as TakenPage<Record>;
    const isLeft = end >= page.records.length;
    const isDone = isLeft && page.next === undefined;
    return {
      after: isLeft ? page.next : after,
      skip: isLeft ? 0 : end,
      done: isDone,
      total,
      rows: page.numbered?.total,
      trail: isDone ? '' : keptTrail(from.trail, digestsBefore(last, end), accounts),
    };
  }

  function positionAfter(count?: number): Position {
    const last = count === undefined ? pages.length - 1 : pages.findLastIndex(({ takenBefore }) => takenBefore < count);
    const on = pages[last];
    if (on === undefined) return from;
    if (count === undefined) return positionOn(last, current === undefined ? on.page.records.length : index);
    let end = on.start;
    for (let left = count - on.takenBefore; left > 0; end += 1) if (!on.repeated?.has(end)) left -= 1;
    return positionOn(last, end);
  }

  return {
    account,
    hasMore,
    needsPage: () => hasMore() && current === undefined,
    readPage,
    take,
    positionAfter,
    total: () => total,
    error: () => error,
    report: () => ({
      account,
      state: error !== undefined ? sourceStateOf(error) : reading.isStale ? 'STALE' : 'OK',
      calls: reading.calls,
      milliseconds: endedAt - startedAt,
      queuedMilliseconds: reading.queued,
      records: taken,
      unreadable,
      fetchedAt: reading.fetchedAt,
      error: error ?? null,
    }),
  };
}

/**
 * Whether a page that brings nothing new lies when it says that there is more. A page without rows may be honest where
 * the adapter left rows out that do not match; then it cannot give a total either.
 */
const promisesFalsely = ({ records, unreadable, total }: Page<unknown>): boolean =>
  records.length > 0 || (unreadable === 0 && total !== undefined);
