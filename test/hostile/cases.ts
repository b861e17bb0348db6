import { getIntrospectionQuery } from 'graphql';
import { type HostileRequest, ORIGIN } from './production.ts';

// Requests that no good client sends. Each must end in a 4xx or in a GraphQL error.

export type Case = readonly [name: string, request: HostileRequest];

const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD_BODY = JSON.stringify({ query: '{ accounts { id } }' });

const withType = (type: string): Case => [
  `type "${type.slice(0, 60)}"`,
  { headers: { 'content-type': type }, body: GOOD_BODY },
];
const withHeaders = (name: string, headers: Readonly<Record<string, string | readonly string[]>>): Case => [
  name,
  { headers: { ...JSON_TYPE, ...headers }, body: GOOD_BODY },
];
const body = (name: string, given: string | Buffer): Case => [name, { headers: JSON_TYPE, body: given }];
const json = (name: string, given: unknown): Case => body(name, JSON.stringify(given));
export const operation = (name: string, query: string, variables: unknown = {}): Case =>
  json(name, { query, variables });
const get = (name: string, search: string, headers: Readonly<Record<string, string>> = PREFLIGHTED): Case => [
  name,
  { method: 'GET', path: `/graphql${search}`, headers },
];
const PREFLIGHTED = { 'apollo-require-preflight': 'yes' };
const raw = (name: string, lines: readonly string[], given = ''): Case => [
  name,
  { raw: `${lines.join('\r\n')}\r\n\r\n${given}` },
];
const RAW_POST = ['POST /graphql HTTP/1.1', 'host: localhost', 'authorization: <key>', 'connection: close'];
const times = (count: number, part: (index: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(between);
const search = (query: string): string => `?query=${encodeURIComponent(query)}`;

const contentTypes: readonly Case[] = [
  ['no content type', { body: GOOD_BODY }],
  ...[
    '',
    'text/plain',
    'text/plain; charset=utf-8',
    'text/plain;application/json',
    'application/x-www-form-urlencoded',
    'application/graphql',
    'application/graphql+json',
    'application/graphql-response+json',
    'application/json-seq',
    'application/jsonx',
    'application/vnd.api+json',
    'text/json',
    'json',
    'application/',
    '*/*',
    'application/*',
    'message/rfc822',
    'message/http',
    'image/png',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=utf-16le',
    'application/json; charset=utf-7',
    'application/json; charset=utf-32',
    'application/json; charset=iso-8859-1',
    'application/json; charset=shift_jis',
    'application/json; charset=',
    'application/json; charset="utf-8',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json; charset=utf-8; boundary=x',
    'application/json; charset=__proto__',
    'application/json;;',
    `application/json; ${'a=b; '.repeat(1_000)}`,
  ].map(withType),
  [
    'an upload by the multipart convention',
    {
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'apollo-require-preflight': 'yes' },
      body: `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${GOOD_BODY}\r\n--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n{}\r\n--x--`,
    },
  ],
  ...['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'compress', 'chunked', ''].map((encoding) =>
    withHeaders(`content encoding "${encoding}"`, { 'content-encoding': encoding || ' x' }),
  ),
];

const bodies: readonly Case[] = [
  body('an empty body', ''),
  body('an open brace', '{'),
  body('null', 'null'),
  body('a number', '12'),
  body('true', 'true'),
  body('a text', '"{ accounts { id } }"'),
  body('an empty list', '[]'),
  body('a batch of one', `[${GOOD_BODY}]`),
  body('a batch of a thousand', `[${times(1_000, () => GOOD_BODY, ',')}]`),
  body('an empty object', '{}'),
  body('text behind the object', `${GOOD_BODY}x`),
  body('two objects', `${GOOD_BODY}${GOOD_BODY}`),
  body('one object a line', `${GOOD_BODY}\n${GOOD_BODY}\n`),
  body('NaN', '{"query": NaN}'),
  body('single quotes', "{'query': '{ accounts { id } }'}"),
  body('a comment in JSON', `/* */ ${GOOD_BODY}`),
  body('a comma too many', '{"query": "{ accounts { id } }",}'),
  body('UTF-16', Buffer.from(GOOD_BODY, 'utf16le')),
  body(
    'a byte that is no UTF-8',
    Buffer.concat([Buffer.from('{"query":"{ accounts { id } } #'), Buffer.from([0xff]), Buffer.from('"}')]),
  ),
  body(
    'an overlong encoding',
    Buffer.concat([Buffer.from('{"query":"{ accounts { id } } #'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')]),
  ),
  body(
    'half of a surrogate pair in bytes',
    Buffer.concat([Buffer.from('{"query":"{ accounts { id } } #'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
  ),
  body('a null byte', '{"query":"{ accounts { id } }\0"}'),
  body('one byte too many', `{"query":"${'x'.repeat(1024 * 1024)}"}`),
  body('100,000 open brackets', '['.repeat(100_000)),
  body('100,000 nested lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  body(
    '100,000 nested lists as variables',
    `{"query":"query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }","variables":{"f":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
  ),
  body(
    '100,000 nested objects as variables',
    `{"query":"query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }","variables":{"f":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}}`,
  ),
];

const oddities: readonly Case[] = [
  ...[
    0,
    12,
    true,
    false,
    { kind: 'Document' },
    { kind: 'Document', definitions: [] },
    ['{ accounts { id } }'],
    null,
    '',
    ' ',
    '#',
    ',',
  ].map((query) => json(`the query ${JSON.stringify(query)}`, { query })),
  json('no query', { operationName: 'x' }),
  json('the id of a stored document', { id: '1', documentId: '2', extensions: {} }),
  json('a stored query by hash', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  json('a query to be stored', {
    query: '{ accounts { id } }',
    extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
  }),
  ...[12, true, ['x'], {}].map((operationName) =>
    json(`the operation name ${JSON.stringify(operationName)}`, { query: '{ accounts { id } }', operationName }),
  ),
  json('the name of no operation', { query: 'query A { accounts { id } }', operationName: 'B' }),
  json('__proto__ as the operation name', { query: 'query A { accounts { id } }', operationName: '__proto__' }),
  ...['{}', 12, true, [], [1]].map((variables) =>
    json(`the variables ${JSON.stringify(variables)}`, { query: '{ accounts { id } }', variables }),
  ),
  ...['{}', 12, true, [], [1]].map((extensions) =>
    json(`the extensions ${JSON.stringify(extensions)}`, { query: '{ accounts { id } }', extensions }),
  ),
  body('__proto__ at the top', '{"query":"{ accounts { id } }","__proto__":{"query":"{ vendors { key } }"}}'),
  body('__proto__ in the variables', '{"query":"{ accounts { id } }","variables":{"__proto__":{"isRouter":true}}}'),
  body(
    '__proto__ spelt with escapes',
    '{"query":"{ accounts { id } }","variables":{"\\u005f\\u005fproto\\u005f\\u005f":{"a":1}}}',
  ),
  body(
    '__proto__ deep in an input',
    '{"query":"query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }","variables":{"f":{"text":"a","__proto__":{"coupon":"x"}}}}',
  ),
  body('constructor.prototype', '{"query":"{ accounts { id } }","variables":{"constructor":{"prototype":{"a":1}}}}'),
  body('a query given twice', '{"query":"{ accounts { id } }","query":5}'),
];

const methods: readonly Case[] = [
  ...['PUT', 'DELETE', 'PATCH', 'HEAD', 'TRACE', 'PROPFIND', 'MKCOL', 'SEARCH', 'QUERY', 'LOCK', 'PURGE'].map(
    (method): Case => [method, { method, headers: JSON_TYPE }],
  ),
  ['PUT with a good body', { method: 'PUT', headers: JSON_TYPE, body: GOOD_BODY }],
  raw('a method in small letters', ['post /graphql HTTP/1.1', 'host: localhost']),
  raw('a method that nobody knows', ['GRAPHQL /graphql HTTP/1.1', 'host: localhost']),
  raw('the preface of HTTP/2', ['PRI * HTTP/2.0', '', 'SM']),
  raw('HTTP/9.9', ['GET /graphql HTTP/9.9', 'host: localhost']),
  get('a mutation by GET', search('mutation { customerDelete(input: { id: "x" }) { outcome } }')),
  get(
    'a mutation by GET that says it is a POST',
    search('mutation { customerDelete(input: { id: "x" }) { outcome } }'),
    {
      ...PREFLIGHTED,
      'x-http-method-override': 'POST',
    },
  ),
  get('a subscription by GET', search('subscription { customers }')),
  get('GET without a query', ''),
  get('GET with two queries', `${search('{ accounts { id } }')}&query=%7Bvendors%7Bkey%7D%7D`),
  get('GET with variables that are no JSON', `${search('{ accounts { id } }')}&variables=%7B`),
  get('GET with variables in a list', `${search('{ accounts { id } }')}&variables=%5B%5D`),
  get('GET with a query in brackets', '?query[]=%7Baccounts%7Bid%7D%7D'),
  get(
    'GET with a document that is too long',
    search(`{ accounts { id } } # ${'x'.repeat(9_000)} ${'# '.repeat(2_100)}`),
  ),
  get('GET with 31 aliases', search(`{ accounts { ${times(31, (index) => `a${index}: id`)} } }`)),
  get('GET that asks for a page', search('{ accounts { id } }'), { accept: 'text/html' }),
  get(
    'GET with a stored query',
    `?extensions=${encodeURIComponent('{"persistedQuery":{"version":1,"sha256Hash":"abc"}}')}`,
  ),
];

const headers: readonly Case[] = [
  withHeaders('a header of 20 KiB', { 'x-large': 'x'.repeat(20 * 1024) }),
  withHeaders('3,000 headers', Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`x-${index}`, '1']))),
  get('an address of 20 KiB', `?${'x'.repeat(20 * 1024)}`),
  withHeaders('a host with a space', { host: 'a b' }),
  withHeaders('a host with a bracket', { host: '[' }),
  withHeaders('a host with an impossible port', { host: 'localhost:99999999' }),
  withHeaders('a host that leaves its place', { host: 'localhost/../..:x' }),
  raw('no host', ['POST /graphql HTTP/1.1', 'connection: close']),
  raw('two hosts', [...RAW_POST, 'host: evil.example', 'content-type: text/plain', 'content-length: 0']),
  raw('a folded header', [...RAW_POST, 'x-a: b', ' c: d']),
  raw('a null byte in a header', [...RAW_POST, 'x-a: b\0c']),
  raw('a header without a name', [...RAW_POST, ': x']),
  raw('a space before the colon', [...RAW_POST, 'content-length : 5']),
  raw('two lengths', [...RAW_POST, 'content-length: 5', 'content-length: 6'], 'hello'),
  raw('a length and chunks', [...RAW_POST, 'content-length: 5', 'transfer-encoding: chunked'], '0\r\n\r\n'),
  raw('a negative length', [...RAW_POST, 'content-length: -1']),
  raw('a length that is no number', [...RAW_POST, 'content-length: 0x10']),
  raw(
    'chunks of a wrong size',
    [...RAW_POST, 'content-type: application/json', 'transfer-encoding: chunked'],
    'zz\r\n\r\n',
  ),
  raw('an unknown transfer encoding', [...RAW_POST, 'transfer-encoding: xchunked', 'content-length: 2'], '{}'),
  raw('a bare line feed', ['POST /graphql HTTP/1.1\nhost: localhost\ncontent-length: 5']),
  ...[
    '',
    'Basic eDp5',
    'Bearer',
    'Bearer x',
    'Bearer a b',
    'bearer null',
    `Bearer ${'x'.repeat(9_000)}`,
    'Bearer <script>',
  ].map((authorization) => withHeaders(`authorization "${authorization.slice(0, 20)}"`, { authorization })),
  [
    'a key in the address',
    { path: '/graphql?access_token=x&key=y', headers: { ...JSON_TYPE, authorization: '' }, body: GOOD_BODY },
  ],
  withHeaders('a key in a cookie', { authorization: '', cookie: 'authorization=Bearer x; token=x' }),
  withHeaders('a forwarded address', {
    authorization: 'Bearer guess',
    'x-forwarded-for': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
  }),
  withHeaders('a router that guesses', { 'router-authorization': 'Bearer guess' }),
  withHeaders('only events accepted', { accept: 'text/event-stream' }),
  withHeaders('only pictures accepted', { accept: 'image/png' }),
];

const crossSite: readonly Case[] = [
  get('GET without a preflight', search('{ accounts { id } }'), {}),
  get('GET as text', search('{ accounts { id } }'), { 'content-type': 'text/plain' }),
  get('GET as a message', search('{ accounts { id } }'), { 'content-type': 'message/rfc822' }),
  get('GET as a form', search('{ accounts { id } }'), { 'content-type': 'application/x-www-form-urlencoded' }),
  get('GET with an empty preflight header', search('{ accounts { id } }'), { 'apollo-require-preflight': '' }),
  get('GET of an image tag', search('{ accounts { id } }'), {
    accept: 'image/avif,image/webp,*/*',
    'sec-fetch-mode': 'no-cors',
  }),
  [
    'a form of another site',
    { headers: { 'content-type': 'text/plain', origin: 'https://evil.example' }, body: GOOD_BODY },
  ],
  [
    'a form with a preflight header',
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...PREFLIGHTED },
      body: 'query=%7Baccounts%7Bid%7D%7D',
    },
  ],
];

export const FOREIGN_ORIGINS = [
  'https://evil.example',
  'null',
  '*',
  `${ORIGIN}.evil.example`,
  'https://evilshop.example.com',
  'https://sub.shop.example.com',
  'http://shop.example.com',
  `${ORIGIN}:444`,
  `${ORIGIN}/`,
  'https://SHOP.example.com',
  'https://studio.apollographql.com',
  `${ORIGIN},https://evil.example`,
];

const origins: readonly Case[] = FOREIGN_ORIGINS.map((origin) => [
  `a preflight of ${origin}`,
  {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  },
]);

const DEEP = (levels: number): string =>
  Array.from({ length: levels }).reduceRight<string>((inner) => `segments { customers { nodes { ${inner} } } }`, 'id');

const documents: readonly Case[] = [
  operation('2,001 comments', `${'#\n'.repeat(2_001)}{ accounts { id } }`),
  operation('a comment of 70 KiB', `# ${'x'.repeat(70 * 1024)}\n{ accounts { id } }`),
  operation('a document of 900 KiB', `{ ${'accounts { id } '.repeat(57_000)} }`),
  operation('2,001 tokens', `{ accounts { ${'id '.repeat(2_001)} } }`),
  operation('5,000 inline fragments in each other', `{ ${'... { '.repeat(5_000)} __typename ${'}'.repeat(5_000)} }`),
  operation('41 levels of brackets', `{ ${'... { '.repeat(40)} __typename ${'}'.repeat(40)} }`),
  ...['{', '(', '[', '@', '...', '$', '!', '|', '&', '"', '"""', ':', '='].map((sign) =>
    operation(`only ${sign}`, sign.repeat(5_000)),
  ),
  operation('31 aliases', `{ accounts { ${times(31, (index) => `a${index}: id`)} } }`),
  operation('31 aliases of __typename', `{ ${times(31, (index) => `a${index}: __typename`)} }`),
  operation('10,000 aliases', `{ ${times(10_000, (index) => `a${index}:__typename`)} }`),
  operation('21 root fields', `{ ${'__typename '.repeat(21)} }`),
  operation(
    '21 root fields through fragments',
    `{ ...a ...a ...a } fragment a on Query { ${'__typename '.repeat(7)} }`,
  ),
  operation('21 directives', `{ accounts { ${times(21, () => 'id @include(if: true)')} } }`),
  operation('an unknown directive', '{ accounts @nothing { id } }'),
  operation('a directive twice', '{ accounts @skip(if: false) @skip(if: false) { id } }'),
  operation('@defer', '{ accounts { id } ... @defer { vendors { key } } }'),
  operation('@stream', '{ accounts @stream(initialCount: 1) { id } }'),
  operation('51 spreads', `{ accounts { ${'...a '.repeat(51)} } } fragment a on CrmAccount { id }`),
  operation('a fragment in itself', '{ accounts { ...a } } fragment a on CrmAccount { id ...a }'),
  operation(
    'fragments in a circle',
    '{ accounts { ...a } } fragment a on CrmAccount { ...b } fragment b on CrmAccount { ...c } fragment c on CrmAccount { ...a }',
  ),
  operation(
    'fragments that double 20 times',
    `{ accounts { ...f0 } } ${times(20, (index) => `fragment f${index} on CrmAccount { ...f${index + 1} ...f${index + 1} }`)} fragment f20 on CrmAccount { id }`.replace(
      '...f20 ...f20',
      '...f20 ...f20 ...f19',
    ),
  ),
  operation('a fragment nobody uses', '{ accounts { id } } fragment a on CrmAccount { id }'),
  operation('a fragment that is not there', '{ accounts { ...a } }'),
  operation('a fragment on nothing', '{ accounts { ... on Nothing { id } } }'),
  operation('a fragment on the wrong type', '{ accounts { ... on Customer { id } } }'),
  operation('11 levels', `{ customers { nodes { ${DEEP(3)} } } }`),
  operation(
    '11 levels through fragments',
    '{ ...a } fragment a on Query { customers { nodes { segments { ...b } } } } fragment b on Segment { customers { nodes { segments { ...c } } } } fragment c on Segment { customers { nodes { segments { customers { nodes { id } } } } } }',
  ),
  operation('two operations', 'query A { accounts { id } } query B { vendors { key } }'),
  operation('a named and an unnamed operation', '{ accounts { id } } query B { vendors { key } }'),
  operation(
    '300 operations',
    times(300, (index) => `query q${index} { accounts { id } }`),
  ),
  operation('two operations of one name', 'query A { accounts { id } } query A { vendors { key } }'),
  operation(
    '51 variables',
    `query (${times(51, (index) => `$v${index}: ID!`)}) { ${times(17, (index) => `crmNodes(ids: [$v${index * 3}, $v${index * 3 + 1}, $v${index * 3 + 2}]) { id }`)} }`,
  ),
  operation('a variable twice', 'query ($a: ID!, $a: ID!) { customer(id: $a) { id } }'),
  operation('a variable that is not there', '{ customer(id: $a) { id } }'),
  operation('a variable of an output type', 'query ($a: Customer) { accounts { id } }'),
  operation('a default in a circle', 'query ($a: ID = $a) { customer(id: $a) { id } }'),
  operation('a subscription', 'subscription { customers { id } }'),
  operation('an unknown field', '{ custmers { nodes { id } } }'),
  operation('an unknown field below', '{ customers { nodes { fullNam } } }'),
  operation('an unknown argument', '{ customers(frst: 1) { nodes { id } } }'),
  operation('an unknown input field', '{ customers(filter: { txt: "a" }) { nodes { id } } }'),
  operation('an unknown enum value', '{ customers(filter: { platform: WHATSAP }) { nodes { id } } }'),
  operation('an unknown type in a variable', 'query ($a: CustomerFilte) { customers(filter: $a) { nodes { id } } }'),
  operation('100 unknown fields', `{ ${times(100, (index) => `field${index}`)} }`),
  operation('fields of nothing', '{ customers }'),
  operation('fields of a text', '{ accounts { id { id } } }'),
  operation('one name for two fields', '{ accounts { id: label id } }'),
  operation('1,000 conflicts', `{ accounts { ${times(29, (index) => `a: ${index % 2 ? 'id' : 'label'}`)} } }`),
  operation('a field name of 30 KiB', `{ ${'x'.repeat(30 * 1024)} }`),
  operation('__proto__', '{ __proto__ }'),
  operation('constructor', '{ constructor { prototype } }'),
  operation('an alias called __proto__ on a field that is not there', '{ __proto__: toString }'),
  operation('a field in another script', '{ čustomers }'),
  operation('an emoji', '{ 🙂 }'),
  operation('text that runs backwards', '{ \u202eaccounts { id } }'),
  operation('a null character', '{ \0accounts { id } }'),
  operation('a control character', '{ \u0007 accounts { id } }'),
  operation('a line separator', '{ accounts\u2028{ id } }'),
  operation('a text without an end', '{ customer(id: "x) { id } }'),
  operation('a block text without an end', '{ customer(id: """x) { id } }'),
  operation('a wrong escape', '{ customer(id: "\\q") { id } }'),
  operation('an escape beyond Unicode', '{ customer(id: "\\u{110000}") { id } }'),
  operation('half of a surrogate pair as an escape', '{ customer(id: "\\uD800") { id } }'),
  operation('half of a surrogate pair', '{ customer(id: "\ud800") { id } }'),
  operation('a type definition', 'type Query { a: Int }'),
  operation('a type extension beside a query', '{ accounts { id } } extend type Query { a: Int }'),
  operation('a schema extension', 'extend schema @link(url: "x")'),
  operation('a list of 45 lists', `{ crmNodes(ids: ${'['.repeat(45)}"x"${']'.repeat(45)}) { id } }`),
];

const variables: readonly Case[] = [
  operation('a text for a number', 'query ($n: Int) { customers(first: $n) { nodes { id } } }', { n: '5' }),
  operation('a fraction for a number', 'query ($n: Int) { customers(first: $n) { nodes { id } } }', { n: 1.5 }),
  operation('a number beyond 32 bits', 'query ($n: Int) { customers(first: $n) { nodes { id } } }', { n: 2 ** 31 }),
  operation('a list for a number', 'query ($n: Int) { customers(first: $n) { nodes { id } } }', { n: [1] }),
  operation('null for what must be given', 'query ($id: ID!) { customer(id: $id) { id } }', { id: null }),
  operation('nothing for what must be given', 'query ($id: ID!) { customer(id: $id) { id } }'),
  operation('an object for an id', 'query ($id: ID!) { customer(id: $id) { id } }', { id: { toString: 'x' } }),
  operation('true for an id', 'query ($id: ID!) { customer(id: $id) { id } }', { id: true }),
  operation('a fraction for an id', 'query ($id: ID!) { customer(id: $id) { id } }', { id: 1.5 }),
  operation('an unknown field of an input', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { nothing: 1 },
  }),
  operation('hasOwnProperty in an input', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { hasOwnProperty: 1 },
  }),
  operation('1,000 wrong ids', 'query ($ids: [ID!]!) { crmNodes(ids: $ids) { id } }', {
    ids: Array.from({ length: 1_000 }, () => ({})),
  }),
  operation('1,000 nulls', 'query ($ids: [ID!]!) { crmNodes(ids: $ids) { id } }', {
    ids: Array.from({ length: 1_000 }, () => null),
  }),
  operation('1,000 malformed ids', 'query ($ids: [ID!]!) { crmNodes(ids: $ids) { id } }', {
    ids: Array.from({ length: 1_000 }, (_, index) => `x${index}`),
  }),
  operation('two keys to look up by', 'query ($by: CustomerLookupBy!) { customerLookup(by: $by) { matches { id } } }', {
    by: { email: 'a@example.com', phone: '12345' },
  }),
  operation('no key to look up by', 'query ($by: CustomerLookupBy!) { customerLookup(by: $by) { matches { id } } }', {
    by: {},
  }),
  operation('null to look up by', 'query ($by: CustomerLookupBy!) { customerLookup(by: $by) { matches { id } } }', {
    by: { email: null },
  }),
  operation('a day that is none', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { createdFrom: '2026-02-30' },
  }),
  operation('a day of 100,000 digits', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { createdFrom: '2'.repeat(100_000) },
  }),
  operation(
    'an enum value of 100,000 letters',
    'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }',
    { f: { platform: 'W'.repeat(100_000) } },
  ),
  operation('an enum value called __proto__', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { platform: '__proto__' },
  }),
  operation('a search of 257 letters', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { text: 'x'.repeat(257) },
  }),
  operation('an empty search', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { text: '' },
  }),
  operation('a text where a condition should be', 'query ($yes: Boolean!) { accounts @include(if: $yes) { id } }', {
    yes: 'true',
  }),
];

