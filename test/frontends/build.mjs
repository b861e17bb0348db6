import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { context } from 'esbuild';
import { Kind, parse } from 'graphql';

const HELP = `Builds the sample pages into dist/, with dist/safelist.json beside them

  npm run build                      builds
  npm start                          builds and serves at http://127.0.0.1:5173
  npm start -- --port 8080           at another port
  npm start -- --ids                 sends the digests of documents instead of documents (SAFELIST_FILE)
  npm start -- --graph <address>     asks another graph than http://127.0.0.1:4000/graphql
`;

const PAGES = ['apollo', 'fetch'];
const HERE = import.meta.dirname;
const DIST = join(HERE, 'dist');

const options = asked();
if (options === undefined) {
  process.stderr.write(`Unknown option; these exist:\n\n${HELP}`);
  process.exitCode = 2;
} else if (options.help) process.stdout.write(HELP);
else await build();

function asked() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h' },
        serve: { type: 'boolean' },
        ids: { type: 'boolean', default: false },
        port: { type: 'string', default: '5173' },
        graph: { type: 'string', default: 'http://127.0.0.1:4000/graphql' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

async function build() {
  rmSync(DIST, { recursive: true, force: true });
  for (const page of PAGES) {
    mkdirSync(join(DIST, page), { recursive: true });
    cpSync(join(HERE, 'src', page, 'index.html'), join(DIST, page, 'index.html'));
  }
  cpSync(join(HERE, 'src', 'shared', 'style.css'), join(DIST, 'style.css'));
  cpSync(join(HERE, 'src', 'shared', 'index.html'), join(DIST, 'index.html'));
  writeFileSync(join(DIST, 'safelist.json'), `${JSON.stringify(safelist(), null, 2)}\n`);
  const pages = await context({
    entryPoints: { 'apollo/page': join(HERE, 'src/apollo/page.tsx'), 'fetch/page': join(HERE, 'src/fetch/page.ts') },
    outdir: DIST,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: {
      GRAPH_URL: JSON.stringify(options.graph),
      SEND_IDS: String(options.ids),
      'process.env.NODE_ENV': '"production"',
      'globalThis.__DEV__': 'false',
    },
    logLevel: 'warning',
  });
  await pages.rebuild();
  if (!options.serve) return pages.dispose();
  const { port } = await pages.serve({ servedir: DIST, host: '127.0.0.1', port: Number(options.port) });
  process.stdout.write(`The pages are at http://127.0.0.1:${port}/\n`);
}

/** The manifest that SAFELIST_FILE names, made of the documents that the client preset has found. */
function safelist() {
  const documents = Object.assign(
    {},
    ...PAGES.map((page) =>
      JSON.parse(readFileSync(join(HERE, 'src', page, 'gql', 'persisted-documents.json'), 'utf8')),
    ),
  );
  const operations = Object.entries(documents).map(([id, body]) => {
    const { name, operation } = parse(body).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return { id, name: name.value, type: operation, body };
  });
  return { format: 'apollo-persisted-query-manifest', version: 1, operations };
}
