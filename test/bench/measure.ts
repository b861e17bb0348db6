import { mkdtempSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../soak/figures.ts';
import type { Contender } from './contenders/contender.ts';
import { type Running, startContender } from './contenders/running.ts';
import { type LoadRequest, load } from './load.ts';
import type { Shape } from './shapes.ts';
import type { Stage } from './stage.ts';

export interface MeasureOptions {
  readonly connections: number;
  /** Milliseconds under load before anything counts, and then the ones that count. */
  readonly warmup: number;
  readonly duration: number;
  readonly folder: string;
  /** Where a processor profile of the time that counts goes. */
  readonly profile?: string | undefined;
}

/** Who is measured at what. */
export interface Entry {
  readonly contender: Contender;
  /** Asked in turn. */
  readonly requests: readonly LoadRequest[];
  /** The warm-up lasts until so many were answered, too. */
  readonly warmupRequests?: number;
}

/** What one contender made of its requests. */
export interface Figures {
  /** Milliseconds of processor time per request, by the process's own accounting. */
  readonly processor: number;
  readonly perSecond: number;
  /** Milliseconds from asking to the whole answer. */
  readonly p50: number;
  readonly p99: number;
  /** Requests to the CRMs per request, asked alone and under load. */
  readonly callsAlone: number;
  readonly calls: number;
  /** Answers under load that were not the canonical ones, such as failures; and one of them. */
  readonly wrong: number;
  readonly example: string | undefined;
  /** MiB after the load. */
  readonly rss: number;
  /** Milliseconds from the start of the process to its first answer. */
  readonly coldStart: number;
  /** Share of the machine that others used meanwhile. */
  readonly foreign: number;
}

/** A figure that is a number. */
export type FigureName = Exclude<keyof Figures, 'example'>;

/** So many requests are asked one after the other before the load. */
const MOST_ALONE = 50;
/** Milliseconds until it is the next one's turn. */
const SLICE = 1_000;

/** One contender under way. */
interface Candidate extends Entry {
  readonly running: Running;
  readonly callsAlone: number;
  readonly coldStart: number;
  readonly slices: Slice[];
}

interface Slice {
  readonly processor: number;
  readonly milliseconds: number;
  readonly latencies: readonly number[];
  readonly wrong: number;
  readonly example: string | undefined;
  readonly calls: number;
  readonly rss: number;
  readonly foreign: number;
}

/**
 * Starts all contenders, compares their answers with the canonical ones, warms them up, and then asks one at a time, in
 * slices of a second by turns: what else the machine does meets all of them alike. The others wait meanwhile.
 */
export async function measure(
  entries: readonly Entry[],
  stage: Stage,
  options: MeasureOptions,
): Promise<readonly Figures[]> {
  const candidates: Candidate[] = [];
  try {
    for (const entry of entries) candidates.push(await start(entry, stage, options.folder));
    for (const candidate of candidates) await blaming(candidate, () => warmUp(candidate, stage, options));
    const [first] = candidates;
    if (options.profile !== undefined) await first?.running.profile();
    for (let passed = 0; passed < options.duration; passed += SLICE) {
      for (const candidate of candidates) {
        candidate.slices.push(await blaming(candidate, () => slice(candidate, stage, options.connections)));
      }
    }
    if (options.profile !== undefined) await first?.running.keep(options.profile);
    return candidates.map(figuresOf);
  } finally {
    for (const { running } of candidates) await running.stop();
  }
}

/** The requests of a shape as this contender takes them. */
export const requestsOf = (contender: Contender, shape: Shape): readonly LoadRequest[] =>
  shape.variants.map(({ variables, data }) => ({
    path: contender.path(shape),
    body: JSON.stringify({ ...contender.body(shape), variables }),
    data,
  }));

async function start(entry: Entry, stage: Stage, folder: string): Promise<Candidate> {
  const { contender, requests } = entry;
  const running = await startContender(contender, stage.upstream, mkdtempSync(join(folder, 'contender-')));
  const alone = requests.slice(0, MOST_ALONE);
  await askAlone(contender, running.port, alone.slice(0, 1));
  const coldStart = performance.now() - running.startedAt;
  const before = await stage.counts();
  await askAlone(contender, running.port, alone);
  const after = await stage.counts();
  if (after.failures > 0) throw new Error(`${contender.name} asked the upstream for what it does not have`);
  return { ...entry, running, callsAlone: (after.calls - before.calls) / alone.length, coldStart, slices: [] };
}

/** One after the other, each compared with the canonical answer. */
async function askAlone({ name }: Contender, port: number, requests: readonly LoadRequest[]): Promise<void> {
  for (const request of requests) {
    const { example } = await load({ port, connections: 1, milliseconds: 0, requests: [request] });
    if (example !== undefined) throw new Error(`${name} gave an answer that is not the canonical one: ${example}`);
  }
}

const warmUp = (
  { running, requests, warmupRequests = 0 }: Candidate,
  stage: Stage,
  { connections, warmup }: MeasureOptions,
) => stage.load({ port: running.port, connections, requests, milliseconds: warmup, atLeast: warmupRequests });

async function slice({ running, requests, slices }: Candidate, stage: Stage, connections: number): Promise<Slice> {
  // Goes on where the slice before ended, so that all requests come equally often.
  const asked = slices.reduce((sum, { latencies }) => sum + latencies.length, 0) % requests.length;
  const order = { port: running.port, connections, requests, milliseconds: SLICE, first: asked };
  const [busyBefore, countsBefore, before] = [machineTime(), await stage.counts(), await running.look()];
  const { latencies, milliseconds, wrong, example, processor: loading } = await stage.load(order);
  const [after, counts, busy] = [await running.look(), await stage.counts(), machineTime()];
  const processor = after.processor - before.processor;
  const ours = processor + loading + counts.processor - countsBefore.processor;
  return {
    processor,
    milliseconds,
    latencies,
    wrong,
    example,
    calls: counts.calls - countsBefore.calls,
    rss: after.rss,
    foreign: Math.max(0, busy.busy - busyBefore.busy - ours) / (busy.all - busyBefore.all),
  };
}

function figuresOf({ slices, callsAlone, coldStart }: Candidate): Figures {
  const sum = (name: 'processor' | 'milliseconds' | 'calls' | 'wrong' | 'foreign') =>
    slices.reduce((total, each) => total + each[name], 0);
  const latencies = slices.flatMap((each) => each.latencies);
  return {
    processor: sum('processor') / latencies.length,
    perSecond: (latencies.length * 1_000) / sum('milliseconds'),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    callsAlone,
    calls: sum('calls') / latencies.length,
    wrong: sum('wrong'),
    example: slices.find(({ example }) => example !== undefined)?.example,
    rss: (slices.at(-1)?.rss ?? Number.NaN) / (1024 * 1024),
    coldStart,
    foreign: sum('foreign') / slices.length,
  };
}

/** Says whose failure it was. */
async function blaming<Result>({ contender, running }: Candidate, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    const ended = running.ended();
    const how = ended === undefined ? '' : ` (its process ended: ${ended})`;
    throw new Error(`${contender.name}${how}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Milliseconds that all processors together were busy, and that there were. */
function machineTime(): { busy: number; all: number } {
  let busy = 0;
  let all = 0;
  for (const { times } of cpus()) {
    const working = times.user + times.nice + times.sys + times.irq;
    busy += working;
    all += working + times.idle;
  }
  return { busy, all };
}
