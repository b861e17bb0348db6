import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { type Row, table } from '../soak/figures.ts';
import { compare } from './compare.ts';
import { comparison } from './comparison.ts';
import { killContenders } from './contenders/running.ts';
import { goals } from './goals.ts';
import { growth } from './growth.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { installPeers } from './peers/peers.ts';
import { plot } from './plot.ts';
import { severalProcesses } from './processes.ts';
import { walkAndHang } from './walk.ts';

const say = (text: string): void => void process.stdout.write(text);

async function run(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    say(HELP);
    return 0;
  }
  if (options.peers) installPeers(say);
  const machine = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}`;
  say(`${machine}\n\n`);
  const sections = [`${machine}; \`npm run bench -- ${process.argv.slice(2).join(' ')}\``];
  const reached: Row[] = [];
  const add = (title: string, text: string): void => {
    sections.push(`## ${title}\n\n${text}`);
    say(`\n${title}\n\n${text}\n\n`);
  };
  if (options.parts.has('shapes')) await shapes(options, machine, add, reached);
  let wrong = 0;
  for (const part of ['growth', 'processes'] as const) {
    if (!options.parts.has(part)) continue;
    const measured = await (part === 'growth' ? growth : severalProcesses)({ ...options, say });
    wrong += measured.wrong;
    add(part === 'growth' ? 'What growth costs' : 'Several processes', measured.table);
  }
  if (options.markdown !== undefined) writeFileSync(options.markdown, `${sections.join('\n\n')}\n`);
  const walked = options.parts.has('walk') ? await walkAndHang(options) : true;
  return walked && wrong === 0 && reached.every((row) => row.reached !== false) ? 0 : 1;
}

/** The shapes at each latency: tables, goals, and the plot for CRMs that take no time. */
async function shapes(
  options: Options,
  machine: string,
  add: (title: string, text: string) => void,
  reached: Row[],
): Promise<void> {
  for (const latency of options.latencies) {
    say(`CRMs that take ${latency} ms\n`);
    const cells = await compare({ ...options, latency, say });
    add(`CRMs that take ${latency} ms`, comparison(cells, options.contenders, options.shapes));
    const rows = goals(cells, options.shapes, latency);
    reached.push(...rows);
    if (rows.length > 0) say(`${table(rows)}\n\n`);
    if (latency > 0 || options.plot === undefined) continue;
    writeFileSync(options.plot, plot(cells, options.contenders, options.shapes, machine));
  }
}

process.once('exit', killContenders);
run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
