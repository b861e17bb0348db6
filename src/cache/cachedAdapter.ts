import type { Adapter } from '../crm/adapter.ts';
import type { Call } from '../crm/call.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError, type ErrorCode } from '../crm/errors.ts';
import { type Freshness, type ReadMarks, readWith, USUAL_FRESHNESS } from '../crm/freshness.ts';
import type { Page } from '../crm/page.ts';
import type { Segment } from '../crm/segment.ts';
import type { WriteCommand } from '../crm/writer.ts';
import type { AccountCache, CacheSettings, Kept } from './cache.ts';
import { createFlights } from './flights.ts';

export interface CachedAdapterParts {
  readonly cache: AccountCache;
  readonly settings: CacheSettings;
  readonly clock: Clock;
  /** Milliseconds that an operation may take at most. */
  readonly longestRead: number;
}

type AskingMethod = {
  [Name in keyof Adapter]-?: NonNullable<Adapter[Name]> extends (...given: never[]) => Promise<unknown> ? Name : never;
}[keyof Adapter];
type ReadMethod = Exclude<AskingMethod, WriteCommand['kind']>;

/** What the marks are put on: the record, each record of a page or batch, or nothing that could carry them. */
type AnswerKind = 'RECORD' | 'PAGE_OF_RECORDS' | 'BATCH_BY_ID' | 'UNMARKED' | 'UNMARKED_PAGE';

/** A new read of the adapter does not compile until it has its line here. */
const READS = {
  customerById: 'RECORD',
  customersByIds: 'BATCH_BY_ID',
  customerByEmail: 'RECORD',
  customerByPhone: 'RECORD',
  customerList: 'PAGE_OF_RECORDS',
  customerAddresses: 'UNMARKED',
  tagsByIds: 'BATCH_BY_ID',
  tagList: 'PAGE_OF_RECORDS',
  tagByName: 'RECORD',
  segmentById: 'RECORD',
  segmentList: 'PAGE_OF_RECORDS',
  customFieldDefinitions: 'UNMARKED',
  customerEvents: 'UNMARKED_PAGE',
  eventList: 'UNMARKED_PAGE',
  agentList: 'UNMARKED_PAGE',
} as const satisfies Readonly<Record<ReadMethod, AnswerKind>>;

/** The vendor or the way to it fails; what it refuses, or what we do not understand, is no reason to show older data. */
const OUTAGES: ReadonlySet<ErrorCode> = new Set(['VENDOR_UNAVAILABLE', 'VENDOR_TIMEOUT', 'VENDOR_RATE_LIMITED']);

/** A record as far as it matters here. */
type AnyRecord = Partial<ReadMarks> & { readonly vendorId?: string | null };
/** What the compiler cannot connect: a method by a variable name takes whatever it takes, and the call last. */
type AnyRead = (...given: unknown[]) => Promise<unknown>;

/**
 * The adapter with reads that may be answered from the cache, or by an equal read that is under way, and whose records
 * say how they were come by. Whatever else it has stays as it is, and so does what it lacks. Reads that belong to a
 * write pass through. That there is no such record is never answered from the cache: people act on it by making one.
 */
