import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../src/emulation/faults.ts';
import { skippingClock } from '../support/clock.ts';
import { type Graph, startGraph } from '../support/graph.ts';
import { DRIFTS } from './cases.ts';
import {
  type Fate,
  groupedCases,
  hides,
  LIES,
  LYING_READS,
  READ_CASES,
  retryAfterOf,
  timesSent,
} from './writeCases.ts';
import { operationOf, READS, type Records, type Write, writesOf } from './writes.ts';
import { appliedFields, expectCleanPayload, expectTrue, type Payload } from './writeTruth.ts';

/** For faults that take as long as a call may; all others have time to be slow on a busy machine. */
const HASTY_TIMEOUT = 300;
/** Fewer at once than open a breaker. */
const AT_ONCE = 4;
/** The same where each is tried twice. */
const FEW = 2;
/** Each test has many faults, and the machine perhaps other work. */
const PATIENCE = 60_000;
/** Longer than any account is held back. */
const A_LONG_TIME = 25 * 3_600_000;
const REDIRECTS = [301, 302, 303, 307, 308];

/** What one write met, and what became of it. */
interface Met {
  readonly write: Write;
  readonly payload: Payload;
  readonly isStored: boolean;
}

/** Every fault at every write of one vendor, and at the reads around it. */
export function testWriteFaults(vendor: string): void {
  const clock = skippingClock();
  const neighbour = vendor === 'salekit' ? 'fecify' : 'salekit';
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  let graph: Graph;
  let calm: Graph;
  let hasty: Graph;
  let writes: readonly Write[];
  let writeOperations: readonly string[];
  let otherWrite: Write;
  let elsewhere: Server;
  let strayRequests = 0;
  let marks = 0;
  let ahead = 0;

  beforeAll(async () => {
    process.on('unhandledRejection', onRejection);
    elsewhere = createServer((_, outgoing) => {
      strayRequests += 1;
      outgoing.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    calm = await startGraph({ clock });
    hasty = await startGraph({ clock, config: { callTimeout: HASTY_TIMEOUT } });
    graph = calm;
    writes = await writesOf(graph, vendor);
    writeOperations = [...new Set(writes.map(({ operation }) => operation))];
    [otherWrite] = (await writesOf(graph, neighbour)) as [Write];
    await graph.reset();
  });
  afterEach(async () => {
    expect(rejections).toEqual([]);
    const emulator = graph.emulator(vendor);
    for (let tries = 0; emulator.underWay > 0 && tries < 100; tries += 1) await sleep(10);
    expect(emulator.underWay).toBe(0);
    await graph.reset();
    graph = calm;
    marks = 0;
    // What is new to the vendor must be new to us.
    clock.skip(-ahead);
    ahead = 0;
  });
  afterAll(async () => {
    process.off('unhandledRejection', onRejection);
    expect(strayRequests).toBe(0);
    elsewhere.close();
    await Promise.all([calm.stop(), hasty.stop()]);
  });

  const records = (): Records => graph.emulator(vendor).records();
  function skip(milliseconds: number): void {
    ahead += milliseconds;
    clock.skip(milliseconds);
  }

  /** The vendors as they were at first; of what happened before, the graph forgets nothing. */
  function startOver(): void {
    for (const name of [vendor, neighbour]) {
      expect(graph.emulator(name).violations).toEqual([]);
      graph.emulator(name).reset();
    }
    marks = 0;
  }

  /**
   * Does the writes while the faults are on, and behind them one at another vendor.
   * @param atOnce each in an operation of its own
   */
  async function perform(some: readonly Write[], faults: readonly Fault[], atOnce = false): Promise<readonly Met[]> {
    const emulator = graph.emulator(vendor);
    const stops = faults.map((fault) => emulator.fault(fault));
    const marked = some.map((write) => ({ write, mark: marks++ }));
    const last = { write: otherWrite, mark: marks++ };
    const audited = graph.audits.length;
    const counted = countOf(writeOperations);
    const operations = atOnce ? [...marked.map((one) => [one]), [last]] : [[...marked, last]];
    const payloads = (await Promise.all(operations.map(ask))).flat();
    for (const stop of stops) stop();
    for (const payload of payloads) expectCleanPayload(payload);
    expect(payloads.at(-1)).toMatchObject({ outcome: otherWrite.done, userErrors: [] });
    expect(otherWrite.isStored(graph.emulator(neighbour).records(), last.mark)).toBe(true);
    // Each request that changes something is told of, and has its line.
    const sent = payloads.flatMap(({ requests }) => requests).filter(({ isWrite }) => isWrite);
    expect(countOf(writeOperations) - counted + 1).toBe(sent.length);
    expect(graph.audits.length - audited).toBe(sent.length);
    const after = records();
    return marked.map(({ write, mark }, index) => ({
      write,
      payload: payloads[index] as Payload,
      isStored: write.isStored(after, mark),
    }));
  }

  async function ask(marked: readonly { readonly write: Write; readonly mark: number }[]): Promise<Payload[]> {
    const inputs = marked.map(({ write, mark }, index) => [`w${index}`, write.input(mark)]);
    const { data, errors } = await graph.ask(operationOf(marked.map(({ write }) => write)), Object.fromEntries(inputs));
    expect(errors).toBeUndefined();
    return marked.map((_, index) => data[`w${index}`].results?.[0] ?? data[`w${index}`]);
  }

  const countOf = (operations: readonly string[]): number =>
    operations.reduce((sum, operation) => sum + graph.emulator(vendor).count(operation), 0);

  /** Does them without any fault: the vendor works, and for us it does so again. */
  async function expectWell(some: readonly Write[]): Promise<void> {
    for (const { write, payload, isStored } of await perform(some, [])) {
      expect([write.name, payload.outcome, payload.userErrors, isStored]).toEqual([write.name, write.done, [], true]);
    }
  }

  /** Twice, or half of all requests would have failed: the vendor would be left alone for that. */
  async function expectWellAgain(some: readonly Write[]): Promise<void> {
    await expectWell(some);
    await expectWell(some);
  }

  /** Each write meets the fault at its own request, and is done well afterwards. */
  async function expectFates(fault: Fault, fates: (write: Write) => readonly Fate[], mustStore = false): Promise<void> {
    const isSlow = graph === hasty;
    // Of a fault that ends by itself, and while an account is held back, the next write would see nothing.
    const areSingle = fault.times !== undefined || fault.status === 429;
    const isSingle = ({ part }: Write) => part !== 'only';
    const parts = [writes.filter((write) => !isSingle(write)), writes.filter(isSingle)];
    for (const some of parts.flatMap((part) => inParts(part, AT_ONCE))) {
      for (const part of inParts(some, areSingle || some.some(isSingle) ? 1 : AT_ONCE)) {
        const operations = [...new Set(part.map(({ operation }) => operation))];
        const before = records();
        const counted = countOf(operations);
        const faults = operations.map((operation) => ({ ...fault, operation }));
        const met = await perform(part, faults, isSlow);
        const most = part.reduce((sum, write) => sum + timesSent(fault, write), 0);
        expect(`sent ${countOf(operations) - counted} times`).toBe(`sent ${most} times`);
        for (const one of met) {
          const { write } = one;
          const retryAfter = retryAfterOf(fault);
          const mayLie = LIES.has(fault.kind);
          expectTrue(one, { fates: fates(write), mayLie, hides: hides(fault, write), retryAfter });
          if (mustStore) expect([write.name, one.isStored]).toEqual([write.name, true]);
        }
        expectNothingElse(before, records(), met);
        if (fault.status === 429) skip(A_LONG_TIME);
      }
      await (READS[vendor]?.length === 0 ? expectWellAgain(some) : expectWell(some));
    }
  }

  /** Of each kind no more records differ than there were writes; none where nothing was carried out. */
  function expectNothingElse(before: Records, after: Records, met: readonly Met[]): void {
    if (met.every(({ payload }) => payload.outcome === 'NOT_EXECUTED')) {
      expect(isDeepStrictEqual(before, after)).toBe(true);
    }
    for (const [kind, rows] of Object.entries(after)) {
      // Whoever is deleted leaves all segments.
      if (kind === 'segments') continue;
      const known = new Set(before[kind]?.map((row) => JSON.stringify(row)));
      const changed = rows.filter((row) => !known.has(JSON.stringify(row)));
      expect([kind, changed.length]).toEqual([kind, Math.min(changed.length, met.length)]);
    }
  }

  describe(`${vendor}, fault at a write:`, () => {
    test.each(groupedCases())(
      '%s',
      async (group, cases) => {
        if (group === 'no answer in time') graph = hasty;
        for (const { name, fault, fates } of cases) {
          await named(name, () => expectFates(fault, fates));
          // A renewed token is not known to a vendor that starts over.
          if (group === 'refused credentials') await graph.reset();
          startOver();
        }
      },
      PATIENCE,
    );

    test(
      'a redirect, which nobody follows',
      async () => {
        const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/stolen`;
        for (const status of REDIRECTS) {
          const fault: Fault = { kind: 'redirect', status, headers: { location } };
          await named(String(status), () => expectFates(fault, () => ['open']));
          startOver();
        }
        expect(strayRequests).toBe(0);
      },
      PATIENCE,
    );

    test(
      'a strange record: done, or nobody knows; nothing is said to be stored that nothing shows',
      async () => {
        for (const kind of DRIFTS) {
          await named(kind, () => expectFates({ kind }, () => ['done', 'open'], true));
          startOver();
        }
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      },
      PATIENCE,
    );

    test(
      'a lost connection, and every read behind it: what was carried out stays unknown',
      async () => {
        for (const write of writes) {
          const emulator = graph.emulator(vendor);
          emulator.forget();
          const reads = (READS[vendor] ?? []).map((operation): Fault => {
            return { kind: 'status', status: 403, operation, when: () => emulator.count(write.operation) > 0 };
          });
          const [met] = (await perform([write], [{ kind: 'reset-after', operation: write.operation }, ...reads])) as [
            Met,
          ];
          expectTrue(met, { fates: ['open'], cannotLook: true });
          expect(emulator.count(write.operation)).toBe(1);
          skip(A_LONG_TIME);
          await expectWellAgain([write]);
          startOver();
        }
      },
      PATIENCE,
    );
  });

  if (READS[vendor]?.length === 0) return;

  describe(`${vendor}, fault at a read before a write:`, () => {
    test.each(READ_CASES)(
      '%s: nothing is sent, and nothing is changed',
      async (code, faults) => {
        if (code === 'VENDOR_TIMEOUT') graph = hasty;
        for (const fault of faults) {
          for (const operation of READS[vendor] ?? []) {
            const needy = writes.filter(({ reads }) => reads.includes(operation));
            for (const some of inParts(needy, FEW))
              await named(fault.kind, () => expectUnsent(some, fault, operation, code));
            startOver();
          }
        }
      },
      PATIENCE,
    );
  });

  async function expectUnsent(some: readonly Write[], fault: Fault, operation: string, code: string): Promise<void> {
    const emulator = graph.emulator(vendor);
    const before = records();
    emulator.forget();
    for (const { write, payload } of await perform(some, [{ ...fault, operation }], true)) {
      const [error] = payload.userErrors;
      expect([write.name, payload.outcome, error?.code]).toEqual([write.name, 'NOT_EXECUTED', code]);
      if (code === 'VENDOR_RATE_LIMITED') expect(error?.retryAfter).toBe(30);
      expect(emulator.count(write.operation)).toBe(0);
    }
    expect(isDeepStrictEqual(before, records())).toBe(true);
    skip(A_LONG_TIME);
    await expectWellAgain(some);
  }

  describe(`${vendor}, fault at the reads around a write:`, () => {
    test(
      'whatever they show, what is said of the write is true',
      async () => {
        for (const fault of LYING_READS) {
          for (const some of inParts(writes, AT_ONCE)) await named(fault.kind, () => expectTrueInSpiteOf(fault, some));
          startOver();
        }
      },
      PATIENCE,
    );

    test(
      'one that fails behind a write does not undo it',
      async () => {
        for (const write of writes) {
          const emulator = graph.emulator(vendor);
          emulator.forget();
          const faults = (READS[vendor] ?? []).map((operation): Fault => {
            return { kind: 'reset-before', operation, when: () => emulator.count(write.operation) > 0 };
          });
          const [met] = (await perform([write], faults)) as [Met];
          expectTrue(met, { fates: ['done'] });
          await expectWell([write]);
          startOver();
        }
      },
      PATIENCE,
    );
  });

  async function expectTrueInSpiteOf(fault: Fault, some: readonly Write[]): Promise<void> {
    const before = records();
    const faults = (READS[vendor] ?? []).map((operation) => ({ ...fault, operation }));
    const met = await perform(some, faults);
    for (const { write, payload, isStored } of met) {
      const isUndone = ['NOT_EXECUTED', 'UNKNOWN', 'PARTLY_EXECUTED'].includes(payload.outcome);
      expect([write.name, payload.outcome, isStored]).toEqual([write.name, payload.outcome, !isUndone]);
      if (!isStored) expect([write.name, appliedFields(write, payload)]).toEqual([write.name, []]);
    }
    expectNothingElse(before, records(), met);
    skip(A_LONG_TIME);
    await expectWell(some);
  }
}

function inParts<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

/** Says which of a test's faults it was. */
async function named(fault: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof Error) error.message = `At the fault "${fault}": ${error.message}`;
    throw error;
  }
}
