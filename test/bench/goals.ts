import type { Row } from '../soak/figures.ts';
import { type Cell, median, medianOf, ratio } from './comparison.ts';
import { BASELINE, GRAPH } from './contenders/contenders.ts';
import type { Shape } from './shapes.ts';

const LARGEST_RSS_MIB = 260;
const LONGEST_COLD_START_MS = 900;
/** Of `SLOW_SHAPE` with CRMs that take `FAR` milliseconds, asked by 50 connections: two calls follow each other. */
const LONGEST_P50_MS = 130;
const SLOW_SHAPE = 'Q3';
export const FAR = 50;

/** What the graph must reach, and whether it did: as far as it was measured. */
export function goals(cells: readonly Cell[], shapes: readonly Shape[], latency: number): readonly Row[] {
  const has = (contender: string) => cells.some((cell) => cell.contender === contender);
  if (!has(GRAPH)) return [];
  const rows: Row[] = shapes.map(({ name, upstreamCalls }) => {
    const [alone, loaded] = [medianOf(cells, GRAPH, name, 'callsAlone'), medianOf(cells, GRAPH, name, 'calls')];
    return {
      name: `${name}: requests to the CRMs, alone / under load`,
      measured: `${alone} / ${loaded}`,
      goal: `${upstreamCalls} / ${upstreamCalls}`,
      reached: alone === upstreamCalls && loaded === upstreamCalls,
    };
  });
  const wrong = cells.reduce((sum, { contender, figures }) => sum + (contender === GRAPH ? figures.wrong : 0), 0);
  rows.push(atMost('wrong answers under load', wrong, 0));
  if (latency === FAR && shapes.some(({ name }) => name === SLOW_SHAPE)) {
    const p50 = medianOf(cells, GRAPH, SLOW_SHAPE, 'p50');
    rows.push(atMost(`${SLOW_SHAPE}: p50 with CRMs that take ${FAR} ms, ms`, p50, LONGEST_P50_MS));
  }
  if (latency > 0) return rows;
  if (has(BASELINE)) {
    for (const { name, must, aim } of shapes) {
      const times = ratio(cells, GRAPH, BASELINE, name);
      rows.push({
        name: `${name}: times ${BASELINE}, per core (aim ${aim})`,
        measured: times.toFixed(2),
        goal: `>= ${must}`,
        reached: times >= must,
      });
    }
  }
  const own = cells.filter(({ contender }) => contender === GRAPH).map(({ figures }) => figures);
  const rss = Math.max(...shapes.map(({ name }) => medianOf(cells, GRAPH, name, 'rss')));
  rows.push(atMost('memory after load, the largest of the shapes, MiB', rss, LARGEST_RSS_MIB));
  const coldStart = median(own.map((figures) => figures.coldStart));
  rows.push(atMost('cold start to the first answer, ms', coldStart, LONGEST_COLD_START_MS));
  return rows;
}

const atMost = (name: string, value: number, most: number): Row => ({
  name,
  measured: value.toFixed(0),
  goal: `<= ${most}`,
  reached: value <= most,
});
