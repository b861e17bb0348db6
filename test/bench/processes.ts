import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdown, median } from './comparison.ts';
import type { Contender } from './contenders/contender.ts';
import { BOTH_ACCOUNTS, graphWith } from './contenders/graph.ts';
import { killContenders } from './contenders/running.ts';
import { type FigureName, type Figures, type MeasureOptions, measure, requestsOf } from './measure.ts';
import type { Shape } from './shapes.ts';
import { openStage } from './stage.ts';

export interface ProcessesOptions extends Omit<MeasureOptions, 'folder' | 'profile'> {
  readonly shapes: readonly Shape[];
  readonly repetitions: number;
  say(text: string): void;
}

const COUNTS = [1, 2];
const RUNNER = join(import.meta.dirname, 'contenders', 'severalProcesses.ts');

const graph = graphWith('graph', '', { accounts: BOTH_ACCOUNTS });

/** With a store that all of them share. */
const inProcesses = (count: number): Contender => ({
  ...graph,
  command: [RUNNER, String(count), ...graph.command],
  environment: (upstream, folder) => ({
    ...graph.environment(upstream, folder),
    STORE_FILE: join(folder, 'store.sqlite'),
  }),
});

/**
 * One process and two behind one port with one store file. On two cores, of which the load generator and the CRMs need
 * a part, requests per second cannot double; but the processor time of a request shows what the processes cost each other.
 */
export async function severalProcesses(
  options: ProcessesOptions,
): Promise<{ readonly table: string; readonly wrong: number }> {
  const { shapes, repetitions, say } = options;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const stage = await openStage(0);
  const found: { count: number; shape: Shape; figures: Figures }[] = [];
  const all = repetitions * shapes.length * COUNTS.length;
  try {
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const shape of shapes) {
        const requests = requestsOf(graph, shape);
        const entries = COUNTS.map((count) => ({ contender: inProcesses(count), requests }));
        for (const [place, figures] of (await measure(entries, stage, { ...options, folder })).entries()) {
          const count = COUNTS[place] ?? 0;
          found.push({ count, shape, figures });
          say(`${found.length} of ${all}  ${shape.name}, ${count}: ${figures.processor.toFixed(3)} ms CPU\n`);
        }
      }
    }
  } finally {
    killContenders();
    stage.stop();
    rmSync(folder, { recursive: true });
  }
  const rows = shapes.flatMap((shape) =>
    COUNTS.map((count) => {
      const all = found.filter((each) => each.shape === shape && each.count === count);
      const figure = (name: FigureName) => median(all.map(({ figures }) => figures[name]));
      return [
        shape.name,
        String(count),
        figure('processor').toFixed(3),
        figure('perSecond').toFixed(0),
        figure('p50').toFixed(1),
        figure('p99').toFixed(1),
        figure('rss').toFixed(0),
        figure('wrong').toFixed(0),
        (figure('foreign') * 100).toFixed(0),
      ];
    }),
  );
  const header = ['shape', 'processes', 'CPU ms', 'req/s', 'p50 ms', 'p99 ms', 'RSS MiB', 'wrong', 'foreign %'];
  return { table: markdown(header, rows), wrong: found.reduce((sum, { figures }) => sum + figures.wrong, 0) };
}
