import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../../src/config.ts';
import { mercately } from '../../../src/vendors/mercately/index.ts';
import { idsOf, PAGE, type Row, walk } from '../../contracts/subject.ts';
import { dataOf, type Graph, startGraph } from '../../support/graph.ts';

let graph: Graph;
let locked: Graph;
beforeAll(async () => {
  graph = await startGraph({ vendors: [mercately] });
  locked = await startGraph({
    vendors: [mercately],
    accounts: (demo) => demo.map((account) => ({ ...account, credentials: { apiKey: 'wrong' } })),
  });
});
afterEach(async () => {
  await graph.reset();
  await locked.reset();
});
afterAll(async () => {
  await graph.stop();
  await locked.stop();
});

const ask = (query: string, variables?: Record<string, unknown>) => dataOf(graph.ask(query, variables));
const vendor = () => graph.emulator('mercately');
const everybody = async (fields = 'id') =>
  (await walk(ask, (page) => `{ customers(${page}) { nodes { ${fields} } ${PAGE} } }`, 'customers', 100)).nodes;

test.each([401, 400].flatMap((badKeyStatus) => [true, false].map((badKeyBody) => ({ badKeyStatus, badKeyBody }))))(
  'a wrong key is understood as HTTP $badKeyStatus, with words: $badKeyBody',
  async (quirks) => {
    Object.assign(locked.emulator('mercately').quirks, quirks);
    const { agents } = await dataOf(locked.ask('{ agents { nodes { vendorId } sources { state } } }'));
    expect(agents).toEqual({ nodes: [], sources: [{ state: 'UNAUTHORIZED' }] });
    expect(locked.emulator('mercately').exchanges[0]?.status).toBe(quirks.badKeyStatus);
  },
);

test('a 400 that says what is wrong with the input does not accuse the key', async () => {
  vendor().fault({ kind: 'status', status: 400 });
  const { agents } = await ask('{ agents { sources { state error { code } } } }');
  expect(agents.sources).toEqual([{ state: 'FAILED', error: { code: 'VENDOR_REJECTED' } }]);
});

test.each(['field_content:', 'field_content'])('custom fields have their values under the key "%s"', async (key) => {
  vendor().quirks.contentKey = key;
  const rows = await everybody('customFields { name displayValue }');
  const points = rows.flatMap(({ customFields }) => customFields).filter(({ name }: Row) => name === 'puntos');
  expect(points).toHaveLength(30);
  expect(points.every(({ displayValue }: Row) => /^\d+$/.test(displayValue))).toBe(true);
});

test.each([
  { historyShape: 'customer_events', counted: 'EXACT' },
  { historyShape: 'customer_events_history', counted: 'EXACT' },
  { historyShape: 'events', counted: 'EXACT' },
  { historyShape: 'array', counted: 'UNKNOWN' },
])('a history that comes as $historyShape is walked whole', async ({ historyShape, counted }) => {
  const [customer] = (await everybody('id events(first: 1) { totalCount }')).filter(
    ({ events }) => events.totalCount === 35,
  );
  vendor().quirks.historyShape = historyShape;
  const events = await walk(
    ask,
    (page) => `{ customer(id: "${customer.id}") { events(${page}) { nodes { vendorId } ${PAGE} } } }`,
    'customer.events',
    7,
  );
  expect(new Set(events.nodes.map(({ vendorId }) => vendorId)).size).toBe(35);
  expect(events.nodes).toHaveLength(35);
  expect(events.totalCountAccuracy).toBe(counted);
});

test('a history that is only a message is an empty one', async () => {
  const [{ id }] = await everybody();
  vendor().quirks.historyShape = 'messages';
  const { customer } = await ask(
    `{ customer(id: "${id}") { events { nodes { vendorId } pageInfo { hasNextPage } sources { state } } } }`,
  );
  expect(customer.events).toEqual({ nodes: [], pageInfo: { hasNextPage: false }, sources: [{ state: 'OK' }] });
});

test('what is posted as custom fields makes a named event, and only with a payload if it has one', async () => {
  const rows = await everybody('events(first: 100) { nodes { kind name payload outboundStatus } }');
  const events: Row[] = rows.flatMap((customer) => customer.events.nodes);
  const named = events.filter(({ kind }) => kind === 'NAMED');
  expect(new Set(named.map(({ name }) => name))).toEqual(new Set(['order_completed', 'Đã mua hàng']));
  for (const { name, payload, outboundStatus } of named) {
    expect(payload === null ? null : JSON.parse(payload).total).toBe(name === 'order_completed' ? '25.50' : null);
    expect(outboundStatus).toBeNull();
  }
  const messages = events.filter(({ kind }) => kind === 'OUTBOUND_MESSAGE');
  expect(messages.length).toBeGreaterThan(named.length);
  expect(messages.every(({ name, payload }) => name === null && payload === null)).toBe(true);
});

