import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startEnvironment, startFlags } from '../soak/startOptions.ts';

const COMMAND = join(import.meta.dirname, '..', '..', 'src', 'command.mjs');
/** Each process says what Node was told: the command, then the program that it turns into. */
const TELL = '--import=data:text/javascript,console.log(JSON.stringify(process.execArgv))';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crm-federation-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command to its end, in a folder of its own. */
const command = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  new Promise<{ code: unknown; output: string; complaints: string }>((resolve) => {
    execFile(
      process.execPath,
      [...words],
      { cwd: folder, env: environment, timeout: 15_000 },
      (error, output, complaints) => resolve({ code: error === null ? 0 : error.code, output, complaints }),
    );
  });

test('hands the program its arguments and what "npm start" tells Node about memory', async () => {
  const { code, output, complaints } = await command([COMMAND, 'new-key', 'more'], { NODE_OPTIONS: TELL });
  expect(startFlags.length).toBeGreaterThan(0);
  expect(output.trim().split('\n')).toEqual(['[]', JSON.stringify(startFlags)]);
  expect([code, complaints]).toEqual([2, expect.stringMatching(/^Unknown argument/)]);
});

test('tells the allocator what "npm start" does, and where compiled code is kept', async () => {
  const tell = `--import=data:text/javascript,${encodeURIComponent('console.log(JSON.stringify(process.env))')}`;
  const { output } = await command([COMMAND, 'new-key', 'more'], { NODE_OPTIONS: tell, MALLOC_ARENA_MAX: '3' });
  const told = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  expect(told).toMatchObject({ ...startEnvironment, MALLOC_ARENA_MAX: '3' });
  expect(told.NODE_COMPILE_CACHE).toMatch(/crm-federation$/);
});

test('leaves what whoever calls it says about memory as it is', async () => {
  const others = startFlags.filter((flag) => !flag.startsWith('--max-old-space-size'));
  const options = { NODE_OPTIONS: `--max_old_space_size=300 ${TELL}` };
  const { output } = await command(['--stack-trace-limit=5', COMMAND, 'new-key', 'more'], options);
  expect(output.trim().split('\n').at(-1)).toBe(JSON.stringify([...others, '--stack-trace-limit=5']));
});

test('reads .env in the current folder, and prefers the environment', async () => {
  writeFileSync(join(folder, '.env'), 'LOG_LEVEL=loud\nPORT=0\n');
  const { code, complaints } = await command([COMMAND, '--demo']);
  expect([code, complaints]).toEqual([1, 'LOG_LEVEL must be debug, info, error; correct it.\n']);
  const other = await command([COMMAND, '--demo'], { LOG_LEVEL: 'info', PORT: 'x' });
  expect(other.complaints).toMatch(/^PORT must be/);
});
