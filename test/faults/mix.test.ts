import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ERROR_CATALOGUE } from '../../src/crm/errors.ts';
import { FAULT_KINDS } from '../../src/emulation/faults.ts';
import { seededRandom } from '../../src/emulation/random.ts';
import { type Graph, startGraph } from '../support/graph.ts';

// All faults together, at random: a short version of the long run that the design asks for.

const SHARE = 0.01;
const QUESTIONS = 150;
const AT_ONCE = 10;
const VENDORS = ['ladiflow', 'fecify', 'mercately', 'heidianer'];
const QUERY = `{
  customers(first: 30) { nodes { id fullName email tags { name } } sources { account { id } state records error { code } } }
  customerEvents(first: 20) { nodes { kind text createdAt } sources { account { id } state error { code } } }
  segments(first: 10) { nodes { title } sources { account { id } state error { code } } }
}`;

let graph: Graph;
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => rejections.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  graph = await startGraph({ customers: 30, config: { callTimeout: 400, operationTimeout: 2_000 } });
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await graph.stop();
});

test('with every fault at random at every vendor, each answer is whole and says what is missing', async () => {
  const random = seededRandom(20_261_122);
  for (const vendor of VENDORS) {
    for (const kind of FAULT_KINDS) graph.emulator(vendor).fault({ kind, when: () => random() < SHARE });
  }
  const states = new Map<string, number>();
  const worker = async () => {
    for (let question = 0; question < QUESTIONS / AT_ONCE; question += 1) {
      const { data, errors = [] } = await graph.ask(QUERY);
      for (const list of [data.customers, data.customerEvents, data.segments]) {
        expect(list.nodes).not.toContain(null);
        for (const { state, error } of list.sources) {
          expect(error === null).toBe(state === 'OK' || state === 'UNSUPPORTED');
          states.set(state, (states.get(state) ?? 0) + 1);
        }
      }
      for (const { extensions } of errors) {
        expect(Object.keys(ERROR_CATALOGUE)).toContain(extensions.code);
        expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(rejections).toEqual([]);
  // Both sides were met.
  expect(states.get('OK')).toBeGreaterThan(0);
  expect([...states.keys()].length).toBeGreaterThan(3);
});
