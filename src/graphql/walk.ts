import type { Account } from '../crm/connectedAccount.ts';
import { type CrmError, sourceStateOf } from '../crm/errors.ts';
import type { Page } from '../crm/page.ts';
import { asCrmError } from './errors.ts';
import { type Ahead, findPlace, idOf, type Passed, type Place, type Stop } from './findPlace.ts';
import type { Position } from './listCursor.ts';
import type { SourceModel } from './models.ts';
import { endless, type ListPage, PageReader, type Walking } from './pageReader.ts';
import { digestOf, keptTrail, openTrail, type Trail } from './trail.ts';

/** A page that records are or were taken from. */
interface TakenPage<Record> {
  readonly after: string | undefined;
  /** Without the records that were let go. */
  page: Page<Record>;
  readonly start: number;
  /** Records that had come before and were left out, by index. */
  repeated: Set<number> | undefined;
  /** The page before it, and how many records were taken up to there. */
  readonly before: TakenPage<Record> | undefined;
  readonly takenBefore: number;
  readonly total: number | undefined;
  /** By index; made when a cursor is. */
  digests: (string | undefined)[] | undefined;
  /** How many of its records are still to be taken; counted when that is asked. */
  ready: number | undefined;
}

/** One account's way through its list during one operation. */
export class Walk<Record> {
  readonly account: Account;
  /** Matches over all pages, as far as the vendor counts them. */
  total: number | undefined;
  error: CrmError | undefined = undefined;
  private readonly walking: Walking;
  private readonly reader: PageReader<Record>;
  /** Where it stood at the beginning of the operation. */
  private readonly from: Position;
  private readonly trail: Trail;
  /** Vendor ids of all records that were taken or left out. */
  private readonly seen = new Set<string>();
  /** Whether rows that earlier operations passed may still come again. */
  private mayRepeat = true;
  /** The page that was read last. */
  private last: TakenPage<Record> | undefined = undefined;
  /** The same while it has records. */
  private current: TakenPage<Record> | undefined = undefined;
  /** On the current page. */
  private index = 0;
  /** Where to read, while there is no current page. */
  private stop: Stop;
  private ahead: Ahead<Record> | undefined = undefined;
  private done: boolean;
  private taken = 0;
  private readonly startedAt: number;
  private endedAt: number;
  private unreadable = 0;

  /** @param from where it stands at the beginning of the operation */
  constructor(walking: Walking, account: Account, listPage: ListPage<Record>, from: Position) {
    this.account = account;
    this.walking = walking;
    this.reader = new PageReader(walking, account, listPage);
    this.from = from;
    this.trail = openTrail(from.trail);
    this.stop = { after: from.after, skip: from.skip, rows: from.rows, when: 'EARLIER' };
    this.done = from.done;
    this.total = from.total;
    this.startedAt = walking.context.clock.now();
    this.endedAt = this.startedAt;
  }

  get hasMore(): boolean {
    return this.error === undefined && !this.done;
  }

  get needsPage(): boolean {
    return this.hasMore && this.current === undefined;
  }

  /** Reads the page to go on with; on failure the walk keeps its place and ends for this operation. */
  async readPage(): Promise<void> {
    try {
      const { after, skip } = this.stop;
      // Whoever has passed nobody goes on where he stopped.
      const hasPassed = this.trail.length + this.seen.size > 0;
      this.goOn(
        hasPassed
          ? await findPlace(this.stop, this.passed(), (each) => this.readUnlessThere(each))
          : { after, page: this.reader.noted(await this.reader.read(after)), start: skip, isExact: true },
      );
    } catch (thrown) {
      this.error = asCrmError(this.walking.context, thrown).at(this.account);
    }
    this.endedAt = this.walking.context.clock.now();
  }

  /** The next record, unless a page must be read for it. */
  take(): Record | undefined {
    while (this.current !== undefined) {
      const on = this.current;
      const at = this.index;
      this.index += 1;
      on.ready = undefined;
      if (this.index >= on.page.records.length) this.leavePage(on.page, 'JUST_NOW');
      const record = on.page.records[at];
      if (record === undefined) throw new Error('a record was let go that is needed');
      if (this.isRepeated(record)) {
        on.repeated ??= new Set();
        on.repeated.add(at);
        continue;
      }
      this.taken += 1;
      return record;
    }
    return undefined;
  }

  /** How many records `take` has to give without reading another page. */
  get ready(): number {
    const on = this.current;
    if (on === undefined) return 0;
    on.ready ??= Array.from(this.untaken(on.page)).length;
    return on.ready;
  }

  /** Lets go of records: no more than the next so many will be taken before the next page is read. */
  keepNext(count: number): void {
    const on = this.current;
    if (on === undefined || this.ready <= count) return;
    const { records } = on.page;
    const [last = 0] = Array.from(this.untaken(on.page)).slice(count - 1);
    const kept = records.slice(0, last + 1);
    // How many there were is still needed.
    kept.length = records.length;
    on.page = { ...on.page, records: kept };
    on.ready = count;
    this.reader.forget();
  }

