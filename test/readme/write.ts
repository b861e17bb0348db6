import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from './tables.ts';

// npm run readme: writes the tables of the README anew.

const PATH = join(import.meta.dirname, '..', '..', 'README.md');

if (process.argv.includes('--help')) {
  process.stdout.write(
    'npm run readme  writes the generated tables of README.md anew from the adapters and the error catalogue\n',
  );
} else {
  writeFileSync(PATH, withTables(readFileSync(PATH, 'utf8')));
}