const sizes: readonly Case[] = [
  ...[0, -1, 101, 2_147_483_647, -2_147_483_648].flatMap((first) => [
    operation(`a page of ${first}`, `{ customers(first: ${first}) { nodes { id } } }`),
    operation(`a page of ${first} segments in a variable`, 'query ($n: Int) { segments(first: $n) { nodes { id } } }', {
      n: first,
    }),
  ]),
  operation('a page beyond 32 bits', '{ customers(first: 99999999999999999999) { nodes { id } } }'),
  operation('a page in a fraction', '{ customers(first: 1e2) { nodes { id } } }'),
  operation(
    'pages in pages in pages',
    '{ customers(first: 100) { nodes { segments { customers(first: 100) { nodes { segments { customers(first: 100) { nodes { id } } } } } } } } }',
  ),
  operation(
    '100 times the events of 100 customers',
    '{ customers(first: 100) { nodes { events(first: 100) { nodes { kind } } segments { customers(first: 100) { nodes { events { nodes { kind } } } } } } } }',
  ),
  operation('no time at all', '{ customers(timeout: 0) { nodes { id } } }'),
  operation('time without end', '{ customers(timeout: 2147483647) { nodes { id } } }'),
  operation('1,001 ids', 'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }', {
    f: { ids: Array.from({ length: 1_001 }, () => 'MWM') },
  }),
];

