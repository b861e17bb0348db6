import type { CallerName, Known } from './supergraph.ts';

/** One operation that every gateway must answer alike. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables?: (known: Known) => Readonly<Record<string, unknown>>;
  /** Who asks; `reader` unless said otherwise. */
  readonly caller?: CallerName | 'nobody';
  /** A CRM that is out of order meanwhile. */
  readonly down?: string;
  /** Whether it changes the CRMs, so that they are reset behind it. */
  readonly writes?: true;
}

const id =
  (account: string, index = 0) =>
  (known: Known) => ({ id: known.customers[account]?.[index]?.id });
const ids =
  (account: string, count: number) =>
  ({ customers }: Known) => ({ ids: customers[account]?.slice(0, count).map((customer) => customer.id) });

const CONTENT = 'fullName email phoneE164 tags { name } createdAt';

const reading: readonly Operation[] = [
  { name: 'accounts', query: '{ accounts { id label region vendor { key label } capabilities } }' },
  { name: 'vendors and their accounts', query: '{ vendors { key label customerFields accounts { id } } }' },
  {
    name: 'one account',
    query: '{ account(id: "heidianer") { id customerWrites { kind writableFields requiredFields { anyOf } } } }',
  },
  { name: 'an account that is not there', query: '{ account(id: "nobody") { id } }' },
  {
    name: 'a customer by id',
    query: `query ($id: ID!) { customer(id: $id) { ${CONTENT} } }`,
    variables: id('heidianer'),
  },
  {
    name: 'only keys of a customer',
    query: 'query ($id: ID!) { customer(id: $id) { __typename id accountId vendorId account { id } } }',
    variables: id('ladiflow'),
  },
  {
    name: 'a customer that is not there',
    query: 'query ($id: ID!) { customer(id: $id) { fullName } }',
    variables: id('nowhere'),
  },
  { name: 'a malformed id', query: '{ customer(id: "nonsense") { id } }' },
  {
    name: 'a malformed id beside a good one',
    query: `query ($id: ID!) { good: customer(id: $id) { fullName } bad: customer(id: "x") { fullName } }`,
    variables: id('heidianer'),
  },
  { name: 'the id of another type', query: 'query ($id: ID!) { tag(id: $id) { name } }', variables: id('heidianer') },
  {
    name: 'any record by id',
    query: 'query ($id: ID!) { crmNode(id: $id) { __typename id ... on Customer { fullName } ... on Tag { name } } }',
    variables: id('mercately'),
  },
  {
    name: 'many records by id',
    query: 'query ($ids: [ID!]!) { crmNodes(ids: $ids) { __typename id vendorId ... on Customer { fullName } } }',
    variables: ids('heidianer', 30),
  },
  {
    name: 'a customer without a read',
    query: 'query ($id: ID!) { customer(id: $id) { vendorId completeness unreadableFields fullName } }',
    variables: id('fecify'),
  },
  {
    name: 'a tag',
    query: 'query ($id: ID!) { tag(id: $id) { id name account { id } } }',
    variables: ({ tags }) => ({ id: tags[0]?.id }),
  },
  {
    name: 'a segment with members',
    query: 'query ($id: ID!) { segment(id: $id) { title customers(first: 5) { nodes { fullName } totalCount } } }',
    variables: ({ segments }) => ({ id: segments[0]?.id }),
  },
  {
    name: 'looked up by e-mail',
    query:
      '{ customerLookup(by: { email: "nobody@example.com" }) { matches { id } sources { account { id } state } } }',
  },
  {
    name: 'looked up by two keys at once',
    query: '{ customerLookup(by: { email: "a@example.com", phone: "12345678" }) { matches { id } } }',
  },
];

