import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { killPrograms, startProgram } from '../lifecycle/program.ts';
import { environmentOf, lastOf, readDockerfile, type Stage } from './dockerfile.ts';

// No image is built here: what the files say is compared with what is there, and what they run is run. That the steps of
// the Dockerfile lead to a program that starts is shown by install.ts.

const ROOT = join(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const stages = readDockerfile(textOf('Dockerfile'));
const image = stages.at(-1) as Stage;
const compose = parse(textOf('compose.yaml')).services['crm-federation'];

afterEach(killPrograms);

describe('the Dockerfile', () => {
  test('stands on an official Node 26 in all of its stages', () => {
    expect(stages.map(({ base }) => base)).toEqual(['node:26-slim', 'node:26-slim', 'node:26-slim']);
  });

  test('copies only what exists and what .dockerignore lets through', () => {
    const allowed = [...textOf('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path = '']) => path);
    const copies = stages.flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'COPY'));
    for (const { flags, words } of copies) {
      if (flags.from !== undefined) {
        expect(stages.map(({ name }) => name)).toContain(flags.from);
        continue;
      }
      for (const source of words.slice(0, -1)) {
        expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
        expect([source, allowed.some((path) => `${source}/`.startsWith(`${path}/`))]).toEqual([source, true]);
      }
    }
  });

  test('runs as somebody who is not root, and starts the command of the package', () => {
    expect(lastOf(image, 'USER')).toEqual(['node']);
    expect(lastOf(image, 'ENTRYPOINT')).toEqual(['node', 'src/command.mjs']);
    expect(existsSync(join(ROOT, 'src/command.mjs'))).toBe(true);
    expect(environmentOf(image)).toMatchObject({
      NODE_ENV: 'production',
      STORE_FILE: expect.stringMatching(/^\/data\//),
    });
  });

  test('starts nothing that others can reach before callers are known', async () => {
    const { said, ended } = startProgram(environmentOf(image));
    expect(await ended).toBe(1);
    expect(said.complaints).toMatch(/^HOST must be a loopback address .* while AUTH_MODE is none/);
  });

  test('calls a program healthy that is ready, and one that does not answer not', async () => {
    const program = startProgram({ PORT: '0' });
    const { port } = new URL(await program.origin());
    expect(await healthOf(port)).toBe(0);
    program.child.kill('SIGTERM');
    await program.ended;
    expect(await healthOf(port)).toBe(1);
  });
});

/** What the image's health check ends with. */
async function healthOf(port: string): Promise<number> {
  const [node, ...rest] = lastOf(image, 'HEALTHCHECK');
  expect(node).toBe('node');
  return promisify(execFile)(process.execPath, rest, { env: { PORT: port } }).then(
    () => 0,
    ({ code }) => code,
  );
}

describe('the demo of compose.yaml', () => {
  test('answers whoever has its key, and nobody else', async () => {
    const [source, target] = compose.volumes[0].split(':');
    expect(compose.environment.CALLERS_FILE).toBe(target);
    const program = startProgram(
      { ...environmentOf(image), ...compose.environment, PORT: '0', CALLERS_FILE: source },
      { programArguments: compose.command },
    );
    const origin = await program.origin();
    const { port } = new URL(origin);
    const ask = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ customers(first: 3) { nodes { fullName } } }"}',
      });
    expect((await ask({})).status).toBe(401);
    const key = /authorization: (Bearer [\w-]+)/.exec(textOf('compose.yaml'))?.[1] ?? '';
    const answer = (await (await ask({ authorization: key })).json()) as { data: { customers: { nodes: unknown[] } } };
    expect(answer.data.customers.nodes).toHaveLength(3);
  });

  test('is published for this machine only, and gives a stop the time it takes', () => {
    expect(compose.ports).toEqual(['127.0.0.1:4000:4000']);
    expect(compose.read_only).toBe(true);
    expect(compose.stop_grace_period).toBe('15s');
  });
});
