import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ladiflow } from '../../../src/vendors/ladiflow/index.ts';
import { entities, idsOf, PAGE, type Row, walk } from '../../contracts/subject.ts';
import { dataOf, type Graph, startGraph } from '../../support/graph.ts';

let graph: Graph;
let locked: Graph;
beforeAll(async () => {
  graph = await startGraph({ vendors: [ladiflow] });
  locked = await startGraph({
    vendors: [ladiflow],
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
const vendor = () => graph.emulator('ladiflow');
const everybody = async (fields = 'id') =>
  (await walk(ask, (page) => `{ customers(${page}) { nodes { ${fields} } ${PAGE} } }`, 'customers', 100)).nodes;

test.each(['mirror', 'body-only'])('a wrong key is understood when the status is %s', async (statusMode) => {
  locked.emulator('ladiflow').quirks.statusMode = statusMode;
  const { customers } = await dataOf(locked.ask('{ customers { nodes { id } sources { state } } }'));
  expect(customers).toEqual({ nodes: [], sources: [{ state: 'UNAUTHORIZED' }] });
  const status = locked.emulator('ladiflow').exchanges[0]?.status;
  expect(status).toBe(statusMode === 'mirror' ? 401 : 200);
});

test.each(
  ['mirror', 'body-only'].flatMap((statusMode) =>
    ['404', 'null', 'empty', 'absent', 'no-data'].map((showMissing) => ({ statusMode, showMissing })),
  ),
)('nobody is null and no error with $showMissing and $statusMode', async (quirks) => {
  Object.assign(vendor().quirks, quirks);
  const { customerLookup } = await ask(
    '{ customerLookup(by: { email: "nobody@nowhere.example" }) { matches { id } sources { state } } }',
  );
  expect(customerLookup).toEqual({ matches: [], sources: [{ state: 'OK' }] });
  const answer = await entities({ graph, vendor: ladiflow }, 'Customer', ['ffffffffffffffffffffffff'], 'fullName');
  expect(answer).toMatchObject({ records: [null] });
  expect(answer.errors).toBeUndefined();
  expect(vendor().count('customerShow')).toBe(2);
});

test('nobody is lost or repeated where a page is cut to fewer rows than we ask for', async () => {
  vendor().quirks.listLimitMax = 10;
  const rows = await everybody('id tags { id name }');
  expect(new Set(idsOf(rows)).size).toBe(60);
  expect(rows).toHaveLength(60);
  expect(vendor().count('customerList')).toBe(6);
  vendor().quirks.listLimitMax = 3;
  const tags = await walk(ask, (page) => `{ tags(${page}) { nodes { id name } ${PAGE} } }`, 'tags', 100);
  expect(new Set(idsOf(tags.nodes)).size).toBe(10);
  const { customers } = await ask('{ customers(first: 3) { nodes { tags { name } } } }');
  expect(customers.nodes.flatMap((customer: Row) => customer.tags).every(({ name }: Row) => name !== null)).toBe(true);
});

test.each(['any', 'all', 'ignored'])(
  'a filter by two tags brings no customer without them when the vendor takes %s',
  async (tagFilter) => {
    const rows = await everybody('id tags { id }');
    const { tags } = await ask('{ tags(first: 2) { nodes { id } } }');
    const wanted = idsOf(tags.nodes);
    const holding = (count: number) =>
      idsOf(rows.filter((row) => idsOf(row.tags).filter((id) => wanted.includes(id)).length >= count));
    vendor().quirks.tagFilter = tagFilter;
    const found = await walk(
      (query) => ask(query, { tags: wanted }),
      (page) => `query ($tags: [ID!]) { customers(filter: { tags: $tags }, ${page}) { nodes { id } ${PAGE} } }`,
      'customers',
      7,
    );
    expect(holding(2).length).toBeGreaterThan(0);
    expect(holding(1).length).toBeGreaterThan(holding(2).length);
    expect(idsOf(found.nodes).sort()).toEqual(holding(tagFilter === 'all' ? 2 : 1).sort());
  },
);

test.each([
  [false, 60, 0],
  [true, 63, 3],
])('deleted customers are marked if the vendor shows them (%s)', async (deletedVisible, total, deleted) => {
  vendor().quirks.deletedVisible = deletedVisible;
  const rows = await everybody('isDeleted');
  expect(rows).toHaveLength(total);
  expect(rows.filter(({ isDeleted }) => isDeleted)).toHaveLength(deleted);
});

test('custom fields of every data type have the same value in the list and in the single read', async () => {
  const fields = `id customFields {
    __typename name displayValue definition { type }
    ... on TextCustomField { text } ... on NumberCustomField { number } ... on BooleanCustomField { boolean }
    ... on DateCustomField { date } ... on ListCustomField { list }
  }`;
  const filled = new Map<string, Set<string>>();
  for (const row of await everybody(fields)) {
    const { customer } = await ask(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id: row.id });
    const shown = new Map<string, Row>(customer.customFields.map((field: Row) => [field.name, field]));
    for (const listed of row.customFields) {
      const field = shown.get(listed.name);
      // What was never filled may be missing in the single read.
      if (field === undefined) expect(listed.displayValue).toBeNull();
      else expect(field).toEqual(listed);
      if (listed.displayValue === null) continue;
      const { type } = listed.definition;
      filled.set(type, (filled.get(type) ?? new Set()).add(listed.__typename));
    }
  }
  expect(Object.fromEntries([...filled].map(([type, shapes]) => [type, [...shapes].join()]))).toEqual({
    TEXT: 'TextCustomField',
    TEXT_AREA: 'TextCustomField',
    NUMBER: 'NumberCustomField',
    AUTO_INCREMENT: 'NumberCustomField',
    BOOLEAN: 'BooleanCustomField',
    DATE: 'DateCustomField',
    LIST: 'ListCustomField',
    CHECKBOXES: 'ListCustomField',
    DROPDOWN: 'ListCustomField',
  });
});

test('a value without a definition is shown with the single read, without one', async () => {
  const { crmNodes } = await ask(
    `query ($ids: [ID!]!) { crmNodes(ids: $ids) { ... on Customer {
      externalId customFields { name displayValue definition { name } }
    } } }`,
    { ids: idsOf(await everybody()) },
  );
  // The emulator gives such values to customers with an odd id of the company's own.
  const odd = crmNodes.filter(({ externalId }: Row) => Number(externalId) % 2 === 1);
  expect(odd).toHaveLength(15);
  for (const { customFields } of odd) {
    expect(customFields).toContainEqual({ name: 'payment_method', displayValue: '2', definition: null });
  }
});

test('e-mails that the vendor makes up are not shown, but find their customer', async () => {
  const rows = await everybody('id email');
  const sent = vendor().exchanges.flatMap(
    ({ answer }) => JSON.stringify(answer).match(/[^"]+@(?:ladimail|zalo|facebook)\.com/g) ?? [],
  );
  const madeUp = [...new Set(sent)].filter((email) => !email.includes('-'));
  expect(madeUp.length).toBeGreaterThan(9);
  expect(rows.filter(({ email }) => email === null).length).toBe(12);
  expect(rows.filter(({ email }) => /@(ladimail|zalo|facebook)\.com$/.test(email ?? ''))).toEqual([]);
  const [email] = madeUp;
  const { customerLookup } = await ask(
    'query ($email: String!) { customerLookup(by: { email: $email }) { matches { id email } } }',
    { email },
  );
  expect(customerLookup.matches).toHaveLength(1);
  expect(customerLookup.matches[0].email).toBeNull();
});

test('names of tags cost one walk over the tags for fifty customers', async () => {
  const { customers } = await ask('{ customers(first: 50) { nodes { tags { name } } } }');
  expect(customers.nodes.flatMap(({ tags }: Row) => tags).length).toBeGreaterThan(50);
  expect([vendor().count('customerList'), vendor().count('customerListTag')]).toEqual([1, 1]);
});

test('a Vietnamese phone is found in its international spellings', async () => {
  const rows = await everybody('id phone phoneE164');
  const { id, phoneE164 } = rows.find(({ phone }) => /^036\d+$/.test(phone ?? ''));
  const spaced = `${phoneE164.slice(0, 3)} ${phoneE164.slice(3, 6)} ${phoneE164.slice(6)}`;
  for (const phone of [phoneE164, spaced, phoneE164.replace('+', '00'), phoneE164.replace('+84', '+840')]) {
    const { customerLookup } = await ask(
      'query ($phone: String!) { customerLookup(by: { phone: $phone }) { matches { id } } }',
      { phone },
    );
    expect({ phone, found: idsOf(customerLookup.matches) }).toEqual({ phone, found: [id] });
  }
});
