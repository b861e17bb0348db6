import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

const FOLDER = import.meta.dirname;
const INSTALLED = join(FOLDER, 'node_modules', '.package-lock.json');

/** The manifest of the pages' operations, once they were built. */
export const SAFELIST = join(FOLDER, 'dist', 'safelist.json');

export interface Pages {
  /** Where they are, without a slash at the end. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** With the Node that runs us, whatever the shell would find. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };

function run(program: string, ...rest: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, rest, { cwd: FOLDER, env, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`"${[program, ...rest].join(' ')}" failed in test/frontends:\n${stdout ?? ''}${stderr ?? ''}`);
}

/** Installs what the pages are built with, from their own lockfile, unless that was done. */
export function installFrontends(say: (line: string) => void): void {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(join(FOLDER, 'package-lock.json')).mtimeMs)
    return;
  say('Installing what the sample pages are built with (about 170 MB, once) ...');
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
}

/** Generates the types of the pages' operations, and checks that the pages use them rightly. */
export const checkTypes = (): void => run('npm', 'run', '-s', 'check');

/** Builds the pages for this graph and serves them. */
export async function servePages(graph: string, port: number, ...options: readonly string[]): Promise<Pages> {
  const child = spawn(
    process.execPath,
    ['build.mjs', '--serve', '--port', String(port), '--graph', graph, ...options],
    { cwd: FOLDER, env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('the sample pages were not built; see above')));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    stop() {
      child.kill();
      return ended;
    },
  };
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
