import { percentile } from '../soak/figures.ts';
import type { Contender } from './contenders/contender.ts';
import { BASELINE, FLOOR } from './contenders/contenders.ts';
import type { FigureName, Figures } from './measure.ts';
import type { Shape } from './shapes.ts';

/** One measurement: who, what, in which repetition. */
export interface Cell {
  readonly contender: string;
  readonly shape: string;
  readonly repetition: number;
  readonly figures: Figures;
}

export const median = (values: readonly number[]): number => {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
};

/** The median over all repetitions of one figure. */
export const medianOf = (cells: readonly Cell[], contender: string, shape: string, name: FigureName): number =>
  median(of(cells, contender, shape).map(({ figures }) => figures[name]));

/** How often a contender does the work of another one for the same processor time: the median over the repetitions. */
export function ratio(cells: readonly Cell[], contender: string, other: string, shape: string): number {
  const others = new Map(of(cells, other, shape).map(({ repetition, figures }) => [repetition, figures.processor]));
  return median(
    of(cells, contender, shape)
      .map(({ repetition, figures }) => (others.get(repetition) ?? Number.NaN) / figures.processor)
      .filter((value) => !Number.isNaN(value)),
  );
}

const of = (cells: readonly Cell[], contender: string, shape: string): readonly Cell[] =>
  cells.filter((cell) => cell.contender === contender && cell.shape === shape);

/** All figures as Markdown that can be read in a terminal too. */
export function comparison(cells: readonly Cell[], contenders: readonly Contender[], shapes: readonly Shape[]): string {
  const rows = shapes.flatMap(({ name: shape, upstreamCalls }) =>
    contenders.map(({ name }) => {
      const figure = (key: FigureName) => medianOf(cells, name, shape, key);
      return [
        shape,
        name,
        figure('processor').toFixed(3),
        spread(of(cells, name, shape).map(({ figures }) => figures.processor)),
        decimals(ratio(cells, name, BASELINE, shape), 2),
        decimals(ratio(cells, name, FLOOR, shape) * 100, 0),
        figure('perSecond').toFixed(0),
        figure('p50').toFixed(1),
        figure('p99').toFixed(1),
        `${decimals(figure('callsAlone'), 2)} (${upstreamCalls})`,
        figure('calls').toFixed(2),
        figure('wrong').toFixed(0),
        figure('rss').toFixed(0),
        figure('coldStart').toFixed(0),
        (figure('foreign') * 100).toFixed(0),
      ];
    }),
  );
  return markdown(
    [
      'shape',
      'contender',
      'CPU ms',
      'range',
      `x ${BASELINE}`,
      `% ${FLOOR}`,
      'req/s',
      'p50 ms',
      'p99 ms',
      'calls (goal)',
      'under load',
      'wrong',
      'RSS MiB',
      'cold ms',
      'foreign %',
    ],
    rows,
  );
}

const decimals = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '-');

const spread = (values: readonly number[]): string =>
  values.length < 2 ? '' : `${percentile(values, 0).toFixed(3)}-${percentile(values, 1).toFixed(3)}`;

/** A Markdown table with columns of one width, numbers at the right. */
export function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const isNumber = header.map((_, column) => rows.every((row) => /^[-\d.,% ()/]*$/.test(row[column] ?? '')));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (isNumber[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (isNumber[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
