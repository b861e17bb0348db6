import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Demo, startDemo } from '../../src/demo.ts';
import { vendors } from '../../src/vendors/index.ts';
import { killPrograms } from '../lifecycle/program.ts';
import { collect, startGraph } from '../soak/graphProcess.ts';

const HELP = `Lets one CRM keep many lists waiting, and measures what the lists hold of the CRMs that have answered.

  node test/fanOut/waitingMemoryProof.ts [--lists 200] [--help]

Ends with 1 if they hold more than they can deal, or if one of them is not whole in the end.
`;

const FIRST = 20;
const WAITING_FOR = 'heidianer';
const OTHERS = ['ladiflow', 'mercately'];
/** As many as a CRM gives at once, and more than a list deals. */
const CUSTOMERS = 150;
/** With all rows of both pages it would be 170. */
const MOST_KIB = 120;
const WARM_UP = 100;
const LONGEST_MS = 120_000;

const LIST = `{ customers(first: ${FIRST}) { nodes { id fullName email } sources { account { id } state } } }`;

const say = (text: string): void => void process.stdout.write(text);

async function list(origin: string): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LIST }),
  });
  const { nodes, sources } = ((await response.json()) as { data: Data }).data.customers;
  const failed = sources.filter(({ state }) => state !== 'OK' && state !== 'UNSUPPORTED');
  if (failed.length > 0) throw new Error(`an account is ${failed[0]?.state}`);
  return nodes.length;
}

interface Data {
  readonly customers: { readonly nodes: readonly unknown[]; readonly sources: readonly { readonly state: string }[] };
}

async function prove(lists: number, demo: Demo, folder: string): Promise<boolean> {
  const program = startGraph(demo, folder);
  const origin = await program.origin();
  for (let asked = 0; asked < WARM_UP; asked += 1) await list(origin);
  const heap = async () => (await collect(program)).memory.heapUsed / 1024;
  const settledHeap = async () => {
    for (let before = await heap(); ; ) {
      const now = await heap();
      if (Math.abs(now - before) < 50) return now;
      before = now;
    }
  };

  const before = await settledHeap();
  for (const emulator of demo.emulators.values()) emulator.forget();
  const { promise: until, resolve: answerNow } = Promise.withResolvers<void>();
  demo.emulators.get(WAITING_FOR)?.fault({ kind: 'latency', until });
  const asked = Array.from({ length: lists }, () => list(origin));
  const seen = (name: string) => demo.emulators.get(name)?.count() ?? 0;
  while ([WAITING_FOR, ...OTHERS].some((name) => seen(name) < lists)) await new Promise(setImmediate);
  const each = ((await settledHeap()) - before) / lists;
  answerNow();
  const dealt = await Promise.all(asked);

  const isWhole = dealt.every((count) => count === FIRST);
  say(
    `${lists} lists of ${FIRST} that wait for one of three CRMs hold ${Math.round(each)} KiB each; at most ${MOST_KIB}\n`,
  );
  if (!isWhole) say('! not all of them were whole in the end\n');
  return each <= MOST_KIB && isWhole;
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { lists: { type: 'string', default: '200' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const lists = Number(values.lists);
  if (!(Number.isInteger(lists) && lists >= 10 && lists <= 500))
    throw new Error('--lists must be a whole number from 10 to 500.');
  const folder = mkdtempSync(join(tmpdir(), 'waiting-'));
  const demo = await startDemo(vendors, CUSTOMERS);
  try {
    return (await prove(lists, demo, folder)) ? 0 : 1;
  } finally {
    killPrograms();
    await demo.stop();
    rmSync(folder, { recursive: true });
  }
}

setTimeout(() => {
  process.stderr.write('the lists did not come to wait\n');
  process.exit(2);
}, LONGEST_MS).unref();
run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
