import { isJsonObject, type JsonObject } from '../crm/json.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';

/** Where an account's walk stands: the page it is on, how many of its records were passed, and what it counted. */
export interface Position {
  readonly after: string | undefined;
  readonly skip: number;
  readonly done: boolean;
  readonly total: number | undefined;
  /** Rows that the vendor's numbered list had then: how many it has later hints at how far rows have moved. */
  readonly rows: number | undefined;
  /** The last rows passed before it: see `trail.ts`. */
  readonly trail: string;
}

export const START: Position = { after: undefined, skip: 0, done: false, total: undefined, rows: undefined, trail: '' };

/** What a list's cursor holds. */
export interface ListCursor {
  /** Records asked for per vendor page: equal for all pages of a walk, because vendors number their pages. */
  readonly size: number;
  /** Account whose turn it is. */
  readonly turn: string | undefined;
  readonly positions: ReadonlyMap<string, Position>;
}

/** Where an account stands; at the beginning, unless the cursor says otherwise. */
export const positionIn = ({ positions }: ListCursor, account: string): Position => positions.get(account) ?? START;

type SealedPosition = [
  after: string | null,
  skip: number,
  done: boolean,
  total: number | null,
  trail: string,
  rows: number | null,
];

const NO_POSITIONS: ReadonlyMap<string, Position> = new Map();

/** Where a walk begins. @param size records asked for per vendor page */
export const beginning = (size: number): ListCursor => ({ size, turn: undefined, positions: NO_POSITIONS });

/** Reads `after`. Throws BAD_USER_INPUT for what is no cursor of this list. */
export function openCursor(context: Context, after: string, boundTo: string): ListCursor {
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
      Object.entries(positions as Record<string, SealedPosition>).map(
        ([account, [pageAfter, skip, done, total, trail, rows]]) => [
          account,
          { after: pageAfter ?? undefined, skip, done, total: total ?? undefined, trail, rows: rows ?? undefined },
        ],
      ),
    ),
  };
}

export function sealCursor(context: Context, boundTo: string, { size, turn, positions }: ListCursor): string {
  const entries = [...positions].map(
    ([account, { after, skip, done, total, trail, rows }]): [string, SealedPosition] => [
      account,
      [after ?? null, skip, done, total ?? null, trail, rows ?? null],
    ],
  );
  return context.cursors.encode({ size, turn: turn ?? null, positions: Object.fromEntries(entries) }, boundTo);
}
