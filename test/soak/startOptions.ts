import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface StartOptions {
  /** For Node. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What "npm start" says about memory: figures of memory hold for programs that are started like that. */
export const { flags: startFlags, environment: startEnvironment }: StartOptions = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'src', 'startOptions.json'), 'utf8'),
);
