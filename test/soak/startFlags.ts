import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));

/** What "npm start" tells Node about memory: figures of memory hold for programs that are started like that. */
export const startFlags: readonly string[] = scripts.start
  .split(' ')
  .filter((word: string) => /^--(min|max)-/.test(word));
