import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Emulator, Exchange } from '../../src/emulation/emulator.ts';
import { keyOf } from '../writes/generated.ts';
import { type Production, startProduction } from './production.ts';

// Hostile ids and texts in every operation that takes some. Whatever they are, each request to a CRM has the path, the
// query names and the headers that its adapter meant.

const RUNS = 1_500;

let production: Production;
beforeAll(async () => {
  production = await startProduction();
});
afterAll(() => production.stop().catch(() => undefined));

const ACCOUNTS = ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'] as const;

const PAYLOADS = [
  '..',
  '.',
  '../',
  '../../admin',
  '..\\..\\admin',
  '/',
  '//evil.example/',
  'https://evil.example/',
  '@evil.example',
  ';admin',
  '?',
  '?admin=true',
  '&admin=true',
  '&id__in=1',
  '#',
  '#/admin',
  '%',
  '%00',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '%0d%0aX-Injected:%20yes',
  '\r\nX-Injected: yes',
  '\r\n\r\nGET /admin HTTP/1.1\r\n',
  '\n',
  '\0',
  '\t',
  '\u0007',
  '\u001b[2J',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udc00',
  '／',
  '．．／',
  '℀',
  'ſ',
  '1,2,3',
  '*',
  "' OR '1'='1",
  '"}',
  '{"$ne":null}',
  '{customerId}',
  '{id}',
  '#{7*7}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  '<script>',
  '=cmd()',
  '0',
  '-1',
  '1e9',
  '0x10',
  '9007199254740993',
  ' ',
  '',
];

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PAYLOADS) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '1', 'a@example.com', '0912345678', 'x'),
        fc.constantFrom(...PAYLOADS),
        fc.constantFrom('', '1', '@example.com', '/'),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...PAYLOADS), { maxLength: 20 }).map((parts) => parts.join('')) },
);

type Shot = readonly [query: string, variables: (text: string, account: string) => Readonly<Record<string, unknown>>];

const id = (type: 'Customer' | 'Tag' | 'Segment', text: string, account: string): string =>
  text === '' ? '' : production.idOf(type, account, text.toWellFormed());