export function cachedAdapter(adapter: Adapter, parts: CachedAdapterParts): { adapter: Adapter; forget(): void } {
  const { cache, settings, clock } = parts;
  const flights = createFlights(clock, parts.longestRead);

  /** Asks the vendor, and keeps what comes. */
  async function fetched<Answer>(
    key: string,
    call: Call,
    ask: (call: Call) => Promise<Answer>,
    keep: (answer: Answer, readAt: number) => void,
  ): Promise<{ readonly answer: Answer; readonly readAt: number }> {
    const read = async (own: Call) => {
      const { generation } = cache;
      const readAt = clock.now();
      const answer = await ask(own);
      // What was read before a write ended may be what was there before it.
      if (generation === cache.generation) keep(answer, readAt);
      return { answer, readAt };
    };
    return settings.shareInFlight ? flights.join(key, call, read) : read(call);
  }

  const ageOf = ({ readAt }: Kept): number => clock.now() - readAt;

  function ifRecent(kept: Kept | undefined, { freshness }: Call): Kept | undefined {
    const { maxAge } = freshness ?? USUAL_FRESHNESS;
    const isRecent = kept !== undefined && maxAge > 0 && ageOf(kept) <= Math.min(maxAge, settings.maxAge ?? 0);
    return isRecent ? kept : undefined;
  }

  function ifBetterThan(error: unknown, kept: Kept | undefined, { freshness }: Call): Kept | undefined {
    const { staleIfError } = freshness ?? USUAL_FRESHNESS;
    if (!(error instanceof CrmError) || !OUTAGES.has(error.code) || staleIfError <= 0) return undefined;
    const isAllowed = kept !== undefined && ageOf(kept) <= Math.min(staleIfError, settings.stale);
    return isAllowed ? kept : undefined;
  }

  /** A read whose answer is kept as a whole. */
  function whole(name: ReadMethod, ask: AnyRead): AnyRead {
    const kind = READS[name];
    return async (...given) => {
      const call = given.pop() as Call;
      if (call.requests !== undefined) return ask(...given, call);
      const key = JSON.stringify([name, ...given]);
      const serve = ({ answer, readAt }: Kept, freshness: Freshness) => {
        const marks = { fetchedAt: readAt, freshness };
        call.onRead?.(marks);
        return marked(kind, answer, marks);
      };
      const hit = ifRecent(cache.find(key), call);
      if (hit !== undefined) return serve(hit, 'CACHED');
      try {
        const keep = (answer: unknown, readAt: number) => {
          if (answer !== null) cache.keep(key, { answer, readAt }, recordsIn(answer));
        };
        return serve(await fetched(key, call, (own) => ask(...given, own), keep), 'LIVE');
      } catch (error) {
        const old = ifBetterThan(error, cache.find(key), call);
        if (old === undefined) throw error;
        return serve(old, 'STALE');
      }
    };
  }

  /** A read at an account that keeps nothing and shares nothing. */
  function live(name: ReadMethod, ask: AnyRead): AnyRead {
    const kind = READS[name];
    return (...given) => {
      const call = given[given.length - 1] as Call;
      const answer = ask(...given);
      if (call.requests !== undefined) return answer;
      const marks = { fetchedAt: clock.now(), freshness: 'LIVE' } as const;
      return answer.then((answered) => {
        call.onRead?.(marks);
        return marked(kind, answered, marks);
      });
    };
  }

  /** A read of many records by id, which are kept one by one. All of them come, or none: a gap says "does not exist". */
  function batch(name: ReadMethod, ask: AnyRead): AnyRead {
    return async (...given) => {
      const [ids, call] = given as [readonly string[], Call];
      if (call.requests !== undefined) return ask(...given);
      const keyOf = (id: string) => JSON.stringify([name, id]);
      const served: AnyRecord[] = [];
      const all: ReadMarks[] = [];
      const serve = (records: readonly unknown[], readAt: number, freshness: Freshness) => {
        const marks = { fetchedAt: readAt, freshness };
        all.push(marks);
        for (const record of records) served.push(readWith(record as AnyRecord, marks));
      };
      const hits = new Map(ids.map((id) => [id, ifRecent(cache.find(keyOf(id)), call)]));
      const missing = ids.filter((id) => hits.get(id) === undefined);
      if (missing.length > 0) {
        try {
          const keep = (answer: unknown, readAt: number) => {
            for (const record of answer as readonly AnyRecord[]) {
              // A vendor that sends others than were asked for is not believed.
              if (!missing.includes(record.vendorId ?? '')) continue;
              cache.keep(keyOf(record.vendorId ?? ''), { answer: record, readAt }, recordsIn(record));
            }
          };
          const key = JSON.stringify([name, missing.toSorted()]);
          const { answer, readAt } = await fetched(key, call, (own) => ask(missing, own), keep);
          serve(answer as readonly unknown[], readAt, 'LIVE');
        } catch (error) {
          const old = missing.map((id) => ifBetterThan(error, cache.find(keyOf(id)), call));
          if (old.includes(undefined)) throw error;
          for (const each of old) if (each !== undefined) serve([each.answer], each.readAt, 'STALE');
        }
      }
      for (const hit of hits.values()) if (hit !== undefined) serve([hit.answer], hit.readAt, 'CACHED');
      const [first, ...others] = all;
      if (first !== undefined) call.onRead?.(others.reduce(oldest, first));
      return served;
    };
  }

  const isLive = settings.maxAge === undefined && settings.stale === 0 && !settings.shareInFlight;
  const wrapped: Record<string, unknown> = Object.defineProperties({}, Object.getOwnPropertyDescriptors(adapter));
  for (const name of Object.keys(READS) as ReadMethod[]) {
    const ask = adapter[name] as AnyRead | undefined;
    if (ask === undefined) continue;
    if (isLive) wrapped[name] = live(name, ask);
    else wrapped[name] = READS[name] === 'BATCH_BY_ID' ? batch(name, ask) : whole(name, ask);
  }
  return {
    adapter: wrapped as unknown as Adapter,
    forget() {
      cache.forget();
      flights.forget();
    },
  };
}

function marked(kind: AnswerKind, answer: unknown, marks: ReadMarks): unknown {
  if (answer === null) return null;
  if (kind === 'RECORD') return readWith(answer as AnyRecord, marks);
  if (kind === 'BATCH_BY_ID') return allWith(answer as readonly AnyRecord[], marks);
  if (kind !== 'PAGE_OF_RECORDS') return answer;
  const page = answer as Page<AnyRecord>;
  const records = allWith(page.records, marks);
  return records === page.records ? page : { ...page, records };
}

/** The same list where each record says already how it was come by. */
function allWith(records: readonly AnyRecord[], marks: ReadMarks): readonly AnyRecord[] {
  for (const record of records) {
    if (readWith(record, marks) !== record) return records.map((each) => readWith(each, marks));
  }
  return records;
}

const RANK = { LIVE: 0, CACHED: 1, STALE: 2 } as const;

/** What both together are: as old as the older, and as stale as the staler. */
const oldest = (one: ReadMarks, other: ReadMarks): ReadMarks => ({
  fetchedAt: Math.min(one.fetchedAt, other.fetchedAt),
  freshness: RANK[one.freshness] >= RANK[other.freshness] ? one.freshness : other.freshness,
});

/** How many records an answer holds, members of segments included; an empty one takes its place too. */
function recordsIn(answer: unknown): number {
  if (Array.isArray(answer)) return 1 + answer.length;
  if (typeof answer !== 'object' || answer === null) return 1;
  const { records } = answer as Partial<Page<unknown>>;
  if (records !== undefined) return records.reduce<number>((sum, record) => sum + recordsIn(record), 1);
  const { customers } = answer as Partial<Segment>;
  return 1 + (customers?.records.length ?? 0);
}
