import type { Emulator } from '../../src/emulation/emulator.ts';
import type { Answer } from '../support/graph.ts';
import { type Errand, writesAt } from './errands.ts';

const DONE = new Set(['CREATED', 'UPDATED', 'CREATED_OR_UPDATED', 'DELETED']);
/** AT_RISK is said of fields that nobody named. */
const HONEST = new Set(['APPLIED', 'UNVERIFIED', 'AT_RISK']);

export interface Ended {
  readonly errand: Errand;
  readonly payload: Answer['data'];
}

/** How often each write was seen, and what in the answers is not true of what the vendors saw and hold. */
export function judge(ended: readonly Ended[], emulator: (vendor: string) => Emulator) {
  const vendors = [...new Set(ended.map(({ errand }) => errand.vendor))];
  const held = new Map(vendors.map((vendor) => [vendor, emulator(vendor).records()]));
  const sent = new Map(vendors.map((vendor) => [vendor, writesAt(vendor, emulator(vendor))]));
  const lies: string[] = [];
  const outcomes: Record<string, number> = {};
  let unseen = 0;
  for (const { errand, payload } of ended) {
    const seen = (sent.get(errand.vendor) ?? []).filter(errand.isSeenIn).length;
    const isDone = errand.isDone(held.get(errand.vendor) ?? {});
    const problem = seen > 1 ? `was sent ${seen} times` : problemOf(errand, payload, seen, isDone);
    if (problem !== undefined) {
      const { outcome, userErrors, requests } = payload;
      lies.push(
        `${errand.vendor} ${errand.mutation} ${problem}: ${JSON.stringify({ input: errand.input, outcome, userErrors, requests })}`,
      );
    }
    outcomes[payload.outcome] = (outcomes[payload.outcome] ?? 0) + 1;
    if (seen === 0) unseen += 1;
  }
  return { lies: [...lies, ...vendors.flatMap((vendor) => doubles(vendor, sent.get(vendor) ?? []))], outcomes, unseen };
}

function problemOf(errand: Errand, payload: Answer['data'], seen: number, isDone: boolean): string | undefined {
  const { outcome, userErrors, receipt } = payload;
  if (DONE.has(outcome)) {
    if (!isDone) return 'is said to be done and is not';
    if (seen === 0) return 'is said to be done and was never sent';
    if (userErrors.length > 0) return 'is said to be done, with an error';
    const odd = receipt.find(({ status }: { status: string }) => !HONEST.has(status));
    return odd === undefined ? undefined : `was stored as given, and the receipt says ${JSON.stringify(odd)}`;
  }
  const [error, second] = userErrors;
  if (error === undefined || second !== undefined) return 'has no single error';
  if (outcome === 'UNKNOWN') {
    if (error.code !== 'OUTCOME_UNKNOWN') return `is unknown with the code ${error.code}`;
    if (error.retryable) return 'is unknown and said to be retryable';
    return error.safeToRepeat === true && !errand.isSafeToRepeat ? 'is said to be safe to repeat' : undefined;
  }
  if (outcome === 'NOT_EXECUTED') return isDone ? 'is said not to be done and is' : undefined;
  if (outcome === 'PARTLY_EXECUTED') return isDone ? 'is said to be done in part and is done' : undefined;
  return `ended as ${outcome}`;
}

/** No two requests that change something are ever the same. */
function doubles(vendor: string, sent: ReturnType<typeof writesAt>): readonly string[] {
  const texts = sent.map(({ operation, url, body }) => JSON.stringify([operation, url, body]));
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))].map(
    (text) => `${vendor} got twice: ${text}`,
  );
}