const read = (field: string, type: 'Customer' | 'Tag' | 'Segment', selection: string): Shot => [
  `query ($id: ID!) { ${field}(id: $id) { ${selection} } }`,
  (text, account) => ({ id: id(type, text, account) }),
];
const filtered = (of: (text: string, account: string) => unknown): Shot => [
  'query ($filter: CustomerFilter) { customers(first: 5, filter: $filter) { nodes { id fullName } sources { state error { code } } } }',
  (text, account) => ({ filter: of(text, account) }),
];
const lookup = (kind: string): Shot => [
  'query ($by: CustomerLookupBy!) { customerLookup(by: $by) { matches { id } sources { state error { code } } } }',
  (text) => ({ by: { [kind]: kind === 'phone' ? `12345${text}` : kind === 'email' ? `${text}@example.com` : text } }),
];
const entity = (type: string): Shot => [
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { fullName events { nodes { kind } } } ... on Tag { name } ... on Segment { title } } }',
  (text, accountId) => ({
    r: [
      { __typename: type, accountId, vendorId: text },
      { __typename: type, id: text },
      { __typename: type, accountId: text, vendorId: '1' },
    ],
  }),
];
const write = (mutation: string, of: (text: string, account: string) => Readonly<Record<string, unknown>>): Shot => [
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { outcome userErrors { code message } requests { path } } }`,
  (text, account) => ({ input: of(text, account) }),
];

/** The fields in which each CRM takes names and other free text. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  salekit: ['fullName', 'note'],
  ladiflow: ['firstName', 'lastName', 'company', 'jobTitle'],
  fecify: ['firstName', 'lastName'],
  mercately: ['firstName', 'lastName', 'note'],
  heidianer: ['fullName', 'note', 'referralCode'],
};
const named = (account: string, text: string) =>
  Object.fromEntries((NAMES[account] ?? []).map((field) => [field, text]));
const allTexts = (account: string, text: string) => ({
  ...named(account, text),
  email: 'a@example.com',
  phone: '+84912345678',
});

/** A customer that the CRM has. */
const someone = (account: string): string => {
  const [record = {}] = production.graph.emulator(account).records().customers ?? [];
  return production.idOf('Customer', account, keyOf(account, record));
};
const identity = { fullName: 'Ai Đó', email: 'ai@example.com', phone: '0912345678' };

/** All reads and writes that take an id or a text of the caller's choice. */
const SHOTS: readonly Shot[] = [
  read(
    'customer',
    'Customer',
    'fullName tags { name } segments { title } customFields { name } addresses { city } owner { email } vendorData',
  ),
  read('customer', 'Customer', 'events(first: 5) { nodes { kind } }'),
  read('tag', 'Tag', 'name'),
  read('segment', 'Segment', 'title customers(first: 5) { nodes { id } }'),
  read('crmNode', 'Customer', '... on Customer { fullName }'),
  [
    'query ($ids: [ID!]!) { crmNodes(ids: $ids) { ... on Customer { fullName } } }',
    (text, account) => ({ ids: [id('Customer', text, account), id('Customer', `${text}1`, account)] }),
  ],
  ['query ($after: String) { customers(after: $after) { nodes { id } } }', (text) => ({ after: text })],
  ['query ($id: ID!) { account(id: $id) { id } }', (text) => ({ id: text })],
  lookup('email'),
  lookup('phone'),
  lookup('vendorId'),
  filtered((text) => ({ text })),
  filtered((coupon) => ({ coupon })),
  filtered((couponExclude) => ({ couponExclude })),
  filtered((identityDocumentNumber) => ({ identityDocumentType: 'PASSPORT', identityDocumentNumber })),
  filtered((text, account) => ({ ids: [id('Customer', text, account)] })),
  filtered((text, account) => ({ tags: [id('Tag', text, account)] })),
  filtered((text, account) => ({ segment: id('Segment', text, account) })),
  filtered((text, account) => ({ segmentExclude: id('Segment', text, account) })),
  [
    'query ($email: String) { customerEvents(filter: { email: $email }) { nodes { kind } sources { state } } }',
    (text) => ({ email: `${text}@example.com` }),
  ],
  entity('Customer'),
  entity('Tag'),
  entity('Segment'),
  write('customerCreate', (text, account) => ({ accountId: account, customer: allTexts(account, text) })),
  write('customerCreate', (text, account) => ({
    accountId: account,
    customer: { ...allTexts(account, 'x'), email: `${text}@example.com`, phone: `09123${text}` },
  })),
  write('customerUpsert', (text, account) => ({
    accountId: account,
    customer: allTexts(account, text),
    idempotencyKey: text || 'k',
  })),
  write('customerUpsert', (text, account) => ({
    accountId: account,
    customer: { ...allTexts(account, 'x'), email: `a${text}@example.com` },
  })),
  write('customerUpdate', (text, account) => ({
    id: id('Customer', text, account),
    customer: named(account, 'x'),
    identity,
  })),
  write('customerUpdate', (text, account) => ({ id: someone(account), customer: named(account, text), identity })),
  write('customerUpdate', (text, account) => ({
    id: someone(account),
    customer: named(account, 'x'),
    identity: { ...identity, email: `${text}@example.com` },
  })),
  write('customerUpdate', (text, account) => ({
    id: someone(account),
    customer: { ownerId: text, referrerCode: text },
    identity,
  })),
  write('customerDelete', (text, account) => ({ id: id('Customer', text, account) })),
  write('customerTagsAdd', (text, account) => ({
    id: id('Customer', text, account),
    tags: [{ name: 'VIP' }],
    identity,
  })),
  write('customerTagsAdd', (text, account) => ({ id: someone(account), tags: [{ name: text }], identity })),
  write('customerTagsRemove', (text, account) => ({
    id: someone(account),
    tags: [{ id: id('Tag', text, account) }],
    identity,
  })),
  write('customerTagsReplace', (text, account) => ({ id: someone(account), tags: [{ name: text }], identity })),
  write('customerCustomFieldsSet', (text, account) => ({
    id: someone(account),
    customFields: [{ name: text, text }],
    identity,
  })),
  write('tagCreate', (text, accountId) => ({ accountId, name: text })),
  write('segmentCreate', (text, accountId) => ({ accountId, title: text })),
  write('segmentCustomersAdd', (text, account) => ({
    id: id('Segment', text, account),
    customerIds: [someone(account)],
  })),
  write('segmentCustomersRemove', (text, account) => ({
    id: id('Segment', '1', account),
    customerIds: [id('Customer', text, account)],
  })),
  write('customerEventRecord', (text, account) => ({
    customerId: id('Customer', text, account),
    event: { name: 'x', payload: '{}' },
  })),
  write('customerEventRecord', (text, account) => ({
    customerId: someone(account),
    event: { name: text, payload: JSON.stringify(text) },
  })),
  write('customerEventRecord', (text, account) => ({
    customerId: someone(account),
    event: { outboundStatus: 'sent', campaignId: text, campaignUrl: text, errorMessage: text },
  })),
];

/** What is wrong with a request as it arrived at a CRM. */
function dirt(exchange: Exchange): string | undefined {
  const { route, url, headers } = exchange;
  if (route === undefined) return `it left its path: ${url}`;
  const [path = '', ...more] = url.split('?');
  if (more.length > 1) return `two queries: ${url}`;
  if (path.split('/').length !== route.split('/').length) return `another depth: ${url}`;
  if (/[^\x21-\x7e]|%(?![0-9a-f]{2})/i.test(url)) return `not encoded: ${url}`;
  const foreign = Object.keys(headers).find((name) => /inject/i.test(name));
  if (foreign !== undefined) return `a header of the caller's: ${foreign}`;
  const value = Object.values(headers)
    .flat()
    .find((text) => text !== undefined && /[\r\n\0]/.test(text));
  return value === undefined ? undefined : 'a split header';
}

