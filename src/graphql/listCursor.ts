import { isJsonObject, type JsonObject } from '../crm/json.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';

/** Where an account's walk stands: the page it is on, how many of its records were dealt, and what it counted. */
export interface Position {
  readonly after: string | undefined;
  readonly skip: number;
  readonly done: boolean;
  readonly total: number | undefined;
  /** The last rows passed before it: see `trail.ts`. */
  readonly trail: string;
}

export const START: Position = { after: undefined, skip: 0, done: false, total: undefined, trail: '' };

/** What a list's cursor holds. */
export interface ListCursor {
  /** Records asked for per vendor page: equal for all pages of a walk, because vendors number their pages. */
  readonly size: number;
  /** Account whose turn it is. */
  readonly turn: string | undefined;
  readonly positions: ReadonlyMap<string, Position>;
}

/** Reads `after`; without one the walk begins. Throws BAD_USER_INPUT for what is no cursor of this list. */
export function openCursor(
  context: Context,
  after: string | null | undefined,
  boundTo: string,
  first: number,
): ListCursor {
  if (after === null || after === undefined) return { size: first, turn: undefined, positions: new Map() };
  const opened = context.cursors.decode(after, boundTo);
  if (opened === undefined || !isJsonObject(opened)) {
    throw badInput('after', '"after" is no cursor of this list; use the endCursor of a page with the same arguments.');
  }
  // What is inside was written below and carries our signature.
  const { size, turn, positions } = opened as { size: number; turn: string | null; positions: JsonObject };
  return {
    size,
    turn: turn ?? undefined,
    positions: new Map(
      Object.entries(positions as Record<string, [string | null, number, boolean, number | null, string]>).map(
        ([account, [pageAfter, skip, done, total, trail]]) => [
          account,
          { after: pageAfter ?? undefined, skip, done, total: total ?? undefined, trail },
        ],
      ),
    ),
  };
}

export function sealCursor(context: Context, boundTo: string, { size, turn, positions }: ListCursor): string {
  const entries = [...positions].map(
    ([account, { after, skip, done, total, trail }]) =>
      [account, [after ?? null, skip, done, total ?? null, trail]] as const,
  );
  return context.cursors.encode({ size, turn: turn ?? null, positions: Object.fromEntries(entries) }, boundTo);
}
