import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentSdl } from '../../schema/published.ts';
import type { Answer } from '../../support/graph.ts';
import { compose, type Gateway, openInProcess } from '../inProcessGateway.ts';
import { OPERATIONS } from '../operations.ts';
import { comparable, run } from '../run.ts';
import { SHOP_SDL } from '../shop.ts';
import type { Subgraph } from '../subgraph.ts';
import { type Supergraph, startSupergraph } from '../supergraph.ts';
import { excused, leveled } from './differences.ts';

// Asks three gateways the same and tells every difference. Part of npm run verify.

const HELP = `node test/supergraph/gateways/compare.ts [--only <text>] [--help]

Composes the subgraph with two others, by the open-source composition and by Apollo's, and asks every operation of
test/supergraph/operations.ts through three gateways: the open-source library in process, Apollo Gateway, Hive Gateway.
Prints each difference in data or errors; ends with 1 if one is not explained in differences.ts.
What it needs besides is installed in this folder from its own lockfile (Apollo's packages are Elastic-2.0).

  --only <text>   only operations with this in their name
`;

const FOLDER = import.meta.dirname;
const INSTALLED = join(FOLDER, 'node_modules', '.package-lock.json');
const START_MS = 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Difference {
  readonly operation: string;
  readonly gateway: string;
  readonly place: string;
  readonly expected: string;
  readonly got: string;
  readonly reason: string | undefined;
}

function install(): void {
  const lockfile = join(FOLDER, 'package-lock.json');
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(lockfile).mtimeMs) return;
  say('Installing the gateways (about 700 MB, once) ...');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('npm ci failed in test/supergraph/gateways; see above.');
}

/** Apollo's composition in a process of its own; throws with its reasons. */
function composeByApollo(subgraphs: readonly Subgraph[], folder: string): string {
  for (const { name, sdl } of subgraphs) writeFileSync(join(folder, `${name}.graphql`), sdl);
  writeFileSync(join(folder, 'subgraphs.json'), JSON.stringify(subgraphs.map(({ name, url }) => ({ name, url }))));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(FOLDER, 'compose.mjs'), folder], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`Apollo's composition refuses the subgraphs:\n${stderr}`);
  return stdout;
}

async function startApollo(supergraph: Supergraph, folder: string): Promise<Gateway> {
  const file = join(folder, 'apollo.graphql');
  // It refuses a supergraph that links security features, because it leaves them to routers; the subgraph enforces them.
  writeFileSync(file, composeByApollo(supergraph.subgraphs, folder).replaceAll(', for: SECURITY', ''));
  const child = start([join(FOLDER, 'apolloGateway.mjs'), file], supergraph);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const ready = /ready (\S+)/.exec(String(chunk))?.[1];
      if (ready !== undefined) resolve(ready);
    });
    child.once('exit', () => reject(new Error('Apollo Gateway did not start; see above.')));
  });
  return gatewayAt('Apollo Gateway', url, child);
}

async function startHive(supergraph: Supergraph, folder: string): Promise<Gateway> {
  const file = join(folder, 'hive.graphql');
  writeFileSync(file, compose(supergraph.subgraphs));
  const port = await freePort();
  const child = start(
    [
      join(FOLDER, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js'),
      ...['supergraph', file, '--config-path', join(FOLDER, 'hive.config.mjs')],
      ...['--host', '127.0.0.1', '--port', String(port), '--fork', '1'],
    ],
    supergraph,
  );
  const url = `http://127.0.0.1:${port}/graphql`;
  const until = Date.now() + START_MS;
  while (!(await answers(url))) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('Hive Gateway did not start; see above.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return gatewayAt('Hive Gateway', url, child);
}

const start = (args: readonly string[], { routerCredential }: Supergraph): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ROUTER_AUTHORIZATION: routerCredential, LOG_LEVEL: 'error', NODE_ENV: 'production' },
  });

const answers = (url: string): Promise<boolean> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{__typename}"}',
  }).then(
    ({ ok }) => ok,
    () => false,
  );

