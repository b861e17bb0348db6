import { ok, strictEqual } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type Consumer,
  checkDemo,
  checkHelp,
  checkLibrary,
  checkOwnNode,
  checkTypes,
  makeConsumer,
  onNode,
} from './consumer.ts';
import { checkImage } from './image.ts';
import { killAll, run } from './run.ts';

// Installs the package as its users do. Part of npm run verify; Linux.

const HELP = `node test/package/install.ts [--keep] [--help]

Builds the package, packs it and installs it into empty projects, one on the oldest Node it promises to run on and one on
Node 26. In each: the command's help and demo, a program that uses the library and ends by itself, its types, and that
the project's own Node is what it was. Then the steps of the Dockerfile in folders, and the program that comes out.
Takes a minute, and packages from the npm registry that this machine uses. Ends with 1 if something does not hold.

  --keep   leaves the folder with all of it, and says where it is
`;

const ROOT = join(import.meta.dirname, '..', '..');
const OLDEST_NODE = '22.19.0';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(folder: string): Promise<void> {
  const startedAt = Date.now();
  const step = async <Answer>(name: string, work: Promise<Answer>): Promise<Answer> => {
    const answer = await work;
    say(`${String(Math.round((Date.now() - startedAt) / 1_000)).padStart(3)} s  ${name}`);
    return answer;
  };
  const environment = onNode(dirname(process.execPath));
  const oldest = step(`Node ${OLDEST_NODE} is here`, fetchNode(join(folder, 'node'), environment));
  const packed = step('the package is built and packed', pack(folder, environment));
  await Promise.all([
    step('the steps of the Dockerfile lead to a program that starts', checkImage(ROOT, folder, environment)),
    Promise.all([packed, oldest]).then(([tarball, node]) => consume(join(folder, 'oldest'), node, tarball)),
    packed
      .then((tarball) => consume(join(folder, 'current'), dirname(process.execPath), tarball))
      .then((consumer) =>
        step('the types hold', checkTypes(consumer, join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'))),
      ),
  ]);

  async function consume(place: string, nodeFolder: string, tarball: string): Promise<Consumer> {
    const consumer = await makeConsumer(place, nodeFolder, tarball);
    const on = (check: string) => `on ${consumer.version}: ${check}`;
    const checks: [string, (consumer: Consumer) => Promise<void>][] = [
      ["the project's own Node is what it was", checkOwnNode],
      ['the command tells how it is used', checkHelp],
      ['the demo starts, answers and ends with 0', checkDemo],
      ['a program with the library ends by itself', checkLibrary],
    ];
    for (const [name, check] of checks) await step(on(name), check(consumer));
    return consumer;
  }
}

/** Answers the folder that holds its binary. */
async function fetchNode(folder: string, environment: Record<string, string | undefined>): Promise<string> {
  const name = `node-linux-${process.arch}`;
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  await run('npm', ['install', '--no-audit', '--no-fund', `${name}@${OLDEST_NODE}`], { folder, environment });
  return join(folder, 'node_modules', name, 'bin');
}

/** Answers the path of the file that would be published. */
async function pack(folder: string, environment: Record<string, string | undefined>): Promise<string> {
  await run(process.execPath, [join(import.meta.dirname, 'build.ts')], { folder: ROOT, environment });
  const words = ['pack', join(ROOT, 'dist'), '--pack-destination', folder, '--json'];
  const { output } = await run('npm', words, { folder, environment });
  const [{ name, filename, files, unpackedSize }] = JSON.parse(output) as [
    { name: string; filename: string; files: { path: string }[]; unpackedSize: number },
  ];
  strictEqual(name, 'crm-federation');
  const strangers = files.filter(({ path }) => /(?<!\.d)\.ts$|test|node_modules|\.env$|sqlite$/.test(path));
  ok(strangers.length === 0, `files that are not to be published: ${strangers.map(({ path }) => path).join(', ')}`);
  say(`       ${files.length} files, ${(unpackedSize / 1024 ** 2).toFixed(1)} MiB`);
  return join(folder, filename);
}

const [argument, ...more] = process.argv.slice(2);
if (argument === '--help') {
  say(HELP);
} else if (more.length > 0 || (argument !== undefined && argument !== '--keep')) {
  process.stderr.write(`Unknown option; these exist:\n\n${HELP}`);
  process.exitCode = 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'crm-federation-'));
  try {
    await main(folder);
    say('The package installs and runs.');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  } finally {
    killAll();
    if (argument === '--keep') say(folder);
    else rmSync(folder, { recursive: true, force: true });
  }
}
