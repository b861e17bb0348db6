import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { request } from 'undici';
import { type App, createApp } from '../../src/app.ts';
import { newKey } from '../../src/callers/apiKeys.ts';
import type { Clock } from '../../src/crm/clock.ts';
import { startDemo } from '../../src/demo.ts';
import type { FaultKind } from '../../src/emulation/faults.ts';
import { pick, seededRandom } from '../../src/emulation/random.ts';
import { vendors } from '../../src/vendors/index.ts';
import { type Made, makeOperation } from '../fanOut/operations.ts';
import { poolOf } from '../fanOut/pool.ts';
import { ownTime } from '../support/clock.ts';
import type { Answer } from '../support/graph.ts';

// The same operations by two ways: one graph executes from plans what it has seen before, the other has no plans. Both ask
// the same CRMs, which fail now and then, for callers who may do different things.

const FAULTS: readonly { readonly kind: FaultKind; readonly status?: number }[] = [
  { kind: 'wrong-types' },
  { kind: 'wrong-types' },
  { kind: 'null-fields' },
  { kind: 'bad-dates' },
  { kind: 'renamed-fields' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 404 },
  { kind: 'status', status: 401 },
  { kind: 'reset-before' },
  { kind: 'bad-json' },
];
const SHARE_OF_FAULTS = 0.35;
const SHARE_OF_ODD_VARIABLES = 0.05;
/** Others ask the same document with other variables. */
const OPERATIONS_OF_A_DOCUMENT = 5;
const NEW_MEDIA_TYPE = 'application/graphql-response+json, application/json;q=0.9';
const ACCEPTS = ['', '', '*/*', '*/*', NEW_MEDIA_TYPE, NEW_MEDIA_TYPE, 'text/plain'];

const ROUTER = 'a-router-secret-that-is-long-enough-to-be-one';
const SCOPES = {
  all: ['customers:read', 'customers:write', 'customers:delete', 'vendor-data:read'],
  reader: ['customers:read'],
  writer: ['customers:write'],
};
const keys = { all: newKey(), reader: newKey(), writer: newKey() };
type Who = keyof typeof keys;

export interface Compared {
  operations: number;
  /** Answers that came from a plan. */
  compiled: number;
  withErrors: number;
  refused: number;
  /** Equal but for the health of an account, which both read in the middle of the operation. */
  moments: number;
}

export interface TwoPaths {
  readonly compared: Compared;
  /** Asks both for a few operations with one more generated document; throws at the first difference. */
  compareNext(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTwoPaths(seed: number): Promise<TwoPaths> {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'paths-'));
  const callersFile = join(folder, 'callers.json');
  const callers = Object.entries(keys).map(([id, { digest }]) => ({
    id,
    tenant: 'default',
    scopes: SCOPES[id as Who],
    keys: [digest],
  }));
  writeFileSync(callersFile, JSON.stringify({ callers }));
  const demo = await startDemo(vendors, 12);
  const clock = standingClock();
  const compared: Compared = { operations: 0, compiled: 0, withErrors: 0, refused: 0, moments: 0 };

  async function start(compiledExecution: boolean): Promise<{ app: App; url: string }> {
    const app = await createApp({
      vendors,
      clock,
      random: () => 0,
      config: {
        port: 0,
        host: '127.0.0.1',
        production: false,
        demo: true,
        accounts: demo.accounts,
        secrets: ['a secret for tests that is long enough'],
        authentication: { mode: 'keys', callersFile },
        routerSecrets: [ROUTER],
        trustedProxies: [],
        corsOrigins: [],
        schemaPrefix: undefined,
        drainTime: 0,
        storeFile: ':memory:',
        callerCallsPerMinute: undefined,
        callTimeout: 5_000,
        operationTimeout: 10_000,
        compiledExecution,
      },
      watch: {
        operationEnded(_operation, { isCompiled }) {
          if (isCompiled) compared.compiled += 1;
        },
      },
    });
    return { app, url: await app.start() };
  }
  const [planned, plain] = await Promise.all([start(true), start(false)]);

  async function post(url: string, body: unknown, headers: Record<string, string>): Promise<Seen> {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const { date: _date, ...kept } = answer.headers;
    return { status: answer.statusCode, headers: kept, text: await answer.body.text() };
  }

  const headersOf = (who: Who, isRouter: boolean, accept = ''): Record<string, string> => ({
    authorization: `Bearer ${keys[who].key}`,
    ...(isRouter ? { 'router-authorization': `Bearer ${ROUTER}` } : {}),
    ...(accept === '' ? {} : { accept }),
  });
  /** Both, so that both remember the same of the CRMs. */
  async function ask(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    await post(planned.url, { query, variables }, headersOf('all', true));
    return JSON.parse((await post(plain.url, { query, variables }, headersOf('all', true))).text);
  }
  const schema = buildClientSchema((await ask(getIntrospectionQuery())).data);
  const pool = await poolOf({ ask });

