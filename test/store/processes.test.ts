import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type StoreFolder, storeFolder } from './stores.ts';

const KEYS = Array.from({ length: 300 }, (_, index) => `key ${index}`);

let folder: StoreFolder;
const claimants: ChildProcess[] = [];
beforeEach(() => {
  folder = storeFolder();
});
afterEach(() => {
  for (const claimant of claimants.splice(0)) claimant.kill('SIGKILL');
  folder.remove();
});

/** Answers once it has the file open and waits for its keys. */
async function startClaimant(): Promise<ChildProcess> {
  const claimant = spawn(process.execPath, [join(import.meta.dirname, 'claimant.ts'), folder.file], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  claimants.push(claimant);
  await message(claimant);
  return claimant;
}

const message = (claimant: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const fail = () => reject(new Error('the claimant ended without a word'));
    claimant.once('exit', fail);
    claimant.once('message', (said) => {
      claimant.off('exit', fail);
      resolve(said);
    });
  });

test(`of two processes that claim the same ${KEYS.length} keys, each at once, exactly one is given each`, async () => {
  // Opened at once, too.
  const both = await Promise.all([startClaimant(), startClaimant()]);
  const wins = [0, 0];
  for (const key of KEYS) {
    const states = await Promise.all(both.map((claimant) => answerTo(claimant, key)));
    expect([...states].sort()).toEqual(['mine', 'running']);
    wins[states.indexOf('mine')] = (wins[states.indexOf('mine')] ?? 0) + 1;
  }
  // Otherwise one was always late, and it proved nothing.
  expect(Math.min(...wins)).toBeGreaterThan(0);
});

function answerTo(claimant: ChildProcess, key: string): Promise<unknown> {
  const answer = message(claimant);
  claimant.send(key);
  return answer;
}
