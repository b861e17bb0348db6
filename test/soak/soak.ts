import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Demo, startDemo } from '../../src/demo.ts';
import { seededRandom } from '../../src/emulation/random.ts';
import { vendors } from '../../src/vendors/index.ts';
import { killPrograms } from '../lifecycle/program.ts';
import { counted, mean, percentile, type Row, slope, table, whole } from './figures.ts';
import { collect, startGraph } from './graphProcess.ts';
import type { InsideReport } from './insideWatch.ts';
import { type Load, startLoad } from './load.ts';
import { startRandomFaults } from './randomFaults.ts';

const HELP = `Runs the graph for a while under load, with CRMs that fail at random, and reports how it did.

  npm run soak -- [--minutes 10] [--rate 200] [--faults 5] [--seed 1] [--help]

  --minutes  how long
  --rate     operations a second: 60 % one customer with tags, 30 % lists of 20, 10 % entities, events, segments
  --faults   percentage of the calls to CRMs that fail, hanging ones included
  --seed     other faults and other operations

Ends with 1 when a goal is missed. Linux only: memory is read from /proc.
`;

const MIB = 1024 * 1024;
const SHARE_OF_WARM_UP = 1 / 5;
const LARGEST_RSS_MIB = 450;
const LONGEST_DELAY_MS = 50;
const STEEPEST_MIB = 1;
const STEEPEST_PER_S = 600;

const say = (text: string): void => void process.stdout.write(text);

interface Settings {
  readonly minutes: number;
  readonly rate: number;
  readonly faults: number;
  readonly seed: number;
}

function settings(): Settings | undefined {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      rate: { type: 'string', default: '200' },
      faults: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const number = (name: 'minutes' | 'rate' | 'faults' | 'seed', least: number, most: number): number => {
    const value = Number(values[name]);
    if (value >= least && value <= most) return value;
    throw new Error(`--${name} must be a number from ${least} to ${most}.`);
  };
  return {
    minutes: number('minutes', 0.1, 10_000),
    rate: number('rate', 1, 5_000),
    faults: number('faults', 0, 100),
    seed: number('seed', 0, 2 ** 32),
  };
}

