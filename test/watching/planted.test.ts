import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import { readConfig } from '../../src/config.ts';
import { type Demo, startDemo } from '../../src/demo.ts';
import type { FaultKind } from '../../src/emulation/faults.ts';
import { vendors } from '../../src/vendors/index.ts';
import { killPrograms, type Program, startProgram } from '../lifecycle/program.ts';

// Twenty values that must never leave the way of a request: everything is switched on, everything fails once, and then
// all that the program has put out is searched for them.

const KINDS: readonly (FaultKind | 'none')[] = [
  'none',
  'status',
  'failing-body',
  'echoed-key',
  'reset-after',
  'hang-after',
  'redirect',
  'html',
  'html-5xx',
  'wrong-content-type',
  'empty',
  'bad-json',
  'malformed-json',
  'truncate-with-length',
  'bad-status-line',
  'wrong-types',
  'missing-fields',
  'bad-strings',
  'extra-fields',
  'cross',
];

const PEOPLE = [
  { fullName: 'Nguyễn Thị Bích Ngọc', email: 'bich.ngoc.rieng@example.vn', phone: '+84363111222' },
  { fullName: '欧阳娜娜兰', email: 'ouyang.nanalan@example.cn', phone: '+8613911112222' },
  { fullName: 'Guadalupe Ibarra Quispe', email: 'guadalupe.iq@example.ec', phone: '+593991234567' },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'planted-'));
const callers = { north: newKey(), south: newKey() };
const stranger = newKey().key;
const secrets = {
  CRM_SECRET: 'planted-crm-secret-6f1e0c7b9a3d5248-planted',
  ROUTER_SECRET: 'planted-router-secret-91c4e7d20b8a6f35-planted',
  METRICS_TOKEN: 'planted-metrics-token-2d7b40f1c9e8635a-planted',
};
const vendorKeys: string[] = [];
/** Where something was put out, and what. */
const outputs: Record<string, string> = {};
const wrongAnswers: string[] = [];
let demo: Demo;
let program: Program;
let origin: string;
let environment: Record<string, string>;
const arrived = new Set<string>();

beforeAll(async () => {
  demo = await startDemo(vendors, 20);
  const credentials: Record<string, string> = {};
  const accounts = demo.accounts.flatMap((account) => {
    const [name = '', key = ''] = Object.entries(account.credentials as Record<string, string>)[0] ?? [];
    const env = `KEY_OF_${account.vendor.toUpperCase()}`;
    credentials[env] = key;
    vendorKeys.push(key);
    const one = (id: string, tenant: string) => ({
      id,
      vendor: account.vendor,
      tenant,
      baseUrl: account.baseUrl.href.replace(/\/$/, ''),
      credentials: { [name]: { env } },
      cache: { maxAgeSeconds: 60, staleSeconds: 60, shareInFlight: true },
    });
    return [...KINDS.map((kind) => one(`${account.vendor}-${kind}`, 'north')), one(`${account.vendor}-south`, 'south')];
  });
  writeFileSync(join(folder, 'accounts.json'), JSON.stringify({ accounts }));
  const everything = ['customers:read', 'customers:write', 'customers:delete', 'vendor-data:read'];
  const known = Object.entries(callers).map(([tenant, { digest }]) => ({
    id: `${tenant}-shop`,
    tenant,
    scopes: everything,
    keys: [digest],
  }));
  writeFileSync(join(folder, 'callers.json'), JSON.stringify({ callers: known }));
  environment = {
    ...secrets,
    ...credentials,
    PORT: '0',
    METRICS_PORT: '0',
    LOG_LEVEL: 'debug',
    AUTH_MODE: 'keys',
    CALLERS_FILE: join(folder, 'callers.json'),
    ACCOUNTS_FILE: join(folder, 'accounts.json'),
    STORE_FILE: join(folder, 'store.sqlite'),
    CALL_TIMEOUT_MS: '500',
    OPERATION_TIMEOUT_MS: '4000',
    DRAIN_MS: '0',
    TRACE_FILE: join(folder, 'traces.txt'),
    DEFECT_AT: 'defect.',
    CRASH_WITH: Object.values(PEOPLE[0]).join(', '),
  };
  program = startProgram(environment, { nodeArguments: ['--import', join(import.meta.dirname, 'preload.ts')] });
  origin = await program.origin();
});
afterAll(async () => {
  killPrograms();
  await demo.stop();
  rmSync(folder, { recursive: true });
});

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

