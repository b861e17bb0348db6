import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const HELP = `Builds the explorer page from GraphiQL and the sources beside this script

  npm run build:explorer              writes src/explorer/page/
  npm run build:explorer -- --check   builds and says whether the committed page is what comes out
  npm run build:explorer -- --help    this text

Installs what it needs into a folder of its own that is removed afterwards (half a minute; needs the npm registry).
`;

const SOURCES = import.meta.dirname;
const PAGE = join(SOURCES, '..', 'page');
const RECORD = 'built.json';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** SHA-256 of every file of a folder by its name, but of the record itself. */
export function digestsOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name !== RECORD);
  return Object.fromEntries(names.sort().map((name) => [name, digestOf(readFileSync(join(folder, name)))]));
}

const digestOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The part of esbuild that is used; it is not installed where types are checked. */
interface Esbuild {
  build(options: Readonly<Record<string, unknown>>): Promise<{
    readonly outputFiles: readonly { readonly path: string; readonly text: string }[];
    readonly metafile: { readonly inputs: Readonly<Record<string, unknown>> };
  }>;
}

/** Everything that belongs into `page/`, by file name. Throws with the reason where the build fails. */
async function build(): Promise<ReadonlyMap<string, string>> {
  const room = mkdtempSync(join(tmpdir(), 'crm-explorer-'));
  try {
    cpSync(SOURCES, room, { recursive: true });
    say('Installing what the page is built from ...');
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], room);
    say('Building ...');
    const { build: bundle } = (await import(
      pathToFileURL(join(room, 'node_modules/esbuild/lib/main.js')).href
    )) as Esbuild;
    const { outputFiles, metafile } = await bundle({
      absWorkingDir: room,
      entryPoints: ['explorer.jsx'],
      outdir: 'out',
      bundle: true,
      // Also says "production" to packages that have warnings for developers.
      minify: true,
      write: false,
      metafile: true,
      format: 'esm',
      target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
      jsx: 'automatic',
      alias: { 'react-remove-scroll': './noScrollLock.jsx' },
      // They are in licences.txt, each with its package.
      legalComments: 'none',
      logLevel: 'error',
    });
    const files = new Map(
      outputFiles.map(({ path, text }) => [relative(join(room, 'out'), path), `${withoutFonts(text).trimEnd()}\n`]),
    );
    files.set('index.html', readFileSync(join(room, 'index.html'), 'utf8'));
    files.set('licences.txt', licences(room, Object.keys(metafile.inputs)));
    return files;
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

function run(program: string, options: readonly string[], folder: string): void {
  const { status } = spawnSync(program, options, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`"${program} ${options.join(' ')}" failed in ${folder}.`);
}

/** GraphiQL's own fonts are seven eighths of its style sheet; the system's do as well. */
const withoutFonts = (text: string): string => text.replace(/@font-face\s*\{[^}]*\}/g, '');

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
  readonly repository?: string | { readonly url?: string };
}

/** The notices of every package that something was taken from. */
function licences(room: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const packages = [...folders].sort().map((folder) => {
    const facts = JSON.parse(readFileSync(join(room, folder, 'package.json'), 'utf8')) as Package;
    return { facts, notice: noticeIn(join(room, folder)) };
  });
  const notices = new Map<string, string[]>();
  for (const { facts, notice } of packages) {
    // A package of a monorepo without a notice of its own falls under its neighbour's.
    const neighbour = packages.find((other) => other.notice && sourceOf(other.facts) === sourceOf(facts));
    const text = notice ?? neighbour?.notice ?? standardNotice(facts, join(room, 'mit.txt'));
    notices.set(text, [...(notices.get(text) ?? []), titleOf(facts)]);
  }
  const parts = [...notices].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  return `${['explorer.js and explorer.css contain parts of these packages.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const titleOf = ({ name, version, license }: Package): string => `${name} ${version}, ${license ?? 'licence below'}`;

function noticeIn(folder: string): string | undefined {
  const names = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)\b/i.test(file));
  const texts = names.sort().map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r', '').trim());
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

/** Of packages that do not say it themselves: whose repository they come from. */
const HOLDERS: Readonly<Record<string, string>> = { 'react-compiler-runtime': 'Meta Platforms, Inc. and affiliates.' };

/** For a package that names a licence and ships no text of it. */
function standardNotice({ name, license, author }: Package, mit: string): string {
  const holder = HOLDERS[name] ?? (typeof author === 'string' ? author : author?.name);
  if (license === 'MIT' && holder !== undefined) return readFileSync(mit, 'utf8').replace('<holder>', holder).trim();
  throw new Error(`${name} ships no licence; find out under which it may be given on.`);
}

const sourceOf = ({ repository, name }: Package): string =>
  (typeof repository === 'string' ? repository : repository?.url)?.replace(/^git\+|\.git$/g, '') ?? name;

/** What stands in `page/` and is not what was built. */
function differing(files: ReadonlyMap<string, string>): readonly string[] {
  const committed = existsSync(PAGE) ? digestsOf(PAGE) : {};
  const names = new Set([...files.keys(), ...Object.keys(committed)]);
  return [...names].filter((name) => digestOf(files.get(name) ?? '') !== committed[name]);
}

async function main(argument: string | undefined): Promise<number> {
  if (argument === '--help' || argument === '-h') {
    say(HELP);
    return 0;
  }
  if (argument !== undefined && argument !== '--check') {
    process.stderr.write('Unknown argument; "npm run build:explorer -- --help" lists what there is.\n');
    return 2;
  }
  const files = await build();
  if (argument === '--check') {
    const different = differing(files);
    if (different.length === 0) say('The committed page is what comes out.');
    else say(`Not what comes out: ${different.join(', ')}; run "npm run build:explorer".`);
    return different.length === 0 ? 0 : 1;
  }
  rmSync(PAGE, { recursive: true, force: true });
  mkdirSync(PAGE);
  for (const [name, text] of files) {
    writeFileSync(join(PAGE, name), text);
    say(`${name}: ${Math.ceil(text.length / 1024)} KiB`);
  }
  const record = { sources: digestsOf(SOURCES), page: digestsOf(PAGE) };
  writeFileSync(join(PAGE, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  return 0;
}

if (import.meta.main) process.exitCode = await main(process.argv[2]);
