import type { ReadMarks } from './freshness.ts';

/** Which page of a vendor's list is wanted. */
export interface PageRequest {
  /** `next` of an earlier page, or the number of a numbered one; undefined for the first. Only the adapter reads it. */
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
  /**
   * Given where the vendor numbers its pages from 1 and `after` is such a number: there rows move from page to page when
   * others come or go, and whoever walks looks for the place where it stopped. A list with real cursors goes without.
   */
  readonly numbered?: NumberedRows | undefined;
}

/** The vendor's own rows behind a numbered page, those included that the adapter left out. */
export interface NumberedRows {
  /** On this page; 0 on one behind the end. */
  readonly here: number;
  /** On all pages, where the vendor counts them. */
  readonly total: number | undefined;
  /** Set where rows that are changed move to the front. */
  readonly changedFirst?: true;
}

/** One page out of a vendor's rows; what `read` cannot address is counted. */
export function pageOf<Raw, Record>(
  rows: readonly Raw[],
  read: (row: Raw) => Record | undefined,
  next: string | undefined,
  total: number | undefined,
  numbered?: NumberedRows,
): Page<Record> {
  const records: Record[] = [];
  for (const row of rows) {
    const record = read(row);
    if (record !== undefined) records.push(record);
  }
  return { records, unreadable: rows.length - records.length, next, total, numbered };
}

/** A page of a vendor that numbers its pages. */
export const numberedPage = <Raw, Record>(
  rows: readonly Raw[],
  read: (row: Raw) => Record | undefined,
  { number, more, total }: { readonly number: number; readonly more: boolean; readonly total: number | undefined },
): Page<Record> => pageOf(rows, read, more ? afterOf(number + 1) : undefined, total, { here: rows.length, total });

/** The number in a page-number vendor's `after`: pages count from 1. */
export const pageNumber = (after: string | undefined): number => (after === undefined ? 1 : Number(after));

/** The `after` that asks for the page of this number. */
export const afterOf = (number: number): string | undefined => (number === 1 ? undefined : String(number));
