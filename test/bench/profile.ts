import { readFileSync } from 'node:fs';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds between samples. */
  readonly timeDeltas: readonly number[];
}

const MOST_FUNCTIONS = 30;

/** Where a processor profile's time went, without waiting: by place and by function, as shares of self time. */
export function summary(file: string): string {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    // The profiler's own start and end are not the contender's work.
    if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') continue;
    const time = timeDeltas[index] ?? 0;
    busy += time;
    const place = placeOf(frame.url, frame.functionName);
    add(places, place, time);
    add(functions, `${frame.functionName || '(anonymous)'}  ${fileOf(frame.url)}:${frame.lineNumber + 1}`, time);
  }
  const lines = (times: ReadonlyMap<string, number>, most: number): string =>
    [...times]
      .sort(([, one], [, other]) => other - one)
      .slice(0, most)
      .map(([name, time]) => `${((time / busy) * 100).toFixed(1).padStart(5)} %  ${name}`)
      .join('\n');
  return `Self time by place:\n${lines(places, 25)}\n\nSelf time by function:\n${lines(functions, MOST_FUNCTIONS)}`;
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}

/** A package, a folder of ours, a part of Node, or what V8 says itself. */
function placeOf(url: string, name: string): string {
  if (url === '') return name.startsWith('(') ? name : 'V8 and native code';
  const [, node] = /^(node:[^/]+(?:\/[^/]+)?)/.exec(url) ?? [];
  if (node !== undefined) return node;
  const path = fileOf(url);
  const [, own] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return own ?? path.slice(0, path.lastIndexOf('/'));
}

const fileOf = (url: string): string => url.replace(/^file:\/\//, '').replace(/^.*\/(src|test|node_modules)\//, '$1/');
