import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdown, median } from './comparison.ts';
import { killContenders } from './contenders/running.ts';
import { SERIES, type Series } from './growthSeries.ts';
import { type FigureName, type Figures, type MeasureOptions, measure } from './measure.ts';
import { openStage } from './stage.ts';

export interface GrowthOptions extends Omit<MeasureOptions, 'folder' | 'profile'> {
  readonly repetitions: number;
  say(text: string): void;
}

export interface Grown {
  readonly table: string;
  /** Answers that were not the canonical ones. */
  readonly wrong: number;
}

interface Point {
  readonly series: Series;
  readonly size: number;
  readonly repetition: number;
  readonly figures: Figures;
}

/** Measures what the same operation costs while something around it grows. */
export async function growth(options: GrowthOptions): Promise<Grown> {
  const { repetitions, say } = options;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const stage = await openStage(0);
  const points: Point[] = [];
  const all = repetitions * SERIES.reduce((sum, { sizes }) => sum + sizes.length, 0);
  try {
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const series of SERIES) {
        const measured = await measure(series.sizes.map(series.at), stage, { ...options, folder });
        for (const [place, figures] of measured.entries()) {
          const size = series.sizes[place] ?? 0;
          points.push({ series, size, repetition, figures });
          say(`${points.length} of ${all}  ${series.name}, ${size}: ${figures.processor.toFixed(3)} ms CPU\n`);
        }
      }
    }
  } finally {
    killContenders();
    stage.stop();
    rmSync(folder, { recursive: true });
  }
  return { table: growthTable(points), wrong: points.reduce((sum, { figures }) => sum + figures.wrong, 0) };
}

function growthTable(points: readonly Point[]): string {
  const rows = SERIES.flatMap((series) =>
    series.sizes.map((size) => {
      const here = points.filter((point) => point.series === series && point.size === size);
      const figure = (name: FigureName) => median(here.map(({ figures }) => figures[name]));
      const toFirst = here.map(({ repetition, figures }) => {
        const first = points.find(
          (point) => point.series === series && point.size === series.sizes[0] && point.repetition === repetition,
        );
        return figures.processor / (first?.figures.processor ?? Number.NaN);
      });
      return [
        series.name,
        size.toLocaleString('en'),
        figure('processor').toFixed(3),
        median(toFirst).toFixed(2),
        figure('p50').toFixed(1),
        figure('rss').toFixed(0),
        figure('coldStart').toFixed(0),
        figure('wrong').toFixed(0),
        (figure('foreign') * 100).toFixed(0),
      ];
    }),
  );
  return markdown(
    ['what grows', 'to', 'CPU ms', 'x first', 'p50 ms', 'RSS MiB', 'cold ms', 'wrong', 'foreign %'],
    rows,
  );
}
