import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dataOf, type Graph } from '../support/graph.ts';
import { type Errand, errandsFor, WRITING_VENDORS, writesAt } from './errands.ts';
import { mutate, payloadOf, RESULT } from './mutations.ts';
import { startTwins, type Twins } from './twin.ts';

const ROUNDS = 200;
const AT_ONCE = 50;
const EACH = ROUNDS / WRITING_VENDORS.length;

let twins: Twins;
let graph: Graph;
beforeAll(async () => {
  twins = await startTwins({ customers: 60 });
  graph = twins.graph;
});
afterEach(() => graph.reset());
afterAll(() => twins.stop());

const writes = (vendor: string): number => writesAt(vendor, graph.emulator(vendor)).length;
const calls = (): number => WRITING_VENDORS.reduce((sum, vendor) => sum + graph.emulator(vendor).count(), 0);
const errands = (vendor: string, count: number, from = 0) =>
  errandsFor(graph, graph.emulator(vendor), { account: vendor, vendor, count, from });

describe(`${AT_ONCE} concurrent calls with one key, ${ROUNDS} times over vendors and mutations`, () => {
  test.each(WRITING_VENDORS)(
    '%s: one write and equal answers',
    async (vendor) => {
      for (const { mutation, input, isDone, isSeenIn } of await errands(vendor, EACH)) {
        graph.emulator(vendor).forget();
        const asked = { ...input, idempotencyKey: `50 at once ${JSON.stringify(input)}`.slice(0, 255) };
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => mutate(graph, mutation, asked)));
        // What each call cost is told beside it, and differs: only one of them had the vendor asked.
        const texts = new Set(answers.map(({ data, errors }) => JSON.stringify({ data, errors })));
        expect([...texts]).toHaveLength(1);
        expect(answers[0]?.errors).toBeUndefined();
        expect(answers[0]?.data[mutation]).toMatchObject({
          outcome: expect.stringMatching(/^(CREATED|UPDATED|CREATED_OR_UPDATED|DELETED)$/),
          userErrors: [],
        });
        const sent = writesAt(vendor, graph.emulator(vendor));
        // A tag that is new to the CRM is made first.
        const needed =
          sent.some(({ operation }) => operation === 'customerCreateTag') && mutation !== 'tagCreate' ? 2 : 1;
        expect([mutation, sent.length, sent.filter(isSeenIn).length]).toEqual([mutation, needed, 1]);
        expect(isDone(graph.emulator(vendor).records())).toBe(true);
      }
    },
    60_000,
  );
});

describe('the same key', () => {
  const input = (name: string, other = {}) => ({
    accountId: 'fecify',
    customer: { email: `${name}@example.cn`, firstName: name, lastName: 'Li' },
    ...other,
  });

  test('with another input is refused without a call, whatever differs', async () => {
    const first = input('li', { idempotencyKey: 'k1' });
    expect(await payloadOf(graph, 'customerCreate', first)).toMatchObject({ outcome: 'CREATED' });
    graph.emulator('fecify').forget();
    const others = [
      { ...first, customer: { ...first.customer, lastName: 'Lin' } },
      { ...first, customer: { ...first.customer, phone: null } },
      { ...first, verify: 'ALWAYS' },
      { ...first, accountId: 'mercately' },
    ];
    for (const other of others) {
      expect(await payloadOf(graph, 'customerCreate', other)).toMatchObject({
        customer: null,
        outcome: 'NOT_EXECUTED',
        userErrors: [{ code: 'CONFLICT', field: ['idempotencyKey'], retryable: false, retryAfter: null }],
        requests: [],
      });
    }
    expect(calls()).toBe(0);
    // The first one's answer is not lost by that.
    expect(await payloadOf(graph, 'customerCreate', first)).toMatchObject({ outcome: 'CREATED' });
    expect(calls()).toBe(0);
  });

  test('with another input is refused while the first call still runs', async () => {
    const first = input('li', { idempotencyKey: 'k2' });
    graph.emulator('fecify').latency = 200;
    const running = payloadOf(graph, 'customerCreate', first);
    await arrived(graph, 'fecify');
    const other = await payloadOf(graph, 'customerCreate', input('lin', { idempotencyKey: 'k2' }));
    expect(other.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['idempotencyKey'] }]);
    expect(await running).toMatchObject({ outcome: 'CREATED' });
    expect(writes('fecify')).toBe(1);
  });

  test('with the same fields in another order is the same input', async () => {
    const { customer } = input('li');
    const turned = Object.fromEntries(Object.entries(customer).reverse());
    const one = { accountId: 'fecify', customer, idempotencyKey: 'k3' };
    const other = { idempotencyKey: 'k3', customer: turned, accountId: 'fecify' };
    const first = await payloadOf(graph, 'customerCreate', one);
    expect(await payloadOf(graph, 'customerCreate', other)).toEqual(first);
    expect(writes('fecify')).toBe(1);
  });

  test('belongs to one mutation', async () => {
    const { id } = (await payloadOf(graph, 'customerCreate', input('li', { idempotencyKey: 'k4' }))).customer;
    const update = { id, customer: { note: 'VIP' }, idempotencyKey: 'k4' };
    expect(await payloadOf(graph, 'customerUpdate', update)).toMatchObject({ outcome: 'UPDATED' });
    expect(writes('fecify')).toBe(2);
  });

  test.each([
    ['none at all', ''],
    ['256 characters', 'k'.repeat(256)],
  ])('must be one: %s is refused without a call', async (_, idempotencyKey) => {
    expect(await payloadOf(graph, 'customerCreate', input('li', { idempotencyKey }))).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'BAD_USER_INPUT', field: ['idempotencyKey'] }],
    });
    expect(calls()).toBe(0);
  });

  test('is not used up by a dry run, nor does a dry run answer what it did', async () => {
    const key = { idempotencyKey: 'k5' };
    const dry = await payloadOf(graph, 'customerCreate', input('li', { ...key, dryRun: true }));
    expect(dry).toMatchObject({ outcome: 'NOT_EXECUTED', userErrors: [], requests: [{ state: 'PLANNED' }] });
    // Another input is fine, then: nothing was done under this key.
    expect(await payloadOf(graph, 'customerCreate', input('lin', key))).toMatchObject({ outcome: 'CREATED' });
    const after = await payloadOf(graph, 'customerCreate', input('lin', { ...key, dryRun: true }));
    expect(after).toMatchObject({ outcome: 'NOT_EXECUTED', requests: [{ state: 'PLANNED' }] });
    expect(writes('fecify')).toBe(1);
  });
});

