import { expect } from '@jest/globals';
import { ERROR_CATALOGUE, type ErrorCode } from '../../src/crm/errors.ts';
import type { Fate } from './writeCases.ts';
import type { Write } from './writes.ts';

/** What a mutation answered. */
export interface Payload {
  readonly outcome: string;
  readonly userErrors: readonly {
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    readonly retryAfter: number | null;
    readonly safeToRepeat: boolean | null;
  }[];
  readonly receipt: readonly { readonly field: readonly string[]; readonly status: string }[];
  readonly requests: readonly { readonly isWrite: boolean; readonly state: string }[];
}

/** Stacks, files, keys, web pages, parsers' and sockets' words. */
const LEAKS =
  /node_modules|\.ts:|at \w+ \(|<html|<!DOCTYPE|demo-|renewed-|ECONN|UND_ERR|Unexpected|JSON at|invalid json|zlib|incorrect header|passwd/i;

/** Errors that a program can rely on, and nothing in them that is nobody's business. */
export function expectCleanPayload(payload: Payload): void {
  for (const { code, retryable, message } of payload.userErrors) {
    expect(Object.keys(ERROR_CATALOGUE)).toContain(code);
    expect(retryable).toBe(ERROR_CATALOGUE[code].retryable);
    expect(message).not.toBe('');
  }
  expect(JSON.stringify(payload)).not.toMatch(LEAKS);
}

interface Happened {
  readonly write: Write;
  readonly payload: Payload;
  /** Whether the vendor holds what was asked for. */
  readonly isStored: boolean;
}

interface Expected {
  /** Any of these is right. */
  readonly fates: readonly Fate[];
  /** The vendor says with a good status that it did what it did not do. */
  readonly mayLie?: boolean;
  /** The answer shows none of what was sent. */
  readonly hides?: boolean;
  /** For VENDOR_RATE_LIMITED. */
  readonly retryAfter?: unknown;
  /** No look-up can settle it. */
  readonly cannotLook?: boolean;
}

/** Compares what is said of a write with what the vendor really did. */
export function expectTrue({ write, payload, isStored }: Happened, expected: Expected): void {
  const { outcome, receipt, requests } = payload;
  const [error, ...others] = payload.userErrors;
  expect(others).toEqual([]);
  const ends = expected.fates.map((fate) => endOf(fate, write, isStored && expected.cannotLook !== true));
  expect(ends).toContain(`${write.name}: ${outcome} ${error?.code ?? 'without error'}`);

  const last = requests.findLastIndex(({ isWrite }) => isWrite);
  const state = requests[last]?.state;
  if (error === undefined) {
    expect([write.name, isStored || expected.mayLie === true]).toEqual([write.name, true]);
    // Settled ones were never answered.
    expect(['DONE', 'UNKNOWN']).toContain(state);
    expectProved(write, payload, isStored, state === 'UNKNOWN', last);
    const isRead = requests.slice(last + 1).some((request) => request.state === 'DONE');
    if (expected.hides && !isRead) expect([write.name, appliedFields(write, payload)]).toEqual([write.name, []]);
  } else if (outcome === 'UNKNOWN') {
    expect(error).toMatchObject({ retryable: false, safeToRepeat: write.safeToRepeat });
    expect(state).toBe('UNKNOWN');
    expect(receipt).toEqual([]);
  } else {
    expect([write.name, isStored]).toEqual([write.name, false]);
    expect(state).toBe('REFUSED');
    expect(receipt).toEqual([]);
    if (error.code === 'VENDOR_RATE_LIMITED') expect(error.retryAfter).toEqual(expected.retryAfter);
  }
}

/** How a write ends: outcome and code. */
function endOf(fate: Fate, { name, done, settled, part }: Write, isSeen: boolean): string {
  if (fate === 'done') return `${name}: ${done} without error`;
  if (fate !== 'open') return `${name}: ${part === 'second' ? 'PARTLY_EXECUTED' : 'NOT_EXECUTED'} ${fate}`;
  return isSeen && settled !== undefined ? `${name}: ${settled} without error` : `${name}: UNKNOWN OUTCOME_UNKNOWN`;
}

/** What the receipt calls stored, without what the vendor held before. */
export const appliedFields = ({ foundBy }: Write, { receipt }: Payload): readonly string[] =>
  receipt
    .filter(({ status, field }) => status === 'APPLIED' && field.at(-1) !== foundBy)
    .map(({ field }) => field.join('.'));

/** A receipt says of no field that it is stored where it is not, and a look-up that settles a write shows it. */
function expectProved(write: Write, payload: Payload, isStored: boolean, isSettled: boolean, last: number): void {
  const applied = appliedFields(write, payload);
  if (!isStored) expect([write.name, applied]).toEqual([write.name, []]);
  if (!isSettled) return;
  const looks = payload.requests.slice(last + 1).map(({ state }) => state);
  // That there is nobody any more is what a look-up says with a refusal.
  expect([write.name, looks]).toEqual([
    write.name,
    expect.arrayContaining([write.isBodiless ? expect.any(String) : 'DONE']),
  ]);
  if (!write.isBodiless) expect([write.name, applied.length > 0]).toEqual([write.name, true]);
}
