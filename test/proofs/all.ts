import { spawn } from 'node:child_process';

const HELP = `Runs the slower proofs, two at a time, and prints what each has to say when it ends.

  npm run verify [-- --help]

Each can be run by itself: node <file> --help
Ends with 1 when one of them fails.
`;

/** The longest first, so that none is left alone at the end. */
const PROOFS = [
  'test/supergraph/gateways/compare.ts',
  'test/proofs/kills.ts',
  'test/package/install.ts',
  'test/fanOut/traversalsProof.ts',
  'test/browser.ts',
  'test/fanOut/waitingMemoryProof.ts',
  'test/proofs/ambiguous.ts',
];
const AT_ONCE = 2;
const PROGRESS_MS = 15_000;
/** For what a proof that has ended still had to say. */
const LAST_WORDS_MS = 2_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1_000)} s`;
  const left = [...PROOFS];
  const running = new Set<string>();
  const failed: string[] = [];
  const progress = setInterval(() => say(`${seconds()}: ${[...running].join(' and ')} ...`), PROGRESS_MS);

  async function worker(): Promise<void> {
    for (let proof = left.shift(); proof !== undefined; proof = left.shift()) {
      running.add(proof);
      const { code, output } = await run(proof);
      running.delete(proof);
      if (code !== 0) failed.push(proof);
      say(`\n== ${proof}: ${code === 0 ? 'holds' : `FAILS (${code})`} after ${seconds()}\n${output}`);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  clearInterval(progress);
  say(failed.length === 0 ? `All proofs hold (${seconds()}).` : `Failed: ${failed.join(', ')} (${seconds()}).`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function run(proof: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...process.execArgv, proof], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('exit', (code) => {
      const end = () => {
        clearTimeout(timer);
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
        resolve({ code, output });
      };
      // What a proof has started may outlive it, and hold its output open for ever.
      const timer = setTimeout(end, LAST_WORDS_MS);
      child.on('close', end);
    });
  });
}

if (process.argv.includes('--help')) say(HELP);
else await main();