  /** One operation: asked by somebody, with variables, while CRMs fail or not. */
  async function compare({ query, variables }: Made): Promise<void> {
    const who = pick(random, ['all', 'all', 'all', 'all', 'reader', 'writer'] as const);
    const headers = headersOf(who, random() < 0.9, pick(random, ACCEPTS));
    const odd = random() < SHARE_OF_ODD_VARIABLES;
    const body = { query, variables: odd ? withOddOne(variables, random) : withOtherConditions(variables, random) };
    const stops: (() => void)[] = [];
    if (random() < SHARE_OF_FAULTS) {
      for (const vendor of ['heidianer', pick(random, ['ladiflow', 'mercately', 'fecify'])])
        if (random() < 0.7) stops.push(demo.emulators.get(vendor)?.fault(pick(random, FAULTS)) ?? (() => {}));
    }
    try {
      clock.skip(100_000);
      const one = await post(planned.url, body, headers);
      const other = await post(plain.url, body, headers);
      if (!areEqual(one, other, masked)) {
        if (!areEqual(one, other, withoutHealth)) throw new Error(`${differing(one, other)}\n${JSON.stringify(body)}`);
        compared.moments += 1;
      }
      if (one.text.startsWith('{"errors"')) compared.withErrors += 1;
      if (!one.text.includes('"data":')) compared.refused += 1;
    } finally {
      for (const stop of stops) stop();
    }
    compared.operations += 1;
  }

  return {
    compared,
    async compareNext() {
      const made = await makeOperation(schema, random, pool);
      // The first to succeed leaves the plan.
      for (let turn = 0; turn < OPERATIONS_OF_A_DOCUMENT; turn += 1) await compare(made);
    },
    async stop() {
      await Promise.all([planned.app.stop(), plain.app.stop()]);
      await demo.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Most answers are the same text; only of others is more to be known. */
function areEqual(one: Seen, other: Seen, read: (text: string) => unknown): boolean {
  const { text, headers, ...head } = one;
  const { text: otherText, headers: otherHeaders, ...otherHead } = other;
  if (!isDeepStrictEqual(head, otherHead)) return false;
  if (text === otherText) return isDeepStrictEqual(headers, otherHeaders);
  return (
    isDeepStrictEqual(withoutLength(headers), withoutLength(otherHeaders)) &&
    isDeepStrictEqual(read(text), read(otherText))
  );
}

/** The length follows from the text. */
const withoutLength = ({ 'content-length': _, ...others }: Seen['headers']): Seen['headers'] => others;

/** Defects bear a number that nobody can foretell; errors that happen at the same time are told in no order. */
function masked(text: string): unknown {
  const body = JSON.parse(text.replace(/"correlationId":"[^"]+"/g, '"correlationId":"…"'));
  const errors = body.errors?.map((error: unknown) => JSON.stringify(error)).sort();
  return { ...body, errors };
}

const HEALTH = /"(breaker|inFlight|queued|lastSuccessAt|lastFailureAt|lastErrorCode)":(?:"[^"]*"|\d+|null)/g;

/** It is the state of a moment: requests are under way meanwhile, and whoever reads a little later sees what became of them. */
const withoutHealth = (text: string): unknown => masked(text.replace(HEALTH, '"$1":"…"'));

function differing(one: Seen, other: Seen): string {
  const [left, right] = [one, other].map(({ status, headers, text }) => {
    // Their order says nothing.
    const sorted = Object.fromEntries(Object.entries(headers).sort());
    return JSON.stringify({ status, headers: sorted, text: masked(text) }, null, 1).split('\n');
  });
  const at = left?.findIndex((line, index) => line !== right?.[index] && !line.includes('content-length')) ?? 0;
  const part = (lines: readonly string[] | undefined) => lines?.slice(Math.max(0, at - 5), at + 8).join('\n');
  return `from a plan:\n${part(left)}\nby Apollo:\n${part(right)}`;
}

function withOtherConditions(
  variables: Readonly<Record<string, unknown>>,
  random: () => number,
): Readonly<Record<string, unknown>> {
  const others = Object.entries(variables).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? random() < 0.5 : value,
  ]);
  return Object.fromEntries(others);
}

function withOddOne(
  variables: Readonly<Record<string, unknown>>,
  random: () => number,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(variables);
  if (names.length === 0) return variables;
  return { ...variables, [pick(random, names)]: pick(random, [null, 'x', 7, [], {}, [null], true, ['x'], 1e9]) };
}

/** Stands still between two skips, so that nothing in an answer tells how long it took. */
function standingClock(): Clock & { skip(milliseconds: number): void } {
  let now = Date.parse('2026-11-22T08:00:00Z');
  return {
    now: () => now,
    after: ownTime.after,
    skip(milliseconds) {
      now += milliseconds;
    },
  };
}
