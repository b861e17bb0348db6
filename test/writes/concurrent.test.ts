import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';
import { isWrite } from './distortions.ts';
import { recordOf, type Subject, subjectsOf } from './generated.ts';
import type { Values } from './inputs.ts';
import { payloadOf, RESULT } from './mutations.ts';
import { heldIn } from './stored.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 20 });
});
afterAll(() => graph.stop());

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Fields of one customer that can be written side by side, with a value for each. */
const FIELDS = {
  heidianer: { fullName: 'Tên', note: 'Ghi chú', email: 'moi@example.cn', birthday: '1990-01-02', gender: 'MALE' },
  ladiflow: { firstName: 'Tên', company: 'Công ty', jobTitle: 'Việc', birthday: '1990-01-02', gender: 'MALE' },
  mercately: { firstName: 'Nombre', lastName: 'Apellido', note: 'Nota', email: 'nuevo@example.ec', ownerId: '9' },
} as const;

describe.each(['heidianer', 'ladiflow', 'mercately'] as const)('%s', (vendor) => {
  let subject: Subject;
  beforeEach(async () => {
    await graph.reset();
    [subject] = (await subjectsOf(graph, vendor, 1)) as [Subject];
    const emulator = graph.emulator(vendor);
    // Reads and writes of several would cross on the way.
    emulator.latency = 3;
    if (vendor === 'ladiflow') emulator.quirks.writtenTags = 'replace';
  });
  const held = (): Values => heldIn(graph, vendor, recordOf(graph, vendor, subject.key) ?? {});

  test.each([2, 10])(
    '%d tags that are added at once are all carried in the end, beside those before',
    async (count) => {
      const before = held().tags as readonly string[];
      const names = times(count).map((index) => `Cùng lúc ${index}`);
      const payloads = await Promise.all(
        names.map((name) => payloadOf(graph, 'customerTagsAdd', { id: subject.id, tags: [{ name }] })),
      );
      expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([]);
      expect(payloads.flatMap(({ receipt }) => receipt).filter(({ field }) => field[0] === 'tags')).toEqual(
        names.map(() => ({ field: ['tags', '0'], status: 'APPLIED', stored: null })),
      );
      expect((held().tags as string[]).toSorted()).toEqual([...before, ...names].toSorted());
    },
  );

  test.each([2, 10])('%d updates of different fields at once are all stored in the end', async (count) => {
    const tags = held().tags;
    const fields = Object.entries(FIELDS[vendor]);
    const payloads = await Promise.all(
      times(count).map((index) => {
        const [field, value] = fields[index % fields.length] ?? ['', ''];
        return payloadOf(graph, 'customerUpdate', { id: subject.id, customer: { [field]: value } });
      }),
    );
    expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(held()).toMatchObject({ ...Object.fromEntries(fields.slice(0, count)), tags });
  });

  test('a tag is added and a field written at once, and both are stored', async () => {
    await Promise.all([
      payloadOf(graph, 'customerTagsAdd', { id: subject.id, tags: [{ name: 'Cùng lúc' }] }),
      payloadOf(graph, 'customerUpdate', { id: subject.id, customer: FIELDS[vendor] }),
    ]);
    expect(held()).toMatchObject({ ...FIELDS[vendor], tags: expect.arrayContaining(['Cùng lúc']) });
  });
});

// Both find that there is no such tag and both make it; the vendor refuses the second one, and the customer goes without.
test('at LadiFlow, two customers that get the same new tag at once both carry it', async () => {
  await graph.reset();
  graph.emulator('ladiflow').latency = 3;
  const both = await subjectsOf(graph, 'ladiflow', 2);
  const payloads = await Promise.all(
    both.map(({ id }) => payloadOf(graph, 'customerTagsAdd', { id, tags: [{ name: 'Nhãn mới' }] })),
  );
  expect(payloads.map(({ outcome }) => outcome)).toEqual(['UPDATED', 'UPDATED']);
});