async function ask(
  query: string,
  variables: unknown = {},
  headers: Record<string, string> = bearer(callers.north.key),
) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': PEOPLE[1].email,
      traceparent: PEOPLE[1].email,
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: Record<string, unknown> | null; errors?: unknown };
  if (answer.errors !== undefined) wrongAnswers.push(JSON.stringify(answer.errors));
  return answer;
}

const WRITE = 'outcome userErrors { field code message vendorCode vendorMessage } receipt { field status }';
const CREATE = `mutation Create($input: CustomerCreateInput!) { customerCreate(input: $input) { ${WRITE} } }`;
const UPSERT = `mutation Upsert($input: CustomerUpsertInput!) { customerUpsert(input: $input) { ${WRITE} } }`;
const READ = `query Read($accounts: [ID!], $email: String!, $phone: String!) {
  customers(first: 3, accounts: $accounts) { nodes { id completeness birthday createdAt } sources { state error { code message } } }
  customerEvents(first: 2, accounts: $accounts) { sources { state error { code message } } }
  mail: customerLookup(by: { email: $email }, accounts: $accounts) { sources { state error { code message } } }
  phone: customerLookup(by: { phone: $phone }, accounts: $accounts) { sources { state error { code message } } }
}`;

function inputFor(vendor: string, { fullName, email, phone }: (typeof PEOPLE)[number]) {
  const names = { firstName: fullName.slice(0, 3), lastName: fullName };
  if (vendor === 'fecify') return { ...names, email };
  if (vendor === 'ladiflow' || vendor === 'mercately') return { ...names, email, phone };
  return { fullName, email, phone };
}

async function readAndWrite(vendor: string, kind: string, turn: number): Promise<void> {
  const accountId = `${vendor}-${kind}`;
  const person = PEOPLE[turn % PEOPLE.length] ?? PEOPLE[0];
  const input = { accountId, customer: inputFor(vendor, person), idempotencyKey: `${kind} ${person.email}` };
  const read = { accounts: [accountId], email: person.email, phone: person.phone };
  const answers = await Promise.all([
    ask(vendor === 'salekit' ? UPSERT : CREATE, { input }),
    ask(READ, read),
    ask(READ, read),
    ask(`{ customerLookup(by: { email: "${person.email}" }) { sources { state } } }`),
  ]);
  // What a write answers is said in `data`: the words of its errors are searched too.
  for (const { data } of answers) wrongAnswers.push(JSON.stringify(data ?? null));
}

