import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Demo, startDemo } from '../../src/demo.ts';
import type { Emulator } from '../../src/emulation/emulator.ts';
import { vendors } from '../../src/vendors/index.ts';
import { killPrograms, type Program, startProgram } from '../lifecycle/program.ts';
import type { Answer, Graph } from '../support/graph.ts';
import { type Errand, errandsFor, WRITING_VENDORS } from '../writes/errands.ts';
import { payloadOf } from '../writes/mutations.ts';
import { type Ended, judge } from '../writes/truth.ts';

const HELP = `Kills the graph's process again and again while it writes to emulated CRMs, and checks that each write arrives at most
once and that no answer says more than is known. Whoever got no answer asks again with the same idempotency key.

  node test/proofs/kills.ts [--writes 1000] [--kills 20] [--at-once 16] [--help]

Ends with 1 when a write was sent twice, an answer is not true, or none was under way when the process was killed.
`;
/** Time for a kill to come in the middle. */
const LATENCY_MS = 25;
const SHORT_TIMES = { CALL_TIMEOUT_MS: '1000', OPERATION_TIMEOUT_MS: '1500' };
const MOST_SHOWN = 10;
/** What was written may have to be read for it, and a read that fails is no matter here. */
const NO_NODE = '';
const LONGEST_WAIT_MS = 120_000;

interface Settings {
  readonly writes: number;
  readonly kills: number;
  readonly atOnce: number;
}

const say = (text: string): void => void process.stdout.write(text);
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The settings of a process whose accounts are the emulators of this one. */
function environmentFor(demo: Demo, folder: string): Readonly<Record<string, string>> {
  const file = join(folder, 'accounts.json');
  const environment: Record<string, string> = {
    ...SHORT_TIMES,
    PORT: '0',
    ACCOUNTS_FILE: file,
    STORE_FILE: join(folder, 'writes.sqlite'),
  };
  const accounts = demo.accounts.map(({ id, vendor, baseUrl, credentials }) => {
    const named = Object.entries(credentials).map(([name, value]) => {
      const env = `KILLS_${vendor}_${name}`;
      environment[env] = String(value);
      return [name, { env }];
    });
    return { id, vendor, baseUrl: baseUrl.href.replace(/\/$/, ''), credentials: Object.fromEntries(named) };
  });
  writeFileSync(file, JSON.stringify({ accounts }));
  return environment;
}

