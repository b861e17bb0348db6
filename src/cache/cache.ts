import type { Clock } from '../crm/clock.ts';

/** What the settings of one account allow; ages in milliseconds. */
export interface CacheSettings {
  /** Answers are kept and served up to this age; undefined: nothing is kept. */
  readonly maxAge: number | undefined;
  /** Up to this age they are served to whoever allows it while the vendor fails. */
  readonly stale: number;
  /** Equal reads at the same time share one call to the vendor. */
  readonly shareInFlight: boolean;
}

/** An answer as it was read. */
export interface Kept {
  readonly answer: unknown;
  /** When the read began: what it shows may have changed ever since. */
  readonly readAt: number;
}

/** One account's part of the cache. */
export interface AccountCache {
  find(key: string): Kept | undefined;
  /** @param records how many records the answer holds */
  keep(key: string, kept: Kept, records: number): void;
  /** Counts how often the account was forgotten: what began before is not kept afterwards. */
  readonly generation: number;
  /** Drops all of it. */
  forget(): void;
}

export interface Cache {
  of(account: { readonly tenant: string; readonly id: string }, settings: CacheSettings): AccountCache;
  /** Drops everything, for good. */
  close(): void;
}

/**
 * Records kept at most, over all accounts of a process; beyond that, those not used for longest are dropped first. A
 * record with its vendor's JSON takes a few kilobytes, so that all of them stay below what is set aside for the process.
 */
export const MOST_RECORDS = 5_000;

/** What is too old for any use is dropped within this time even if nobody asks. */
const SWEEP_MS = 10_000;

interface Entry extends Kept {
  readonly account: string;
  readonly records: number;
  /** After this it is of no use to anybody. */
  readonly until: number;
}

/** Answers of reads, in memory. Tenants and accounts see their own only. */
export function createCache(clock: Clock, mostRecords = MOST_RECORDS): Cache {
  /** In the order of their last use. */
  const entries = new Map<string, Entry>();
  let records = 0;
  let cancelSweep: (() => void) | undefined;
  let closed = false;

  function drop(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    records -= entry.records;
  }

  function dropWhere(isUnwanted: (entry: Entry) => boolean): void {
    for (const [key, entry] of entries) if (isUnwanted(entry)) drop(key);
  }

  function sweep(): void {
    cancelSweep = undefined;
    const now = clock.now();
    dropWhere(({ until }) => until < now);
    if (entries.size > 0) cancelSweep = clock.after(SWEEP_MS, sweep);
  }

  function add(key: string, entry: Entry): void {
    drop(key);
    if (closed || entry.records > mostRecords) return;
    entries.set(key, entry);
    records += entry.records;
    for (const oldest of entries.keys()) {
      if (records <= mostRecords) break;
      drop(oldest);
    }
    cancelSweep ??= clock.after(SWEEP_MS, sweep);
  }

  return {
    of({ tenant, id }, { maxAge, stale }) {
      const own = (key: string) => JSON.stringify([tenant, id, key]);
      const longest = maxAge === undefined ? undefined : Math.max(maxAge, stale);
      let generation = 0;
      return {
        find(key) {
          const name = own(key);
          const entry = entries.get(name);
          if (entry === undefined) return undefined;
          entries.delete(name);
          if (entry.until < clock.now()) {
            records -= entry.records;
            return undefined;
          }
          entries.set(name, entry);
          return entry;
        },
        keep(key, { answer, readAt }, count) {
          if (longest === undefined) return;
          add(own(key), { account: id, answer, readAt, records: count, until: readAt + longest });
        },
        get generation() {
          return generation;
        },
        forget() {
          generation += 1;
          if (longest !== undefined) dropWhere(({ account }) => account === id);
        },
      };
    },
    close() {
      closed = true;
      cancelSweep?.();
      entries.clear();
      records = 0;
    },
  };
}