const lists: readonly Operation[] = [
  {
    name: 'customers of all accounts',
    query: `{ customers(first: 9) { nodes { ${CONTENT} account { id } } sources { account { id } state calls records } } }`,
  },
  {
    name: 'edges',
    query:
      '{ customers(first: 4, accounts: ["heidianer"]) { edges { node { fullName } } pageInfo { hasNextPage hasPreviousPage } totalCount totalCountAccuracy } }',
  },
  { name: 'the default page', query: '{ customers(accounts: ["heidianer"]) { nodes { vendorId } } }' },
  {
    name: 'a page size in a variable',
    query: 'query ($n: Int) { customers(first: $n, accounts: ["mercately"]) { nodes { fullName } } }',
    variables: () => ({ n: 3 }),
  },
  {
    name: 'a page size of null',
    query: 'query ($n: Int) { customers(first: $n, accounts: ["heidianer"]) { nodes { vendorId } } }',
    variables: () => ({ n: null }),
  },
  { name: 'a page that is too large', query: '{ customers(first: 101) { nodes { id } } }' },
  { name: 'an account that is not yours', query: '{ customers(accounts: ["nobody"]) { nodes { id } } }' },
  {
    name: 'a filter',
    query:
      'query ($s: ID) { customers(first: 5, filter: { segment: $s }) { nodes { vendorId } sources { account { id } state } } }',
    variables: ({ segments }) => ({ s: segments[0]?.id }),
  },
  {
    name: 'a filter as one variable',
    query: 'query ($f: CustomerFilter) { customers(first: 5, filter: $f) { nodes { vendorId } sources { state } } }',
    variables: () => ({ f: { text: 'a', platform: null } }),
  },
  { name: 'tags', query: '{ tags(first: 5) { nodes { id name } sources { account { id } state } } }' },
  { name: 'segments', query: '{ segments(first: 3) { nodes { title customers(first: 2) { nodes { vendorId } } } } }' },
  {
    name: 'events',
    query:
      '{ customerEvents(first: 5) { nodes { kind senderName formFields { name value } } sources { account { id } state } } }',
  },
  {
    name: 'events of a customer',
    query:
      'query ($id: ID!) { customer(id: $id) { events(first: 3) { nodes { kind name outboundStatus customer { vendorId } } } } }',
    variables: id('mercately'),
  },
  { name: 'agents', query: '{ agents(first: 3) { nodes { email isActive } } }' },
  {
    name: 'custom-field definitions',
    query: '{ customFieldDefinitions(first: 5) { nodes { name type account { id } } } }',
  },
  {
    name: 'custom fields of all kinds',
    query:
      '{ customers(first: 10, accounts: ["ladiflow", "mercately"]) { nodes { customFields { __typename name displayValue ... on TextCustomField { text } ... on NumberCustomField { number } ... on BooleanCustomField { boolean } ... on DateCustomField { date } ... on ListCustomField { list } } } } }',
  },
  {
    name: 'value types',
    query:
      '{ customers(first: 6) { nodes { addresses { fullName city countryCode } membership { level points } orderStatistics { orders ordersValue } messagingChannels { platform userId } } } }',
  },
  {
    name: 'owners',
    query: '{ customers(first: 5, accounts: ["mercately"]) { nodes { owner { email account { id } } } } }',
  },
];

const joined: readonly Operation[] = [
  { name: 'orders alone', query: '{ orders(shop: "mixed", first: 5) { id number shippedTo { city } } }' },
  {
    name: 'orders with keys of their customers',
    query: '{ orders(shop: "mixed") { customer { id accountId vendorId } } }',
  },
  {
    name: 'orders with their customers',
    query: `{ orders(shop: "mixed") { number customer { ${CONTENT} account { label } } } }`,
  },
  {
    name: 'customers with their orders',
    query: '{ customers(first: 9) { nodes { fullName orders(first: 2) { number shippedTo { city } } } } }',
  },
  {
    name: 'there and back',
    query:
      '{ orders(shop: "mixed", first: 6) { customer { fullName orders(first: 2) { number customer { email } } } } }',
  },
  {
    name: 'members with their customers',
    query:
      '{ members(first: 30) { nodes { number home { city } standing { level points } customer { fullName account { id } } } pageInfo { hasNextPage } } }',
  },
  {
    name: 'customers with their membership',
    query:
      '{ customers(first: 6) { nodes { fullName member { number standing { points } } } pageInfo { hasNextPage } } }',
  },
  {
    name: 'all three subgraphs',
    query:
      '{ members(first: 6) { nodes { number customer { fullName orders(first: 1) { number customer { member { number } } } } } } }',
  },
  {
    name: 'orders with the tags they are labelled with',
    query: '{ orders(shop: "mixed", first: 8) { label { id name } } }',
  },
  { name: 'tags with orders', query: '{ tags(first: 3) { nodes { name orders { number } } } }' },
  { name: 'one order', query: '{ order(id: "mixed-3") { customer { fullName segments { title } } } }' },
  { name: 'an order that is not there', query: '{ order(id: "mixed-999") { customer { fullName } } }' },
  { name: 'no orders', query: '{ orders(shop: "empty") { customer { fullName } } }' },
  { name: '500 equal references', query: '{ orders(shop: "same", first: 500) { customer { fullName } } }' },
  { name: '1,000 references', query: '{ orders(shop: "many", first: 1000) { customer { fullName vendorId } } }' },
  {
    name: 'a customer without a read behind an order',
    query: '{ orders(shop: "keysOnly") { customer { vendorId completeness fullName } } }',
  },
  {
    name: 'nested values behind an order',
    query:
      '{ orders(shop: "mixed", first: 6) { customer { addresses { city } shipped: orders(first: 1) { shippedTo { city countryCode } } } } }',
  },
];

