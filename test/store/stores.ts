import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimRequest, WriteStore } from '../../src/crm/writeStore.ts';
import { openWriteStore, type WriteStoreOptions } from '../../src/store/writeStore.ts';
import { skippingClock } from '../support/clock.ts';

export const KEY = new Uint8Array(32).fill(7);
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Stores on a file of its own, and what is written in that file. */
export function storeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const file = join(folder, 'writes.sqlite');
  const clock = skippingClock();
  const opened = new Set<WriteStore>();
  return {
    file,
    clock,
    open(options: Partial<WriteStoreOptions> = {}): WriteStore {
      const store = openWriteStore({ file, keys: [KEY], clock, ...options });
      opened.add(store);
      return store;
    },
    /** As when the process ends well. */
    close(store: WriteStore): void {
      opened.delete(store);
      store.close();
    },
    /** Every byte on disk: the database, what is still to be merged into it, and what it shares with others. */
    bytes: (): Buffer => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
    files: (): readonly string[] => readdirSync(folder),
    remove(): void {
      for (const store of opened) store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type StoreFolder = ReturnType<typeof storeFolder>;

/** A claim of this key, by a write that may take a minute. */
export function claimOf(clock: { now(): number }, key: string, other: Partial<ClaimRequest> = {}): ClaimRequest {
  return {
    key: ['tenant', 'caller', 'customerCreate', key],
    fingerprint: '{"input":1}',
    account: 'shop',
    subjects: [],
    until: clock.now() + MINUTE,
    ...other,
  };
}
