import { type GraphQLError, locatedError } from 'graphql';
import type { Completion, FieldPlan } from './plan.ts';

// The places of an answer: who waits for what, and where null stands because of an error.

/** What is being made: the object or list at a place, or the whole answer. */
export interface Making {
  /** Values right below that are still to come. */
  waiting: number;
  /** Why nothing will come of it, told when nothing is waited for any more. */
  failure: unknown;
  /** Set where it has failed: whatever still comes below changes nothing. */
  isOver: boolean;
  /** Set where null stands because of an error. What happens below is not told any more. */
  isNull: boolean;
}

/** A place of the answer: a path as graphql-js has it, and what it takes to put something there later. */
export interface Place extends Making {
  /** Undefined: a field of the root. */
  readonly prev: Place | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
  readonly field: FieldPlan;
  readonly completion: Completion;
  readonly within: Container;
}

/** An object or a list of the answer. */
export type Container = Record<string | number, unknown>;

/** The whole answer. */
export interface Whole extends Making {
  readonly errors: GraphQLError[];
  /** Errors so far, those included that are not told. */
  failures: number;
  /** Called when nothing is waited for any more. */
  end: () => void;
}

export const placeOf = (
  field: FieldPlan,
  completion: Completion,
  prev: Place | undefined,
  within: Container,
  key: string | number,
): Place => ({
  prev,
  key,
  typename: typeof key === 'string' ? field.parentType.name : undefined,
  field,
  completion,
  within,
  waiting: 0,
  failure: undefined,
  isOver: false,
  isNull: false,
});

/** What a value becomes at its place. */
type Complete<Run> = (run: Run, place: Place, value: unknown) => unknown;

/** Puts at a place what comes of a promise; null stands there until then. */
export function wait<Run extends Whole>(run: Run, place: Place, value: Promise<unknown>, then: Complete<Run>): null {
  (place.prev ?? run).waiting += 1;
  value.then(
    (settled) => arrive(run, place, settled, then),
    (error) => fail(run, place, error),
  );
  return null;
}

function arrive<Run extends Whole>(run: Run, place: Place, settled: unknown, then: Complete<Run>): void {
  try {
    place.within[place.key] = then(run, place, settled);
  } catch (error) {
    place.failure = error;
    void fail(run, place, error);
    return;
  }
  if (place.waiting === 0) countDown(run, place.prev);
}

/** One value less is waited for there; what has all of its own is one for what is around it. */
function countDown(run: Whole, first: Place | undefined): void {
  for (let place = first; ; place = place.prev) {
    const making = place ?? run;
    making.waiting -= 1;
    if (making.waiting > 0 || making.isOver) return;
    if (making.failure !== undefined) {
      void fail(run, place, making.failure);
      return;
    }
    if (place === undefined) {
      run.end();
      return;
    }
  }
}

/**
 * A failure that came with a promise: null at the next place around it that may be null. It takes graphql-js some turns
 * of the queue to get from one place to the next, in which errors of the same moment are still told.
 */
async function fail(run: Whole, first: Place | undefined, raw: unknown): Promise<void> {
  let error = raw;
  for (let place = first; place !== undefined; place = place.prev) {
    await undefined;
    if (place.isOver) return;
    error = locatedError(error, place.field.nodes, keysOf(place));
    if (!place.completion.nonNull) {
      note(run, error as GraphQLError, place);
      place.within[place.key] = null;
      countDown(run, place.prev);
      return;
    }
    place.isOver = true;
    await undefined;
    if (typeof place.key === 'string') await undefined;
    error = (place.prev ?? run).failure ?? error;
  }
  if (run.isOver) return;
  note(run, error as GraphQLError, undefined);
  run.end();
}

/** Where null is allowed, the error is noted and null stands in its place; elsewhere the object around it fails. */
export function failed(run: Whole, place: Place, raw: unknown): null {
  const error = locatedError(raw, place.field.nodes, keysOf(place));
  if (place.completion.nonNull) {
    place.isOver = true;
    throw error;
  }
  note(run, error, place);
  return null;
}

/** @param place where null stands because of it; undefined for the root */
export function note(run: Whole, error: GraphQLError, place: Place | undefined): void {
  run.failures += 1;
  const making = place ?? run;
  making.isOver = true;
  if (run.isNull) return;
  for (let around = place; around !== undefined; around = around.prev) if (around.isNull) return;
  making.isNull = true;
  run.errors.push(error);
}

function keysOf(path: Place): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let place: Place | undefined = path; place !== undefined; place = place.prev) keys.push(place.key);
  return keys.reverse();
}

export const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
