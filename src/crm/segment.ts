import type { AccountFacts } from './account.ts';
import type { Customer } from './customer.ts';
import type { ReadMarks } from './freshness.ts';

/** A list of customers. Fields are undefined where only the id is known so far. */
export interface Segment {
  readonly account: AccountFacts;
  readonly vendorId: string;
  readonly title?: string | null | undefined;
  /** All members, where the vendor shows them with the segment. */
  readonly customers?: SegmentMembers | undefined;
  /** The marks of the read that brought it; undefined where none did. */
  readonly fetchedAt?: ReadMarks['fetchedAt'] | undefined;
  readonly freshness?: ReadMarks['freshness'] | undefined;
}

export interface SegmentMembers {
  readonly records: readonly Customer[];
  /** Members left out because they had no usable id. */
  readonly unreadable: number;
}