test('a mixed load, with failures of every kind, a defect and a crash', async () => {
  for (const [turn, kind] of KINDS.entries()) {
    const stops = [...demo.emulators.values()].map((emulator) =>
      kind === 'none'
        ? () => {}
        : emulator.fault({
            kind,
            ...(kind === 'redirect' ? { headers: { location: `${origin}/${PEOPLE[2].email}` } } : {}),
          }),
    );
    await Promise.all(demo.accounts.map(({ vendor }, index) => readAndWrite(vendor, kind, turn + index)));
    for (const stop of stops) stop();
    for (const emulator of demo.emulators.values()) {
      for (const exchange of emulator.exchanges)
        arrived.add(JSON.stringify([exchange.url, exchange.headers, exchange.body]));
      emulator.forget();
    }
  }

  // What is refused before or beside the graph.
  const [person] = PEOPLE;
  await ask('{ vendors { key } }', {}, bearer(stranger));
  await ask('{ vendors { key } }', {}, { 'router-authorization': `Bearer ${stranger}` });
  await ask('{ _service { sdl } }', {}, { 'router-authorization': `Bearer ${secrets.ROUTER_SECRET}` });
  await ask(`query { customer(id: "${person.email}") { fullName } }`);
  // Mistyped, so that the GraphQL language itself complains.
  const { fullName, email, phone } = person;
  await ask(CREATE, { input: { accountId: email, customer: [fullName, email, phone] } });
  await ask(CREATE, { input: { accountId: email, customer: { gender: fullName, leadScore: phone, [email]: 1 } } });
  await ask(
    `{ customers(first: "${email}", filter: { text: ["${fullName}"], tags: 1 }, accounts: { x: "${phone}" }) }`,
  );
  await ask(`{ customers "${fullName}" }`);
  const inAddress = `query=${encodeURIComponent(`{ customerLookup(by: { phone: "${person.phone}" }) { sources { state } } }`)}`;
  for (const path of [`/graphql?${inAddress}`, `/${person.email}?key=${callers.north.key}`, `/status/${person.phone}`])
    wrongAnswers.push(
      await (
        await fetch(origin + path, { headers: { ...bearer(callers.north.key), 'apollo-require-preflight': '1' } })
      ).text(),
    );
  const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"query": ${person.email}` };
  wrongAnswers.push(await (await fetch(`${origin}/graphql`, broken)).text());

  // A bug of ours, in the middle of a read.
  const defect = await ask(READ, {
    accounts: ['mercately-none'],
    email: `defect.${person.email}`,
    phone: person.phone,
  });
  expect(JSON.stringify(defect)).toContain('INTERNAL_SERVER_ERROR');

  const statusOf = async (tenant: keyof typeof callers, accept: string) => {
    const response = await fetch(`${origin}/status`, { headers: { accept, ...bearer(callers[tenant].key) } });
    expect(response.status).toBe(200);
    return response.text();
  };
  outputs['status of the own tenant'] = await statusOf('north', 'application/json');
  outputs['status page of another tenant'] = await statusOf('south', 'text/html');
  expect(outputs['status page of another tenant']).not.toMatch(/north|salekit-none/);
  const [, metrics = ''] = /Metrics are at (\S+)\.\n/.exec(program.said.output) ?? [];
  expect((await fetch(metrics)).status).toBe(401);
  outputs.metrics = await (await fetch(metrics, { headers: bearer(secrets.METRICS_TOKEN) })).text();

  program.child.kill('SIGUSR2');
  expect(await program.ended).toBe(1);
  outputs['standard output'] = program.said.output;
  outputs['standard error'] = program.said.complaints;
  outputs.traces = readFileSync(join(folder, 'traces.txt'), 'utf8');
  outputs['answers with errors'] = wrongAnswers.join('\n');
}, 120_000);

test('it really was everything: all of it went to CRMs, and all was written about', () => {
  const sent = [...arrived].join('\n');
  for (const value of vendorKeys) expect(sent).toContain(value);
  for (const { email } of PEOPLE) expect(sent).toContain(email);
  for (const { phone } of PEOPLE) expect(sent).toContain(phone.slice(4));
  for (const { fullName } of PEOPLE) expect(sent).toContain(fullName);
  const log = outputs['standard output'] ?? '';
  const count = (kind: string) => log.split(`"kind":"${kind}"`).length - 1;
  expect(count('operation')).toBeGreaterThan(300);
  expect(count('vendorCall')).toBeGreaterThan(500);
  expect(count('audit')).toBeGreaterThan(60);
  expect(outputs['standard error']?.match(/"kind":"defect"/g)?.length).toBeGreaterThanOrEqual(2);
  expect(outputs['standard error']).toContain('"correlationId":"unhandledRejection"');
  expect(outputs['standard error']).not.toContain(join(import.meta.dirname, '..', '..'));
  expect(outputs.traces?.split('\n').length).toBeGreaterThan(500);
  for (const code of ['UNAVAILABLE', 'TIMEOUT', 'AUTH', 'BAD_RESPONSE', 'REJECTED'])
    expect(outputs.metrics).toMatch(new RegExp(`^crm_vendor_attempts_total\\{.*code="VENDOR_${code}"`, 'm'));
  const series = outputs.metrics?.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(series?.length).toBeLessThanOrEqual(1_000);
  // Lines are whole: nothing that came in could break one.
  for (const line of log.split('\n').filter((text) => text.startsWith('{"level"'))) JSON.parse(line);
});

/** However it may be spelled on the way. */
const spellings = (value: string): string[] => [value, encodeURIComponent(value), value.replace(/^\+/, '')];

test('none of the twenty values is anywhere in what was put out', () => {
  const planted = [
    ...vendorKeys,
    callers.north.key,
    callers.south.key,
    stranger,
    ...Object.values(secrets),
    ...PEOPLE.flatMap(({ fullName, email, phone }) => [fullName, email, phone]),
  ];
  expect(new Set(planted).size).toBe(20);
  const found = Object.entries(outputs).flatMap(([place, text]) =>
    planted.filter((value) => spellings(value).some((each) => text.includes(each))).map((value) => [place, value]),
  );
  expect(Object.keys(outputs)).toHaveLength(7);
  expect(found).toEqual([]);
});

test('settings do not show their secrets where somebody prints them', () => {
  const config = readConfig(environment, vendors, () => readFileSync(join(folder, 'accounts.json'), 'utf8'));
  for (const text of [inspect(config, { depth: 9 }), JSON.stringify(config), JSON.stringify(config.accounts[0])]) {
    expect(text).toContain('[redacted]');
    for (const value of [...vendorKeys, ...Object.values(secrets)]) expect(text).not.toContain(value);
  }
  expect(Object.values(config.accounts[0]?.credentials ?? {})).toHaveLength(1);
});