/** Violations of a contract that would show an injection: another address, another parameter, another header. */
const IS_INJECTION = /unknown header|the vendor has no|takes no query|takes no body|unrecognized key/i;

test('no id and no text leaves its place in a request to a CRM', async () => {
  const { graph, routerHeaders } = production;
  const emulators: readonly Emulator[] = ACCOUNTS.map((account) => graph.emulator(account));
  let sent = 0;
  const shot = fc.tuple(fc.constantFrom(...SHOTS), hostile, fc.constantFrom(...ACCOUNTS));
  await fc.assert(
    fc.asyncProperty(shot, async ([[query, variablesOf], text, account]) => {
      // Throws if anything was reported as a defect of ours.
      const { errors = [] } = await graph.ask(query, variablesOf(text, account), routerHeaders);
      for (const { message, extensions } of errors) {
        expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
        expect(message.length).toBeLessThanOrEqual(200);
      }
      for (const emulator of emulators) {
        for (const exchange of emulator.exchanges)
          expect([exchange.operation, dirt(exchange)]).toEqual([exchange.operation, undefined]);
        const problems = emulator.violations.filter(({ problem }) => IS_INJECTION.test(problem));
        expect(problems).toEqual([]);
        sent += emulator.count();
        emulator.forget();
      }
    }),
    { numRuns: RUNS, seed: 36, endOnFailure: true },
  );
  // Enough of them got through to a CRM for this to mean something.
  expect(sent).toBeGreaterThan(400);
}, 120_000);

test('nothing that was sent on the way was against a contract', () => {
  const violations = ACCOUNTS.flatMap((account) =>
    production.graph.emulator(account).violations.map((violation) => ({ account, ...violation })),
  );
  expect(violations).toEqual([]);
});
