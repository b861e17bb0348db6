import { parseArgs } from 'node:util';
import { AMBIGUITIES, sendInto } from '../writes/ambiguity.ts';

const HELP = `Sends writes to emulated CRMs that leave their fate open, and checks that each arrives at most once and that no answer
says more than is known.

  node test/proofs/ambiguous.ts [--writes 1000] [--help]

  --writes  how many into each: connections that break after delivery, answers that never come, 503

Ends with 1 when a write was sent twice or an answer is not true.
`;
const ACCOUNTS_PER_VENDOR = 4;
const MOST_SHOWN = 10;

const say = (text: string): void => void process.stdout.write(text);

async function prove(writes: number): Promise<boolean> {
  let isTrue = true;
  for (const [name, fault] of Object.entries(AMBIGUITIES)) {
    const progress = (done: number) => {
      if (process.stdout.isTTY) say(`\r\x1b[K${name}: ${done} of ${writes}`);
      // A log keeps every line, so it gets fewer.
      else if (done % (writes / 4) < ACCOUNTS_PER_VENDOR * 5) say(`${name}: ${done} of ${writes}\n`);
    };
    const { lies, misstated, changed, outcomes, unseen, met } = await sendInto(
      fault,
      writes,
      ACCOUNTS_PER_VENDOR,
      progress,
    );
    const ends = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    say(
      `${process.stdout.isTTY ? '\r\x1b[K' : ''}${name}: ${met} requests met it; ${ends.join(', ')}; ${unseen} never sent\n`,
    );
    const problems = [...lies, ...misstated, ...changed];
    for (const problem of problems.slice(0, MOST_SHOWN)) say(`! ${problem}\n`);
    if (problems.length > 0 || met < writes * 0.9) isTrue = false;
    say(`${name}: ${problems.length} sent twice or untrue (goal 0), ${met} of ${writes} in doubt (goal 90 %)\n\n`);
  }
  return isTrue;
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { writes: { type: 'string', default: '1000' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const writes = Number(values.writes);
  if (!(writes >= 20 && writes <= 10_000)) throw new Error('--writes must be a number from 20 to 10000.');
  return (await prove(writes)) ? 0 : 1;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
