import type { ReadMarks } from './freshness.ts';

/** Which page of a vendor's list is wanted. */
export interface PageRequest {
  /** `next` of an earlier page; undefined for the first. Only the adapter that made it can read it. */
  readonly after: string | undefined;
  /** Records wanted; equal for all pages of one walk. A vendor with a fixed page size may answer more or fewer. */
  readonly size: number;
}

export interface Page<Record> {
  readonly records: readonly Record[];
  /** Rows left out because they had no usable id. */
  readonly unreadable: number;
  /** Where the next page starts; undefined on the last. */
  readonly next: string | undefined;
  /** Matches over all pages, where the vendor counts them. */
  readonly total: number | undefined;
  /** The marks of the read, where that was another one than the page's own. */
  readonly readWith?: ReadMarks | undefined;
}

/** One page out of a vendor's rows; what `read` cannot address is counted. */
export function pageOf<Raw, Record>(
  rows: readonly Raw[],
  read: (row: Raw) => Record | undefined,
  next: string | undefined,
  total: number | undefined,
): Page<Record> {
  const records: Record[] = [];
  for (const row of rows) {
    const record = read(row);
    if (record !== undefined) records.push(record);
  }
  return { records, unreadable: rows.length - records.length, next, total };
}

/** The number in a page-number vendor's `after`: pages count from 1. */
export const pageNumber = (after: string | undefined): number => (after === undefined ? 1 : Number(after));
