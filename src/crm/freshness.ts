/**
 * How a record was come by.
 * LIVE: its vendor was asked. CACHED: read before, and not older than was allowed. STALE: older than that, because the
 * vendor could not be asked.
 */
export type Freshness = 'LIVE' | 'CACHED' | 'STALE';

/** What every answer can say of the read that brought it. */
export interface ReadMarks {
  /** When the vendor was asked, milliseconds since the epoch. */
  readonly fetchedAt: number;
  readonly freshness: Freshness;
}

/** How old an answer may be, in milliseconds; what the account's settings allow is a further limit. */
export interface FreshnessLimits {
  /** Older ones are not served while the vendor can be asked. 0: the vendor is asked. */
  readonly maxAge: number;
  /** Older ones are not served while the vendor fails. 0: none is. */
  readonly staleIfError: number;
}

/** Whatever an account allows, and nothing stale: what holds where nobody says otherwise. */
export const USUAL_FRESHNESS: FreshnessLimits = { maxAge: Number.POSITIVE_INFINITY, staleIfError: 0 };

/**
 * The record with the marks of the read it came with: its own `fetchedAt` where it has one. The record itself may be
 * shared with other operations, so it is not written to.
 */
export function readWith<Model extends { readonly [Name in keyof ReadMarks]?: ReadMarks[Name] | undefined }>(
  record: Model,
  { fetchedAt, freshness = 'LIVE' }: { readonly [Name in keyof ReadMarks]?: ReadMarks[Name] | undefined },
): Model {
  if (fetchedAt === undefined) return record;
  // A record that knows when it was read is LIVE unless somebody says otherwise.
  if (freshness === 'LIVE' && record.fetchedAt !== undefined) return record;
  const readAt = record.fetchedAt ?? fetchedAt;
  const prototype = Object.getPrototypeOf(record);
  // A copy: whatever becomes a prototype itself is dear to make, and there are hundreds of them in an answer.
  if (prototype === Object.prototype) return { ...record, fetchedAt: readAt, freshness };
  return Object.assign(Object.create(prototype), record, { fetchedAt: readAt, freshness });
}