const keys: readonly Case[] = [
  ...[
    '',
    ' ',
    'x',
    '1',
    '../../etc/passwd',
    'MQ',
    'MWM',
    '%00',
    'null',
    '[object Object]',
    '🙂',
    'x'.repeat(10_000),
    Buffer.from('1c\x09heidianer').toString('base64url'),
    Buffer.from('9c\x01ax').toString('base64url'),
    `${Buffer.from('1c\x04acme1').toString('base64url')}==`,
  ].flatMap((id) => [
    operation(
      `the customer ${JSON.stringify(id.slice(0, 20))}`,
      'query ($id: ID!) { customer(id: $id) { fullName } }',
      { id },
    ),
    operation(
      `the tag ${JSON.stringify(id.slice(0, 20))} in a filter`,
      'query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }',
      { f: { tags: [id] } },
    ),
  ]),
  ...['', 'x', 'MQ', 'null', '{}', 'eyJzaXplIjoxfQ', 'A'.repeat(10_000), '🙂', '../..'].map((after) =>
    operation(
      `the cursor ${JSON.stringify(after.slice(0, 20))}`,
      'query ($after: String) { customers(after: $after) { nodes { id } } }',
      { after },
    ),
  ),
  operation('an account of somebody else', '{ customers(accounts: ["another"]) { nodes { id } } }'),
  operation('an account called __proto__', '{ customers(accounts: ["__proto__"]) { nodes { id } } }'),
  operation('an e-mail without an @', '{ customerLookup(by: { email: "nobody" }) { matches { id } } }'),
  operation('a phone without digits', '{ customerLookup(by: { phone: "abc" }) { matches { id } } }'),
  operation(
    'an e-mail of 300 letters',
    `{ customerLookup(by: { email: "${'x'.repeat(300)}@example.com" }) { matches { id } } }`,
  ),
  operation(
    'a vendor id of 300 letters',
    `{ customerLookup(by: { vendorId: "${'x'.repeat(300)}" }) { matches { id } } }`,
  ),
];