  /**
   * Where the walk stands behind so many of the records taken; without a number, where it stands now, accounts that
   * turned out to be empty included.
   * @param accounts how many accounts the list has, for the share of the cursor that each may take
   */
  positionAfter(accounts: number, count?: number): Position {
    let on = this.last;
    if (count === undefined) {
      if (on === undefined) return this.from;
      return this.positionOn(on, this.current === undefined ? on.page.records.length : this.index, accounts);
    }
    while (on !== undefined && on.takenBefore >= count) on = on.before;
    if (on === undefined) return this.from;
    let end = on.start;
    for (let left = count - on.takenBefore; left > 0; end += 1) if (!on.repeated?.has(end)) left -= 1;
    return this.positionOn(on, end, accounts);
  }

  report(): SourceModel {
    const { account, reader, error } = this;
    return {
      account,
      state: error !== undefined ? sourceStateOf(error) : reader.isStale ? 'STALE' : 'OK',
      calls: reader.calls,
      milliseconds: this.endedAt - this.startedAt,
      queuedMilliseconds: reader.queued,
      records: this.taken,
      unreadable: this.unreadable,
      fetchedAt: reader.fetchedAt,
      error: error ?? null,
    };
  }

  private passed(): Passed {
    return {
      endsWith: (id) => this.trail.endsWith(id),
      has: (id) => this.hasCome(id),
    };
  }

  /** A page that was read to find the place need not be read again. */
  private async readUnlessThere(after: string | undefined): Promise<Page<Record>> {
    if (this.ahead === undefined || this.ahead.after !== after) return this.reader.noted(await this.reader.read(after));
    const { page } = this.ahead;
    this.ahead = undefined;
    return page;
  }

  private goOn({ after, page, start, isExact, ahead }: Place<Record>): void {
    this.mayRepeat = !isExact || (this.mayRepeat && this.last !== undefined);
    const isNew = after === this.stop.after;
    if (isNew && page.next !== undefined && promisesFalsely(page) && page.records.every((each) => this.isSeen(each)))
      throw endless(this.account);
    for (let at = 0; at < start; at += 1) {
      const id = idOf(page.records[at]);
      if (id !== undefined) this.seen.add(id);
    }
    this.ahead = ahead;
    this.unreadable += page.unreadable;
    this.total = page.total ?? this.total;
    this.last = {
      after,
      page,
      start,
      repeated: undefined,
      before: this.last,
      takenBefore: this.taken,
      total: this.total,
      digests: undefined,
      ready: undefined,
    };
    this.current = this.last;
    this.index = start;
    if (start >= page.records.length) this.leavePage(page, isNew ? 'JUST_NOW' : 'FOUND_JUST_NOW');
  }

  private leavePage({ next, numbered }: Page<Record>, when: Stop['when']): void {
    this.current = undefined;
    this.done = next === undefined;
    if (next !== undefined) this.stop = { after: next, skip: 0, rows: numbered?.total, when };
  }

  /** Where on the page at hand the records lie that are still to be taken. */
  private *untaken({ records }: Page<Record>): Generator<number> {
    const ids = new Set<string>();
    for (let at = this.index; at < records.length; at += 1) {
      const record = records[at];
      // Behind it nothing was kept.
      if (record === undefined) return;
      const id = idOf(record);
      if (id !== undefined) {
        if (this.hasCome(id) || ids.has(id)) continue;
        ids.add(id);
      }
      yield at;
    }
  }

  private hasCome(id: string): boolean {
    return this.seen.has(id) || (this.mayRepeat && this.trail.has(id));
  }

  private isSeen(record: Record): boolean {
    const id = idOf(record);
    return id !== undefined && this.seen.has(id);
  }

  /** Whether this record has come before, which is noted; one without an id never has. */
  private isRepeated(record: Record): boolean {
    const id = idOf(record);
    if (id === undefined) return false;
    const { size } = this.seen;
    this.seen.add(id);
    return this.seen.size === size || (this.mayRepeat && this.trail.has(id));
  }

  /** @param end how many of the page's records were passed */
  private positionOn(on: TakenPage<Record>, end: number, accounts: number): Position {
    const { after, page, total } = on;
    const isLeft = end >= page.records.length;
    const isDone = isLeft && page.next === undefined;
    return {
      after: isLeft ? page.next : after,
      skip: isLeft ? 0 : end,
      done: isDone,
      total,
      rows: page.numbered?.total,
      trail: isDone ? '' : keptTrail(this.from.trail, digestsBefore(on, end), accounts),
    };
  }
}

/** Digests of the rows passed in this operation, newest first. */
function* digestsBefore(last: TakenPage<unknown>, end: number): Generator<string> {
  for (let on: TakenPage<unknown> | undefined = last; on !== undefined; on = on.before) {
    const { page, start } = on;
    on.digests ??= [];
    for (let row = (on === last ? end : page.records.length) - 1; row >= start; row -= 1) {
      const id = idOf(page.records[row]);
      if (id === undefined) continue;
      const digest = on.digests[row] ?? digestOf(id);
      on.digests[row] = digest;
      yield digest;
    }
  }
}

/**
 * Whether a page that brings nothing new lies when it says that there is more. A page without rows may be honest where
 * the adapter left rows out that do not match; then it cannot give a total either.
 */
const promisesFalsely = ({ records, unreadable, total }: Page<unknown>): boolean =>
  records.length > 0 || (unreadable === 0 && total !== undefined);