const shapes: readonly Operation[] = [
  {
    name: 'aliases of one customer',
    query:
      'query ($id: ID!) { a: customer(id: $id) { fullName } b: customer(id: $id) { name: fullName mail: email } c: customer(id: $id) { id } }',
    variables: id('heidianer'),
  },
  {
    name: 'the same field twice',
    query: '{ orders(shop: "mixed", first: 3) { customer { fullName } customer { email fullName } } }',
  },
  {
    name: 'aliases across subgraphs',
    query: '{ orders(shop: "mixed", first: 3) { buyer: customer { name: fullName } again: customer { mail: email } } }',
  },
  {
    name: 'fragments',
    query:
      'query ($id: ID!) { customer(id: $id) { ...all } } fragment all on Customer { ...keys fullName tags { ...label } } fragment keys on Customer { id vendorId } fragment label on Tag { name }',
    variables: id('heidianer'),
  },
  {
    name: 'fragments across subgraphs',
    query:
      '{ orders(shop: "mixed", first: 4) { ...order } } fragment order on Order { number customer { ...buyer } } fragment buyer on Customer { fullName member { number } }',
  },
  {
    name: 'a fragment on an interface',
    query: 'query ($id: ID!) { customer(id: $id) { ... on CrmNode { id vendorId } fullName } }',
    variables: id('heidianer'),
  },
  {
    name: 'skipped and included fields',
    query:
      'query ($id: ID!, $yes: Boolean!, $no: Boolean!) { customer(id: $id) { fullName @skip(if: $yes) email @include(if: $yes) tags @include(if: $no) { name } } }',
    variables: (known) => ({ ...id('heidianer')(known), yes: true, no: false }),
  },
  {
    name: 'skipped joins',
    query:
      'query ($no: Boolean!) { orders(shop: "mixed", first: 3) { number customer @include(if: $no) { fullName } label @skip(if: $no) { name } } }',
    variables: () => ({ no: false }),
  },
  {
    name: '__typename everywhere',
    query:
      '{ __typename customers(first: 3) { __typename nodes { __typename tags { __typename } member { __typename } } } }',
  },
  {
    name: 'a named operation with defaults',
    query: 'query Page($n: Int = 2) { customers(first: $n, accounts: ["heidianer"]) { nodes { vendorId } } }',
  },
];

const failing: readonly Operation[] = [
  {
    name: 'a list while a CRM is down',
    query:
      '{ customers(first: 6) { nodes { fullName account { id } } sources { account { id } state error { code } } } }',
    down: 'ladiflow',
  },
  {
    name: 'a customer while its CRM is down',
    query: 'query ($id: ID!) { customer(id: $id) { fullName } }',
    variables: id('mercately'),
    down: 'mercately',
  },
  {
    name: 'orders while a CRM is down',
    query: '{ orders(shop: "mixed", first: 6) { number customer { vendorId fullName } } }',
    down: 'ladiflow',
  },
  {
    name: 'members while a CRM is down',
    query: '{ members(first: 30) { nodes { number customer { accountId fullName } } } }',
    down: 'mercately',
  },
  {
    name: 'keys while a CRM is down',
    query: '{ orders(shop: "mixed", first: 6) { customer { id accountId } } }',
    down: 'heidianer',
  },
  {
    name: 'a nested field while its CRM is down',
    query: 'query ($id: ID!) { customer(id: $id) { vendorId events(first: 2) { nodes { kind } sources { state } } } }',
    variables: id('mercately'),
    down: 'mercately',
  },
  { name: 'orders of somebody who is gone', query: '{ orders(shop: "gone") { number customer { fullName email } } }' },
  { name: 'members who are gone', query: '{ members(first: 40) { nodes { number customer { vendorId fullName } } } }' },
  {
    name: 'orders with a malformed reference',
    query: '{ orders(shop: "malformed") { number customer { fullName } } }',
  },
  { name: 'an unknown field', query: '{ customers { nodes { nickname } } }' },
  {
    name: 'a variable of the wrong type',
    query: 'query ($n: Int) { customers(first: $n) { nodes { id } } }',
    variables: () => ({ n: 'many' }),
  },
];

