import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CompareOptions } from './compare.ts';
import { BASELINE, CONTENDERS } from './contenders/contenders.ts';
import { PEERS } from './peers/peers.ts';
import { SHAPES } from './shapes.ts';
import type { WalkOptions } from './walk.ts';

const PARTS = ['shapes', 'growth', 'processes', 'walk'] as const;
type Part = (typeof PARTS)[number];

const list = (items: readonly { readonly name: string; readonly what: string }[]): string =>
  items.map(({ name, what }) => `                 ${name.padEnd(9)}  ${what}`).join('\n');

export const HELP = `What the graph costs, beside others that do the same work.

  npm run bench -- [--only shapes,growth,processes,walk] [options]

  shapes     five operations, answered by this product and by others between a load generator and two CRMs on bare
             sockets, each a process of its own; whose turn it is changes every second
  growth     one operation while accounts, tenants, callers and operations around it become many
  processes  one process and two of them behind one port
  walk       walks through all customers of three emulated CRMs, page by page; then lets one of them hang

  --only         parts, separated by commas; all of them unless given

  --shapes       which, separated by commas; all unless given
${list(SHAPES)}
  --contenders   who, separated by commas; all unless given
${list(CONTENDERS)}
  --peers        with others, which are installed once from their own lockfile (50 MB)
${list(PEERS)}
  --latency      milliseconds of the CRMs, separated by commas; 0,50
  --profile      file for a processor profile of the seconds that count (open it in Chrome's developer tools), and where
                 the time went; needs one shape, contender, latency and repetition
  --plot         file for the ratios at 0 ms as SVG

  --repetitions  how often everybody does everything in a new process; 3
  --seconds      under load that count; 4
  --warmup       seconds under load before that; 3
  --connections  that ask without a pause; 50
  --markdown     file for all tables but the walk's

  --customers    of the walk, over all three CRMs; 50000
  --page         customers per page; 100
  --timeout      milliseconds an operation may take while a CRM hangs; 2000

Every answer is compared with the canonical one. CPU is the contender's own processor time per request, all its threads;
"x apollo" and "% floor" are ratios of it within one repetition; all figures are medians over the repetitions. "foreign" is
the share of the machine that others used meanwhile: read a ratio as +-20 %, and one with much of that not at all. All of
it takes about half an hour.

Ends with 1 when a goal is missed: what the shapes must reach against apollo, requests to the CRMs, memory and start; when
an answer under load is wrong; when the walk misses a customer or sees one twice, when memory grows with the pages walked,
when an operation outlasts its deadline, or when one waits for a CRM that is left alone. Ends with 2 when somebody's first
answers are wrong already. The walk is for Linux only: memory is read from /proc.
`;

export type Options = Omit<CompareOptions, 'say' | 'latency'> &
  WalkOptions & {
    readonly parts: ReadonlySet<Part>;
    readonly latencies: readonly number[];
    readonly peers: boolean;
    readonly plot: string | undefined;
    readonly markdown: string | undefined;
  };

/** What the command line asks for; undefined: help. */
export function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      shapes: { type: 'string' },
      contenders: { type: 'string' },
      peers: { type: 'boolean', default: false },
      latency: { type: 'string', default: '0,50' },
      profile: { type: 'string' },
      plot: { type: 'string' },
      markdown: { type: 'string' },
      repetitions: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      warmup: { type: 'string', default: '3' },
      connections: { type: 'string', default: '50' },
      customers: { type: 'string', default: '50000' },
      page: { type: 'string', default: '100' },
      timeout: { type: 'string', default: '2000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const number = (name: keyof typeof values, least: number, most: number): number =>
    wholeNumber(name, String(values[name]), least, most);
  const latencies = values.latency.split(',').map((text) => wholeNumber('latency', text, 0, 5_000));
  const shapes = chosen('shapes', values.shapes, SHAPES);
  const contenders = chosen('contenders', values.contenders, values.peers ? [...CONTENDERS, ...PEERS] : CONTENDERS);
  const repetitions = number('repetitions', 1, 100);
  if (values.profile !== undefined && shapes.length * contenders.length * latencies.length * repetitions !== 1) {
    throw new Error('--profile needs one of --shapes, --contenders and --latency each, and one repetition.');
  }
  if (values.plot !== undefined && !(latencies.includes(0) && contenders.some(({ name }) => name === BASELINE))) {
    throw new Error(`--plot needs ${BASELINE} among the contenders and 0 among the latencies.`);
  }
  const parts = chosen(
    'only',
    values.only,
    PARTS.map((name) => ({ name })),
  );
  return {
    parts: new Set(parts.map(({ name }) => name)),
    shapes,
    contenders,
    peers: values.peers,
    latencies,
    profile: path(values.profile),
    plot: path(values.plot),
    markdown: path(values.markdown),
    repetitions,
    duration: number('seconds', 1, 600) * 1_000,
    warmup: number('warmup', 0, 600) * 1_000,
    connections: number('connections', 1, 1_000),
    customers: number('customers', 300, 1_000_000),
    page: number('page', 1, 100),
    timeout: number('timeout', 100, 5_000),
  };
}

const path = (given: string | undefined): string | undefined => (given === undefined ? undefined : resolve(given));

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`--${option} must be a whole number from ${least} to ${most}.`);
}

/** In the order they have in `all`. */
function chosen<Item extends { readonly name: string }>(
  option: string,
  names: string | undefined,
  all: readonly Item[],
): readonly Item[] {
  if (names === undefined) return all;
  const asked = names.split(',');
  const unknown = asked.find((name) => !all.some((item) => item.name === name));
  if (unknown === undefined) return all.filter(({ name }) => asked.includes(name));
  throw new Error(`--${option} has no "${unknown}"; there are ${all.map(({ name }) => name).join(', ')}.`);
}
