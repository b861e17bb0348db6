import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from './comparison.ts';
import type { Contender } from './contenders/contender.ts';
import { killContenders } from './contenders/running.ts';
import { type MeasureOptions, measure, requestsOf } from './measure.ts';
import { summary } from './profile.ts';
import type { Shape } from './shapes.ts';
import { openStage } from './stage.ts';

export interface CompareOptions extends Omit<MeasureOptions, 'folder'> {
  readonly contenders: readonly Contender[];
  readonly shapes: readonly Shape[];
  readonly repetitions: number;
  /** Of the CRMs, in milliseconds. */
  readonly latency: number;
  say(text: string): void;
}

/** Requests after which most of what runs is compiled. */
const WARM = 1_000;

/** Lets all contenders do all shapes, in processes that are new for each shape and repetition. */
export async function compare(options: CompareOptions): Promise<readonly Cell[]> {
  const { contenders, shapes, repetitions, latency, say } = options;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const stage = await openStage(latency);
  const cells: Cell[] = [];
  const all = repetitions * shapes.length * contenders.length;
  const startedAt = performance.now();
  try {
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const shape of shapes) {
        // Nobody is always the first.
        const order = rotated(contenders, repetition);
        const entries = order.map((contender) => ({
          contender,
          requests: requestsOf(contender, shape),
          warmupRequests: WARM,
        }));
        const measured = await measure(entries, stage, { ...options, folder });
        for (const [place, figures] of measured.entries()) {
          cells.push({ contender: order[place]?.name ?? '', shape: shape.name, repetition, figures });
        }
        const left = ((performance.now() - startedAt) / cells.length) * (all - cells.length);
        const figures = order.map(({ name }, place) => `${name} ${measured[place]?.processor.toFixed(3)}`);
        for (const [place, { wrong, example }] of measured.entries()) {
          if (wrong > 0) say(`${shape.name}: ${wrong} wrong answers of ${order[place]?.name}, such as ${example}\n`);
        }
        say(`${shape.name}, CPU ms: ${figures.join(', ')}; ${Math.ceil(left / 1_000)} s left\n`);
      }
    }
  } finally {
    killContenders();
    stage.stop();
    rmSync(folder, { recursive: true });
  }
  if (options.profile !== undefined) say(`\n${summary(options.profile)}\n\nThe profile is in ${options.profile}.\n`);
  return cells;
}

const rotated = <Item>(items: readonly Item[], by: number): readonly Item[] => [
  ...items.slice(by % items.length),
  ...items.slice(0, by % items.length),
];