function rssOf(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

async function soak({ minutes, rate, faults, seed }: Settings, demo: Demo, folder: string): Promise<boolean> {
  const program = startGraph(demo, folder);
  const seconds = minutes * 60;
  const warmUp = seconds * SHARE_OF_WARM_UP;
  let inside: InsideReport | undefined;
  let endedEarly = false;
  program.child.on('message', (report: InsideReport) => {
    inside = report;
  });
  const origin = await program.origin();
  say(`${minutes} minutes at ${rate} operations/s with ${faults} % faults, seed ${seed}; warm-up ${warmUp} s\n`);
  const load = await startLoad(origin, rate, seededRandom(seed));
  const chance = startRandomFaults([...demo.emulators.values()], faults / 100, seededRandom(seed + 1));

  const startedAt = performance.now();
  const processorBefore = { graph: inside?.processor ?? 0, here: process.cpuUsage() };
  const memory: [second: number, rss: number][] = [];
  /** What full collections leave, after warm-up and at the end only: more of them would flatter the memory measured. */
  const kept: number[] = [];
  const keep = async () => {
    const { heapUsed, external } = (await collect(program)).memory;
    kept.push((heapUsed + external) / MIB);
  };
  for (let second = 1; second <= seconds; second += 1) {
    const rest = Math.max(0, startedAt + second * 1_000 - performance.now());
    endedEarly = await Promise.race([pause(rest), program.ended.then(() => true)]);
    if (endedEarly) break;
    chance.tick();
    memory.push([second, rssOf(program.child.pid ?? 0)]);
    if (second >= warmUp && kept.length === 0) await keep();
    progress(second, seconds, load, memory, inside);
  }
  const last = inside?.memory;
  const loopDelay = inside?.loopDelay ?? { p99: Number.NaN, max: Number.NaN };
  const elapsed = (performance.now() - startedAt) / 1_000;
  const here = process.cpuUsage(processorBefore.here);
  const processor = {
    graph: ((inside?.processor ?? Number.NaN) - processorBefore.graph) / elapsed,
    here: (here.user + here.system) / 1e6 / elapsed,
  };
  chance.stop();
  await load.stop();
  if (!endedEarly) {
    await keep();
    program.child.kill('SIGTERM');
  }
  const code = await program.ended;

  const settled = memory.filter(([second]) => second > warmUp);
  const rss = memory.map(([, value]) => value);
  const growth = slope(settled) * STEEPEST_PER_S;
  const unhandled =
    program.said.complaints.match(/"correlationId":"(unhandledRejection|uncaughtException)"/g)?.length ?? 0;
  const defects = program.said.complaints.match(/"kind":"defect"/g)?.length ?? 0;
  const { seen } = load;
  const rows: Row[] = [
    { name: 'crashes', measured: endedEarly ? `1 (${code})` : '0', goal: '0', reached: !endedEarly },
    { name: 'unhandled rejections', measured: whole(unhandled), goal: '0', reached: unhandled === 0 },
    { name: 'defects reported', measured: whole(defects), goal: '0', reached: defects === 0 },
    { name: 'malformed answers', measured: whole(seen.malformedCount), goal: '0', reached: seen.malformedCount === 0 },
    {
      name: 'requests no CRM knows',
      measured: whole(chance.seen.violations.length),
      goal: '0',
      reached: chance.seen.violations.length === 0,
    },
    {
      name: 'memory (RSS) slope, MiB per 10 min',
      measured: `${growth.toFixed(2)} over ${settled.length} s`,
      goal: `< ${STEEPEST_MIB}`,
      reached: growth < STEEPEST_MIB,
    },
    {
      name: 'largest RSS, MiB',
      measured: whole(Math.max(...rss)),
      goal: `<= ${LARGEST_RSS_MIB}`,
      reached: Math.max(...rss) <= LARGEST_RSS_MIB,
    },
    {
      name: 'event-loop delay p99, ms',
      measured: loopDelay.p99.toFixed(1),
      goal: `< ${LONGEST_DELAY_MS}`,
      reached: loopDelay.p99 < LONGEST_DELAY_MS,
    },
    {
      name: 'operations asked and answered',
      measured: `${whole(seen.done)} of ${whole(seconds * rate)}`,
      goal: '>= 99 %',
      reached: seen.done >= seconds * rate * 0.99,
    },
    { name: 'end after SIGTERM', measured: String(code), goal: '0', reached: code === 0 },
    {
      name: 'processors used: graph / load and CRMs / machine',
      measured: `${processor.graph.toFixed(2)} / ${processor.here.toFixed(2)} / ${loadavg()[0]?.toFixed(2)} of ${availableParallelism()}`,
    },
    { name: 'event-loop delay max, ms', measured: whole(loopDelay.max) },
    { name: 'RSS after warm-up and at the end, MiB', measured: firstAndLast(settled) },
    {
      name: 'memory kept after warm-up and at the end, MiB',
      measured: `${kept[0]?.toFixed(1)} -> ${kept.at(-1)?.toFixed(1)}`,
    },
    {
      name: 'at the end, MiB: heap reserved / outside the heap',
      measured: [last?.heapTotal, last?.external].map((bytes = Number.NaN) => whole(bytes / MIB)).join(' / '),
    },
    {
      name: 'latency p50 / p99, ms',
      measured: [0.5, 0.99].map((p) => whole(percentile(seen.latencies, p))).join(' / '),
    },
    {
      name: 'calls to CRMs, faulty',
      measured: `${whole(chance.seen.calls)}, ${whole(chance.seen.faulty)} (${((100 * chance.seen.faulty) / chance.seen.calls).toFixed(1)} %)`,
    },
  ];
  say(`\n\n${table(rows)}\n\n`);
  say(`sources: ${counted(seen.sources)}\nerrors: ${counted(seen.errors)}\nfaults: ${counted(chance.seen.byKind)}\n`);
  const oddities = [...seen.malformed, ...chance.seen.violations.slice(0, 10), program.said.complaints.slice(0, 4_000)];
  for (const line of oddities.filter((text) => text !== '')) say(`! ${line}\n`);
  return rows.every(({ reached }) => reached !== false);
}

const pause = (milliseconds: number): Promise<false> =>
  new Promise((resolve) => setTimeout(() => resolve(false), milliseconds));

function firstAndLast(settled: readonly (readonly [number, number])[]): string {
  // Ten seconds each, because single samples jump with the collector.
  const part = (from: number, to?: number) => mean(settled.slice(from, to).map(([, value]) => value));
  const [first, last] = [part(0, 10), part(-10)];
  return `${first.toFixed(1)} -> ${last.toFixed(1)} (${(last - first).toFixed(1)} in all)`;
}

function progress(
  second: number,
  seconds: number,
  { seen }: Load,
  memory: readonly (readonly [number, number])[],
  inside: InsideReport | undefined,
): void {
  const latest = seen.latencies.slice(-500);
  const line = [
    `${second}/${Math.round(seconds)} s`,
    `${whole(seen.done)} done`,
    `${seen.underWay} under way`,
    `${seen.malformedCount} malformed`,
    `p50 ${whole(percentile(latest, 0.5))} ms`,
    `p99 ${whole(percentile(latest, 0.99))} ms`,
    `RSS ${whole(memory.at(-1)?.[1] ?? 0)} MiB`,
    `loop p99 ${inside?.loopDelay.p99.toFixed(1) ?? '-'} ms`,
  ].join(' | ');
  if (process.stdout.isTTY) say(`\r\x1b[K${line}`);
  // A log keeps every line, so it gets fewer.
  else if (second % 10 === 0) say(`${line}\n`);
}

async function run(): Promise<number> {
  const given = settings();
  if (given === undefined) {
    say(HELP);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const demo = await startDemo(vendors);
  try {
    return (await soak(given, demo, folder)) ? 0 : 1;
  } finally {
    killPrograms();
    await demo.stop();
    rmSync(folder, { recursive: true });
  }
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
