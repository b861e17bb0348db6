import type { Account } from '../crm/connectedAccount.ts';
import type { Context } from './context.ts';
import { DealtPage } from './dealtPage.ts';
import { deadlineOf, type ListArguments, openList } from './listArguments.ts';
import { positionIn } from './listCursor.ts';
import type { ConnectionModel } from './models.ts';
import type { ListPage, Walking } from './pageReader.ts';
import { Walk } from './walk.ts';

/** How one account takes part: it lists pages, or it has a reason not to. */
export type Part<Record> = 'UNSUPPORTED' | 'SKIPPED' | ListPage<Record>;

export interface FanOut<Record> extends ListArguments {
  /** Milliseconds; the operation's own deadline by default. */
  readonly timeout?: number | null | undefined;
  part(account: Account): Part<Record>;
}

/**
 * Reads one page over many accounts, all at once, and deals their records in turn. Failing accounts keep their place in
 * the cursor and are reported in `sources`; nobody else's records depend on them. Beside the records it deals it holds at
 * most one vendor page per account in memory, or two where rows have moved; and while it waits for some accounts, hardly
 * more of the others than it can deal.
 */
export async function fanOut<Record>(context: Context, request: FanOut<Record>): Promise<ConnectionModel<Record>> {
  const { first, accounts, cursor } = openList(context, request);
  const { size } = cursor;
  const deadline = deadlineOf(context, request.timeout);
  const walking: Walking = { context, name: JSON.stringify([request.list, size, deadline]), size, deadline };
  const walks: Walk<Record>[] = [];
  const unable: Account[] = [];
  for (const account of accounts) {
    const part = request.part(account);
    if (part === 'UNSUPPORTED') unable.push(account);
    else if (part !== 'SKIPPED') walks.push(new Walk(walking, account, part, positionIn(cursor, account.id)));
  }
  context.loaders.beginList(walking.name);
  const page = new DealtPage(context, request, cursor, walks, unable);
  const read = async (walk: Walk<Record>) => {
    await walk.readPage();
    if (walks.some(needsPage)) letGo(walks, first - page.nodes.length);
  };
  let turn = page.begin;
  while (page.nodes.length < first && walks.some(hasMore)) {
    if (walks.some(needsPage)) {
      const reading = walks.map((walk) => (walk.needsPage ? read(walk) : undefined));
      await (reading.length === 1 ? reading[0] : Promise.all(reading));
    }
    // One round: each account that has a record deals one.
    for (let step = 0; step < walks.length && page.nodes.length < first; step += 1) {
      page.deal(walks[turn]);
      turn = (turn + 1) % walks.length;
    }
  }
  return page;
}

/**
 * Lets go of what can no longer be dealt, whatever those bring that are still being read: many lists may wait for one CRM.
 * So many rounds are enough in which each of the others deals one record, as long as it has any.
 */
function letGo(walks: readonly Walk<unknown>[], wanted: number): void {
  const ready = walks.map((walk) => walk.ready);
  let rounds = 0;
  for (let dealt = 0; dealt < wanted; rounds += 1) {
    const dealing = ready.filter((count) => count > rounds).length;
    if (dealing === 0) return;
    dealt += dealing;
  }
  for (const walk of walks) walk.keepNext(rounds);
}

const hasMore = (walk: Walk<unknown>): boolean => walk.hasMore;
const needsPage = (walk: Walk<unknown>): boolean => walk.needsPage;
