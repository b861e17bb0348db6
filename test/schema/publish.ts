import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { breakingChanges, currentSdl, PUBLISHED_PATH, publishedSdl } from './published.ts';

// npm run schema: writes schema/published/subgraph.graphql anew.

const HELP = `npm run schema                        writes schema/published/subgraph.graphql anew from schema/ and the tables of scopes and costs
npm run schema -- --accept-breaking   also where that breaks clients or compositions that rely on the file as it is
npm run -s schema -- --prefix Crm     prints the SDL as it is with SCHEMA_PREFIX=Crm, and writes nothing
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function previous(): string | undefined {
  try {
    return publishedSdl();
  } catch {
    return undefined;
  }
}

const [option, ...more] = process.argv.slice(2);
const [prefix] = more;
if (option === '--prefix' && prefix !== undefined && /^[A-Z][A-Za-z0-9]{0,19}$/.test(prefix) && more.length === 1) {
  process.stdout.write(currentSdl(prefix));
} else if (option === '--help' || option === '-h') {
  process.stdout.write(HELP);
} else if (more.length > 0 || (option !== undefined && option !== '--accept-breaking')) {
  process.stderr.write(`Unknown option; these exist:\n\n${HELP}`);
  process.exitCode = 2;
} else {
  const before = previous();
  const next = currentSdl();
  const breaks = before === undefined ? [] : breakingChanges(before, next);
  for (const change of breaks) say(`breaking: ${change}`);
  if (breaks.length > 0 && option === undefined) {
    say('\nNothing was written. If this is meant: npm run schema -- --accept-breaking');
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(PUBLISHED_PATH), { recursive: true });
    writeFileSync(PUBLISHED_PATH, next);
    say(
      before === next ? 'schema/published/subgraph.graphql was current.' : 'schema/published/subgraph.graphql is new.',
    );
  }
}
