import type { Shape } from '../shapes.ts';

/** One program that does the shapes' work. */
export interface Contender {
  readonly name: string;
  readonly what: string;
  /** Node's own flags, the program and its arguments. */
  readonly command: readonly string[];
  /** @param folder for files of this run */
  environment(upstream: string, folder: string): Readonly<Record<string, string>>;
  /** Where a shape is asked. */
  path(shape: Shape): string;
  /** What is posted there besides the variables. */
  body(shape: Shape): object;
}