const callers: readonly Operation[] = [
  { name: 'nobody asks', query: '{ accounts { id } }', caller: 'nobody' },
  {
    name: 'nobody asks for joins',
    query: '{ orders(shop: "mixed", first: 2) { number customer { fullName } } }',
    caller: 'nobody',
  },
  { name: 'a caller without scopes sees accounts', query: '{ accounts { id } vendors { key } }', caller: 'nosy' },
  { name: 'a caller without scopes lists', query: '{ customers(first: 2) { nodes { id } } }', caller: 'nosy' },
  {
    name: 'a caller without scopes joins',
    query: '{ orders(shop: "mixed", first: 3) { number customer { fullName } } }',
    caller: 'nosy',
  },
  {
    name: 'a caller without scopes joins keys',
    query: '{ members(first: 3) { nodes { customer { id vendorId account { label } } } } }',
    caller: 'nosy',
  },
  {
    name: "a CRM's own JSON with the scope",
    query: 'query ($id: ID!) { customer(id: $id) { vendorId vendorData } }',
    variables: id('heidianer'),
    caller: 'owner',
  },
  {
    name: "a CRM's own JSON without the scope",
    query: 'query ($id: ID!) { customer(id: $id) { vendorId vendorData } }',
    variables: id('heidianer'),
  },
  {
    name: "a CRM's own JSON behind an order without the scope",
    query: '{ order(id: "mixed-3") { customer { fullName vendorData } } }',
  },
  {
    name: 'another tenant lists',
    query: '{ accounts { id } customers { nodes { id } sources { state } } }',
    caller: 'stranger',
  },
  {
    name: 'another tenant joins',
    query: '{ orders(shop: "mixed", first: 3) { number customer { fullName } } }',
    caller: 'stranger',
  },
  {
    name: 'a reader writes',
    query: 'mutation { tagCreate(input: { accountId: "ladiflow", name: "VIP" }) { outcome } }',
  },
];

const writing: readonly Operation[] = [
  {
    name: 'a tag is made',
    query:
      'mutation { tagCreate(input: { accountId: "ladiflow", name: "Supergraph" }) { outcome tag { name } userErrors { code } receipt { field status } } }',
    caller: 'owner',
    writes: true,
  },
  {
    name: 'a customer is changed',
    query:
      'mutation ($id: ID!) { customerUpdate(input: { id: $id, customer: { note: "by a gateway" } }) { outcome customer { note fullName orders(first: 1) { number } } userErrors { code message } } }',
    variables: id('heidianer', 3),
    caller: 'owner',
    writes: true,
  },
  {
    name: 'two changes in order',
    query:
      'mutation ($id: ID!) { one: customerUpdate(input: { id: $id, customer: { note: "one" } }) { customer { note } } two: customerUpdate(input: { id: $id, customer: { note: "two" } }) { customer { note } } }',
    variables: id('heidianer', 3),
    caller: 'owner',
    writes: true,
  },
  {
    name: 'a refused change',
    query:
      'mutation { segmentCreate(input: { accountId: "ladiflow", title: "x" }) { outcome segment { id } userErrors { code field capability } } }',
    caller: 'owner',
  },
  {
    name: 'a dry run',
    query: 'mutation ($i: TagCreateInput!) { tagCreate(input: $i) { outcome requests { method path body state } } }',
    variables: () => ({ i: { accountId: 'ladiflow', name: 'Never', dryRun: true } }),
    caller: 'owner',
  },
  {
    name: 'a writer without the scope to read',
    query:
      'mutation ($id: ID!) { customerUpdate(input: { id: $id, customer: { note: "unseen" } }) { outcome customer { note } userErrors { code } } }',
    variables: id('heidianer', 4),
    caller: 'writer',
    writes: true,
  },
  {
    name: 'a writer without the scope to delete',
    query: 'mutation ($id: ID!) { customerDelete(input: { id: $id }) { outcome } }',
    variables: id('heidianer', 4),
    caller: 'writer',
  },
  {
    name: 'a customer is deleted',
    query: 'mutation ($id: ID!) { customerDelete(input: { id: $id }) { outcome deletedCustomerId } }',
    variables: id('heidianer', 5),
    caller: 'owner',
    writes: true,
  },
];

/** Everything that the gateways are compared by, by subject. */
export const OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  reading,
  lists,
  joined,
  shapes,
  failing,
  callers,
  writing,
};