describe('after a restart', () => {
  const CUSTOMER = `customer { id vendorId completeness unreadableFields fullName firstName lastName email phone phoneE164
    gender birthday note company jobTitle addresses { line1 city } identityDocument { type number } acceptsMarketing
    createdAt updatedAt fetchedAt tags { id name } customFields { name displayValue } segments { id title }
    socialProfiles { network value } orderStatistics { orders } owner { vendorId } membership { level } vendorData }`;
  const NODE: Readonly<Record<string, string>> = {
    customerDelete: 'deletedCustomerId',
    customerTagsReplace: `${CUSTOMER} removedTags { id vendorId name }`,
    tagCreate: 'tag { id vendorId name createdAt }',
    segmentCreate: 'segment { id vendorId title customers(first: 5) { nodes { id } } }',
    segmentCustomersAdd: 'segment { id vendorId title customers(first: 5) { nodes { id } } }',
    segmentCustomersRemove: 'segment { id vendorId title customers(first: 5) { nodes { id } } }',
    customerEventRecord: 'customerEvent { kind name payload occurredAt createdAt customer { id vendorId } }',
  };
  const asked = ({ mutation, input }: Errand) =>
    [
      mutation,
      { ...input, idempotencyKey: `kept${JSON.stringify(input).slice(0, 200)}` },
      NODE[mutation] ?? CUSTOMER,
    ] as const;

  test.each(WRITING_VENDORS)('%s: every kind of write answers the same again, and nothing is sent', async (vendor) => {
    const kinds = await errands(vendor, 8, 10);
    const before = [];
    for (const errand of kinds) before.push(await payloadOf(graph, ...asked(errand)));
    expect(before.map(({ userErrors }) => userErrors)).toEqual(before.map(() => []));
    const written = writes(vendor);
    expect(written).toBeGreaterThanOrEqual(kinds.length);
    const restarted = await twins.twin();
    const after = [];
    for (const errand of kinds) after.push(await payloadOf(restarted, ...asked(errand)));
    expect(after).toEqual(before);
    expect(writes(vendor)).toBe(written);
  });

  test('a segment whose answer named its members shows the members there are now', async () => {
    const { data } = await graph.ask('{ segments(first: 1) { nodes { id customers(first: 100) { nodes { id } } } } }');
    const [{ id, customers }] = data.segments.nodes;
    const query = `mutation ($input: SegmentCustomersRemoveInput!) { segmentCustomersRemove(input: $input) {
      segment { id customers(first: 100) { nodes { id } } } ${RESULT} } }`;
    const input = { id, customerIds: [customers.nodes[0].id], idempotencyKey: 'members' };
    const first = await dataOf(graph.ask(query, { input }));
    expect(await dataOf((await twins.twin()).ask(query, { input }))).toEqual(first);
  });
});

/** Waits until the vendor has a request. */
async function arrived({ emulator }: Graph, vendor: string): Promise<void> {
  while (emulator(vendor).count() === 0) await new Promise((resolve) => setImmediate(resolve));
}
