import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ERROR_CATALOGUE, type ErrorCode } from '../../src/crm/errors.ts';
import type { Fault } from '../../src/emulation/faults.ts';
import { skippingClock } from '../support/clock.ts';
import { type Answer, type Graph, startGraph } from '../support/graph.ts';
import { CASES, DRIFTS, type Outcome } from './cases.ts';
import { type Read, readsOf, valueAt } from './reads.ts';

/** For faults that take as long as a call may; all others have time to be slow on a busy machine. */
const HASTY_TIMEOUT = 200;
/** Longer than any account is held back. */
const A_LONG_TIME = 25 * 3_600_000;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Stacks, files, keys, web pages, parsers' and sockets' words. */
const LEAKS =
  /node_modules|\.ts:|at \w+ \(|<html|<!DOCTYPE|demo-|renewed-|ECONN|UND_ERR|Unexpected|JSON at|invalid json|zlib|incorrect header|passwd/i;

const GOOD = (read: Read): [string, Outcome] => [read.name, 'fine'];

interface Connection {
  readonly nodes: readonly unknown[];
  readonly sources: readonly {
    readonly account: { readonly id: string };
    readonly state: string;
    readonly calls: number;
    readonly records: number;
    readonly unreadable: number;
    readonly error: { readonly code: ErrorCode } | null;
  }[];
}

/** Every fault at every documented read of one vendor, asked over HTTP. */
export function testFaults(vendor: string): void {
  const clock = skippingClock();
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  let graph: Graph;
  let calm: Graph;
  let hasty: Graph;
  let reads: readonly Read[];
  let elsewhere: Server;
  let strayRequests = 0;

  beforeAll(async () => {
    process.on('unhandledRejection', onRejection);
    elsewhere = createServer((_, outgoing) => {
      strayRequests += 1;
      outgoing.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    calm = await startGraph({ customers: 6, clock });
    hasty = await startGraph({ customers: 6, clock, config: { callTimeout: HASTY_TIMEOUT } });
    graph = calm;
    reads = await readsOf(graph, vendor);
  });
  afterEach(async () => {
    expect(rejections).toEqual([]);
    await graph.reset();
    graph = calm;
  });
  afterAll(async () => {
    process.off('unhandledRejection', onRejection);
    expect(strayRequests).toBe(0);
    elsewhere.close();
    await Promise.all([calm.stop(), hasty.stop()]);
  });

  const ask = (read: Read) => graph.ask(read.query, { ...read.variables });

  /** Asks while the fault is on, and once more after it ended. */
  async function suffer(read: Read, fault: Fault): Promise<Answer> {
    const stop = graph.emulator(vendor).fault({ ...fault, operation: read.operation });
    const answer = await ask(read);
    stop();
    return answer;
  }

  /** Retries are a share of the requests, and other faults have used them up. */
  async function earnRetries(read: Read): Promise<void> {
    for (let time = 0; time < 15; time += 1) await ask(read);
  }

  async function expectWellAgain(asked: boolean): Promise<void> {
    const emulator = graph.emulator(vendor);
    for (let tries = 0; emulator.underWay > 0 && tries < 100; tries += 1) await sleep(10);
    expect(emulator.underWay).toBe(0);
    expect(emulator.violations).toEqual([]);
    if (asked) return;
    // The account was perhaps held back, or left alone after so many failures.
    clock.skip(A_LONG_TIME);
    for (const read of reads) expect([read.name, outcomeOf(read, await ask(read))]).toEqual(GOOD(read));
  }

  async function expectOutcomes(fault: Fault, outcome: (read: Read) => Outcome, atOnce = false): Promise<void> {
    const answers: Answer[] = [];
    if (atOnce) {
      // The history of a customer needs the customer too: it comes when the others are over.
      const [own, needy] = [
        reads.filter(({ name }) => name !== 'events'),
        reads.filter(({ name }) => name === 'events'),
      ];
      const first = await Promise.all(own.map((read) => suffer(read, fault)));
      answers.push(...first);
      for (const read of needy) answers.splice(reads.indexOf(read), 0, await suffer(read, fault));
    } else {
      for (const read of reads) {
        if (fault.times !== undefined) await earnRetries(read);
        answers.push(await suffer(read, fault));
        clock.skip(A_LONG_TIME);
        // Two good answers in between, so that the next read is asked and not refused on our side.
        for (let time = 0; time < 2; time += 1)
          expect([read.name, outcomeOf(read, await ask(read))]).toEqual(GOOD(read));
      }
    }
    const seen = reads.map((read, index) => [read.name, outcomeOf(read, answers[index] as Answer)]);
    expect(seen).toEqual(reads.map((read) => [read.name, outcome(read)]));
    for (const answer of answers) expectClean(answer);
  }

  describe(`${vendor}, fault`, () => {
    test.each(CASES.map((one) => [one.name, one] as const))('%s', async (_, { fault, outcome, slow }) => {
      if (slow) graph = hasty;
      await expectOutcomes(fault, outcome, slow);
      await expectWellAgain(slow !== true);
    });

    test.each(REDIRECTS)('redirect %i: nobody follows', async (status) => {
      const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/stolen`;
      await expectOutcomes({ kind: 'redirect', status, headers: { location } }, () => 'VENDOR_BAD_RESPONSE');
      expect(strayRequests).toBe(0);
    });

    test('repeat-page: a list ends after one repeat and keeps what it got', async () => {
      for (const read of reads.filter(({ shape }) => shape === 'list')) {
        const whole = connectionIn(read, await ask(read));
        const { nodes, sources } = connectionIn(read, await suffer(read, { kind: 'repeat-page' }));
        expect(new Set(nodes.map((node) => JSON.stringify(node))).size).toBe(nodes.length);
        expect(nodes).toEqual(whole.nodes.slice(0, nodes.length));
        expect(sources.find(({ account }) => account.id === vendor)?.calls).toBeLessThanOrEqual(2);
      }
    });

    test.each(DRIFTS)('%s: one field fails, not its record, and not the list', async (kind) => {
      for (const read of reads) {
        const whole = await ask(read);
        const answer = await suffer(read, { kind });
        expectClean(answer);
        expectWellFormed(answer);
        for (const error of answer.errors ?? []) expect(valueAt(answer, error.path ?? [])).toBeFalsy();
        if (read.shape === 'list') {
          const source = sourceIn(read, answer);
          expect([read.name, source.state]).toEqual([read.name, 'OK']);
          // Where rows are unreadable, the walk goes on to fill the page.
          expect(source.records + source.unreadable).toBeGreaterThanOrEqual(sourceIn(read, whole).records);
          expect(connectionIn(read, answer).nodes).toHaveLength(source.records);
          expect(connectionIn(read, answer).nodes).not.toContain(null);
        } else {
          const outcome = outcomeOf(read, answer);
          // The record with some fields null, or an error that says why there is none; other ids are other records.
          const allowed = kind === 'big-numbers' ? /^(null|VENDOR_BAD_RESPONSE|fine)$/ : /^(fine|VENDOR_BAD_RESPONSE)$/;
          expect([read.name, outcome]).toEqual([read.name, expect.stringMatching(allowed)]);
        }
      }
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      await expectWellAgain(false);
    });

    test('big-numbers: ids beyond what a number holds keep all their digits', async () => {
      for (const read of reads.filter(({ shape, name }) => shape === 'list' && name !== 'tags')) {
        const { nodes } = connectionIn(read, await suffer(read, { kind: 'big-numbers' }));
        const ids = nodes.map((node) => (node as { vendorId: string | null }).vendorId ?? '');
        for (const id of ids.filter((text) => /^\d{15,20}$/.test(text)))
          expect(id).toMatch(/^90071992547\d{4,}[13579]$/);
        expect(new Set(ids).size).toBe(ids.length);
      }
    });
  });

  const connectionIn = (read: Read, answer: Answer): Connection => valueAt(answer, read.path) as Connection;
  const sourceIn = (read: Read, answer: Answer) => {
    const source = connectionIn(read, answer).sources.find(({ account }) => account.id === vendor);
    if (source === undefined) throw new Error(`${read.name} says nothing about ${vendor}`);
    return source;
  };

  function outcomeOf(read: Read, answer: Answer): Outcome {
    const value = valueAt(answer, read.path);
    if (read.shape === 'list' && value !== undefined) {
      const { state, error } = sourceIn(read, answer);
      if (error === null) return (value as Connection).nodes.length === 0 ? 'empty' : state === 'OK' ? 'fine' : state;
      expect(state).toBe(ERROR_CATALOGUE[error.code].source);
      return error.code;
    }
    const values = read.shape === 'many' ? (value as unknown[]) : [value];
    if (values.every((one) => one !== null)) return Array.isArray(value) && value.length === 0 ? 'empty' : 'fine';
    expect(values).toEqual(values.map(() => null));
    const errors = (answer.errors ?? []).filter(({ path }) => read.path.every((step, index) => path?.[index] === step));
    if (errors.length === 0) return 'null';
    expect(errors).toHaveLength(values.length);
    return String(errors[0]?.extensions.code);
  }

  /** Errors that a program can rely on, and nothing in them that is nobody's business. */
  function expectClean(answer: Answer): void {
    for (const { extensions, message, path } of answer.errors ?? []) {
      const code = extensions.code as ErrorCode;
      expect(Object.keys(ERROR_CATALOGUE)).toContain(code);
      expect(extensions).toMatchObject({ retryable: ERROR_CATALOGUE[code].retryable });
      // The loaders throw this one before they say where it happened.
      if (!message.includes('another record')) expect(extensions).toMatchObject({ vendor, account: vendor });
      expect(path?.length).toBeGreaterThan(0);
    }
    expect(JSON.stringify(answer)).not.toMatch(LEAKS);
  }
}

function expectWellFormed(value: unknown): void {
  if (typeof value === 'string') expect(value.isWellFormed()).toBe(true);
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) expectWellFormed(inner);
  }
}
