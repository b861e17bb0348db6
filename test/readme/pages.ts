import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

export interface Page {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Folders that hold other people's pages, or copies of ours. */
const FOREIGN = ['**/node_modules', '.git', 'dist', 'coverage'];

/** Every page of the project. */
export const readPages = (): readonly Page[] =>
  globSync('**/*.md', { cwd: ROOT, exclude: FOREIGN })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
