import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { type Demo, startDemo } from '../../src/demo.ts';
import { vendors } from '../../src/vendors/index.ts';
import { killPrograms, type Program, startProgram } from '../lifecycle/program.ts';
import { mean, percentile, type Row, slope, table, whole } from '../soak/figures.ts';
import type { InsideReport } from '../soak/insideWatch.ts';
import { startEnvironment, startFlags } from '../soak/startOptions.ts';

const MIB = 1024 * 1024;
const LISTING = ['ladiflow', 'mercately', 'heidianer'];
const HANGING = 'mercately';
/** A walk that kept what it read would grow by much more: 50,000 customers are some 30 MiB of JSON. */
const LARGEST_GROWTH_MIB = 5;
/** What a busy machine may take beyond a deadline. */
const TOLERANCE_MS = 250;
/** Time to refuse without asking, on a busy machine. */
const LONGEST_REFUSAL_MS = 50;
const FAILURES_UNTIL_LEFT_ALONE = 5;

const QUERY = `query ($first: Int!, $after: String, $accounts: [ID!], $timeout: Int) {
  customers(first: $first, after: $after, accounts: $accounts, timeout: $timeout) {
    nodes { id fullName email phone tags { name } }
    pageInfo { hasNextPage endCursor }
    sources { account { id } state milliseconds }
  }
}`;

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly sources: readonly {
    readonly account: { readonly id: string };
    readonly state: string;
    readonly milliseconds: number;
  }[];
}

const say = (text: string): void => void process.stdout.write(text);

async function ask(pool: Pool, variables: Record<string, unknown>): Promise<{ page: Page; milliseconds: number }> {
  const startedAt = performance.now();
  const { body } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables }),
  });
  const text = await body.text();
  const milliseconds = performance.now() - startedAt;
  const page = JSON.parse(text).data?.customers;
  if (!page) throw new Error(`no page: ${text.slice(0, 500)}`);
  return { page, milliseconds };
}

/** The graph in a process of its own, with the emulators of this one as its accounts. */
function startGraph(demo: Demo, folder: string): Program {
  const file = join(folder, 'accounts.json');
  const environment: Record<string, string> = {
    ...startEnvironment,
    PORT: '0',
    ACCOUNTS_FILE: file,
    STORE_FILE: ':memory:',
  };
  const accounts = demo.accounts.map(({ id, vendor, baseUrl, credentials }) => {
    const named = Object.entries(credentials).map(([name, value]) => {
      const env = `BENCH_${vendor}_${name}`;
      environment[env] = String(value);
      return [name, { env }];
    });
    return { id, vendor, baseUrl: baseUrl.href.replace(/\/$/, ''), credentials: Object.fromEntries(named) };
  });
  writeFileSync(file, JSON.stringify({ accounts }));
  const watch = join(import.meta.dirname, '..', 'soak', 'insideWatch.ts');
  return startProgram(environment, { nodeArguments: [...startFlags, '--expose-gc', '--import', watch], talking: true });
}

/** MiB that a full collection leaves the graph's process. */
function kept({ child, ended }: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    const listen = (report: InsideReport) => {
      if (!report.collected) return;
      child.off('message', listen);
      resolve((report.memory.heapUsed + report.memory.external) / MIB);
    };
    child.on('message', listen);
    child.send('collect');
    void ended.then((code) => reject(new Error(`the graph ended with ${code}`)));
  });
}

function rssOf({ child }: Program): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

function progress(done: number, all: number, latency: number): void {
  const line = `${whole(done)} of ${whole(all)} customers | last page ${whole(latency)} ms`;
  if (process.stdout.isTTY) say(`\r\x1b[K${line}`);
  // A log keeps every line, so it gets fewer.
  else if (done % 10_000 < 100) say(`${line}\n`);
}

