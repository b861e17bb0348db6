import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';
import { pick, seededRandom } from '../../src/emulation/random.ts';
import { vendors } from '../../src/vendors/index.ts';
import { type Answer, dataOf, type Graph, startGraph } from '../support/graph.ts';
import { type Made, makeMutation, makeOperation, type Pool } from './operations.ts';
import { poolOf } from './pool.ts';

// What an operation may cost is told before it runs, and is never less than it costs.

const OPERATIONS = 500;
const SHARE_OF_MUTATIONS = 0.08;
const SEED = 5;

let graph: Graph;
let schema: GraphQLSchema;
let pool: Pool;
beforeAll(async () => {
  graph = await startGraph({ customers: 60 });
  schema = buildClientSchema(await dataOf(graph.ask(getIntrospectionQuery())));
  pool = await poolOf(graph);
});
afterAll(() => graph.stop());

let serial = 0;
function mutation(random: () => number): Promise<Made> {
  serial += 1;
  const account = pick(random, ['ladiflow', 'mercately', 'heidianer'] as const);
  const ids = pool.customers.filter((id) => Buffer.from(id, 'base64url').toString().includes(account));
  const id = pick(random, ids);
  const tags = [{ name: `Neu ${serial}` }, { name: 'VIP' }].slice(0, pick(random, [0, 1, 2]));
  const dryRun = random() < 0.2;
  const email = `written${serial}@example.com`;
  const kinds: readonly (readonly [string, unknown])[] = [
    ['customerUpdate', { id, customer: { email }, dryRun, verify: pick(random, ['AUTO', 'ALWAYS']) }],
    ['customerTagsAdd', { id, tags, dryRun }],
    ['tagCreate', { accountId: 'ladiflow', name: `Neu ${serial}`, dryRun }],
    ['segmentCreate', { accountId: 'heidianer', title: `Neu ${serial}`, dryRun }],
    [
      'segmentCustomersAdd',
      {
        id: pick(random, pool.segments),
        customerIds: [pool.customers.find((each) => Buffer.from(each, 'base64url').toString().includes('heidianer'))],
      },
    ],
    ['customerUpsert', { accountId: 'ladiflow', customer: { email, tags }, dryRun }],
    ['customerUpsert', { accountId: 'mercately', customer: { email, firstName: 'Ana', tags }, dryRun }],
    [
      'customersUpsert',
      { accountId: 'ladiflow', customers: [{ email, tags }, { email: `and${email}`, tags }, { phone: '0911000111' }] },
    ],
    ['customerCreate', { accountId: 'fecify', customer: { email, firstName: 'Li', lastName: 'Na' } }],
  ];
  const [name, input] = pick(random, kinds);
  return makeMutation(schema, random, pool, name, input);
}

interface Told {
  readonly calls: { predicted: number; limit: number; made: number; retries: number };
  readonly accounts: readonly { account: string; predicted: number; made: number; retries: number }[];
}
const toldIn = (answer: Answer): Told => (answer as unknown as { extensions: { crm: Told } }).extensions.crm;
const counted = (): number => vendors.reduce((sum, { key }) => sum + graph.emulator(key).count(), 0);
const forget = () => {
  for (const { key } of vendors) graph.emulator(key).forget();
};

test('never costs more than predicted, and seldom less than half of it', async () => {
  const random = seededRandom(SEED);
  const ratios: number[] = [];
  let executed = 0;
  while (executed < OPERATIONS) {
    const made = await (random() < SHARE_OF_MUTATIONS ? mutation(random) : makeOperation(schema, random, pool));
    forget();
    const answer = await graph.ask(made.query, made.variables);
    const code = answer.errors?.[0]?.extensions.code;
    if (code === 'GRAPHQL_VALIDATION_FAILED') throw new Error(`${answer.errors?.[0]?.message}: ${made.query}`);
    if (answer.data === undefined) {
      expect(['OPERATION_TOO_EXPENSIVE', 'OPERATION_TOO_LARGE', 'BAD_USER_INPUT']).toContain(code);
      expect(counted()).toBe(0);
      continue;
    }
    executed += 1;
    const { calls, accounts } = toldIn(answer);
    expect(calls).toMatchObject({ made: counted(), retries: 0 });
    for (const { key } of vendors) {
      const told = accounts.find(({ account }) => account === key) ?? { predicted: 0, made: 0 };
      const actual = graph.emulator(key).count();
      if (told.made !== actual || told.predicted < actual) {
        throw new Error(`${key}: ${JSON.stringify(told)}, counted ${actual}: ${JSON.stringify(made)}`);
      }
    }
    if (calls.made > 0) ratios.push(calls.predicted / calls.made);
  }
  ratios.sort((one, other) => one - other);
  const median = ratios[Math.floor(ratios.length / 2)];
  expect(ratios.length).toBeGreaterThan(OPERATIONS / 2);
  expect(median).toBeLessThanOrEqual(2);
}, 120_000);

test('a fragment costs the same however often it is spread in one place', async () => {
  const LEVELS = 24;
  const doubled = Array.from(
    { length: LEVELS },
    (_, level) => `fragment F${level} on Customer { ...F${level + 1} ...F${level + 1} }`,
  );
  const told = async (more: readonly string[], first: string) =>
    toldIn(
      await graph.ask(
        `{ customers(first: 5) { nodes { ...${first} } } } ${more.join(' ')} fragment F${LEVELS} on Customer { owner { __typename } }`,
      ),
    ).calls;
  expect(await told(doubled, 'F0')).toEqual(await told([], `F${LEVELS}`));
});