function gatewayAt(name: string, url: string, child: ChildProcess): Gateway {
  // Its own words are not what is compared.
  child.stdout?.resume();
  return {
    name,
    async ask(query, variables, authorization) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // Hive Gateway does not end by itself while connections are open.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Where two answers part, with what each has there. */
function differing(expected: unknown, got: unknown, place: string): { place: string; expected: string; got: string }[] {
  if (JSON.stringify(expected) === JSON.stringify(got)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (isObject(expected) && isObject(got) && Array.isArray(expected) === Array.isArray(got)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(got)])].flatMap((name) =>
      differing(expected[name], got[name], `${place}.${name}`),
    );
  }
  const text = (value: unknown) => JSON.stringify(value)?.slice(0, 300) ?? 'nothing';
  return [{ place, expected: text(expected), got: text(got) }];
}

async function compareAll(only: string | undefined): Promise<number> {
  install();
  const folder = mkdtempSync(join(tmpdir(), 'gateways-'));
  const supergraph = await startSupergraph();
  const gateways: Gateway[] = [];
  try {
    const reference = openInProcess(supergraph);
    say('The open-source composition accepts the subgraphs.');
    gateways.push(await startApollo(supergraph, folder));
    composeByApollo(
      [
        { name: 'crm', url: 'http://127.0.0.1/crm', sdl: currentSdl('Crm') },
        { name: 'shop', url: 'http://127.0.0.1/shop', sdl: SHOP_SDL },
      ],
      folder,
    );
    say("Apollo's composition accepts them, with a prefix too, and Apollo Gateway runs.");
    gateways.push(await startHive(supergraph, folder));
    say('Hive Gateway runs.\n');
    const found: Difference[] = [];
    let equal = 0;
    let asked = 0;
    for (const [group, operations] of Object.entries(OPERATIONS)) {
      for (const operation of operations) {
        if (only !== undefined && !operation.name.includes(only)) continue;
        const first = leveled(comparable(await run(supergraph, reference, operation)));
        let differences = 0;
        for (const gateway of gateways) {
          const answer = leveled(comparable(await run(supergraph, gateway, operation)));
          for (const difference of differing(first, answer, '')) {
            differences += 1;
            const reason = excused(gateway.name, operation.name, difference);
            found.push({ operation: operation.name, gateway: gateway.name, ...difference, reason });
          }
        }
        asked += 1;
        if (differences === 0) equal += 1;
        say(`${differences === 0 ? 'equal ' : 'DIFFER'}  ${group}: ${operation.name}`);
      }
    }
    return report(found, asked, equal);
  } finally {
    for (const gateway of gateways) await gateway.stop();
    await supergraph.stop();
    rmSync(folder, { recursive: true });
  }
}

function report(found: readonly Difference[], asked: number, equal: number): number {
  say(`\n${asked} operations, ${equal} of them answered alike by all three gateways in data and errors.`);
  const unexplained = found.filter(({ reason }) => reason === undefined);
  const own = Map.groupBy(
    found.filter(({ reason }) => reason !== undefined),
    ({ operation, gateway, reason }) => `| ${operation} | ${gateway} | ${reason} |`,
  );
  say(`\nDifferences that are the gateways' own: ${own.size}\n`);
  if (own.size > 0) say('| Operation | Gateway | Why | Places |\n| --- | --- | --- | --- |');
  for (const [row, places] of own) say(`${row} ${places.map(({ place }) => place.slice(1)).join(', ')} |`);
  say(`\nDifferences that are not explained: ${unexplained.length}`);
  for (const { operation, gateway, place, expected, got } of unexplained) {
    say(`\n${operation}: ${gateway}${place}\n  in process: ${expected}\n  there:      ${got}`);
  }
  return unexplained.length === 0 ? 0 : 1;
}

const [option, only, ...more] = process.argv.slice(2);
if (option === '--help' || option === '-h') {
  process.stdout.write(HELP);
} else if (more.length > 0 || (option !== undefined && (option !== '--only' || only === undefined))) {
  process.stderr.write(`Unknown option; these exist:\n\n${HELP}`);
  process.exitCode = 2;
} else {
  process.exitCode = await compareAll(only);
}
