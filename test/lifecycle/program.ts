import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { plantedIn } from '../support/planted.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Program {
  readonly child: ChildProcess;
  readonly said: { readonly output: string; readonly complaints: string };
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Waits until the program has printed this, and fails if it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits until the program has complained of this, and fails if it ends before. */
  complained(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits until it listens; answers the address without a path. */
  origin(): Promise<string>;
}

export interface ProgramOptions {
  readonly programArguments?: readonly string[];
  readonly nodeArguments?: readonly string[];
  /** As "npm start" does it: in a shell, whose process group gets the signals; then `ended` tells of the shell. */
  readonly inShell?: boolean;
  /** With a channel for messages between the processes. */
  readonly talking?: boolean;
}

/** Each ends a program that runs. */
const running = new Set<() => void>();
/** All that programs have said since the last look. */
const spoken = new Set<Program['said']>();

/** The program as a user starts it, with nothing in its environment but what is given. */
export function startProgram(
  environment: Readonly<Record<string, string>>,
  { programArguments = [], nodeArguments = [], inShell = false, talking = false }: ProgramOptions = {},
): Program {
  const command = [process.execPath, ...nodeArguments, 'src/main.ts', ...programArguments];
  const [file = '', ...rest] = inShell ? ['/bin/sh', '-c', '"$@"; exit $?', 'sh', ...command] : command;
  const child = spawn(file, rest, {
    cwd: ROOT,
    env: environment,
    detached: inShell,
    stdio: talking ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => {
    // The program may be left alone in the group of its shell.
    if (inShell && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  };
  running.add(kill);
  const said = { output: '', complaints: '' };
  spoken.add(said);
  const listeners = new Set<() => void>();
  const listen = (stream: Readable | null, name: keyof typeof said) =>
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const listener of listeners) listener();
    });
  listen(child.stdout, 'output');
  listen(child.stderr, 'complaints');
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => {
      running.delete(kill);
      resolve(code ?? signal);
    }),
  );
  const waitFor = (name: keyof typeof said, pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(said[name]);
        if (found === null) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
      void ended.then((code) => reject(new Error(`ended with ${code}: ${said.complaints}`)));
    });
  return {
    child,
    said,
    ended,
    printed: (pattern) => waitFor('output', pattern),
    complained: (pattern) => waitFor('complaints', pattern),
    async origin() {
      const [, origin = ''] = await waitFor('output', /(http:\/\/[^/\s]+)\/graphql[\s\S]*Ctrl\+C/);
      return origin;
    },
  };
}

/** For `afterEach`: no test leaves a program behind. Fails if one has printed what it must keep to itself. */
export function killPrograms(): void {
  for (const kill of running) kill();
  const leaked = plantedIn([...spoken].map(({ output, complaints }) => output + complaints).join('\n'));
  spoken.clear();
  if (leaked.length > 0) throw new Error(`${leaked.join(', ')} in what a program printed`);
}
