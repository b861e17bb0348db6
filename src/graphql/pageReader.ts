import type { Call } from '../crm/call.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError } from '../crm/errors.ts';
import type { ReadMarks } from '../crm/freshness.ts';
import type { Page, PageRequest } from '../crm/page.ts';
import type { Context } from './context.ts';

/** Null: that of which it is a list does not exist. */
export type ListPage<Record> = (page: PageRequest, call: Call) => Promise<Page<Record> | null>;

/** Vendor pages read for one account in one operation; more of them means the vendor repeats itself. */
export const MOST_PAGES = 50;

/** What all walks of one operation's list share. */
export interface Walking {
  readonly context: Context;
  /** Names the reads of the list: equal for lists that are, and JSON, so that more may follow it. */
  readonly name: string;
  /** Records asked for per vendor page. */
  readonly size: number;
  readonly deadline: number;
}

/** A page and the marks of the reads that brought it. */
interface PageRead<Record> {
  readonly page: Page<Record>;
  readonly marks: readonly ReadMarks[];
}

/** Reads one account's pages, once for all equal lists of the operation, and keeps the account of it. */
export class PageReader<Record> {
  /** Requests sent. */
  calls = 0;
  /** Milliseconds that requests waited for their turn on our side. */
  queued = 0;
  /** When the oldest of it was read, milliseconds since the epoch; null where nothing was. */
  fetchedAt: number | null = null;
  isStale = false;
  private reads = 0;
  /** Names what was read last among the operation's reads. */
  private last = '';
  private readonly walking: Walking;
  private readonly account: Account;
  private readonly listPage: ListPage<Record>;

  constructor(walking: Walking, account: Account, listPage: ListPage<Record>) {
    this.walking = walking;
    this.account = account;
    this.listPage = listPage;
  }

  /** A page, and what reading it took, which whoever uses it notes. */
  read(after: string | undefined): Promise<PageRead<Record>> {
    if (this.reads >= MOST_PAGES) throw endless(this.account);
    const { context, name } = this.walking;
    // A page that is read again may have changed.
    const read = `${this.reads} ${name}`;
    this.reads += 1;
    this.last = after === undefined ? read : `${read} ${after}`;
    return context.loaders.page(this.account, this.last, () => this.ask(after));
  }

  /** What was read last is not needed any more, unless for an equal list. */
  forget(): void {
    const { context, name } = this.walking;
    if (!context.loaders.isShared(name)) context.loaders.forgetPage(this.account, this.last);
  }

  noted({ page, marks }: PageRead<Record>): Page<Record> {
    for (const mark of marks) this.note(mark);
    if (page.readWith !== undefined) this.note(page.readWith);
    return page;
  }

  /** Whose failure it is, the walk says. */
  private async ask(after: string | undefined): Promise<PageRead<Record>> {
    const { context, size, deadline } = this.walking;
    const shared = context.calls.callFor(this.account);
    const marks: ReadMarks[] = [];
    const page = await this.listPage(
      { after, size },
      {
        ...shared,
        deadline,
        onRequest: () => {
          shared.onRequest?.();
          this.calls += 1;
        },
        onWait: (milliseconds) => {
          shared.onWait?.(milliseconds);
          this.queued += milliseconds;
        },
        onRead(mark) {
          shared.onRead?.(mark);
          marks.push(mark);
        },
      },
    );
    if (page === null) throw new CrmError('NOT_FOUND');
    return { page, marks };
  }

  private note({ fetchedAt, freshness }: ReadMarks): void {
    this.fetchedAt = Math.min(fetchedAt, this.fetchedAt ?? fetchedAt);
    this.isStale ||= freshness === 'STALE';
  }
}

export const endless = (account: Account): CrmError =>
  new CrmError('VENDOR_BAD_RESPONSE', {
    message: 'The CRM repeats its pages without end; report it if it lasts.',
  }).at(account);
