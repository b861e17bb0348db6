import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Client } from 'undici';
import { killPrograms, startProgram } from './program.ts';

// Several processes at one port, which is how one machine's processors are all used.

const CONNECTIONS = 40;
const folder = mkdtempSync(join(tmpdir(), 'shared-'));
afterAll(() => {
  killPrograms();
  rmSync(folder, { recursive: true });
});

/** Asks on a connection of its own. */
async function ask(origin: string): Promise<unknown> {
  const client = new Client(origin);
  try {
    const { body } = await client.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ vendors { key } }' }),
    });
    return await body.json();
  } finally {
    await client.destroy();
  }
}

test('two processes with SHARE_PORT answer at one port, and each takes its part', async () => {
  const environment = { SHARE_PORT: 'on', STORE_FILE: join(folder, 'writes.sqlite') };
  const first = startProgram({ ...environment, PORT: '0' });
  const origin = await first.origin();
  const second = startProgram({ ...environment, PORT: new URL(origin).port });
  expect(await second.origin()).toBe(origin);
  const answers = await Promise.all(Array.from({ length: CONNECTIONS }, () => ask(origin)));
  for (const answer of answers) expect(answer).toMatchObject({ data: { vendors: expect.any(Array) } });
  for (const { child } of [first, second]) child.kill('SIGTERM');
  expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
  const counts = [first, second].map(({ said }) => said.output.split('"kind":"operation"').length - 1);
  expect(counts.reduce((sum, count) => sum + count)).toBe(CONNECTIONS);
  for (const count of counts) expect(count).toBeGreaterThan(0);
});

test('without it the port is taken', async () => {
  const first = startProgram({ PORT: '0' });
  const second = startProgram({ PORT: new URL(await first.origin()).port });
  expect(await second.ended).toBe(1);
  expect(second.said.complaints).toContain('PORT is in use');
});