const probes: readonly Case[] = [
  operation('the standard introspection query', getIntrospectionQuery()),
  operation('all types', '{ __schema { types { name } } }'),
  operation('one type', '{ __type(name: "Customer") { name } }'),
  operation('one type through a fragment', '{ ...a } fragment a on Query { __schema { queryType { name } } }'),
  operation('the schema as a subgraph', '{ _service { sdl } }'),
  operation('references', 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
    r: [{ __typename: 'Customer', id: 'x' }],
  }),
  operation('100,000 references', `query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }`, {
    r: Array.from({ length: 100_000 }, () => 0),
  }),
  json('a trace', { query: '{ nothing }', extensions: { ftv1: true } }),
  ...[
    '/',
    '/graphql/',
    '//graphql',
    '/GRAPHQL',
    '/graphql/../graphql',
    '/graphql%00',
    '/graphql%2f',
    '/graphql;x',
    '/%zz',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/.env',
    '/.git/config',
    '/package.json',
    '/health',
    '/admin',
    '/graphiql',
    '/sandbox',
    '/__proto__',
    '/\u00e9'.normalize(),
  ].map((path): Case => [`the address ${path}`, { method: 'GET', path: encodeURI(path).replaceAll('%25', '%') }]),
];

export const CASES: Readonly<Record<string, readonly Case[]>> = {
  'content types and encodings': contentTypes,
  bodies,
  'JSON that is no operation': oddities,
  methods,
  headers,
  'other sites': crossSite,
  'other origins': origins,
  documents,
  variables,
  'page sizes and times': sizes,
  'ids, cursors and keys': keys,
  probes,
};
