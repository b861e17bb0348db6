import type { Account } from '../crm/connectedAccount.ts';
import type { Context } from './context.ts';
import { boundTo, type ListArguments } from './listArguments.ts';
import { type ListCursor, type Position, positionIn, sealCursor } from './listCursor.ts';
import { type ConnectionModel, notAsked, type SourceModel } from './models.ts';
import type { Walk } from './walk.ts';

/** What the walks have dealt. All but the records is made when it is asked for: most callers want no more. */
export class DealtPage<Record> implements ConnectionModel<Record> {
  readonly nodes: Record[] = [];
  /** Whose record it is, by its index. */
  private readonly dealers: Walk<Record>[] = [];
  private readonly context: Context;
  private readonly request: ListArguments;
  /** Where the page begins. */
  private readonly cursor: ListCursor;
  private readonly walks: readonly Walk<Record>[];
  /** Accounts that belong to the list and cannot list. */
  private readonly unable: readonly Account[];

  constructor(
    context: Context,
    request: ListArguments,
    cursor: ListCursor,
    walks: readonly Walk<Record>[],
    unable: readonly Account[],
  ) {
    this.context = context;
    this.request = request;
    this.cursor = cursor;
    this.walks = walks;
    this.unable = unable;
  }

  /** Whose turn it is at the beginning, by the index of the walk. */
  get begin(): number {
    const { turn } = this.cursor;
    return Math.max(
      0,
      this.walks.findIndex(({ account }) => account.id === turn),
    );
  }

  /** The walk's next record, where it has one. */
  deal(walk: Walk<Record> | undefined): void {
    const record = walk?.take();
    if (walk === undefined || record === undefined) return;
    this.nodes.push(record);
    this.dealers.push(walk);
  }

  cursorAt(index: number): string {
    return this.cursorAfter(index + 1);
  }

  endCursor(): string | null {
    return this.walks.length === 0 ? null : this.cursorAfter(this.nodes.length);
  }

  get hasNextPage(): boolean {
    return (
      this.walks.some((walk) => walk.hasMore) ||
      (this.nodes.length > 0 && this.walks.some(({ error }) => error !== undefined))
    );
  }

  get totalCount(): number | null {
    const totals = this.totals();
    const sum = totals.reduce((before, total) => before + total, 0);
    return totals.length > 0 && isCount(sum) ? sum : null;
  }

  get totalCountAccuracy(): 'EXACT' | 'AT_LEAST' | 'UNKNOWN' {
    if (this.totalCount === null) return 'UNKNOWN';
    // Accounts that cannot count or cannot list at all belong to the list as well.
    return this.totals().length === this.walks.length + this.unable.length ? 'EXACT' : 'AT_LEAST';
  }

  get sources(): SourceModel[] {
    // A caller may have thousands of accounts: nobody is looked for among all others.
    const walks = new Map(this.walks.map((walk) => [walk.account, walk]));
    const unable = new Set(this.unable);
    return [...this.context.ownAccounts.values()].map(
      (account) => walks.get(account)?.report() ?? notAsked(account, unable.has(account) ? 'UNSUPPORTED' : 'SKIPPED'),
    );
  }

  private totals(): number[] {
    return this.walks.map(({ total }) => total).filter(isCount);
  }

  /** @param count of the records that were dealt */
  private cursorAfter(count: number): string {
    const { context, request, cursor, walks, dealers } = this;
    const taken = new Map<Walk<Record>, number>();
    for (const walk of dealers.slice(0, count)) taken.set(walk, (taken.get(walk) ?? 0) + 1);
    // Behind the last record, also accounts that turned out to be empty are done.
    const isWhole = count === dealers.length;
    const positions = new Map<string, Position>();
    for (const walk of walks) {
      const number = isWhole ? undefined : taken.get(walk);
      const isUntouched = number === undefined && !isWhole;
      const { id } = walk.account;
      positions.set(id, isUntouched ? positionIn(cursor, id) : walk.positionAfter(walks.length, number));
    }
    const last = dealers[count - 1];
    const turn = last === undefined ? cursor.turn : walks[(walks.indexOf(last) + 1) % walks.length]?.account.id;
    return sealCursor(context, boundTo(context, request), { size: cursor.size, turn, positions });
  }
}

/** What an `Int` can say; some CRM may count otherwise. */
const isCount = (total: number | undefined): total is number =>
  total !== undefined && Number.isInteger(total) && total >= 0 && total < 2 ** 31;
