import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Account, Order } from './accounting.ts';
import type { Contender } from './contender.ts';

/** A contender's process that listens. */
export interface Running {
  readonly port: number;
  /** When it was started, by `performance.now()`. */
  readonly startedAt: number;
  look(): Promise<Account>;
  /** Profiles from now on. */
  profile(): Promise<void>;
  /** Ends the profile and writes it. */
  keep(file: string): Promise<void>;
  /** How the process ended by itself; undefined while it runs. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

const START_MS = 30_000;
const ACCOUNTING = join(import.meta.dirname, 'accounting.ts');

const children = new Set<ChildProcess>();

/** Starts a contender and waits until it listens. What it prints after that is read and thrown away. */
export async function startContender(
  { name, command, environment }: Contender,
  upstream: string,
  folder: string,
): Promise<Running> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', ACCOUNTING, ...command], {
    env: environment(upstream, folder),
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const port = await listening(child, name);
  async function order(what: Order): Promise<Account> {
    const signal = AbortSignal.timeout(START_MS);
    const answer = once(child, 'message', { signal });
    child.send(what);
    const [account] = (await answer) as [Account];
    return account;
  }
  return {
    port,
    startedAt,
    look: () => order({ order: 'look' }),
    profile: async () => void (await order({ order: 'profile' })),
    keep: async (file) => void (await order({ order: 'keep', file })),
    ended: () => child.signalCode ?? child.exitCode?.toString(),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function listening(child: ChildProcess, name: string): Promise<number> {
  const { stdout } = child;
  if (stdout === null) throw new Error('a contender has no output');
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`${name} did not start in ${START_MS} ms: ${said}`)), START_MS);
    const listen = (text: string): void => {
      said += text;
      const [, port] = /http:\/\/[\w.]+:(\d+)/.exec(said) ?? [];
      if (port === undefined) return;
      clearTimeout(timer);
      stdout.off('data', listen).resume();
      resolve(Number(port));
    };
    stdout.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with ${code}: ${said}`));
    });
  });
}

/** Leaves nobody behind, however the bench ends. */
export function killContenders(): void {
  for (const child of children) child.kill('SIGKILL');
}
