import fc from 'fast-check';
import type { Emulator } from '../../src/emulation/emulator.ts';
import { dataOf } from '../support/graph.ts';
import { COUNTS, FAILURES, LISTING, SHRINKING, startWorld, type World } from './world.ts';

// Walks through lists over several accounts while these fail, grow and shrink, and what must hold whatever happens.

/** What happens before and during one page. */
interface Step {
  readonly first: number;
  /** By account: how it fails during this page, from which of its requests on. */
  readonly failures: Readonly<Record<string, { readonly name: string; readonly from: number }>>;
  /** By account: the share of a page that is created before it; all of it is as many as anybody could be dealt. */
  readonly inserts: Readonly<Record<string, number>>;
  /** By account: which share of the customers it had at the beginning is deleted, neighbours all of them, from where on. */
  readonly deletes: Readonly<Record<string, { readonly share: number; readonly from: number }>>;
  /** Seconds since the page before. */
  readonly pause: number;
}

export interface Plan {
  /** Undefined: all. */
  readonly accounts: readonly string[] | undefined;
  readonly filter: keyof typeof FILTERS;
  /** What the CRMs say of how many rows a list has. */
  readonly counts: keyof typeof COUNTS;
  /** When they are used up, the rest of the walk is calm. */
  readonly steps: readonly Step[];
}

/** Conditions of one account each, or of none. */
const FILTERS = {
  none: {},
  text: { text: 'example' },
  created: { createdFrom: '2024-01-05' },
  coupon: { couponExclude: '111' },
} as const;

const step = fc.record({
  first: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 10, max: 40 }), fc.constant(100)),
  failures: fc.dictionary(
    fc.constantFrom(...LISTING),
    fc.record({ name: fc.constantFrom(...Object.keys(FAILURES)), from: fc.integer({ min: 1, max: 3 }) }),
    { maxKeys: 2 },
  ),
  inserts: fc.dictionary(fc.constantFrom(...LISTING), fc.constantFrom(0.05, 0.5, 1), { maxKeys: 3 }),
  deletes: fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        fc.constantFrom(...SHRINKING),
        fc.record({ share: fc.constantFrom(0.02, 0.1, 0.4), from: fc.double({ min: 0, max: 1, noNaN: true }) }),
        { minKeys: 1 },
      ),
    },
  ),
  pause: fc.constantFrom(0, 0, 1, 40),
});

export const plans: fc.Arbitrary<Plan> = fc.record({
  accounts: fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.subarray(LISTING, { minLength: 1 }) },
  ),
  filter: fc.oneof(
    { weight: 4, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(FILTERS) as (keyof typeof FILTERS)[])) },
  ),
  counts: fc.oneof(
    { weight: 4, arbitrary: fc.constant('right' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(COUNTS) as (keyof typeof COUNTS)[])) },
  ),
  steps: fc.array(step, { minLength: 1, maxLength: 7 }),
});

const PAGE = `query ($first: Int!, $after: String, $accounts: [ID!], $filter: CustomerFilter) {
  customers(first: $first, after: $after, accounts: $accounts, filter: $filter) {
    nodes { id accountId vendorId }
    pageInfo { hasNextPage endCursor }
    sources { account { id } state calls records }
  }
}`;

interface Listed {
  readonly id: string;
  readonly accountId: string;
  readonly vendorId: string;
}