/** Walks through everybody. */
async function walk(program: Program, pool: Pool, customers: number, first: number): Promise<readonly Row[]> {
  const latencies: number[] = [];
  const heap: [page: number, mebibytes: number][] = [];
  const seen = new Set<string>();
  let largestRss = 0;
  let twice = 0;
  let longestCursor = 0;
  const pages = Math.ceil(customers / first);
  // Not at once: the first tenth warms up.
  const looks = new Set(Array.from({ length: 10 }, (_, index) => Math.floor((pages * (index + 1)) / 10)));
  const startedAt = performance.now();
  for (let after: string | null = null, more = true; more; ) {
    const { page, milliseconds } = await ask(pool, { first, after });
    latencies.push(milliseconds);
    for (const { id } of page.nodes) {
      if (seen.has(id)) twice += 1;
      seen.add(id);
    }
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
    longestCursor = Math.max(longestCursor, after?.length ?? 0);
    largestRss = Math.max(largestRss, rssOf(program));
    if (looks.has(latencies.length)) heap.push([latencies.length, await kept(program)]);
    progress(seen.size, customers, milliseconds);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const tenth = Math.ceil(latencies.length / 10);
  const [early, late] = [latencies.slice(0, tenth), latencies.slice(-tenth)];
  const growth = slope(heap) * pages;
  return [
    {
      name: 'customers missed / twice',
      measured: `${whole(customers - seen.size)} / ${whole(twice)} of ${whole(customers)}`,
      goal: '0 / 0',
      reached: seen.size === customers && twice === 0,
    },
    {
      name: 'memory kept, MiB, after a tenth and at the end',
      measured: `${heap[0]?.[1].toFixed(1)} -> ${heap.at(-1)?.[1].toFixed(1)} (slope ${growth.toFixed(2)} over the walk)`,
      goal: `slope < ${LARGEST_GROWTH_MIB}`,
      reached: growth < LARGEST_GROWTH_MIB,
    },
    { name: 'largest RSS, MiB', measured: whole(largestRss) },
    { name: 'pages, and seconds for all', measured: `${whole(latencies.length)} in ${seconds.toFixed(1)} s` },
    {
      name: 'a page, ms: p50 / p99',
      measured: [0.5, 0.99].map((share) => percentile(latencies, share).toFixed(1)).join(' / '),
    },
    {
      name: 'a page, ms: mean of the first / last tenth',
      measured: [early, late].map((part) => mean(part).toFixed(1)).join(' / '),
    },
    { name: 'longest cursor, bytes', measured: whole(longestCursor) },
  ];
}

/** One CRM hangs: what becomes of an operation over all of them, until it is left alone, and then. */
async function hang(demo: Demo, pool: Pool, timeout: number): Promise<readonly Row[]> {
  const variables = { first: 20, timeout };
  const healthy = await times(10, () => ask(pool, variables));
  const stop = demo.emulators.get(HANGING)?.fault({ kind: 'hang-before' });
  const stuck = await times(FAILURES_UNTIL_LEFT_ALONE, () => ask(pool, variables));
  const alone = await times(10, () => ask(pool, variables));
  stop?.();
  const longest = Math.max(...stuck.map(({ milliseconds }) => milliseconds));
  const waits = alone.map(
    ({ page }) => page.sources.find(({ account }) => account.id === HANGING)?.milliseconds ?? Number.NaN,
  );
  const longestWait = Math.max(...waits);
  const isAs = (asked: typeof stuck, state: string) =>
    asked.every(
      ({ page: { sources, nodes } }) =>
        sources.every(
          (source) =>
            !LISTING.includes(source.account.id) || source.state === (source.account.id === HANGING ? state : 'OK'),
        ) && nodes.length === 20,
    );
  return [
    {
      name: 'nobody hangs, ms: p50',
      measured: p50(healthy),
    },
    {
      name: `one of three hangs, deadline ${whole(timeout)} ms: longest, ms`,
      measured: `${longest.toFixed(0)}, the others' 20 customers ${isAs(stuck, 'TIMED_OUT') ? 'arrived' : 'did NOT arrive'}`,
      goal: `<= ${whole(timeout + TOLERANCE_MS)}`,
      reached: longest <= timeout + TOLERANCE_MS && isAs(stuck, 'TIMED_OUT'),
    },
    {
      name: 'left alone (breaker open): waited for it, ms; whole operation p50, ms',
      measured: `${longestWait}; ${p50(alone)}, the others' 20 customers ${isAs(alone, 'UNAVAILABLE') ? 'arrived' : 'did NOT arrive'}`,
      goal: `wait <= ${LONGEST_REFUSAL_MS}`,
      reached: longestWait <= LONGEST_REFUSAL_MS && isAs(alone, 'UNAVAILABLE'),
    },
  ];
}

const p50 = (asked: readonly { readonly milliseconds: number }[]): string =>
  percentile(
    asked.map(({ milliseconds }) => milliseconds),
    0.5,
  ).toFixed(1);

async function times<Answer>(count: number, task: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let turn = 0; turn < count; turn += 1) answers.push(await task());
  return answers;
}

export interface WalkOptions {
  /** Over all three CRMs. */
  readonly customers: number;
  /** Customers per page. */
  readonly page: number;
  /** Milliseconds an operation may take while a CRM hangs. */
  readonly timeout: number;
}

/** Walks through all customers of three emulated CRMs and lets one hang; answers whether all goals were reached. */
export async function walkAndHang({ customers, page, timeout }: WalkOptions): Promise<boolean> {
  const each = Math.ceil(customers / LISTING.length);
  say(`${LISTING.join(', ')} with ${whole(each)} customers each, in this process; pages of ${page}\n\n`);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const demo = await startDemo(
    vendors.filter(({ key }) => LISTING.includes(key)),
    each,
  );
  try {
    const program = startGraph(demo, folder);
    const pool = new Pool(await program.origin(), { connections: 1 });
    const rows = [...(await walk(program, pool, each * LISTING.length, page)), ...(await hang(demo, pool, timeout))];
    await pool.close();
    say(`\n\n${table(rows)}\n`);
    return rows.every(({ reached }) => reached !== false);
  } finally {
    killPrograms();
    await demo.stop();
    rmSync(folder, { recursive: true });
  }
}
