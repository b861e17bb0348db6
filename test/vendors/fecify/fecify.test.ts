import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fecify } from '../../../src/vendors/fecify/index.ts';
import { entities, PAGE, type Row, walk } from '../../contracts/subject.ts';
import { dataOf, type Graph, startGraph } from '../../support/graph.ts';

let graph: Graph;
/** The same store, its clock taken for one in Hanoi. */
let hanoi: Graph;
/** The same store with a wrong token. */
let locked: Graph;
beforeAll(async () => {
  graph = await startGraph({ vendors: [fecify] });
  hanoi = await startGraph({
    vendors: [fecify],
    accounts: (demo) => demo.map((account) => ({ ...account, timeZone: 'Asia/Ho_Chi_Minh' })),
  });
  locked = await startGraph({
    vendors: [fecify],
    accounts: (demo) => demo.map((account) => ({ ...account, credentials: { skillAccessToken: 'wrong' } })),
  });
});
afterEach(async () => {
  for (const each of [graph, hanoi, locked]) await each.reset();
});
afterAll(async () => {
  for (const each of [graph, hanoi, locked]) await each.stop();
});

const EVENTS =
  'customerEvents(first: 100) { nodes { vendorId createdAt senderEmail } sources { state error { code } } }';

async function everything(from: Graph, filter: Row = {}): Promise<readonly Row[]> {
  const { nodes } = await walk(
    (query) => dataOf(from.ask(query, { filter })),
    (page) =>
      `query ($filter: CustomerEventFilter) {
        customerEvents(filter: $filter, ${page}) { nodes { vendorId createdAt senderEmail } ${PAGE} }
      }`,
    'customerEvents',
    100,
  );
  return nodes;
}

test.each([
  // A code inside HTTP 200 has no documented meaning, so it cannot be called a matter of credentials.
  ['ok', 200, 'FAILED', 'VENDOR_REJECTED'],
  ['mirror', 401, 'UNAUTHORIZED', 'VENDOR_AUTH'],
])('a refusal with the status "%s" is a failure and no empty list', async (failureStatus, status, state, code) => {
  locked.emulator('fecify').quirks.failureStatus = failureStatus;
  const { customerEvents } = await dataOf(locked.ask(`{ ${EVENTS} }`));
  expect(customerEvents).toEqual({ nodes: [], sources: [{ state, error: { code } }] });
  expect(locked.emulator('fecify').exchanges[0]?.status).toBe(status);
});

test.each([
  ['ok', 'number'],
  ['ok', 'text'],
  ['mirror', 'number'],
  ['mirror', 'text'],
])(
  'a customer nobody has is an error at its place with status "%s" and code as %s',
  async (failureStatus, codeType) => {
    Object.assign(graph.emulator('fecify').quirks, { failureStatus, codeType });
    const { records, errors } = await entities(
      { graph, vendor: fecify },
      'Customer',
      ['4', '999999'],
      'addresses { line1 }',
    );
    expect(records[0].addresses).toHaveLength(3);
    expect(records[1].addresses).toBeNull();
    expect(errors?.map(({ path }) => path)).toEqual([['_entities', 1, 'addresses']]);
  },
);

test('a customer without addresses has none, which is not the same as unknown', async () => {
  const { records, errors } = await entities(
    { graph, vendor: fecify },
    'Customer',
    ['1'],
    'addresses { line1 } unreadableFields',
  );
  expect(errors).toBeUndefined();
  expect(records[0].addresses).toEqual([]);
  expect(records[0].unreadableFields).not.toContain('addresses');
});

