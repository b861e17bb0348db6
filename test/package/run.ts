import { spawn } from 'node:child_process';

export interface Where {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What a command has said. */
export interface Said {
  readonly output: string;
  readonly complaints: string;
}

type End = number | NodeJS.Signals | null;

const LONGEST_MS = 120_000;
/** Each ends something that still runs. */
const running = new Set<() => void>();

/** Nothing that was started is left behind. */
export function killAll(): void {
  for (const kill of running) kill();
}

/** Runs a command to its end; throws with what it said if that is not 0, or takes too long. */
export async function run(file: string, words: readonly string[], where: Where): Promise<Said> {
  const { said, ended, failure, killLater } = start(file, words, where);
  killLater();
  const end = await ended;
  if (end !== 0) throw failure(end);
  return said;
}

/** A program that runs until it is told to stop. */
export interface Running {
  /** Where its graph is. */
  readonly url: string;
  /** Sends SIGTERM; answers how it ended, and what it has said. */
  stop(): Promise<Said & { readonly end: End }>;
}

/** Starts the graph and waits until it says where it is. */
export async function startGraph(file: string, words: readonly string[], where: Where): Promise<Running> {
  const { child, said, ended, failure, killLater } = start(file, words, where);
  const keep = killLater();
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /The graph is at (\S+?)\.?\s[\s\S]*Ctrl\+C/.exec(said.output)?.[1];
      if (address !== undefined) resolve(address);
    });
    ended.then((end) => reject(failure(end)), reject);
  });
  keep();
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      killLater();
      return { ...said, end: await ended };
    },
  };
}

/** In a group of its own: npm and npx put shells in between, and nothing of it may be left. */
function start(file: string, words: readonly string[], { folder, environment }: Where) {
  const child = spawn(file, words, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = { output: '', complaints: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.complaints += text;
  });
  const kill = () => {
    try {
      process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  running.add(kill);
  // Its pipes are closed when the last of the group has ended.
  const ended = new Promise<End>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(kill);
      resolve(code ?? signal);
    });
  });
  return {
    child,
    said,
    ended,
    failure: (end: End) =>
      new Error(`${[file, ...words].join(' ')} ended with ${end}:\n${said.output}${said.complaints}`),
    /** Every wait has an end; the answer calls it off. */
    killLater() {
      const timer = setTimeout(kill, LONGEST_MS);
      const callOff = () => clearTimeout(timer);
      ended.then(callOff, callOff);
      return callOff;
    },
  };
}
