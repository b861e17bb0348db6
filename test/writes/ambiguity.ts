import type { Fault } from '../../src/emulation/faults.ts';
import { type SkippingClock, skippingClock } from '../support/clock.ts';
import { type Graph, startGraph } from '../support/graph.ts';
import { type Errand, errandsFor, WRITE_OPERATIONS, WRITING_VENDORS, writesAt } from './errands.ts';
import { payloadOf } from './mutations.ts';
import { type Ended, judge } from './truth.ts';

/** Ways to leave a write's fate open. */
export const AMBIGUITIES: Readonly<Record<string, Fault>> = {
  'reset after delivery': { kind: 'reset-after' },
  'hang after delivery': { kind: 'hang-after' },
  '503 burst': { kind: 'status', status: 503 },
};

/** Long enough for emulators on a busy machine, and all that each hanging write costs. */
const CALL_TIMEOUT_MS = 400;
/** What was written may have to be read for it, and a read that fails is no matter here. */
const NO_NODE = '';
/** Good writes after each bad one, so that no breaker opens. */
const GOOD_PER_BAD = 2;
const LONGER_THAN_ANY_BREAKER_RESTS_MS = 120_000;

export interface AmbiguityReport extends ReturnType<typeof judge> {
  /** Writes that met the fault. */
  readonly met: number;
  /** Unknown ends that do not say what is known of repeating them. */
  readonly misstated: readonly string[];
  /** Answers that changed, or reached a vendor again, when the same key was sent again. */
  readonly changed: readonly string[];
}

/**
 * Sends so many writes into a fault, spread over all vendors and kinds of writes, each under its own idempotency key.
 * Accounts take turns: one write each into the fault, then two good ones each; then everything is asked once more.
 */
export async function sendInto(
  fault: Fault,
  writes: number,
  accountsPerVendor: number,
  progress: (done: number) => void = () => {},
): Promise<AmbiguityReport> {
  const rounds = Math.ceil(writes / (WRITING_VENDORS.length * accountsPerVendor));
  const count = rounds * (1 + GOOD_PER_BAD);
  const clock = skippingClock();
  const graph = await startGraph({
    clock,
    customers: Math.max(60, count * accountsPerVendor),
    config: { callTimeout: CALL_TIMEOUT_MS },
    accounts: (demo) =>
      demo.flatMap((account) =>
        Array.from({ length: accountsPerVendor }, (_, place) => ({ ...account, id: `${account.vendor}-${place}` })),
      ),
  });
  try {
    const lanes = await lanesOf(graph, accountsPerVendor, count);
    const { bad, good } = await inTurns(graph, clock, lanes, fault, progress);
    const report = judge([...bad, ...good], (vendor) => graph.emulator(vendor));
    const { outcomes } = judge(bad, (vendor) => graph.emulator(vendor));
    return { ...report, outcomes, met: met(graph), misstated: misstated(bad), changed: await changed(graph, bad) };
  } finally {
    await graph.stop();
  }
}

async function lanesOf(
  graph: Graph,
  accountsPerVendor: number,
  count: number,
): Promise<readonly (readonly Errand[])[]> {
  const lanes: (readonly Errand[])[] = [];
  for (const vendor of WRITING_VENDORS) {
    for (let place = 0; place < accountsPerVendor; place += 1) {
      const account = `${vendor}-${place}`;
      lanes.push(await errandsFor(graph, graph.emulator(vendor), { account, vendor, count, from: place * count }));
    }
  }
  return lanes;
}

async function inTurns(
  graph: Graph,
  clock: SkippingClock,
  lanes: readonly (readonly Errand[])[],
  fault: Fault,
  progress: (done: number) => void,
) {
  const bad: Ended[] = [];
  const good: Ended[] = [];
  const [{ length: count } = []] = lanes;
  for (let turn = 0; turn < count; turn += 1) {
    const isBad = turn % (1 + GOOD_PER_BAD) === 0;
    const stops = isBad ? WRITING_VENDORS.flatMap((vendor) => spoil(graph, vendor, fault)) : [];
    const ended = await Promise.all(lanes.map((lane) => perform(graph, lane[turn] as Errand)));
    for (const stop of stops) stop();
    (isBad ? bad : good).push(...ended);
    // Nothing is under way.
    clock.skip(LONGER_THAN_ANY_BREAKER_RESTS_MS);
    if (isBad) progress(bad.length);
  }
  return { bad, good };
}

const spoil = (graph: Graph, vendor: string, fault: Fault) =>
  (WRITE_OPERATIONS[vendor] ?? []).map((operation) => graph.emulator(vendor).fault({ ...fault, operation }));

async function perform(graph: Graph, errand: Errand): Promise<Ended> {
  return { errand, payload: await payloadOf(graph, errand.mutation, keyed(errand), NO_NODE) };
}

const keyed = ({ mutation, input }: Errand) => ({
  ...input,
  idempotencyKey: `${mutation} ${JSON.stringify(input)}`.slice(0, 255),
});

const met = (graph: Graph): number =>
  WRITING_VENDORS.reduce(
    (sum, vendor) => sum + writesAt(vendor, graph.emulator(vendor)).filter(({ fault }) => fault !== undefined).length,
    0,
  );

const misstated = (ended: readonly Ended[]): readonly string[] =>
  ended
    .filter(({ payload }) => payload.outcome === 'UNKNOWN')
    .filter(({ errand, payload }) => payload.userErrors[0].safeToRepeat !== errand.isSafeToRepeat)
    .map(({ errand, payload }) => `${errand.vendor} ${errand.mutation}: ${JSON.stringify(payload.userErrors)}`);

/** The same keys again: what could have been carried out is answered as it was, and nobody is asked to write. */
async function changed(graph: Graph, ended: readonly Ended[]): Promise<readonly string[]> {
  const changes: string[] = [];
  for (const vendor of WRITING_VENDORS) graph.emulator(vendor).forget();
  for (const { errand, payload } of ended) {
    if (payload.outcome === 'NOT_EXECUTED') continue;
    const again = await payloadOf(graph, errand.mutation, keyed(errand), NO_NODE);
    if (JSON.stringify(again) === JSON.stringify(payload)) continue;
    changes.push(`${errand.vendor} ${errand.mutation}: ${JSON.stringify({ payload, again })}`);
  }
  for (const vendor of WRITING_VENDORS) {
    for (const { operation, body } of writesAt(vendor, graph.emulator(vendor))) {
      changes.push(`${vendor} was sent again: ${operation} ${JSON.stringify(body)}`);
    }
  }
  return changes;
}
