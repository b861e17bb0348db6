import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// npm run build. Not below src/, because all of src/ is shipped and this is not.

const HELP = `npm run build   makes the package to install in dist/: JavaScript, types, schema, pages, and a package.json of its own

It takes about ten seconds, most of them for checking the types. Then "npm pack ./dist" makes the file to install or to
publish, and "node test/package/install.ts" proves that it works.
`;

const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'dist');
const PUBLISHED = 'schema/published';

/** What is copied as it is. The README is that of the package; the repository's is about the repository. */
const COPIED = { schema: 'schema', LICENSE: 'LICENSE', 'CHANGELOG.md': 'CHANGELOG.md', '.env.example': '.env.example' };

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function build(): boolean {
  rmSync(DIST, { recursive: true, force: true });
  if (!compile()) return false;
  copyBesideCode();
  for (const [from, to] of Object.entries(COPIED)) cpSync(join(ROOT, from), join(DIST, to), { recursive: true });
  cpSync(join(import.meta.dirname, 'README.md'), join(DIST, 'README.md'));
  writeFileSync(join(DIST, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  chmodSync(join(DIST, 'src', 'command.mjs'), 0o755);
  return true;
}

function compile(): boolean {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(import.meta.dirname, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  for (const name of filesBelow(join(DIST, 'src')).filter((file) => file.endsWith('.d.ts'))) {
    const path = join(DIST, 'src', name);
    // tsc rewrites the endings of imports in JavaScript only, and not every editor finds a .d.ts behind a .ts.
    writeFileSync(path, readFileSync(path, 'utf8').replace(/((?:from |import\()['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'));
  }
  return status === 0;
}

/** Pages, styles, and JavaScript that is JavaScript already. */
function copyBesideCode(): void {
  const isTool = (folder: string): boolean => existsSync(join(folder, 'package.json'));
  cpSync(join(ROOT, 'src'), join(DIST, 'src'), {
    recursive: true,
    // A folder with a package.json of its own is a tool that makes something for us.
    filter: (path) => (statSync(path).isDirectory() ? !isTool(path) : !path.endsWith('.ts')),
  });
}

const filesBelow = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' });

/** Nothing of development is in it, and above all no Node: the consumer's own stays what it is. */
function manifest() {
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { name, version, description, license, type, engines, dependencies } = root;
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    bin: { [name]: 'src/command.mjs' },
    types: './src/index.d.ts',
    exports: {
      '.': { types: './src/index.d.ts', default: './src/index.js' },
      ...artefacts(),
      './package.json': './package.json',
    },
    files: ['src', ...Object.values(COPIED)],
    dependencies,
  };
}

/** What is published of the schema, by its own name: `crm-federation/introspection.json`. */
function artefacts(): Record<string, string | { readonly types: string }> {
  return Object.fromEntries(
    readdirSync(join(ROOT, PUBLISHED)).map((name) => {
      const path = `./${PUBLISHED}/${name}`;
      return name.endsWith('.d.ts') ? [`./${name.slice(0, -'.d.ts'.length)}`, { types: path }] : [`./${name}`, path];
    }),
  );
}

if (process.argv.includes('--help')) {
  say(HELP);
} else {
  const startedAt = Date.now();
  say('Checking and compiling ...');
  if (build()) say(`dist/ is built (${Math.round((Date.now() - startedAt) / 1_000)} s).`);
  else process.exitCode = 1;
}
