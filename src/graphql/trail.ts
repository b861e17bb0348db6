import { hash } from 'node:crypto';
import { LARGEST_PAGE } from './costs.ts';

// Rows move while a list is walked: others are created or deleted before them. The last rows that were passed are kept with
// the position, as short digests, so that the place where a walk stopped can be found again, wherever it has moved.

const DIGEST_LENGTH = 8;
/** Over all accounts of one list, so that a cursor stays a few dozen kilobytes. */
const MOST_DIGESTS = 5_000;

/** 48 bits of the row's id, as base64url. */
export const digestOf = (id: string): string => hash('sha256', id, 'base64url').slice(0, DIGEST_LENGTH);

/** The rows that earlier operations passed. */
export interface Trail {
  readonly length: number;
  /** Whether this is the row that was passed last. */
  endsWith(id: string): boolean;
  has(id: string): boolean;
}

/** Most walks begin at the beginning. */
const NO_TRAIL: Trail = { length: 0, endsWith: () => false, has: () => false };

/** @param kept what `keptTrail` made */
export function openTrail(kept: string): Trail {
  if (kept === '') return NO_TRAIL;
  return {
    length: kept.length / DIGEST_LENGTH,
    endsWith: (id) => kept.endsWith(digestOf(id)),
    has: (id) => holds(kept, digestOf(id)),
  };
}

function holds(kept: string, digest: string): boolean {
  let at = kept.indexOf(digest);
  while (at !== -1 && at % DIGEST_LENGTH !== 0) at = kept.indexOf(digest, at + 1);
  return at !== -1;
}

/**
 * What to keep of the rows that were passed: the last hundred, so that some of them are still there whatever page of them is
 * deleted or moved. Not only as many as the page at hand has: a small page must not forget what a large one passed.
 * @param earlier what was kept before
 * @param newest digests of the rows passed since, newest first; no more are taken than are kept
 */
export function keptTrail(earlier: string, newest: Iterable<string>, accounts: number): string {
  const most = Math.min(LARGEST_PAGE, Math.max(1, Math.floor(MOST_DIGESTS / accounts)));
  const own: string[] = [];
  for (const digest of newest) {
    own.push(digest);
    if (own.length === most) break;
  }
  const room = most - own.length;
  return (room === 0 ? '' : earlier.slice(-room * DIGEST_LENGTH)) + own.reverse().join('');
}
