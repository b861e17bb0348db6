import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** The program as a user starts it, with nothing in its environment but what is given. */
function start(environment: Readonly<Record<string, string>>, ...programArguments: string[]) {
  const child = spawn(process.execPath, ['src/main.ts', ...programArguments], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const said = { output: '', complaints: '' };
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.complaints += text;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  return {
    child,
    said,
    ended,
    /** Waits until the program has printed this, and fails if it ends before. */
    printed: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said.output);
          if (found !== null) resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then((code) => reject(new Error(`ended with ${code}: ${said.complaints}`)));
      }),
  };
}

test('without settings it is a demo whose example queries work, and SIGTERM ends it well', async () => {
  const program = start({ PORT: '0' });
  await program.printed(/Ctrl\+C stops it\.\n/);
  const { output } = program.said;
  expect(output).toMatch(/^DEMO: /);
  const url = /http:\/\/\S+/.exec(output)?.[0] ?? '';
  const queries = output.split('\n').filter((line) => line.trim().startsWith('{'));
  expect(queries).toHaveLength(2);
  for (const query of queries) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).toContain('fullName');
  }
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(program.said.complaints).toBe('');
});

test('SIGINT ends it well too, and the explorer is there for a browser', async () => {
  const program = start({ PORT: '0' });
  const [url] = await program.printed(/http:\/\/\S+(?=[\s\S]*Ctrl\+C)/);
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  program.child.kill('SIGINT');
  expect(await program.ended).toBe(0);
});

test.each([
  ['production without an account', { NODE_ENV: 'production' }, 'ACCOUNTS_FILE', 'no value'],
  ['a port that is no number', { PORT: 'abc' }, 'PORT', 'abc'],
  ['a host that others can reach', { HOST: '0.0.0.0' }, 'HOST', '0.0.0.0'],
  ['a file that is not there', { ACCOUNTS_FILE: '/nowhere/accounts.json' }, 'ACCOUNTS_FILE', 'nowhere'],
])('%s ends it with one sentence that names the setting and not its value', async (_, environment, name, value) => {
  const { said, ended } = start(environment);
  expect(await ended).toBe(1);
  expect(said.output).toBe('');
  expect(said.complaints).toMatch(/^[^\n]+\.\n$/);
  expect(said.complaints).toContain(name);
  expect(said.complaints).not.toContain(value);
});

test('a port in use is said in one sentence', async () => {
  const first = start({ PORT: '0' });
  const [, port = ''] = await first.printed(/http:\/\/[^:]+:(\d+)[\s\S]*Ctrl\+C/);
  const second = start({ PORT: port });
  expect(await second.ended).toBe(1);
  expect(second.said.complaints).toMatch(/^PORT is in use[^\n]+\.\n$/);
});

test.each(['--help', '-h'])('%s prints help and starts nothing', async (argument) => {
  const { said, ended } = start({ PORT: 'abc' }, argument);
  expect(await ended).toBe(0);
  expect(said.output).toContain('npm start');
  expect(said.complaints).toBe('');
});

test('an unknown argument is refused and not repeated', async () => {
  const { said, ended } = start({}, '--sercet=abc');
  expect(await ended).toBe(2);
  expect(said.complaints).toMatch(/^Unknown argument[^\n]+\.\n$/);
});
