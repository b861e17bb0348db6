import type { AccountFacts } from './account.ts';
import type { ReadMarks } from './freshness.ts';

/** A label on customers. Fields are undefined where only the id is known so far. */
export interface Tag {
  readonly account: AccountFacts;
  /** What the vendor's writes take: an id of the vendor, or the exact name where it has none. */
  readonly vendorId: string;
  readonly name?: string | null | undefined;
  readonly createdAt?: string | null | undefined;
  readonly updatedAt?: string | null | undefined;
  /** The marks of the read that brought it; undefined where none did. */
  readonly fetchedAt?: ReadMarks['fetchedAt'] | undefined;
  readonly freshness?: ReadMarks['freshness'] | undefined;
}