describe('several writes in one operation', () => {
  beforeEach(() => graph.reset());

  test('run in their order, and one that fails does not stop the next', async () => {
    const [first, second] = (await subjectsOf(graph, 'heidianer', 2)) as [Subject, Subject];
    const emulator = graph.emulator('heidianer');
    emulator.latency = 3;
    emulator.forget();
    emulator.fault({ kind: 'status', status: 400, operation: 'replaceCustomer', times: 1 });
    const update = (id: string, note: string) =>
      `customerUpdate(input: { id: "${id}", customer: { note: "${note}" } }) { ${RESULT} }`;
    const data = await dataOf(
      graph.ask(`mutation {
        a: ${update(first.id, 'a')}
        b: customerCreate(input: { accountId: "heidianer", customer: { phone: "13912345678" } }) { ${RESULT} }
        c: customerCreate(input: { accountId: "heidianer", customer: { company: "c" } }) { ${RESULT} }
        d: ${update(second.id, 'd')}
        e: ${update(second.id, 'e')}
      }`),
    );
    const outcomes = Object.entries(data).map(([alias, payload]) => [alias, (payload as Values).outcome]);
    expect(outcomes).toEqual([
      ['a', 'NOT_EXECUTED'],
      ['b', 'CREATED'],
      ['c', 'NOT_EXECUTED'],
      ['d', 'UPDATED'],
      ['e', 'UPDATED'],
    ]);
    const sent = emulator.exchanges.filter(isWrite).map(({ operation, body }) => [operation, (body as Values).note]);
    expect(sent).toEqual([
      ['replaceCustomer', 'a'],
      ['createCustomer', undefined],
      ['replaceCustomer', 'd'],
      ['replaceCustomer', 'e'],
    ]);
    expect(recordOf(graph, 'heidianer', second.key)?.note).toBe('e');
  });
});

describe('a caller who leaves in the middle of a write', () => {
  afterEach(() => graph.reset());

  /** Sends a write over a connection of its own, which breaks when the caller leaves; no answer may have come by then. */
  async function abandoned(input: Values, caller: AbortController): Promise<void> {
    const query = 'mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { outcome } }';
    const outgoing = request(graph.url, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json' },
      signal: caller.signal,
    });
    const [error] = await Promise.all([
      once(outgoing, 'error'),
      outgoing.end(JSON.stringify({ query, variables: { input } })),
    ]);
    expect(error).toEqual([expect.objectContaining({ name: 'AbortError' })]);
  }

  test.each(['heidianer', 'ladiflow', 'mercately', 'fecify'])(
    'at %s, 50 times: what was sent is finished and recorded, and its key answers the result',
    async (vendor) => {
      await graph.reset();
      const emulator = graph.emulator(vendor);
      const callers = new Map<string, AbortController>();
      emulator.fault({
        kind: 'latency',
        milliseconds: 25,
        when() {
          const exchange = emulator.exchanges.at(-1);
          if (exchange === undefined || !isWrite(exchange)) return false;
          const caller = callers.get(String((exchange.body as Values).email));
          caller?.abort();
          return caller !== undefined;
        },
      });
      const before = graph.emulator(vendor).records().customers?.length ?? 0;
      const inputs = times(50).map((index) => {
        const name =
          vendor === 'heidianer' ? { phone: `1391111${1000 + index}` } : { firstName: 'Đi', lastName: 'Rồi' };
        const customer = { ...name, email: `di.${index}@example.vn` };
        return { accountId: vendor, customer, idempotencyKey: `left ${index}` };
      });
      await Promise.all(
        inputs.map((input) => {
          const caller = new AbortController();
          callers.set(input.customer.email, caller);
          return abandoned(input, caller);
        }),
      );
      // Nobody waits for the write but whoever asks with its key.
      const payloads = await Promise.all(
        inputs.map((input) => payloadOf(graph, 'customerCreate', input, 'customer { vendorId }')),
      );
      for (const [index, payload] of payloads.entries()) {
        expect(payload).toMatchObject({ outcome: 'CREATED', userErrors: [] });
        // What comes after the write, such as reading it back, was done as well.
        expect(new Set(payload.receipt.map(({ status }: Values) => status))).toEqual(new Set(['APPLIED']));
        const email = inputs[index]?.customer.email;
        expect(recordOf(graph, vendor, payload.customer.vendorId)).toMatchObject({ email });
        expect(
          emulator.exchanges.filter((each) => isWrite(each) && (each.body as Values).email === email),
        ).toHaveLength(1);
      }
      expect(emulator.records().customers).toHaveLength(before + 50);
      const done = graph.audits.filter(({ mutation, outcome }) => mutation === 'customerCreate' && outcome === 'DONE');
      expect(new Set(done.map(({ keyDigest }) => keyDigest)).size).toBe(50);
      expect(done).toHaveLength(50);
    },
  );
});