describe('of the three addresses of a customer', () => {
  type Rows = readonly Row[];
  const addressesWith = async (change: (rows: Rows) => unknown) => {
    graph.emulator('fecify').fault({
      kind: 'altered',
      operation: 'listCustomerAddresses',
      alter: (body) => ({ ...(body as Row), data: change((body as Row).data) }),
    });
    const { records, errors } = await entities(
      { graph, vendor: fecify },
      'Customer',
      ['4'],
      'addresses { line1 city postalCode country }',
    );
    return { addresses: records[0].addresses, errors: errors?.map(({ path, extensions }) => [path, extensions.code]) };
  };
  const BROKEN = 'VENDOR_BAD_RESPONSE';

  test('parts that break the contract fail alone', async () => {
    const whole = await addressesWith((rows) => rows);
    await graph.reset();
    const { addresses, errors } = await addressesWith(([first, second, third]) => [
      first,
      { ...second, zip: 7, country: 'VN' },
      third,
    ]);
    const [first, second, third] = whole.addresses;
    expect(addresses).toEqual([first, { ...second, postalCode: null, country: null }, third]);
    expect(errors).toEqual([
      [['_entities', 0, 'addresses', 1, 'postalCode'], BROKEN],
      [['_entities', 0, 'addresses', 1, 'country'], BROKEN],
    ]);
  });

  test('rows that are no addresses, or do not say whose, are left out', async () => {
    const { addresses, errors } = await addressesWith(([first, second]) => [
      first,
      'a row',
      null,
      { ...second, customer_id: null },
    ]);
    expect(addresses).toHaveLength(1);
    expect(errors).toBeUndefined();
  });

  test('one of another customer fails them all, and so do rows of which none is an address', async () => {
    for (const change of [([first, second]: Rows) => [first, { ...second, customer_id: 5 }], () => ['a row']]) {
      await graph.reset();
      const { addresses, errors } = await addressesWith(change);
      expect(addresses).toBeNull();
      expect(errors).toEqual([[['_entities', 0, 'addresses'], BROKEN]]);
    }
  });
});

test.each(['number', 'text'])('success is understood with its code as %s', async (codeType) => {
  graph.emulator('fecify').quirks.codeType = codeType;
  expect(await everything(graph)).toHaveLength(300);
});

test('the private path segment of the store is kept in every address', async () => {
  expect(new URL(graph.emulator('fecify').baseUrl).pathname).toBe('/apimanager666');
  expect(await everything(graph, { email: 'nobody@nowhere.example' })).toEqual([]);
  expect([graph.emulator('fecify').count('listContactMessages'), graph.emulator('fecify').count()]).toEqual([1, 1]);
});

test.each([
  [5, 20],
  [1, 20],
  [100, 1],
])('no message is lost where pages hold %s at most and %s by default', async (largestPage, defaultPage) => {
  Object.assign(graph.emulator('fecify').quirks, { largestPage, defaultPage });
  // A page of one would take more vendor pages than one operation may read: fewer messages do.
  const begin = largestPage === 1 ? { createdAfter: '2026-05-10T00:00:00Z' } : {};
  const events = await everything(graph, begin);
  expect(new Set(events.map(({ vendorId }) => vendorId)).size).toBe(events.length);
  const fewer = events.length;
  graph.emulator('fecify').reset();
  expect(await everything(graph, begin)).toHaveLength(fewer);
  expect(fewer).toBeGreaterThan(10);
});

test('times are read in the time zone of the account', async () => {
  const shanghai = await everything(graph);
  hanoi.emulator('fecify').quirks.timeZone = 7;
  expect(await everything(hanoi)).toEqual(shanghai);
  // The same clock taken for one an hour further west shows a later instant.
  hanoi.emulator('fecify').quirks.timeZone = 8;
  const later = shanghai.map((event) => ({
    ...event,
    createdAt: new Date(Date.parse(event.createdAt) + 3_600_000).toISOString(),
  }));
  expect(await everything(hanoi)).toEqual(later);
});

test('a range of time means the same instants whatever the time zone of the account', async () => {
  hanoi.emulator('fecify').quirks.timeZone = 7;
  const all = await everything(graph);
  const [createdAfter, createdBefore] = [all[200]?.createdAt, all[100]?.createdAt];
  for (const from of [graph, hanoi]) {
    expect(await everything(from, { createdAfter, createdBefore })).toEqual(all.slice(100, 201));
  }
  // Whole seconds on the vendor's clock, narrowed: a bound between two seconds lets neither neighbour in.
  const after = new Date(Date.parse(createdAfter) + 1).toISOString();
  const before = new Date(Date.parse(createdBefore) - 1).toISOString();
  expect(await everything(graph, { createdAfter: after, createdBefore: before })).toEqual(all.slice(101, 200));
  const offset = `${new Date(Date.parse(createdAfter) + 2 * 3_600_000).toISOString().slice(0, 19)}+02:00`;
  expect(await everything(graph, { createdAfter: offset })).toEqual(all.slice(0, 201));
});

test.each(['insensitive', 'exact'])('a sender is found by e-mail when the vendor compares %s', async (emailCase) => {
  const { senderEmail: email } = (await everything(graph))[50];
  graph.emulator('fecify').quirks.emailCase = emailCase;
  const found = await everything(graph, { email });
  expect(found.length).toBeGreaterThan(0);
  const same = found.filter(({ senderEmail }) => senderEmail.toLowerCase() === email.toLowerCase());
  expect(found).toEqual(same);
});
