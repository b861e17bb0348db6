/** The value that this share of all values does not exceed; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Least squares: how much y grows for each x. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  let covariance = 0;
  let variance = 0;
  for (const [x, y] of points) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  return covariance / variance;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Row {
  readonly name: string;
  readonly measured: string;
  /** What it must be; undefined for rows that only inform. */
  readonly goal?: string;
  readonly reached?: boolean;
}

/** A table for the terminal. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['', 'measured', 'goal', ''],
    ...rows.map(({ name, measured, goal = '', reached }) => [
      name,
      measured,
      goal,
      goal === '' ? '' : reached ? 'pass' : 'FAIL',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `OK 12,000, FAILED 31`: the largest first. */
export const counted = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${whole(count)}`)
    .join(', ') || 'none';

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