interface Page {
  readonly nodes: readonly Listed[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly sources: readonly {
    readonly account: { readonly id: string };
    readonly state: string;
    readonly calls: number;
    readonly records: number;
  }[];
}

const MOST_PAGES = 300;
/** Longer than any account is left alone. */
const LONG_MS = 120_000;
const HOLD_SECONDS = 30;

/** What was met, summed over all walks: proof that something was put to the test. */
export interface Met {
  walks: number;
  pages: number;
  records: number;
  inserted: number;
  deleted: number;
  /** Records that came twice where a CRM counts wrongly; anywhere else that is a failure. */
  repeated: number;
  failures: number;
  longestCursor: number;
  readonly states: Map<string, number>;
}

export interface Walker {
  readonly met: Met;
  /** Performs a walk; throws at what must not happen. */
  walk(plan: Plan): Promise<void>;
  stop(): Promise<void>;
}

export async function startWalker(): Promise<Walker> {
  const world = await startWorld();
  const whole = new Map<string, readonly Listed[]>();
  const met: Met = {
    walks: 0,
    pages: 0,
    records: 0,
    inserted: 0,
    deleted: 0,
    repeated: 0,
    failures: 0,
    longestCursor: 0,
    states: new Map(),
  };

  async function ask({ accounts, filter }: Plan, first: number, after: string | null): Promise<Page> {
    const { customers } = await dataOf(world.graph.ask(PAGE, { first, after, accounts, filter: FILTERS[filter] }));
    return customers;
  }

  /** What the list holds while nothing happens; the same before every walk. */
  async function everybody(plan: Plan): Promise<readonly Listed[]> {
    const name = JSON.stringify([plan.accounts, plan.filter]);
    const known = whole.get(name);
    if (known !== undefined) return known;
    const all: Listed[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo } = await ask(plan, 100, after);
      all.push(...nodes);
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    whole.set(name, all);
    return all;
  }

  async function heal(): Promise<void> {
    world.clock.skip(LONG_MS);
    const calm: Plan = { accounts: undefined, filter: 'none', counts: 'right', steps: [] };
    // Two good answers close a breaker.
    await ask(calm, 1, null);
    await ask(calm, 1, null);
  }

  async function insert(account: string, count: number, growth: Map<string, number>): Promise<void> {
    await world.insert(account, count);
    growth.set(account, (growth.get(account) ?? 0) + count);
    met.inserted += count;
  }

  async function change(
    { filter, counts }: Plan,
    { first, inserts, deletes }: Step,
    atFirst: readonly Listed[],
    deleted: Set<string>,
    growth: Map<string, number>,
  ): Promise<void> {
    for (const [account, share] of Object.entries(inserts)) await insert(account, Math.floor(first * share), growth);
    // How many of those that are deleted and created meet a condition is not known here; and where the count does not tell
    // that some were deleted, a walk that stands at the end of a page has no sign of it.
    if (filter !== 'none' || counts === 'wrong') return;
    for (const [account, { share, from }] of Object.entries(deletes)) {
      const own = atFirst.filter(({ id, accountId }) => accountId === account && !deleted.has(id));
      const begin = Math.floor(from * own.length);
      const gone = own.slice(begin, begin + Math.ceil(share * own.length));
      for (const { id, vendorId } of gone) {
        await world.remove(account, vendorId);
        deleted.add(id);
      }
      growth.set(account, (growth.get(account) ?? 0) - gone.length);
      met.deleted += gone.length;
    }
    // As many created as deleted look as if nothing had happened: at the end of a page nobody looks again.
    for (const [account, by] of growth) if (by === 0) await insert(account, 1, growth);
  }

  return {
    met,
    stop: () => world.stop(),
    async walk(plan) {
      world.restore();
      await heal();
      const atFirst = await everybody(plan);
      const deleted = new Set<string>();
      /** How many rows each account has more than when it last answered; only if any came or went. */
      const growth = new Map<string, number>();
      const seen = new Set<string>();
      const failed = new Set<string>();
      let after: string | null = null;
      for (let pages = 0; ; pages += 1) {
        if (pages > MOST_PAGES) throw new Error('the walk does not end');
        const now: Step = plan.steps[pages] ?? CALM;
        world.clock.skip(now.pause * 1_000);
        if (pages > 0) await change(plan, now, atFirst, deleted, growth);
        const play = playFailures(world, now, COUNTS[plan.counts]);
        const page = await ask(plan, now.first, after).finally(play.stop);
        for (const { id } of page.nodes) {
          if (!seen.has(id)) seen.add(id);
          else if (plan.counts === 'wrong') met.repeated += 1;
          else throw new Error(`twice on page ${pages}: ${id}`);
        }
        checkSources(page, now, play.fired, failed, world.emulators);
        for (const { account, state, records } of page.sources)
          if (state === 'OK' || records > 0) growth.delete(account.id);
        met.pages += 1;
        met.records += page.nodes.length;
        met.failures += play.fired.size;
        for (const { state } of page.sources) met.states.set(state, (met.states.get(state) ?? 0) + 1);
        after = page.pageInfo.endCursor;
        met.longestCursor = Math.max(met.longestCursor, after?.length ?? 0);
        // Whoever finds accounts missing at the end comes back later with the last cursor.
        const isWhole = page.sources.every(({ state }) => ['OK', 'SKIPPED', 'UNSUPPORTED'].includes(state));
        if (!page.pageInfo.hasNextPage && isWhole) break;
      }
      const missed = atFirst.filter(({ id }) => !seen.has(id) && !deleted.has(id));
      if (missed.length > 0)
        throw new Error(
          `${missed.length} of ${atFirst.length} records were missed: ${missed.map(({ accountId, vendorId }) => `${accountId} ${vendorId}`).join(', ')}`,
        );
      met.walks += 1;
    },
  };
}

/** Nothing happens any more, and whoever was left alone is asked again. */
const CALM: Step = { first: 50, failures: {}, inserts: {}, deletes: {}, pause: LONG_MS / 1_000 };

function playFailures({ emulators, clock }: World, { failures }: Step, alter: (typeof COUNTS)[keyof typeof COUNTS]) {
  const fired = new Set<string>();
  const stops: (() => void)[] = [];
  const hanging = () => [...fired].filter((account) => failures[account]?.name === 'hanging').length;
  for (const [account, emulator] of emulators) {
    emulator.forget();
    const failure = failures[account];
    const how = failure && FAILURES[failure.name];
    if (failure === undefined || how === undefined) continue;
    const { state: _, ...fault } = how;
    let requests = 0;
    const when = () => {
      requests += 1;
      if (requests < failure.from) return false;
      fired.add(account);
      if (failure.name === 'hanging') clock.expire(hanging);
      return true;
    };
    stops.push(emulator.fault({ ...fault, when, headers: { 'retry-after': String(HOLD_SECONDS) } }));
  }
  // What is played first comes first, so this is for answers that do not fail.
  if (alter !== undefined)
    for (const emulator of emulators.values()) stops.push(emulator.fault({ kind: 'altered', alter }));
  return {
    fired,
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** `sources` says of each account what really happened. */
function checkSources(
  { nodes, sources }: Page,
  { failures }: Step,
  fired: ReadonlySet<string>,
  failed: Set<string>,
  emulators: ReadonlyMap<string, Emulator>,
): void {
  for (const { account, state, calls, records } of sources) {
    const wrong = (what: string) => new Error(`${account.id} is ${state} with ${calls} calls: ${what}`);
    if (records !== nodes.filter(({ accountId }) => accountId === account.id).length) throw wrong('records');
    if (calls !== (emulators.get(account.id)?.count() ?? 0))
      throw wrong(`${emulators.get(account.id)?.count()} counted`);
    if (fired.has(account.id)) {
      const expected = FAILURES[failures[account.id]?.name ?? '']?.state;
      if (state !== expected) throw wrong(`it must be ${expected}`);
      failed.add(account.id);
    } else if (!['OK', 'SKIPPED', 'UNSUPPORTED'].includes(state)) {
      // Left alone because of what it did before, and not asked at all.
      const isLeftAlone = failed.has(account.id) && calls === 0 && ['UNAVAILABLE', 'RATE_LIMITED'].includes(state);
      if (!isLeftAlone) throw wrong('nothing had happened');
    }
  }
}