test('a time that no calendar has fails alone: the rest of the event is there', async () => {
  const query = `{ customer(id: "${(await everybody())[0]?.id}") {
    events(first: 3) { nodes { vendorId kind sentAt outboundStatus campaignId } sources { state records unreadable } } } }`;
  const good = (await ask(query)).customer.events;
  vendor().fault({ kind: 'bad-dates' });
  const { data, errors = [] } = await graph.ask(query);
  const nodes = good.nodes.map((event: Row) => ({ ...event, sentAt: null }));
  expect(data.customer.events).toEqual({ nodes, sources: [{ state: 'OK', records: 3, unreadable: 0 }] });
  const failed = good.nodes.flatMap(({ sentAt }: Row, index: number) => (sentAt === null ? [] : [index]));
  expect(failed).not.toHaveLength(0);
  expect(errors.map(({ path, extensions }) => [path?.at(-2), path?.at(-1), extensions.code])).toEqual(
    failed.map((index: number) => [index, 'sentAt', 'VENDOR_BAD_RESPONSE']),
  );
});

test.each(['404', '200'])('nobody is null and no error when the vendor answers %s', async (missingCustomer) => {
  vendor().quirks.missingCustomer = missingCustomer;
  for (const by of [{ email: 'nobody@nowhere.example' }, { vendorId: '1999zzzzz9999' }, { phone: '+593000000000' }]) {
    const { customerLookup } = await ask(
      'query ($by: CustomerLookupBy!) { customerLookup(by: $by) { matches { id } sources { state } } }',
      { by },
    );
    expect(customerLookup).toEqual({ matches: [], sources: [{ state: 'OK' }] });
  }
  expect(vendor().count('getCustomer')).toBe(4);
});

test.each(['digits', 'exact'])(
  'a phone is found with and without + when the vendor compares %s',
  async (phoneMatch) => {
    const rows = await everybody('id phone');
    vendor().quirks.phoneMatch = phoneMatch;
    const [plus, bare] = [/^\+/, /^\d/].map((spelling) => rows.find(({ phone }) => spelling.test(phone ?? '')));
    for (const { id, phone } of [plus, bare]) {
      const digits = phone.replace('+', '');
      for (const spelling of [`+${digits}`, `00${digits}`, `+${digits.slice(0, 3)} ${digits.slice(3)}`]) {
        const { customerLookup } = await ask(
          'query ($phone: String!) { customerLookup(by: { phone: $phone }) { matches { id } } }',
          { phone: spelling },
        );
        expect({ spelling, found: idsOf(customerLookup.matches) }).toEqual({ spelling, found: [id] });
      }
    }
  },
);

test.each([1, 7, 60, 100])('nobody is lost where a vendor page holds %s', async (pageSize) => {
  vendor().quirks.pageSize = pageSize;
  const walked = await walk(ask, (page) => `{ customers(${page}) { nodes { id } ${PAGE} } }`, 'customers', 25);
  expect(new Set(idsOf(walked.nodes)).size).toBe(60);
  expect(walked).toMatchObject({ totalCount: 60, totalCountAccuracy: 'EXACT' });
});

test('dates are as precise as the vendor is, and those without a zone are in that of the account', async () => {
  const createdAt = async (dateShape: string) => {
    vendor().quirks.dateShape = dateShape;
    return (await everybody('createdAt')).map((row): string => row.createdAt);
  };
  const [days, instants, zoneless] = [await createdAt('day'), await createdAt('instant'), await createdAt('zoneless')];
  expect(days).toEqual(instants.map((instant) => instant.slice(0, 10)));
  expect(instants.every((instant) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/.test(instant))).toBe(true);
  // Guayaquil is five hours behind UTC all year.
  expect(zoneless).toEqual(instants.map((instant) => new Date(Date.parse(instant) + 5 * 3_600_000).toISOString()));
});

test('each account is asked at its own address', async () => {
  const { start } = await mercately.emulator();
  const shop = await start({ customers: 3 });
  const both = await startGraph({
    vendors: [mercately],
    customers: 2,
    accounts: (demo) => [
      ...demo,
      ...demo.map((account) => ({ ...account, id: 'shop', baseUrl: new URL(shop.baseUrl) })),
    ],
  });
  try {
    const { customers } = await dataOf(both.ask('{ customers { nodes { accountId } } }'));
    const accounts: string[] = customers.nodes.map((row: Row) => row.accountId);
    expect(accounts.sort()).toEqual(['mercately', 'mercately', 'shop', 'shop', 'shop']);
    expect(shop.count('listCustomers')).toBe(1);
  } finally {
    await both.stop();
    await shop.close();
  }
});

test.each(['https://app.mercately.com', 'https://mercately.shop'])('%s is asked at most twice a second', (baseUrl) => {
  const environment = { MERCATELY_API_KEY: 'a key', MERCATELY_BASE_URL: baseUrl };
  const { accounts } = readConfig(environment, [mercately], () => '');
  expect(accounts).toMatchObject([{ baseUrl: new URL(baseUrl), requestsPerSecond: 2 }]);
});
