import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, readPages } from './pages.ts';
import { withTables } from './tables.ts';

const HELP = `npm run readme                          writes the generated tables of all pages anew, from the adapters and
                                        the error catalogue
npm run readme -- --pictures <folder>   also takes the pictures from a folder that "npm run test:browser -- <folder>"
                                        has filled
`;

/** Where the pages look for them, and what test:browser calls them. */
const PICTURES = { explorer: 'explorer/explorer', status: 'status/overview' };

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, pictures: { type: 'string' } } });
if (values.help === true) {
  process.stdout.write(HELP);
} else {
  for (const { path, text } of readPages()) {
    const current = withTables(text);
    if (current !== text) writeFileSync(join(ROOT, path), current);
  }
  if (values.pictures !== undefined)
    for (const [name, taken] of Object.entries(PICTURES))
      for (const scheme of ['light', 'dark'])
        cpSync(
          join(values.pictures, `${taken}-${scheme}.png`),
          join(import.meta.dirname, 'pictures', `${name}-${scheme}.png`),
        );
}
