import { afterOf, type Page, pageNumber } from '../crm/page.ts';
import { LARGEST_PAGE } from './costs.ts';

// Where a walk goes on, in a list whose rows may have moved since it stopped.
//
// While rows keep their order among each other, every row that is still to come lies behind every row that was passed. So
// a walk that goes on right behind a passed row misses nobody, whatever was created or deleted; and nobody comes twice if
// the rows that were passed are dropped where they come again. What the vendor counts only says where to look, never
// where to go on: a wrong count costs a request.
//
// Two cases have nothing to be recognised by. At the end of a numbered page the passed rows lie on the page before, which
// is read only if the count has changed or there is none: as many rows deleted before as created behind, or a count that
// never changes, look as if nothing had happened. And if none of the remembered rows can be found, they were all deleted,
// and the walk begins again; or the CRM puts first what was changed last, they were all changed, and it goes on where it
// was. In such a list a row that moves to the front before it is reached is missed: nothing behind tells of it.

/** The rows that a walk has passed, as far as it remembers them: at least one. */
export interface Passed {
  /** Whether this row was the last one. */
  endsWith(id: string): boolean;
  has(id: string): boolean;
}

/** Where a walk stopped. */
export interface Stop {
  readonly after: string | undefined;
  /** Records of the page that were passed. */
  readonly skip: number;
  /** What the vendor counted then. */
  readonly rows: number | undefined;
  /**
   * Whether it stopped in an earlier operation, a moment ago, or was looked for and found a moment ago: the longer ago,
   * the less a page number is trusted.
   */
  readonly when: 'EARLIER' | 'JUST_NOW' | 'FOUND_JUST_NOW';
}

/** Where it goes on. */
export interface Place<Record> {
  readonly after: string | undefined;
  readonly page: Page<Record>;
  /** Records of the page that lie before it. */
  readonly start: number;
  /** Whether the rows behind it are known to be new to the walk, so that none needs to be looked up. */
  readonly isExact: boolean;
  /** The page behind it, where that had to be read too. */
  readonly ahead?: Ahead<Record>;
}

export interface Ahead<Record> {
  readonly after: string | undefined;
  readonly page: Page<Record>;
}

type Read<Record> = (after: string | undefined) => Promise<Page<Record>>;

/** Reads the page where the walk stopped, and others only if rows have moved to or from it. */
export async function findPlace<Record>(stop: Stop, passed: Passed, read: Read<Record>): Promise<Place<Record>> {
  const page = await read(stop.after);
  const here = { after: stop.after, page };
  if (isWhereItWas(page, stop, passed)) return { ...here, start: stop.skip, isExact: true };
  const start = behindPassed(page, passed);
  if (start !== undefined && !isPassed(page, page.records.length - 1, passed))
    return { ...here, start, isExact: false };
  const found = await search(page, stop, passed, start, read);
  if (found !== undefined) return found;
  return { ...here, start: start ?? Math.min(stop.skip, page.records.length), isExact: false };
}

function isWhereItWas(page: Page<unknown>, { after, skip, rows, when }: Stop, passed: Passed): boolean {
  const { records, numbered } = page;
  if (skip > 0) {
    if (records.length < skip) return false;
    let last = skip - 1;
    while (last > 0 && idOf(records[last]) === undefined) last -= 1;
    const id = idOf(records[last]);
    // Rows without ids cannot be recognised.
    return id === undefined || passed.endsWith(id);
  }
  if (isPassed(page, 0, passed)) return false;
  if (numbered === undefined || after === undefined || when === 'FOUND_JUST_NOW') return true;
  if (numbered.total === undefined && rows === undefined) return when === 'JUST_NOW';
  return numbered.total === rows;
}

/** How many records to leave out so that the first passed row that is found is the last one left out. */
function behindPassed(page: Page<unknown>, passed: Passed): number | undefined {
  const index = page.records.findIndex((_, each) => isPassed(page, each, passed));
  return index === -1 ? undefined : index + 1;
}

function isPassed({ records }: Page<unknown>, index: number, passed: Passed): boolean {
  const id = idOf(records[index]);
  return id !== undefined && passed.has(id);
}

