import { afterEach, describe, expect, test } from '@jest/globals';
import { people } from '../../src/emulation/people.ts';
import { vendors } from '../../src/vendors/index.ts';
import { killPrograms, startProgram } from '../lifecycle/program.ts';
import { startGraph } from '../support/graph.ts';
import { PLANTED, plantedIn } from '../support/planted.ts';

// Twenty values are in every graph and program that a test starts, and each is searched for them at its end. Here: that
// they really are there, and that the search finds them.

const KEY = 'ladiflow-demo-api-key';

test('twenty values, no two alike, none too short to be told from others', () => {
  expect(new Set(PLANTED.values()).size).toBe(20);
  for (const value of PLANTED.values()) expect(Buffer.byteLength(value)).toBeGreaterThan(5);
});

test('they are keys that the graph uses and people whom the CRMs know', async () => {
  const graph = await startGraph({ customers: 3 });
  const credentials = await Promise.all(vendors.map(async ({ emulator }) => (await emulator()).credentials));
  const known = JSON.stringify([credentials, vendors.map(({ key }) => graph.emulator(key).records())]);
  await graph.stop();
  const [secret, token, ...missing] = [...PLANTED].filter(([, value]) => !known.includes(value)).map(([name]) => name);
  expect([secret, token]).toEqual(['the secret of the service', 'the token for metrics']);
  expect(missing).toEqual([]);
});

describe('at the end of a graph', () => {
  test('one that showed none is fine, although its answers were full of them', async () => {
    const graph = await startGraph({ customers: 6 });
    const { data } = await graph.ask('{ customers(first: 6) { nodes { fullName email phone } } }');
    const [email = ''] = people(3).map((person) => person.email);
    await graph.ask(`{ customerLookup(by: { email: "${email}" }) { matches { id } } customer(id: "${email}") { id } }`);
    await graph.stop();
    expect(plantedIn(JSON.stringify(data)).length).toBeGreaterThan(0);
  });

  test('log lines, spans, metrics and error answers are searched', async () => {
    // Ids of accounts are in all of them; this one is a key.
    const graph = await startGraph({
      customers: 3,
      accounts: (demo) =>
        demo.filter(({ vendor }) => vendor === 'ladiflow').map((account) => ({ ...account, id: KEY })),
    });
    await graph.ask('{ customers(first: 1) { nodes { id } } }');
    const id = (await graph.ask('{ customers(first: 1) { nodes { id } } }')).data.customers.nodes[0].id;
    graph.emulator('ladiflow').fault({ kind: 'html' });
    await graph.ask('query ($id: ID!) { customer(id: $id) { fullName } }', { id });
    const end = graph.stop();
    for (const place of ['a log line', 'a span', 'the metrics', 'an error answer'])
      await expect(end).rejects.toThrow(`the key of LadiFlow in ${place}`);
    await expect(end).rejects.not.toThrow(KEY);
  });
});

describe('at the end of a program', () => {
  afterEach(() => {
    try {
      killPrograms();
    } catch {
      // Said below.
    }
  });

  test.each(['log', 'error'])('all that it printed is searched: console.%s', async (how) => {
    const { ended } = startProgram({}, { nodeArguments: ['--eval', `console.${how}('${KEY}')`] });
    await ended;
    expect(killPrograms).toThrow('the key of LadiFlow in what a program printed');
    expect(killPrograms).not.toThrow();
  });
});
