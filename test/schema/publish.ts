import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Artefact, currentArtefacts, pathOf, publishedArtefact } from './artefacts.ts';
import { breakingChanges, currentSdl } from './published.ts';

// npm run schema: writes the files of schema/published anew.

const HELP = `npm run schema                        writes the files of schema/published anew from schema/ and the tables of scopes and
                                      costs: subgraph.graphql for routers and registries; schema.graphql,
                                      introspection.json and types.d.ts for clients
npm run schema -- --accept-breaking   also where that breaks clients or compositions that rely on the files as they are
npm run -s schema -- --prefix Crm     prints the SDL as it is with SCHEMA_PREFIX=Crm, and writes nothing
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Undefined where it was never published. */
function previous(artefact: Artefact): string | undefined {
  try {
    return publishedArtefact(artefact);
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
  const next = await currentArtefacts();
  const before = previous('subgraph.graphql');
  const breaks = before === undefined ? [] : breakingChanges(before, next['subgraph.graphql']);
  for (const change of breaks) say(`breaking: ${change}`);
  if (breaks.length > 0 && option === undefined) {
    say('\nNothing was written. If this is meant: npm run schema -- --accept-breaking');
    process.exitCode = 1;
  } else {
    for (const [name, text] of Object.entries(next)) {
      const artefact = name as Artefact;
      const isCurrent = previous(artefact) === text;
      mkdirSync(dirname(pathOf(artefact)), { recursive: true });
      writeFileSync(pathOf(artefact), text);
      say(`schema/published/${artefact} ${isCurrent ? 'was current' : 'is new'}.`);
    }
  }
}
