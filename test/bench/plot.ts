import { type Cell, ratio } from './comparison.ts';
import type { Contender } from './contenders/contender.ts';
import { BASELINE } from './contenders/contenders.ts';
import type { Shape } from './shapes.ts';

const WIDTH = 860;
const HEIGHT = 400;
const LEFT = 50;
const RIGHT = 20;
const TOP = 60;
const BOTTOM = 50;
/** Distinct for colour-blind readers too (Okabe and Ito). */
const COLOURS = ['#0072b2', '#999999', '#e69f00', '#009e73', '#cc79a7', '#56b4e9'];
const FONT = 'font-family="system-ui, sans-serif" font-size="12"';

/** Draws how often each contender does the baseline's work for the same processor time, shape by shape, as SVG. */
export function plot(
  cells: readonly Cell[],
  contenders: readonly Contender[],
  shapes: readonly Shape[],
  caption: string,
): string {
  const bars = shapes.map(({ name: shape }) =>
    contenders.map(({ name }) => ({ name, times: ratio(cells, name, BASELINE, shape) })),
  );
  const highest = Math.max(1, ...bars.flat().map(({ times }) => (Number.isFinite(times) ? times : 0)));
  const top = Math.ceil(highest * 1.05);
  const yOf = (times: number): number => HEIGHT - BOTTOM - (times / top) * (HEIGHT - BOTTOM - TOP);
  const group = (WIDTH - LEFT - RIGHT) / shapes.length;
  const bar = (group * 0.84) / contenders.length;

  const grid = Array.from({ length: top + 1 }, (_, times) => [
    line(LEFT, WIDTH - RIGHT, yOf(times), times === 1 ? '#333' : '#ddd'),
    text(LEFT - 8, yOf(times) + 4, String(times), 'end'),
  ]).flat();
  const drawn = bars.flatMap((each, shape) =>
    each.flatMap(({ name, times }, place) => {
      if (!Number.isFinite(times)) return [];
      const x = LEFT + shape * group + group * 0.08 + place * bar;
      return [
        `<rect x="${round(x)}" y="${round(yOf(times))}" width="${round(bar - 2)}" height="${round(yOf(0) - yOf(times))}" fill="${colour(place)}"><title>${escaped(`${name}: ${times.toFixed(2)}`)}</title></rect>`,
        text(x + (bar - 2) / 2, yOf(times) - 4, times.toFixed(times < 10 ? 1 : 0), 'middle'),
      ];
    }),
  );
  const names = shapes.map(({ name }, shape) =>
    text(LEFT + (shape + 0.5) * group, HEIGHT - BOTTOM + 18, name, 'middle'),
  );
  const legend = contenders.flatMap(({ name }, place) => [
    `<rect x="${LEFT + place * 110}" y="34" width="12" height="12" fill="${colour(place)}"/>`,
    text(LEFT + place * 110 + 18, 44, name, 'start'),
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" ${FONT}>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(LEFT, 20, `Work per processor time, ${BASELINE} = 1`, 'start'),
    ...legend,
    ...grid,
    ...drawn,
    ...names,
    text(LEFT, HEIGHT - 10, caption, 'start'),
    '</svg>',
    '',
  ].join('\n');
}

const colour = (place: number): string => COLOURS[place % COLOURS.length] ?? '#000';
const round = (value: number): string => value.toFixed(1);
const line = (from: number, to: number, y: number, stroke: string): string =>
  `<line x1="${from}" x2="${to}" y1="${round(y)}" y2="${round(y)}" stroke="${stroke}"/>`;
const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="#333">${escaped(words)}</text>`;
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
