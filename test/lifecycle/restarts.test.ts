import { Agent } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ask, RequestFailure } from './client.ts';
import { type GatedVendor, startGatedVendor } from './gatedVendor.ts';
import { killPrograms, startProgram } from './program.ts';

const RESTARTS = 20;
const CALLERS = 10;
const MILLISECONDS_BETWEEN_REQUESTS = 100;

let vendor: GatedVendor;
beforeAll(async () => {
  // Some requests are always under way.
  vendor = await startGatedVendor({ latency: 120 });
});
afterEach(killPrograms);
afterAll(() => vendor.close());

/**
 * A caller as careful as any proxy and no more: it stays where it is until an answer says `connection: close` or no
 * connection is given, then goes where the newest program is. What it had asked before must still be answered.
 */
function startCaller(newest: () => string) {
  let origin = newest();
  let agent = new Agent({ keepAlive: true });
  const agents = [agent];
  const seen = { answered: 0, moves: 0, lost: [] as unknown[] };
  const underWay = new Set<Promise<void>>();

  function leave(from: string): void {
    if (from !== origin || newest() === from) return;
    seen.moves += 1;
    origin = newest();
    agent = new Agent({ keepAlive: true });
    agents.push(agent);
  }

  async function request(): Promise<void> {
    const from = origin;
    try {
      const { status, headers, body } = await ask(agent, `${from}/graphql`, QUERY);
      const { data, errors } = JSON.parse(body);
      const whole = status === 200 && errors === undefined && data.customers.nodes.length === 5;
      if (whole) seen.answered += 1;
      else seen.lost.push(body);
      if (headers.connection === 'close') leave(from);
    } catch (error) {
      if (!(error instanceof RequestFailure) || error.connected) {
        seen.lost.push(error);
        return;
      }
      leave(from);
      await request();
    }
  }

  const timer = setInterval(() => {
    const asked = request().finally(() => underWay.delete(asked));
    underWay.add(asked);
  }, MILLISECONDS_BETWEEN_REQUESTS);
  return {
    seen,
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
      for (const each of agents) each.destroy();
    },
  };
}

const QUERY = { query: '{ customers(first: 5) { nodes { id fullName } sources { state } } }' };

test(`${RESTARTS} restarts under load lose no request in flight`, async () => {
  const start = async () => {
    const program = startProgram(vendor.environment);
    return { program, origin: await program.origin() };
  };
  let current = await start();
  let next = start();
  const callers = Array.from({ length: CALLERS }, () => startCaller(() => current.origin));
  const ends: unknown[] = [];
  for (let restart = 1; restart <= RESTARTS; restart += 1) {
    const old = current.program;
    current = await next;
    if (restart < RESTARTS) next = start();
    old.child.kill('SIGTERM');
    ends.push([await old.ended, old.said.complaints]);
  }
  await Promise.all(callers.map((caller) => caller.stop()));

  const seen = callers.map((caller) => caller.seen);
  expect(seen.flatMap(({ lost }) => lost)).toEqual([]);
  expect(ends).toEqual(Array(RESTARTS).fill([0, '']));
  // Otherwise it would have proved nothing.
  expect(seen.map(({ moves }) => moves)).toEqual(Array(CALLERS).fill(RESTARTS));
  expect(Math.min(...seen.map(({ answered }) => answered))).toBeGreaterThan(RESTARTS);
}, 120_000);
