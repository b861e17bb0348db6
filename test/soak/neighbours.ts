import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { startDemo } from '../../src/demo.ts';
import { vendors } from '../../src/vendors/index.ts';
import { killPrograms } from '../lifecycle/program.ts';
import { percentile, type Row, table } from './figures.ts';
import { startGraph } from './graphProcess.ts';

const HELP = `What a CRM that hangs costs the accounts of others: asks healthy ones, by turns with and without one that hangs.

  npm run neighbours -- [--rounds 6] [--seconds 10] [--rate 100] [--help]

  --rounds   how often it hangs and recovers
  --seconds  how long each time
  --rate     questions a second to each healthy account, and to the one that hangs

Ends with 1 when the slowest hundredth of the healthy answers is more than a tenth slower than without.
`;

const HEALTHY = ['mercately', 'heidianer'];
const HANGING = 'ladiflow';
/** As far away as the goals assume. */
const LATENCY_MS = 50;
const LARGEST_SHARE = 1.1;
/** Longer than a breaker leaves an account alone after its first failures, with its two good probes. */
const RECOVERY_MS = 12_000;

const QUERY = 'query ($accounts: [ID!]) { customers(first: 5, accounts: $accounts) { nodes { id fullName } } }';

async function ask(pool: Pool, account: string): Promise<number> {
  const startedAt = performance.now();
  const { body } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { accounts: [account] } }),
  });
  await body.dump();
  return performance.now() - startedAt;
}

/** Asks everybody at this rate for so long; answers the latencies of the healthy ones. */
async function phase(pool: Pool, seconds: number, rate: number): Promise<number[]> {
  const latencies: number[] = [];
  const asked: Promise<unknown>[] = [];
  const begin = performance.now();
  for (let turn = 0; turn < seconds * rate; turn += 1) {
    await pause(Math.max(0, begin + (turn * 1_000) / rate - performance.now()));
    asked.push(ask(pool, HANGING));
    for (const account of HEALTHY) {
      asked.push(ask(pool, account).then((milliseconds) => latencies.push(milliseconds)));
    }
  }
  await Promise.all(asked);
  return latencies;
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '6' },
      seconds: { type: 'string', default: '10' },
      rate: { type: 'string', default: '100' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [rounds, seconds, rate] = [Number(values.rounds), Number(values.seconds), Number(values.rate)];
  const folder = mkdtempSync(join(tmpdir(), 'neighbours-'));
  const demo = await startDemo(vendors);
  for (const emulator of demo.emulators.values()) emulator.latency = LATENCY_MS;
  const program = startGraph(demo, folder);
  try {
    const pool = new Pool(await program.origin(), { connections: 900, headersTimeout: 30_000 });
    await phase(pool, seconds, rate);
    const [without, hanging]: [number[], number[]] = [[], []];
    // By turns, so that whatever else the machine does meets both.
    for (let round = 0; round < rounds; round += 1) {
      without.push(...(await phase(pool, seconds, rate)));
      const stop = demo.emulators.get(HANGING)?.fault({ kind: 'hang-before' });
      hanging.push(...(await phase(pool, seconds, rate)));
      stop?.();
      await pause(RECOVERY_MS);
      await phase(pool, 1, rate);
    }
    const share = percentile(hanging, 0.99) / percentile(without, 0.99);
    const row = (name: string, p: number): Row => ({
      name,
      measured: [without, hanging].map((latencies) => percentile(latencies, p).toFixed(1)).join(' / '),
    });
    const rows: Row[] = [
      {
        name: 'p99 with one that hangs, of p99 without',
        measured: `${(share * 100).toFixed(1)} %`,
        goal: `<= ${(LARGEST_SHARE * 100).toFixed(0)} %`,
        reached: share <= LARGEST_SHARE,
      },
      row('p50 without / with, ms', 0.5),
      row('p99 without / with, ms', 0.99),
      { name: 'answers without / with', measured: `${without.length} / ${hanging.length}` },
      { name: 'load of the machine', measured: String(loadavg()[0]) },
    ];
    process.stdout.write(`${table(rows)}\n`);
    return share <= LARGEST_SHARE ? 0 : 1;
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
