import type { Call } from '../crm/call.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError } from '../crm/errors.ts';
import type { ReadMarks } from '../crm/freshness.ts';
import type { Json } from '../crm/json.ts';
import type { Page, PageRequest } from '../crm/page.ts';
import { ask } from './ask.ts';
import type { Context } from './context.ts';

export type ListPage<Record> = (page: PageRequest, call: Call) => Promise<Page<Record>>;

/** Vendor pages read for one account in one operation; more of them means the vendor repeats itself. */
export const MOST_PAGES = 50;

/** What all walks of one operation's list share. */
export interface Walking {
  readonly context: Context;
  /** Names the list and its conditions. */
  readonly list: Json;
  /** Records asked for per vendor page. */
  readonly size: number;
  readonly deadline: number;
}

/** What reading has cost one account, and how fresh it is. */
export interface Reading {
  calls: number;
  /** Milliseconds that requests waited for their turn on our side. */
  queued: number;
  /** When the oldest of it was read, milliseconds since the epoch; null where nothing was. */
  fetchedAt: number | null;
  isStale: boolean;
}

/** Reads one account's pages, once for all equal lists of the operation, and keeps the account of it. */
export function createPageReader<Record>(
  { context, list, size, deadline }: Walking,
  account: Account,
  listPage: ListPage<Record>,
) {
  const reading: Reading = { calls: 0, queued: 0, fetchedAt: null, isStale: false };
  let reads = 0;

  function note({ fetchedAt, freshness }: ReadMarks): void {
    reading.fetchedAt = Math.min(fetchedAt, reading.fetchedAt ?? fetchedAt);
    reading.isStale ||= freshness === 'STALE';
  }

  async function read(after: string | undefined): Promise<Page<Record>> {
    if (reads >= MOST_PAGES) throw endless(account);
    const shared = context.calls.callFor(account);
    const marks: ReadMarks[] = [];
    const call: Call = {
      ...shared,
      deadline,
      onRequest() {
        shared.onRequest?.();
        reading.calls += 1;
      },
      onWait(milliseconds) {
        shared.onWait?.(milliseconds);
        reading.queued += milliseconds;
      },
      onRead(mark) {
        shared.onRead?.(mark);
        marks.push(mark);
      },
    };
    // A page that is read again may have changed.
    const name = JSON.stringify([list, after, size, deadline, reads]);
    reads += 1;
    const answer = await context.loaders.page(account, name, async () => ({
      page: await ask(account, call, (c) => listPage({ after, size }, c)),
      marks,
    }));
    for (const mark of answer.marks) note(mark);
    if (answer.page.readWith !== undefined) note(answer.page.readWith);
    return answer.page;
  }

  return { read, reading };
}

export const endless = (account: Account): CrmError =>
  new CrmError('VENDOR_BAD_RESPONSE', {
    message: 'The CRM repeats its pages without end; report it if it lasts.',
  }).at(account);
