import { parseArgs } from 'node:util';
import { startTwoPaths } from './twoPaths.ts';

const HELP = `Asks generated operations of two graphs, one of which executes from plans what it has seen before, and compares status,
headers, data, errors and costs; the CRMs behind them fail now and then.

  npm run differential -- [--operations 100000] [--seed 1] [--help]

Ends with 1 at the first difference, and prints it. The health of an account may be read at another moment of an operation,
in one of a thousand operations.
`;

const PROGRESS = 500;
const say = (text: string): void => void process.stdout.write(text);

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      operations: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const [operations, seed] = [Number(values.operations), Number(values.seed)];
  if (!(Number.isInteger(operations) && operations >= 1))
    throw new Error('--operations must be a whole number from 1.');
  if (!Number.isInteger(seed)) throw new Error('--seed must be a whole number.');
  const paths = await startTwoPaths(seed);
  const { compared } = paths;
  try {
    while (compared.operations < operations) {
      await paths.compareNext();
      if (process.stdout.isTTY) say(`\r\x1b[K${compared.operations} of ${operations}`);
      // A log keeps every line, so it gets fewer.
      else if (compared.operations % PROGRESS === 0) say(`${compared.operations} of ${operations}\n`);
    }
    say(
      `\n${compared.operations} operations: ${compared.compiled} answers from a plan, ${compared.withErrors} with errors, ${compared.refused} refused; 0 differences, and ${compared.moments} read an account's health at another moment\n`,
    );
    return compared.moments * 1_000 > operations ? 1 : 0;
  } finally {
    await paths.stop();
  }
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`\n! ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
