import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { counted, whole } from '../soak/figures.ts';
import { tapes } from './choices.ts';
import { startFuzzWorld, type World } from './world.ts';

const HELP = `Sends made-up requests to the graph and lets it read spoiled answers of CRMs, and checks that every answer is
well-formed, that nothing is reported as a defect of ours and that no failure is left unhandled.

  npm run fuzz [-- --operations 100000 --answers 100000 --seed 20261122] [--path ...] [--help]

  --operations  how many requests: operations made up from the schema, right, wrong and broken, in bodies and addresses
  --answers     how many reads and writes at which a CRM's true answer comes back spoiled
  --seed        other cases
  --path        only the case that a report names, with its seed; set the other number to 0

Ends with 1 at the first finding, made as small as possible, and tells how to see it again.
`;

const PROGRESS_MS = 2_000;
/** For making a finding smaller. */
const LONGEST_SEARCH_MS = 20_000;
const say = (text: string): void => void process.stdout.write(text);

interface Settings {
  readonly operations: number;
  readonly answers: number;
  readonly seed: number;
  readonly path: string | undefined;
}

function settings(): Settings | undefined {
  const { values } = parseArgs({
    options: {
      operations: { type: 'string', default: '100000' },
      answers: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '20261122' },
      path: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const number = (name: 'operations' | 'answers' | 'seed'): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= 0 && value <= 2 ** 31) return value;
    throw new Error(`--${name} must be a whole number from 0 to 2147483648.`);
  };
  return { operations: number('operations'), answers: number('answers'), seed: number('seed'), path: values.path };
}

/** @returns how to see the finding again; undefined where there is none */
async function check(
  what: string,
  count: number,
  { seed, path }: Settings,
  attempt: (tape: readonly number[]) => Promise<void>,
): Promise<fc.RunDetails<[readonly number[]]> | undefined> {
  if (count === 0) return undefined;
  const startedAt = performance.now();
  const processorBefore = process.cpuUsage();
  let done = 0;
  let saidAt = startedAt;
  const cases = fc.asyncProperty(tapes, attempt);
  const watched = fc.asyncProperty(tapes, async (tape) => {
    await attempt(tape);
    done += 1;
    const now = performance.now();
    if (now - saidAt < (process.stdout.isTTY ? PROGRESS_MS / 10 : PROGRESS_MS * 5)) return;
    saidAt = now;
    const line = `${whole(done)} of ${whole(count)} ${what}, ${whole((done * 1_000) / (now - startedAt))} a second`;
    say(process.stdout.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  });
  const from = path === undefined ? {} : { path };
  const result = await fc.check(watched, { numRuns: count, seed, ...from, endOnFailure: true });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(processorBefore);
  const processor = ((user + system) / 1e6).toFixed(1);
  say(
    `${process.stdout.isTTY ? '\r\x1b[K' : ''}${whole(done)} ${what} in ${seconds.toFixed(1)} s (processor: ${processor} s)\n`,
  );
  if (!result.failed) return undefined;
  const found = { seed, path: result.counterexamplePath ?? '', interruptAfterTimeLimit: LONGEST_SEARCH_MS };
  const smaller = await fc.check(cases, { numRuns: 1, ...found });
  return smaller.failed && smaller.counterexample !== null ? smaller : result;
}

function report(name: string, { seed }: Settings, found: fc.RunDetails<[readonly number[]]>, case_: string): void {
  const other = name === 'operations' ? 'answers' : 'operations';
  const error = found.errorInstance instanceof Error ? found.errorInstance : new Error(String(found.errorInstance));
  const cause = error.cause instanceof Error ? `\n${error.cause.stack}` : '';
  say(`
! ${error.message}${cause}
  case: ${case_}
  again: npm run fuzz -- --${other} 0 --seed ${seed} --path ${found.counterexamplePath}
`);
}

async function fuzz(given: Settings): Promise<boolean> {
  const world: World = await startFuzzWorld();
  const { met } = world;
  let isGood = true;
  try {
    const request = await check('requests', given.operations, given, world.tryRequest);
    if (request !== undefined) {
      isGood = false;
      report('operations', given, request, world.describeRequest(request.counterexample?.[0] ?? []));
    } else {
      const answer = await check('spoiled answers', given.answers, given, world.tryAnswer);
      if (answer !== undefined) {
        isGood = false;
        report('answers', given, answer, await world.describeAnswer(answer.counterexample?.[0] ?? []));
      }
    }
  } finally {
    await world.stop();
  }
  if (met.requests > 0) say(`\nrequests: ${counted(met.kinds)}\nanswered with: ${counted(met.outcomes)}\n`);
  if (met.answers > 0) {
    say(`\nspoiled answers that were read: ${whole(met.read)} of ${whole(met.answers)} (${((100 * met.read) / met.answers).toFixed(1)} %)
of: ${counted(met.vendors)}
sources and outcomes: ${counted(met.states)}
errors: ${counted(met.errors)}
spoiled values sent back: ${whole(met.astray)}
`);
  }
  say(isGood ? '\nNothing was found.\n' : '\nSomething was found.\n');
  return isGood;
}

async function run(): Promise<number> {
  const given = settings();
  if (given === undefined) {
    say(HELP);
    return 0;
  }
  return (await fuzz(given)) ? 0 : 1;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(2);
  },
);
