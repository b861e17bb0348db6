import { join } from 'node:path';

const ROOT = `file://${join(import.meta.dirname, '..', '..')}/`;
const MOST_PLACES = 12;

/** What a line of a stack trace looks like that was written by the engine: names of code, and a place in a file. */
const PLACE = /^ {4}at (?:[\w$.<>[\] #*]{1,200} \()?(?:file:|node:)[^\s()]{1,300}:\d+:\d+\)?$/;

/**
 * A defect without its message, which may hold personal data: its kind, and where in our code it happened. Places are
 * below this folder, so that nothing of the machine shows.
 */
export function describeDefect(error: unknown): { readonly error: string; readonly places: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, places: [] };
  // The stack begins with the message, whose lines may look like the places that follow.
  const stack = String(error.stack ?? '').replace(String(error.message), '');
  const places = stack.split('\n').filter((line) => PLACE.test(line));
  return {
    error: /^\w{1,64}$/.test(error.name) ? error.name : 'Error',
    places: places.slice(0, MOST_PLACES).map((line) => line.trim().replace(ROOT, '')),
  };
}
