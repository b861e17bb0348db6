import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startFlags } from '../soak/startOptions.ts';
import { run, startGraph, type Where } from './run.ts';

const QUERY = '{ customers(first: 3) { nodes { fullName } } }';

/** What a program that uses the library may look like. It says what it found, and has no `process.exit`. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { createApp, SettingError } from 'crm-federation';
import introspection from 'crm-federation/introspection.json' with { type: 'json' };

const app = createApp({ port: 0, demo: true });
const { url } = await app.start();
const headers = { 'content-type': 'application/json' };
const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: '${QUERY}' }) });
const { data } = await answer.json();
await app.stop();
let refusal;
try { createApp({ demo: true, port: -1 }); } catch (error) { refusal = error instanceof SettingError; }
const schema = readFileSync(new URL(import.meta.resolve('crm-federation/schema.graphql')), 'utf8');
console.log(JSON.stringify({
  customers: data.customers.nodes.length,
  refusal,
  types: JSON.stringify(introspection).includes('CustomerConnection') && schema.includes('type Customer '),
}));
`;

/** The same for the types: what is right compiles, and what is wrong does not. */
const TYPES = `
import { type App, createApp, SettingError, type Settings } from 'crm-federation';
import type { Customer } from 'crm-federation/types';

const settings: Settings = {
  port: 0,
  accounts: [{ id: 'shop', vendor: 'any', credentials: { token: 'text' }, limits: { concurrency: 2 } }],
  log: (line) => line.trim(),
};
const app: App = createApp(settings);
export const url: Promise<string> = app.start().then((addresses) => addresses.url);
export const nameOf = (customer: Customer): string => customer.fullName ?? new SettingError('none').message;
// @ts-expect-error a port is a number
createApp({ demo: true, port: '4000' });
// @ts-expect-error there is no such setting
createApp({ demo: true, prot: 4000 });
`;

/** An empty project of somebody else, on a Node of its own. */
export interface Consumer extends Where {
  /** Such as `v26.10.0`. */
  readonly version: string;
}

/** Makes an empty project for the Node in `nodeFolder` and installs the package into it. */
export async function makeConsumer(folder: string, nodeFolder: string, tarball: string): Promise<Consumer> {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'consumer', private: true, type: 'module', scripts: { version: 'node --version' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const environment = onNode(nodeFolder);
  const version = (await run(join(nodeFolder, 'node'), ['--version'], { folder, environment })).output.trim();
  await run('npm', ['install', '--no-audit', '--no-fund', tarball], { folder, environment });
  return { folder, environment, version };
}

/** The environment of somebody who has this Node and calls npm outside of any script. */
export function onNode(nodeFolder: string): Record<string, string | undefined> {
  const ofScripts =
    /^npm_(package_|lifecycle_|config_local_prefix$|command$|(node_)?execpath$)|^(INIT_CWD|NODE_(ENV|OPTIONS|PATH))$/;
  const own = Object.entries(process.env).filter(([name]) => !ofScripts.test(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !/node_modules.\.bin$/.test(folder));
  return { ...Object.fromEntries(own), PATH: [nodeFolder, ...path].join(delimiter), npm_config_loglevel: 'error' };
}

export async function checkOwnNode({ folder, environment, version }: Consumer): Promise<void> {
  const { output } = await run('npm', ['run', '-s', 'version'], { folder, environment });
  strictEqual(output.trim(), version, "the version of Node in the consumer's scripts");
  ok(!existsSync(join(folder, 'node_modules', '.bin', 'node')), 'a Node came with the package');
  deepStrictEqual(
    readdirSync(join(folder, 'node_modules')).filter((name) => /^node(-|$)/.test(name)),
    [],
  );
}

export async function checkHelp({ folder, environment }: Consumer): Promise<void> {
  const { output, complaints } = await run('npx', ['crm-federation', '--help'], { folder, environment });
  ok(output.includes('crm-federation --demo'), output);
  strictEqual(complaints, '');
  const [, example = ''] = /^(\S+\.env\.example)$/m.exec(output) ?? [];
  ok(readFileSync(join(folder, example), 'utf8').includes('ACCOUNTS_FILE='), 'the settings that the help names');
}

/** By npx as people do, and by itself as a supervisor does. Settings are in `.env`. */
export async function checkDemo({ folder, environment }: Consumer): Promise<void> {
  writeFileSync(join(folder, '.env'), 'PORT=0\n');
  const byNpx = await startGraph('npx', ['crm-federation', '--demo'], { folder, environment });
  await checkAnswer(byNpx.url);
  for (const page of ['/status', '/explorer']) {
    const { status } = await fetch(new URL(page, byNpx.url), { headers: { accept: 'text/html' } });
    strictEqual(status, 200, `the status of ${page}`);
  }
  ok(new URL(byNpx.url).port !== '4000', '.env was not read');
  await byNpx.stop();
  ok(!(await isListening(byNpx.url)), 'npx has ended and the program is still there');

  // Each process says what it was told: the command, then the program that it turns into.
  const tell = 'console.error(JSON.stringify(process.execArgv))';
  const NODE_OPTIONS = `--import=data:text/javascript,${tell}`;
  const program = await startGraph(join(folder, 'node_modules', '.bin', 'crm-federation'), ['--demo'], {
    folder,
    environment: { ...environment, NODE_OPTIONS },
  });
  await checkAnswer(program.url);
  const { end, complaints } = await program.stop();
  strictEqual(end, 0, 'how it ends after SIGTERM');
  strictEqual(complaints, `[]\n${JSON.stringify(startFlags)}\n`, 'its flags, and nothing else that it complains of');
}

export async function checkAnswer(url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data } = (await response.json()) as { data?: { customers: { nodes: { fullName: string }[] } } };
  strictEqual(data?.customers.nodes.length, 3, `customers in the answer of ${url}`);
}

const isListening = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** It ends by itself: nothing of a stopped app keeps a process alive. */
export async function checkLibrary({ folder, environment }: Consumer): Promise<void> {
  writeFileSync(join(folder, 'program.js'), PROGRAM);
  const { output, complaints } = await run('node', ['program.js'], { folder, environment });
  deepStrictEqual(JSON.parse(output), { customers: 3, refusal: true, types: true });
  strictEqual(complaints, '');
}

/** With all the checks a strict project has, in the files of the package too, and without any types of Node. */
export async function checkTypes({ folder, environment }: Consumer, tsc: string): Promise<void> {
  writeFileSync(join(folder, 'types.ts'), TYPES);
  const options = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, module: 'nodenext', types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['types.ts'] }));
  await run(process.execPath, [tsc, '-p', '.'], { folder, environment });
}
