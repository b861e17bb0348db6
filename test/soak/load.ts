import { Pool } from 'undici';
import { pick } from '../../src/emulation/random.ts';

export interface Load {
  readonly seen: Seen;
  /** Stops to ask and waits for the last answer. */
  stop(): Promise<void>;
}

interface Seen {
  started: number;
  done: number;
  /** Not started because too many were under way already. */
  heldBack: number;
  /** No HTTP 200, no JSON, neither data nor errors, or no answer at all. */
  readonly malformed: string[];
  malformedCount: number;
  /** Milliseconds. */
  readonly latencies: number[];
  readonly sources: Map<string, number>;
  readonly errors: Map<string, number>;
  readonly underWay: number;
}

const MOST_UNDER_WAY = 900;
const TICK_MS = 5;

const SOURCES = 'sources { account { id } state error { code } }';
const CUSTOMER =
  'query ($id: ID!) { customer(id: $id) { id fullName email phoneE164 fetchedAt tags { name } unreadableFields } }';
const LIST = `{ customers(first: 20) { nodes { id fullName email phoneE164 account { id } } pageInfo { endCursor } ${SOURCES} } }`;
const RARE = [
  `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Customer { id fullName tags { name } } } }`,
  `{ customerEvents(first: 10) { nodes { kind text occurredAt } ${SOURCES} } }`,
  `{ segments(first: 5) { nodes { title customers(first: 5) { nodes { fullName } ${SOURCES} } } ${SOURCES} } }`,
];

/** Asks so many operations a second, whatever becomes of them: 60 % one customer, 30 % lists, 10 % rare ones. */
export async function startLoad(origin: string, rate: number, random: () => number): Promise<Load> {
  const pool = new Pool(origin, { connections: MOST_UNDER_WAY, headersTimeout: 30_000, bodyTimeout: 30_000 });
  const ids = await customerIds(pool);
  let underWay = 0;
  const seen = {
    started: 0,
    done: 0,
    heldBack: 0,
    malformed: [] as string[],
    malformedCount: 0,
    latencies: [] as number[],
    sources: new Map<string, number>(),
    errors: new Map<string, number>(),
    get underWay() {
      return underWay;
    },
  };

  function nextOperation(): Operation {
    const kind = random();
    if (kind < 0.6) return { query: CUSTOMER, variables: { id: pick(random, ids) } };
    if (kind < 0.9) return { query: LIST };
    const query = pick(random, RARE);
    if (!query.includes('$ids')) return { query };
    return {
      query,
      variables: { ids: Array.from({ length: 10 }, () => ({ __typename: 'Customer', id: pick(random, ids) })) },
    };
  }

  async function perform(operation: Operation): Promise<void> {
    underWay += 1;
    const startedAt = performance.now();
    try {
      const { status, text } = await post(pool, operation);
      check(status, text);
    } catch (error) {
      malformed(`no answer: ${String(error)}`);
    } finally {
      underWay -= 1;
      seen.done += 1;
      seen.latencies.push(performance.now() - startedAt);
    }
  }

  function check(status: number, text: string): void {
    const answer = status === 200 ? parsed(text) : undefined;
    const data = answer?.data;
    const isObject = typeof data === 'object' && data !== null;
    if (answer === undefined || !(isObject || Array.isArray(answer.errors))) {
      malformed(`HTTP ${status}: ${text}`);
      return;
    }
    for (const { extensions } of answer.errors ?? []) count(seen.errors, extensions?.code ?? 'none');
    countSources(data);
  }

  function malformed(what: string): void {
    seen.malformedCount += 1;
    if (seen.malformed.length < 10) seen.malformed.push(what.slice(0, 300));
  }

  function countSources(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if ('sources' in value && Array.isArray(value.sources)) {
      for (const { state } of value.sources) count(seen.sources, state);
    }
    for (const inner of Object.values(value)) countSources(inner);
  }

  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1_000) * rate;
    while (seen.started + seen.heldBack < due) {
      if (underWay >= MOST_UNDER_WAY) {
        seen.heldBack += 1;
        continue;
      }
      seen.started += 1;
      void perform(nextOperation());
    }
  }, TICK_MS);
  return {
    seen,
    async stop() {
      clearInterval(timer);
      await pool.close();
    },
  };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

async function post(pool: Pool, operation: Operation): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  });
  return { status: statusCode, text: await body.text() };
}

/** Ids of all customers that can be listed, read while nothing fails. */
async function customerIds(pool: Pool): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const query =
      'query ($after: String) { customers(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
    const { text } = await post(pool, { query, variables: { after } });
    const { nodes, pageInfo } = JSON.parse(text).data.customers;
    for (const { id } of nodes) ids.push(id);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
