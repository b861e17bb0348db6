import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import type { WireAnswer } from '../../src/emulation/scene.ts';
import { vendors } from '../../src/vendors/index.ts';
import { skippingClock } from '../support/clock.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';
import { isWrite } from '../writes/errands.ts';
import { spoilAnswer } from './answers.ts';
import { type Ask, asksOf } from './asks.ts';
import { choicesOf } from './choices.ts';
import type { Pool } from './documents.ts';
import { type Answered, faultOf, faultOfRead, isPolluted } from './judge.ts';
import { type FuzzRequest, makeRequest } from './requests.ts';

/** Enough for every write to have somebody to write to. */
const CUSTOMERS = 75;
/** To one emulator, until it starts anew: seeding takes longer than a case. */
const MOST_WRITES = 20;
/** Longer than an account is ever left alone or held. */
const LONG_MS = 25 * 3_600_000;

export interface World {
  readonly met: Met;
  /** What the tape stands for, to be shown to people. */
  describeRequest(tape: readonly number[]): string;
  describeAnswer(tape: readonly number[]): Promise<string>;
  /** Sends a request made up from the tape; throws at what must not happen. */
  tryRequest(tape: readonly number[]): Promise<void>;
  /** Reads or writes while a CRM's answer is spoiled by the tape; throws at what must not happen. */
  tryAnswer(tape: readonly number[]): Promise<void>;
  stop(): Promise<void>;
}

/** What was met: proof that something was put to the test. */
export interface Met {
  requests: number;
  answers: number;
  /** Of `answers`: those at which a spoiled answer was really given. */
  read: number;
  readonly kinds: Map<string, number>;
  readonly outcomes: Map<string, number>;
  readonly vendors: Map<string, number>;
  readonly states: Map<string, number>;
  readonly errors: Map<string, number>;
  /** Values against a CRM's contract in what it was sent, after it had spoiled them itself. */
  astray: number;
}

