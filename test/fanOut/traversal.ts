import fc from 'fast-check';
import type { Emulator } from '../../src/emulation/emulator.ts';
import { dataOf } from '../support/graph.ts';
import { FAILURES, LISTING, startWorld, type World } from './world.ts';

// Walks through lists over several accounts while these fail and grow, and what must hold whatever happens.

/** What happens before and during one page. */
interface Step {
  readonly first: number;
  /** By account: how it fails during this page, from which of its requests on. */
  readonly failures: Readonly<Record<string, { readonly name: string; readonly from: number }>>;
  /** By account: the share of a page that is created before it. */
  readonly inserts: Readonly<Record<string, number>>;
  /** Seconds since the page before. */
  readonly pause: number;
}

export interface Plan {
  /** Undefined: all. */
  readonly accounts: readonly string[] | undefined;
  readonly filter: keyof typeof FILTERS;
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
  inserts: fc.dictionary(fc.constantFrom(...LISTING), fc.constantFrom(0.1, 0.5, 1), { maxKeys: 3 }),
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
  steps: fc.array(step, { minLength: 1, maxLength: 7 }),
});

const PAGE = `query ($first: Int!, $after: String, $accounts: [ID!], $filter: CustomerFilter) {
  customers(first: $first, after: $after, accounts: $accounts, filter: $filter) {
    nodes { id accountId }
    pageInfo { hasNextPage endCursor }
    sources { account { id } state calls records }
  }
}`;

interface Page {
  readonly nodes: readonly { readonly id: string; readonly accountId: string }[];
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
  const whole = new Map<string, readonly string[]>();
  const met: Met = { walks: 0, pages: 0, records: 0, inserted: 0, failures: 0, longestCursor: 0, states: new Map() };

  async function ask({ accounts, filter }: Plan, first: number, after: string | null): Promise<Page> {
    const { customers } = await dataOf(world.graph.ask(PAGE, { first, after, accounts, filter: FILTERS[filter] }));
    return customers;
  }

  /** What the list holds while nothing happens; the same before every walk. */
  async function everybody(plan: Plan): Promise<readonly string[]> {
    const name = JSON.stringify([plan.accounts, plan.filter]);
    const known = whole.get(name);
    if (known !== undefined) return known;
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo } = await ask(plan, 100, after);
      ids.push(...nodes.map(({ id }) => id));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    whole.set(name, ids);
    return ids;
  }

  async function heal(): Promise<void> {
    world.clock.skip(LONG_MS);
    const calm: Plan = { accounts: undefined, filter: 'none', steps: [] };
    // Two good answers close a breaker.
    await ask(calm, 1, null);
    await ask(calm, 1, null);
  }

  return {
    met,
    stop: () => world.stop(),
    async walk(plan) {
      world.restore();
      await heal();
      const expected = await everybody(plan);
      const seen = new Set<string>();
      const failed = new Set<string>();
      const dealt = new Map<string, number>();
      /**
       * How many may be created at an account until it deals again: a page, and no more than it has dealt so far. Where
       * more are inserted than were passed, what was passed lies behind new records, and a trail that ends somewhere may
       * have lost it until the walk gets there.
       */
      const room = new Map<string, number>();
      let after: string | null = null;
      for (let pages = 0; ; pages += 1) {
        if (pages > MOST_PAGES) throw new Error('the walk does not end');
        const now: Step = plan.steps[pages] ?? { first: 50, failures: {}, inserts: {}, pause: LONG_MS / 1_000 };
        world.clock.skip(now.pause * 1_000);
        if (pages > 0) {
          for (const [account, share] of Object.entries(now.inserts)) {
            const count = Math.floor((room.get(account) ?? 0) * share);
            room.set(account, (room.get(account) ?? 0) - count);
            await world.insert(account, count);
            met.inserted += count;
          }
        }
        const play = playFailures(world, now);
        const page = await ask(plan, now.first, after).finally(play.stop);
        for (const { id } of page.nodes) {
          if (seen.has(id)) throw new Error(`twice on page ${pages}: ${id}`);
          seen.add(id);
        }
        checkSources(page, now, play.fired, failed, world.emulators);
        for (const { account, records } of page.sources) {
          if (records === 0) continue;
          const sum = (dealt.get(account.id) ?? 0) + records;
          dealt.set(account.id, sum);
          room.set(account.id, Math.min(sum, now.first));
        }
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
      const missed = expected.filter((id) => !seen.has(id));
      if (missed.length > 0) throw new Error(`${missed.length} of ${expected.length} records were missed`);
      met.walks += 1;
    },
  };
}

function playFailures({ emulators, clock }: World, { failures }: Step) {
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