/**
 * Looks for passed rows on other pages, the likeliest first.
 * @param first the page where the walk stopped
 * @param start set where that page holds passed rows up to its end, so that the last of them may be on a later one
 */
async function search<Record>(
  first: Page<Record>,
  stop: Stop,
  passed: Passed,
  start: number | undefined,
  read: Read<Record>,
): Promise<Place<Record> | undefined> {
  if (first.numbered === undefined) return undefined;
  const number = pageNumber(stop.after);
  const pages = new Map([[number, first]]);
  let total = first.numbered.total;
  let size = fullPage(first);

  async function look(candidate: number | undefined): Promise<Place<Record> | undefined> {
    if (candidate === undefined || candidate < 1 || pages.has(candidate)) return undefined;
    const after = afterOf(candidate);
    const page = await read(after);
    pages.set(candidate, page);
    total = page.numbered?.total ?? total;
    size ??= fullPage(page);
    const behind = behindPassed(page, passed);
    if (behind === undefined) return undefined;
    // What was read before it is as good as read after it only if nothing changed in between.
    const isNext = candidate === number - 1 && first.records.length > 0;
    const isUnchanged = page.numbered?.total === first.numbered?.total;
    const place = { after, page, start: behind, isExact: false };
    return isNext && isUnchanged ? { ...place, ahead: { after: stop.after, page: first } } : place;
  }

  const moved = () => (total === undefined || stop.rows === undefined ? undefined : total - stop.rows);
  /** Where the last passed row is, if whatever came or went did so before it. */
  function likeliest(): number | undefined {
    const by = moved();
    if (by === undefined || size === undefined) return undefined;
    return pageOfRow(rowOf(number, stop.skip, size) - 1 + by, size);
  }

  if (start !== undefined) {
    const target = likeliest();
    return target !== undefined && target > number ? look(target) : undefined;
  }
  let found = (await look(likeliest())) ?? (await look(number - 1)) ?? (await look(likeliest()));
  // As many rows as a largest page has may have been created behind it, which hides that others are gone; and where nobody
  // counts, also before it.
  const isCounted = moved() !== undefined;
  for (let far = 1; found === undefined && far <= Math.ceil(LARGEST_PAGE / (size ?? LARGEST_PAGE)); far += 1) {
    found = await look(number - far);
    if (!isCounted && first.next !== undefined) found ??= await look(number + far);
  }
  if (found !== undefined) return found;

  const { changedFirst = false } = first.numbered;
  const isSizeKnown = size !== undefined;
  const atFront = changedFirst ? undefined : await look(1);
  if (!isSizeKnown) {
    const place = atFront ?? (await look(likeliest()));
    if (place !== undefined) return place;
  }
  if (number > 1 && (changedFirst || atFront !== undefined)) {
    // What is remembered has moved to the front, and its place was taken by the rest of what was passed.
    const by = moved() ?? 0;
    if (by >= 0 || size === undefined) return undefined;
    const row = Math.max(0, rowOf(number, stop.skip, size) + by);
    return placeAt(pageOfRow(row, size), row % size);
  }
  // It was deleted, and nobody knows what else: whoever was passed earlier and is still there comes again.
  return placeAt(1, 0);

  async function placeAt(target: number, row: number): Promise<Place<Record>> {
    const after = afterOf(target);
    const page = pages.get(target) ?? (await read(after));
    // Where rows were left out of the page, a number of rows is none of records.
    const start = page.records.length === page.numbered?.here ? Math.min(row, page.records.length) : 0;
    return { after, page, start, isExact: false };
  }
}

/** Rows on a full page; unknown on the last one. */
const fullPage = ({ next, numbered }: Page<unknown>): number | undefined =>
  next === undefined ? undefined : numbered?.here || undefined;

const rowOf = (number: number, skip: number, size: number): number => (number - 1) * size + skip;
const pageOfRow = (row: number, size: number): number => Math.floor(Math.max(0, row) / size) + 1;

/** What a record is recognised by; some events have no id. */
export function idOf(record: unknown): string | undefined {
  const id = typeof record === 'object' && record !== null && 'vendorId' in record ? record.vendorId : undefined;
  return typeof id === 'string' ? id : undefined;
}