export async function startFuzzWorld(): Promise<World> {
  const clock = skippingClock();
  const graph = await startGraph({ customers: CUSTOMERS, clock });
  const keys = new Map<string, string>();
  for (const { key, emulator } of vendors) keys.set(key, Object.values((await emulator()).credentials)[0] ?? '');
  const schema = buildClientSchema(await dataOf(graph.ask(getIntrospectionQuery())));
  const pool = await poolOf(graph);
  const asks: Ask[] = [];
  for (const { key } of vendors) asks.push(...(await asksOf(graph, schema, key, pool)));
  const rejections: unknown[] = [];
  const listen = (reason: unknown) => void rejections.push(reason);
  process.on('unhandledRejection', listen);
  process.on('uncaughtException', listen);
  const met: Met = {
    requests: 0,
    answers: 0,
    read: 0,
    kinds: new Map(),
    outcomes: new Map(),
    vendors: new Map(),
    states: new Map(),
    errors: new Map(),
    astray: 0,
  };

  async function send({ method, url, headers, payload }: Omit<FuzzRequest, 'kind'>): Promise<Answered> {
    const given = { host: 'localhost', ...headers };
    const reply = await graph.server.inject({
      method,
      url,
      headers: given,
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: reply.statusCode, type: String(reply.headers['content-type'] ?? ''), text: reply.payload };
  }

  /** Whether it was well besides, too; then all is as it was before. */
  async function conclude(fault: string | undefined, spoiled: boolean): Promise<void> {
    const [defect, rejection] = [graph.defects[0], rejections[0]];
    const violations = vendors.flatMap(({ key }) => graph.emulator(key).violations);
    // An id that a CRM gives out is sent back to it as it is, however it looks.
    const grave = violations.filter(({ problem }) => !(spoiled && /^(?:body|query) /.test(problem)));
    met.astray += violations.length - grave.length;
    if (violations.length > 0) for (const { key } of vendors) graph.emulator(key).reset();
    await restore();
    if (defect !== undefined) throw new Error('a defect was reported', { cause: defect });
    if (rejection !== undefined) throw new Error('nobody handled a failure', { cause: rejection });
    if (fault !== undefined) throw new Error(fault);
    if (grave.length > 0) throw new Error(`against a CRM's contract: ${JSON.stringify(grave.slice(0, 2))}`);
    if (isPolluted()) throw new Error('a prototype was changed');
  }

  const writes = new Map<string, number>();

  /** So that the next case finds nearly everything as this one did. */
  async function restore(): Promise<void> {
    // Whoever renews its credentials cannot go back to the old ones, and what was spoiled may have been the new ones.
    if (graph.emulator('heidianer').count('exchangeToken') > 0) await graph.reset();
    for (const { key } of vendors) {
      const emulator = graph.emulator(key);
      const count = (writes.get(key) ?? 0) + emulator.exchanges.filter((exchange) => isWrite(key, exchange)).length;
      writes.set(key, count % MOST_WRITES);
      if (count < MOST_WRITES) emulator.forget();
      else emulator.reset();
    }
    forget(graph.defects);
    forget(rejections);
  }

  /** After so many failures an account is left alone: two good answers, and it is asked again. */
  async function heal({ vendor }: Ask): Promise<void> {
    clock.skip(LONG_MS);
    const good = asks.find((ask) => ask.vendor === vendor && !ask.isWrite) ?? asks.find((ask) => ask.vendor === vendor);
    for (let time = 0; time < 2 && good !== undefined; time += 1) await graph.ask(good.query, { ...good.inputs[time] });
  }

  /** What was given in place of true answers in the latest case. */
  const given: WireAnswer[] = [];

  async function askSpoiled(tape: readonly number[]): Promise<Answered> {
    const choices = choicesOf(tape);
    const ask = choices.pick(asks);
    const emulator = graph.emulator(ask.vendor);
    const first = choices.number(ask.requests);
    const isLasting = choices.chance(0.3);
    let turn = 0;
    given.length = 0;
    const stop = emulator.fault({
      kind: 'rewritten',
      when: () => {
        const isMeant = turn === first || (isLasting && turn > first);
        turn += 1;
        return isMeant;
      },
      rewrite(answer) {
        const sent = spoilAnswer(answer, choices, keys.get(ask.vendor) ?? '');
        given.push(sent);
        return sent;
      },
    });
    // Queries seen before run another way.
    const query = choices.chance(0.1) ? `${ask.query} # ${choices.number(1_000)}` : ask.query;
    const payload = JSON.stringify({ query, variables: choices.pick(ask.inputs) });
    const answered = await send({ method: 'POST', url: '/graphql', headers: JSON_TYPE, payload });
    stop();
    return answered;
  }

  const world: World = {
    met,
    describeRequest(tape) {
      const request = makeRequest(schema, choicesOf(tape), pool);
      return JSON.stringify({ ...request, payload: request.payload?.toString() }, null, 1);
    },
    async describeAnswer(tape) {
      await world.tryAnswer(tape).catch(() => {});
      const { vendor, name, query } = choicesOf(tape).pick(asks);
      const answers = given.map(({ bytes, ...head }) => ({ ...head, text: bytes.toString('utf8') }));
      return JSON.stringify({ vendor, name, query, answers }, null, 1);
    },
    async tryRequest(tape) {
      const request = makeRequest(schema, choicesOf(tape), pool);
      const answered = await send(request);
      const fault = faultOf(answered);
      met.requests += 1;
      count(met.kinds, request.kind);
      count(met.outcomes, outcomeOf(answered));
      await conclude(fault === undefined ? undefined : `${fault}: ${answered.text.slice(0, 1_000)}`, false);
    },
    async tryAnswer(tape) {
      const ask = choicesOf(tape).pick(asks);
      let answered = await askSpoiled(tape);
      if (given.length === 0) {
        await heal(ask);
        answered = await askSpoiled(tape);
      }
      clock.skip(LONG_MS);
      const fault = faultOfRead(answered);
      met.answers += 1;
      if (given.length > 0) {
        met.read += 1;
        count(met.vendors, ask.vendor);
      }
      for (const [, state = ''] of answered.text.matchAll(/"(?:state|outcome)":"([A-Z_]+)"/g)) count(met.states, state);
      for (const [, code = ''] of answered.text.matchAll(/"code":"([A-Z_]+)"/g)) count(met.errors, code);
      await conclude(fault === undefined ? undefined : `${fault}: ${answered.text.slice(0, 1_000)}`, true);
    },
    async stop() {
      process.off('unhandledRejection', listen);
      process.off('uncaughtException', listen);
      await graph.stop();
    },
  };
  return world;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Graph's lists are read-only for tests; a case that was judged is over. */
const forget = (list: readonly unknown[]): void => void (list as unknown[]).splice(0);

function outcomeOf({ status, text }: Answered): string {
  const code = /"code":"([A-Z_]+)"/.exec(text.slice(0, 2_000))?.[1];
  if (status >= 400) return `HTTP ${status}`;
  const hasData = text.startsWith('{"data":{') || text.includes('],"data":{');
  if (!hasData) return code ?? 'refused';
  return text.includes('"errors":[') ? 'partial data' : 'data';
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

async function poolOf(graph: Graph): Promise<Pool> {
  const ids: string[] = [];
  const [cursors, vendorIds, emails, phones] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ];
  for (const list of ['customers', 'segments', 'tags']) {
    const { data } = await graph.ask(
      `{ ${list}(first: 12) { nodes { id vendorId ${list === 'customers' ? 'email phone' : ''} } pageInfo { endCursor } } }`,
    );
    for (const { id, vendorId, email, phone } of data[list].nodes) {
      ids.push(id);
      vendorIds.add(vendorId);
      if (email) emails.add(email);
      if (phone) phones.add(phone);
    }
    cursors.add(data[list].pageInfo.endCursor);
  }
  const { data } = await graph.ask(
    `{ _entities(representations: [{ __typename: "Customer", accountId: "fecify", vendorId: "4" }]) { ... on Customer { id } } }`,
  );
  ids.push(data._entities[0].id);
  return {
    accounts: vendors.map(({ key }) => key),
    ids,
    vendorIds: [...vendorIds],
    cursors: [...cursors],
    emails: [...emails],
    phones: [...phones],
  };
}