/** The process that runs now, which is another after each kill. */
async function startPhoenix(environment: Readonly<Record<string, string>>) {
  const start = (): { readonly program: Program; readonly origin: Promise<string> } => {
    const program = startProgram(environment);
    const origin = program.origin();
    // Whoever waits for it is told; if nobody does, that is no news.
    origin.catch(() => {});
    return { program, origin };
  };
  let current = start();
  await current.origin;
  const graph: Pick<Graph, 'ask'> = {
    async ask(query, variables = {}) {
      const response = await fetch(`${await current.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
  };
  return {
    graph,
    async kill() {
      const { child, ended } = current.program;
      child.kill('SIGKILL');
      current = start();
      await ended;
    },
    async stop() {
      const { child, ended, said } = current.program;
      child.kill('SIGTERM');
      return { code: await ended, complaints: said.complaints };
    },
  };
}

type Phoenix = Awaited<ReturnType<typeof startPhoenix>>;

/** Turns of the vendors, so that each kill meets all of them. */
async function shuffled(graph: Phoenix['graph'], emulator: (vendor: string) => Emulator, writes: number) {
  const count = Math.ceil(writes / WRITING_VENDORS.length);
  const each: (readonly Errand[])[] = [];
  for (const vendor of WRITING_VENDORS) {
    each.push(await errandsFor(graph, emulator(vendor), { account: vendor, vendor, count }));
  }
  return Array.from({ length: count }, (_, index) => each.flatMap((errands) => errands[index] ?? []))
    .flat()
    .slice(0, writes);
}

/** Still at it, or nobody listens yet: not an answer. */
function waitFor(payload: Answer['data']): number | undefined {
  const [error] = payload.userErrors;
  const isRunning = error?.code === 'CONFLICT' && error.field?.[0] === 'idempotencyKey' && error.retryAfter !== null;
  return isRunning ? error.retryAfter * 1_000 : undefined;
}

async function untilAnswered(graph: Phoenix['graph'], { mutation, input }: Errand, key: string) {
  const giveUp = performance.now() + LONGEST_WAIT_MS;
  for (let asked = 1; performance.now() < giveUp; asked += 1) {
    try {
      const payload = await payloadOf(graph, mutation, { ...input, idempotencyKey: key }, NO_NODE);
      const wait = waitFor(payload);
      if (wait === undefined) return { payload, asked };
      await pause(wait);
    } catch (error) {
      // The connection broke with the process; an answer with errors is none of that.
      if (!(error instanceof TypeError)) throw error;
      await pause(50);
    }
  }
  throw new Error(`${mutation} got no answer for ${LONGEST_WAIT_MS / 1_000} s`);
}

async function killed(phoenix: Phoenix, errands: readonly Errand[], { kills, atOnce }: Settings) {
  const ended: Ended[] = [];
  let next = 0;
  let done = 0;
  let underWay = 0;
  let interrupted = 0;
  const struck: number[] = [];
  const errors: unknown[] = [];

  async function worker(): Promise<void> {
    for (let index = next++; index < errands.length; index = next++) {
      const errand = errands[index] as Errand;
      underWay += 1;
      const { payload, asked } = await untilAnswered(phoenix.graph, errand, `write ${index}`);
      underWay -= 1;
      done += 1;
      if (asked > 1) interrupted += 1;
      ended.push({ errand, payload });
    }
  }
  async function killer(): Promise<void> {
    for (let kill = 1; kill <= kills; kill += 1) {
      // Spread over the writes, each in the middle of some.
      while (done < (errands.length * kill) / (kills + 1) && errors.length === 0) await pause(5);
      struck.push(underWay);
      await phoenix.kill();
      say(`kill ${kill} of ${kills}: ${done} of ${errands.length} answered, ${underWay} under way\n`);
    }
  }
  const all = [killer(), ...Array.from({ length: atOnce }, worker)];
  await Promise.all(all.map((each) => each.catch((error: unknown) => void errors.push(error))));
  if (errors.length > 0) throw errors[0];
  return { ended, interrupted, struck };
}

async function prove(settings: Settings, demo: Demo, folder: string): Promise<boolean> {
  const emulator = (vendor: string) => demo.emulators.get(vendor) as Emulator;
  const phoenix = await startPhoenix(environmentFor(demo, folder));
  const errands = await shuffled(phoenix.graph, emulator, settings.writes);
  for (const vendor of WRITING_VENDORS) emulator(vendor).latency = LATENCY_MS;
  const { ended, interrupted, struck } = await killed(phoenix, errands, settings);
  const { code, complaints } = await phoenix.stop();

  const { lies, outcomes, unseen } = judge(ended, emulator);
  const violations = WRITING_VENDORS.flatMap((vendor) =>
    emulator(vendor).violations.map((each) => JSON.stringify(each)),
  );
  const ends = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  say(`\n${ended.length} writes, ${settings.kills} kills: ${ends.join(', ')}; ${unseen} never sent\n`);
  say(`${interrupted} asked more than once; under way at each kill: ${struck.join(' ')}\n`);
  const problems = [...lies, ...violations, ...(complaints === '' ? [] : [complaints])];
  for (const problem of problems.slice(0, MOST_SHOWN)) say(`! ${problem}\n`);
  say(
    `${problems.length} sent twice, untrue or against a contract (goal 0); last process ended with ${code} (goal 0)\n`,
  );
  const hasProved =
    struck.length === settings.kills && struck.every((count) => count > 0) && interrupted >= settings.kills;
  if (!hasProved) say('! too few writes were under way when the process was killed: this proves nothing\n');
  return problems.length === 0 && code === 0 && hasProved;
}

function settings(): Settings | undefined {
  const { values } = parseArgs({
    options: {
      writes: { type: 'string', default: '1000' },
      kills: { type: 'string', default: '20' },
      'at-once': { type: 'string', default: '16' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const number = (name: 'writes' | 'kills' | 'at-once', least: number, most: number): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error(`--${name} must be a whole number from ${least} to ${most}.`);
  };
  return { writes: number('writes', 20, 5_000), kills: number('kills', 1, 200), atOnce: number('at-once', 1, 64) };
}

async function run(): Promise<number> {
  const given = settings();
  if (given === undefined) {
    say(HELP);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kills-'));
  // Each write has a customer of its own.
  const demo = await startDemo(vendors, Math.max(60, Math.ceil(given.writes / WRITING_VENDORS.length)));
  try {
    return (await prove(given, demo, folder)) ? 0 : 1;
  } finally {
    killPrograms();
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
