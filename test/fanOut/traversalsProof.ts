import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { plans, startWalker } from './traversal.ts';

const HELP = `Walks through lists over several emulated CRMs that fail, throttle, hang, grow and shrink meanwhile, and checks that nobody who
was there all the time is missed, nobody comes twice, every walk ends, and that "sources" says who failed.

  node test/fanOut/traversalsProof.ts [--walks 1000] [--seed 20261121] [--help]

Ends with 1 at the first walk that breaks a promise, and prints it.
`;

const say = (text: string): void => void process.stdout.write(text);

async function prove(walks: number, seed: number): Promise<boolean> {
  const walker = await startWalker();
  const { met } = walker;
  try {
    const result = await fc.check(
      fc.asyncProperty(plans, async (plan) => {
        await walker.walk(plan);
        if (process.stdout.isTTY) say(`\r\x1b[K${met.walks} of ${walks}`);
        // A log keeps every line, so it gets fewer.
        else if (met.walks % 100 === 0) say(`${met.walks} of ${walks}\n`);
      }),
      { numRuns: walks, seed, endOnFailure: true },
    );
    const states = [...met.states].map(([state, count]) => `${count} ${state}`).join(', ');
    say(
      `\n${met.walks} walks, ${met.pages} pages, ${met.records} records, ${met.inserted} created and ${met.deleted} deleted meanwhile, ${met.failures} failures; longest cursor ${met.longestCursor} bytes; ${met.repeated} records twice where a CRM counts wrongly\nsources: ${states}\n`,
    );
    if (result.failed) say(`! ${result.errorInstance}\n${fc.defaultReportMessage(result)}\n`);
    return !result.failed;
  } finally {
    await walker.stop();
  }
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      walks: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '20261121' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const [walks, seed] = [Number(values.walks), Number(values.seed)];
  if (!(Number.isInteger(walks) && walks >= 1 && walks <= 1_000_000))
    throw new Error('--walks must be a whole number from 1 to 1000000.');
  if (!Number.isInteger(seed)) throw new Error('--seed must be a whole number.');
  return (await prove(walks, seed)) ? 0 : 1;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
