import type { Emulator } from '../../src/emulation/emulator.ts';
import { FAULT_KINDS, type Fault } from '../../src/emulation/faults.ts';
import { pick } from '../../src/emulation/random.ts';

/** Every kind of fault once, and the statuses that are treated each in a way of its own. */
const FAULTS: readonly Fault[] = [
  ...FAULT_KINDS.map((kind) => ({ kind })),
  ...[400, 401, 404, 502, 503, 504].map((status) => ({ kind: 'status', status }) as const),
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
];

const LONGEST_BAD_TIME_S = 4;

/**
 * Makes this share of all calls fail, each in a way of its own. Besides, every vendor has bad times of up to four
 * seconds in which all its calls fail, so that breakers open: for half that share of the time.
 */
export function startRandomFaults(emulators: readonly Emulator[], share: number, random: () => number) {
  const stops: (() => void)[] = [];
  const seen = { calls: 0, faulty: 0, byKind: new Map<string, number>(), violations: [] as string[] };
  const states = emulators.map((emulator) => {
    const state = { emulator, badUntil: 0, drawn: undefined as Fault | undefined };
    const draw = () => {
      const bad = Date.now() < state.badUntil;
      state.drawn = random() < (bad ? 1 : share) ? pick(random, FAULTS) : undefined;
      return state.drawn;
    };
    // The first is asked at every request and draws; the others follow.
    FAULTS.forEach((fault, index) => {
      stops.push(emulator.fault({ ...fault, when: () => (index === 0 ? draw() : state.drawn) === fault }));
    });
    return state;
  });

  /** Once a second: takes the emulators' logs, which would grow, and draws bad times. */
  function tick(): void {
    for (const state of states) {
      const { emulator } = state;
      seen.calls += emulator.count();
      for (const { fault } of emulator.exchanges) {
        if (fault === undefined) continue;
        seen.faulty += 1;
        seen.byKind.set(fault, (seen.byKind.get(fault) ?? 0) + 1);
      }
      emulator.forget();
      const meanLength = (1 + LONGEST_BAD_TIME_S) / 2;
      if (Date.now() >= state.badUntil && random() < share / 2 / meanLength) {
        state.badUntil = Date.now() + 1_000 * Math.ceil(random() * LONGEST_BAD_TIME_S);
      }
    }
  }
  return {
    seen,
    tick,
    stop() {
      for (const stop of stops) stop();
      tick();
      for (const { operation, problem } of states.flatMap(({ emulator }) => emulator.violations)) {
        if (seen.violations.length < 100) seen.violations.push(`${operation}: ${problem}`);
      }
    },
  };
}
