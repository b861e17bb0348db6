import type { Clock } from '../crm/clock.ts';
import type { Claim, WriteStore } from '../crm/writeStore.ts';
import { createSeal } from './seal.ts';
import { DatabaseSync } from './sqlite.ts';

const KEPT_FOR_MS = 24 * 60 * 60 * 1_000;
const MOST_ENTRIES = 100_000;
/** How long another process may hold the file. */
const BUSY_TIMEOUT_MS = 1_000;

const TABLES = `
  create table if not exists writes (
    key text primary key,
    fingerprint text not null,
    account text not null,
    -- When a claim that was not finished counts as abandoned; milliseconds since the epoch.
    until integer not null,
    -- Encrypted; null while it runs.
    result blob,
    expires integer not null
  ) without rowid;
  create index if not exists writes_by_expiry on writes (expires);
  create table if not exists subjects (
    key text not null references writes (key) on delete cascade,
    account text not null,
    subject text not null,
    primary key (key, subject)
  ) without rowid;
  create index if not exists subjects_by_subject on subjects (account, subject);
`;

interface Row {
  readonly key: string;
  readonly fingerprint: string;
  readonly until: number;
  readonly result: Uint8Array | null;
}

export interface WriteStoreOptions {
  /** A file that all processes of this machine share, or `:memory:` for one process and no longer than it lives. */
  readonly file: string;
  /** The first is used, all are understood. */
  readonly keys: readonly Uint8Array[];
  readonly clock: Clock;
  /** Entries kept at most; the oldest finished ones make room. */
  readonly mostEntries?: number;
}

/** The store in an embedded database on disk. Every claim is on disk before anything is sent. */
export function openWriteStore({ file, keys, clock, mostEntries = MOST_ENTRIES }: WriteStoreOptions): WriteStore {
  const seal = createSeal(keys);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
  database.exec(TABLES);
  const find = database.prepare('select key, fingerprint, until, result from writes where key = ?');
  const insert = database.prepare(
    'insert into writes (key, fingerprint, account, until, expires) values (?, ?, ?, ?, ?)',
  );
  const insertSubject = database.prepare('insert or ignore into subjects (key, account, subject) values (?, ?, ?)');
  const extend = database.prepare('update writes set until = ? where key = ?');
  const settle = database.prepare('update writes set result = ?, expires = ? where key = ?');
  const remove = database.prepare('delete from writes where key = ?');
  const removeExpired = database.prepare('delete from writes where expires < ?');
  const count = database.prepare('select count(*) as entries from writes');
  const removeOldest = database.prepare(
    'delete from writes where key in (select key from writes where result is not null order by expires limit ?)',
  );
  const accountOf = database.prepare('select account from writes where key = ?');
  const purgeAccount = database.prepare('delete from writes where account = ?');
  const purgeSubject = database.prepare(
    'delete from writes where key in (select key from subjects where account = ? and subject = ?)',
  );

  /** All or nothing, and nobody else in between. */
  function atOnce<Answer>(work: () => Answer): Answer {
    database.exec('begin immediate');
    try {
      const answer = work();
      database.exec('commit');
      return answer;
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  }

  /** Under the current key, or the previous one. */
  function rowOf(key: readonly string[]): Row | undefined {
    for (const digest of seal.digests(key)) {
      const row = find.get(digest) as unknown as Row | undefined;
      if (row !== undefined) return row;
    }
    return undefined;
  }

  function note(key: string, account: string, subjects: readonly string[]): void {
    for (const subject of subjects) insertSubject.run(key, account, subjectDigest(account, subject));
  }

  const currentDigest = (parts: readonly string[]): string => seal.digests(parts)[0] ?? '';
  const subjectDigest = (account: string, subject: string): string =>
    currentDigest(['subject', account, normal(subject)]);

  /** For one more: whoever only asks what became of a key must not push another out, or this very one. */
  function makeRoom(): void {
    const { entries } = count.get() as { entries: number };
    if (entries >= mostEntries) removeOldest.run(entries - mostEntries + 1);
  }

  function claimed(row: Row, fingerprints: readonly string[], until: number): Claim {
    if (!fingerprints.includes(row.fingerprint)) return { state: 'otherInput' };
    if (row.result !== null) {
      const result = seal.open(row.result, row.key);
      if (result !== undefined) return { state: 'finished', result };
    }
    if (row.result === null && row.until >= clock.now()) return { state: 'running', until: row.until };
    extend.run(until, row.key);
    return { state: 'abandoned' };
  }

  return {
    claim: ({ key, fingerprint, account, subjects, until }) =>
      atOnce(() => {
        removeExpired.run(clock.now());
        const fingerprints = seal.digests(['input', fingerprint]);
        const row = rowOf(key);
        if (row !== undefined) return claimed(row, fingerprints, until);
        makeRoom();
        const digest = currentDigest(key);
        insert.run(digest, fingerprints[0] ?? '', account, until, clock.now() + KEPT_FOR_MS);
        note(digest, account, subjects);
        return { state: 'mine' };
      }),

    finish(key, result, subjects) {
      atOnce(() => {
        const row = rowOf(key);
        // Purged meanwhile: then nothing is to be kept.
        if (row === undefined) return;
        settle.run(seal.seal(result, row.key), clock.now() + KEPT_FOR_MS, row.key);
        const { account } = accountOf.get(row.key) as { account: string };
        note(row.key, account, subjects);
      });
    },

    release(key) {
      for (const digest of seal.digests(key)) remove.run(digest);
    },

    digest: (key) => currentDigest(key).slice(0, 16),

    purge(account, subject) {
      if (subject === undefined) return Number(purgeAccount.run(account).changes);
      const digests = seal.digests(['subject', account, normal(subject)]);
      return digests.reduce((sum, digest) => sum + Number(purgeSubject.run(account, digest).changes), 0);
    },

    close: () => database.close(),
  };
}

/** E-mails regardless of case, phones regardless of blanks and dashes. */
const normal = (subject: string): string =>
  /^[+\d][\d\s().-]*$/.test(subject) ? subject.replace(/[^+\d]/g, '') : subject.trim().toLowerCase();
