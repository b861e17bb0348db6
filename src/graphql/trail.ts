import { createHash } from 'node:crypto';
import { LARGEST_PAGE } from './costs.ts';

// Vendors number their pages, so that records created during a walk push others over to the next page, where they come
// a second time. The last rows that were passed are kept with the position, as short digests, and know them again.

const DIGEST_BYTES = 6;
const DIGEST_LENGTH = 8;
/** Over all accounts of one list, so that a cursor stays a few dozen kilobytes. */
const MOST_DIGESTS = 5_000;

/** The ids of the rows a walk has passed, newest last, and those of earlier pages as digests. */
export interface Trail {
  readonly earlier: ReadonlySet<string>;
  readonly ids: string[];
}

export const openTrail = (kept: string): Trail => ({ earlier: new Set(digestsIn(kept)), ids: [] });

/** Whether a row of this id was among the last ones that earlier pages passed. */
export const wasPassed = ({ earlier }: Trail, id: string): boolean => earlier.size > 0 && earlier.has(digestOf(id));

/**
 * What to keep of it: the last hundred rows, so that a whole page of new records may be inserted before the account's
 * turn comes again. Not only as many as the page at hand has: a small page must not forget what a large one passed.
 * @param passed how many of this operation's rows count
 */
export function keptTrail({ earlier, ids }: Trail, passed: number, accounts: number): string {
  const length = Math.min(LARGEST_PAGE, Math.max(1, Math.floor(MOST_DIGESTS / accounts)));
  const own = ids.slice(Math.max(0, passed - length), passed).map(digestOf);
  return [...earlier, ...own].slice(-length).join('');
}

const digestOf = (id: string): string =>
  createHash('sha256').update(id).digest().subarray(0, DIGEST_BYTES).toString('base64url');

const digestsIn = (kept: string): string[] => {
  const digests: string[] = [];
  for (let start = 0; start < kept.length; start += DIGEST_LENGTH)
    digests.push(kept.slice(start, start + DIGEST_LENGTH));
  return digests;
};
