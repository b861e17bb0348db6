import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dataOf } from '../support/graph.ts';
import { COUNTS, startWorld, type World } from './world.ts';

// Where a walk goes on when rows have moved meanwhile, and what that costs.

const CUSTOMERS = 110;

let world: World;
beforeAll(async () => {
  world = await startWorld({ customers: CUSTOMERS });
});
afterAll(() => world.stop());

interface Listed {
  readonly id: string;
  readonly vendorId: string;
}
interface Page {
  readonly nodes: readonly Listed[];
  readonly endCursor: string;
  readonly hasNextPage: boolean;
  readonly state: string;
  /** Requests that the CRM got, and how many were said to be the most. */
  readonly made: number;
  readonly predicted: number;
}

async function page(account: string, first: number, after: string | null = null): Promise<Page> {
  const emulator = world.emulators.get(account);
  emulator?.forget();
  const answer = await world.graph.ask(
    `query ($accounts: [ID!], $first: Int, $after: String) {
      customers(accounts: $accounts, first: $first, after: $after) {
        nodes { id vendorId } pageInfo { endCursor hasNextPage } sources { account { id } state }
      }
    }`,
    { accounts: [account], first, after },
  );
  const { nodes, pageInfo, sources } = (await dataOf(Promise.resolve(answer))).customers;
  const { extensions } = answer as unknown as { extensions: { crm: { calls: { predicted: number } } } };
  return {
    nodes,
    ...pageInfo,
    state: sources.find(({ account: { id } }: { account: { id: string } }) => id === account).state,
    made: emulator?.count() ?? 0,
    predicted: extensions.crm.calls.predicted,
  };
}

/** Walks to the end; `between` happens to what each page brought. */
async function walk(
  account: string,
  first: number,
  between: (listed: readonly Listed[]) => Promise<void> = async () => {},
): Promise<{ readonly pages: readonly Page[]; readonly ids: readonly string[] }> {
  const pages: Page[] = [];
  for (let after: string | null = null, more = true; more; ) {
    if (pages.length > 100) throw new Error('the walk does not end');
    const next: Page = await page(account, first, after);
    pages.push(next);
    after = next.endCursor;
    more = next.hasNextPage;
    await between(next.nodes);
  }
  return { pages, ids: pages.flatMap(({ nodes }) => nodes.map(({ id }) => id)) };
}

const PAGES = [
  ['ladiflow', 25],
  ['mercately', 40],
  ['heidianer', 20],
] as const;

describe.each(PAGES)('%s in pages of %i:', (account, first) => {
  test('while nothing changes, no page is asked for to look where it went on', async () => {
    world.restore();
    const { pages, ids } = await walk(account, first);
    expect(new Set(ids).size).toBe(CUSTOMERS);
    expect(ids).toHaveLength(CUSTOMERS);
    const rows = account === 'mercately' ? 25 : Math.max(first, 20);
    let passed = 0;
    for (const { nodes, made, predicted } of pages) {
      const end = passed + nodes.length;
      expect(made).toBe(Math.ceil(end / rows) - Math.floor(passed / rows));
      expect(predicted).toBeGreaterThanOrEqual(made);
      passed = end;
    }
  });

  test.each([3, 70])('with %i new ones before each page, it takes at most two more', async (count) => {
    world.restore();
    const before = await walk(account, first);
    let inserts = 0;
    const { pages, ids } = await walk(account, first, async () => {
      inserts += 1;
      if (inserts <= 2) await world.insert(account, count);
    });
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.ids.filter((id) => !ids.includes(id))).toEqual([]);
    for (const { made, predicted } of pages) expect(made).toBeLessThanOrEqual(predicted + 2);
  });

  test('without a count, what was passed is read again at the end of a page only, which is said before', async () => {
    world.restore();
    const stop = world.emulators.get(account)?.fault({ kind: 'altered', alter: COUNTS.absent });
    const { pages, ids } = await walk(account, first);
    stop?.();
    expect(ids).toHaveLength(CUSTOMERS);
    expect(new Set(ids).size).toBe(CUSTOMERS);
    for (const { made, predicted } of pages) expect(predicted).toBeGreaterThanOrEqual(made);
  });
});

describe('whoever walks and', () => {
  test.each([7, 20])('deletes what it has listed, %i at a time, finds everybody once', async (first) => {
    world.restore();
    const { pages, ids } = await walk('heidianer', first, async (listed) => {
      for (const { vendorId } of listed) await world.remove('heidianer', vendorId);
    });
    expect(pages.map(({ state }) => state)).toEqual(pages.map(() => 'OK'));
    expect(ids).toHaveLength(CUSTOMERS);
    expect(new Set(ids).size).toBe(CUSTOMERS);
  });

  test('deletes all but one in three, while others are created, finds everybody once', async () => {
    world.restore();
    const before = await walk('heidianer', 50);
    let left = 6;
    const { ids } = await walk('heidianer', 20, async (listed) => {
      for (const [index, { vendorId }] of listed.entries())
        if (index % 3 !== 0) await world.remove('heidianer', vendorId);
      left -= 1;
      if (left > 0) await world.insert('heidianer', 5);
    });
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.ids.filter((id) => !ids.includes(id))).toEqual([]);
  });

  // Where what was changed last comes first, every change moves rows, and the count says nothing.
  test.each([7, 30])('changes what it has listed, %i at a time, finds everybody once', async (first) => {
    world.restore();
    const before = await walk('ladiflow', 50);
    const { ids } = await walk('ladiflow', first, (listed) => world.touch(listed.map(({ vendorId }) => vendorId)));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(before.ids));
  });
});
