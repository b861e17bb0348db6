import { expect, test } from '@jest/globals';
import { type Environment, readConfig, SettingError } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';

const KEY = 'the-real-key-of-the-shop';
const ENVIRONMENT = { ACCOUNTS_FILE: '/etc/accounts.json', QUITO_KEY: KEY };
const QUITO = { id: 'quito', vendor: 'mercately', credentials: { apiKey: { env: 'QUITO_KEY' } } };

const readText = (text: string, environment: Environment = ENVIRONMENT) =>
  readConfig(environment, vendors, (path) => {
    expect(path).toBe('/etc/accounts.json');
    return text;
  });
const read = (accounts: unknown, environment?: Environment) => readText(JSON.stringify({ accounts }), environment);

function complaintOf(task: () => unknown): string {
  try {
    task();
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    expect(error.message).toMatch(/^[^\n]+\.$/);
    expect(error.message).not.toContain(KEY);
    return error.message;
  }
  throw new Error('the settings were accepted');
}

test('an account of the file is complete, with what its vendor supplies', () => {
  const { accounts, demo } = read([QUITO]);
  expect(demo).toBe(false);
  expect(accounts).toEqual([
    {
      id: 'quito',
      vendor: 'mercately',
      tenant: 'default',
      label: 'Mercately',
      baseUrl: new URL('https://app.mercately.com'),
      region: 'EC',
      timeZone: 'America/Guayaquil',
      credentials: { apiKey: KEY },
      concurrency: 16,
      requestsPerSecond: 2,
    },
  ]);
});

test('everything an account says wins over its vendor', () => {
  const given = {
    tenant: 'acme',
    label: 'Quito, north',
    region: 'PE',
    timeZone: 'America/Lima',
    limits: { requestsPerSecond: 0.5, concurrency: 3 },
  };
  const [account] = read([{ ...QUITO, ...given, baseUrl: 'https://mercately.shop/api' }]).accounts;
  const { limits, ...rest } = given;
  expect(account).toMatchObject({ ...rest, ...limits });
  expect(account?.baseUrl.href).toBe('https://mercately.shop/api');
});

test('what may be kept of an account is off unless it says so', () => {
  const cacheOf = (cache: unknown) => read([{ ...QUITO, cache }]).accounts[0]?.cache;
  expect(cacheOf(undefined)).toBeUndefined();
  expect(cacheOf({})).toEqual({ maxAge: undefined, stale: 0, shareInFlight: false });
  expect(cacheOf({ shareInFlight: true })).toEqual({ maxAge: undefined, stale: 0, shareInFlight: true });
  expect(cacheOf({ maxAgeSeconds: 86_400, staleSeconds: 86_400, shareInFlight: false })).toEqual({
    maxAge: 86_400_000,
    stale: 86_400_000,
    shareInFlight: false,
  });
  expect(cacheOf({ staleSeconds: 0 })).toMatchObject({ maxAge: undefined });
});

test('two accounts at one vendor, and one from the environment, live side by side', () => {
  const accounts = read([QUITO, { ...QUITO, id: 'cuenca' }], { ...ENVIRONMENT, MERCATELY_API_KEY: 'another' }).accounts;
  expect(accounts.map(({ id }) => id)).toEqual(['mercately', 'quito', 'cuenca']);
});

test.each([
  ['no JSON', '{"accounts":'],
  ['an empty file', ''],
])('%s is refused, without the words of the parser', (_, text) => {
  expect(complaintOf(() => readText(text))).toMatch(/^ACCOUNTS_FILE must name a readable file with JSON in it/);
});

test('a file that cannot be read is refused without its path', () => {
  const missing = () =>
    readConfig(ENVIRONMENT, vendors, (path) => {
      throw new Error(`ENOENT: no such file ${path}`);
    });
  expect(complaintOf(missing)).toMatch(/^ACCOUNTS_FILE must name a readable file/);
  expect(complaintOf(missing)).not.toContain('/etc');
});

test.each([
  ['no object', 'null', 'ACCOUNTS_FILE: the file'],
  ['an array', '[]', 'ACCOUNTS_FILE: the file'],
  ['no accounts', '{}', 'ACCOUNTS_FILE: accounts'],
  ['an unknown key', '{"accounts":[],"account":[]}', 'ACCOUNTS_FILE: the file'],
])('a file with %s is refused at its place', (_, text, place) => {
  expect(complaintOf(() => readText(text))).toContain(place);
});

test.each([
  ['an unknown key', { colour: 'red' }, 'accounts.0'],
  ['an unknown limit', { limits: { perDay: 1 } }, 'accounts.0.limits'],
  ['an unknown vendor', { vendor: 'salesforce' }, 'accounts.0.vendor'],
  ['a vendor by a name all objects have', { vendor: 'constructor' }, 'accounts.0.vendor'],
  ['no id', { id: undefined }, 'accounts.0.id'],
  ['an empty id', { id: '' }, 'accounts.0.id'],
  ['an id with a slash', { id: 'a/b' }, 'accounts.0.id'],
  ['an id of 65 letters', { id: 'a'.repeat(65) }, 'accounts.0.id'],
  ['a tenant with a space', { tenant: 'a b' }, 'accounts.0.tenant'],
  ['an empty label', { label: '' }, 'accounts.0.label'],
  ['a long label', { label: 'a'.repeat(101) }, 'accounts.0.label'],
  ['a region of three letters', { region: 'ECU' }, 'accounts.0.region'],
  ['a region in small letters', { region: 'ec' }, 'accounts.0.region'],
  ['an unknown time zone', { timeZone: 'America/Atlantis' }, 'accounts.0.timeZone'],
  ['an empty time zone', { timeZone: '' }, 'accounts.0.timeZone'],
  ['an address of another kind', { baseUrl: 'ftp://127.0.0.1' }, 'accounts.0.baseUrl'],
  ['no requests at all', { limits: { requestsPerSecond: 0 } }, 'accounts.0.limits.requestsPerSecond'],
  ['too many requests', { limits: { requestsPerSecond: 1_001 } }, 'accounts.0.limits.requestsPerSecond'],
  ['a quota in words', { limits: { requestsPerSecond: 'two' } }, 'accounts.0.limits.requestsPerSecond'],
  ['half a connection', { limits: { concurrency: 1.5 } }, 'accounts.0.limits.concurrency'],
  ['too many connections', { limits: { concurrency: 1_025 } }, 'accounts.0.limits.concurrency'],
  ['an unknown cache setting', { cache: { size: 5 } }, 'accounts.0.cache'],
  ['a cache that is no object', { cache: true }, 'accounts.0.cache'],
  ['no age at all', { cache: { maxAgeSeconds: 0 } }, 'accounts.0.cache.maxAgeSeconds: must be 1 to 86400'],
  ['an age of two days', { cache: { maxAgeSeconds: 172_800 } }, 'accounts.0.cache.maxAgeSeconds: must be 1 to 86400'],
  ['half a second', { cache: { maxAgeSeconds: 0.5 } }, 'accounts.0.cache.maxAgeSeconds: must be a whole number'],
  ['an age in words', { cache: { maxAgeSeconds: '60' } }, 'accounts.0.cache.maxAgeSeconds: must be a whole number'],
  ['an age below nothing', { cache: { maxAgeSeconds: 1, staleSeconds: -1 } }, 'cache.staleSeconds: must be 0 to 86400'],
  ['stale answers and none kept', { cache: { staleSeconds: 60 } }, 'cache.staleSeconds: needs maxAgeSeconds beside it'],
  ['sharing in words', { cache: { shareInFlight: 'yes' } }, 'cache.shareInFlight: must be true or false'],
  ['no credentials', { credentials: undefined }, 'accounts.0.credentials'],
  ['empty credentials', { credentials: {} }, 'accounts.0.credentials.apiKey'],
  ['a key in the file itself', { credentials: { apiKey: KEY } }, 'accounts.0.credentials.apiKey'],
  ['an unknown credential', { credentials: { ...QUITO.credentials, pin: { env: 'QUITO_KEY' } } }, 'credentials.pin'],
  [
    'a credential by a name all objects have',
    { credentials: { ...QUITO.credentials, constructor: { env: 'QUITO_KEY' } } },
    'credentials.constructor',
  ],
])('an account with %s is refused at its place', (_, change, place) => {
  const complaint = complaintOf(() => read([{ ...QUITO, ...change }]));
  expect(complaint).toMatch(/^ACCOUNTS_FILE: /);
  expect(complaint).toContain(place);
});

test('a credential whose variable is not set is refused by its place in the file', () => {
  for (const QUITO_KEY of [undefined, '']) {
    const complaint = complaintOf(() => read([QUITO], { ...ENVIRONMENT, QUITO_KEY }));
    expect(complaint).toMatch(/^ACCOUNTS_FILE: accounts\.0\.credentials\.apiKey\.env must name a variable that is set/);
  }
});

test('a key where the name of its variable belongs is not repeated', () => {
  complaintOf(() => read([{ ...QUITO, credentials: { apiKey: { env: KEY } } }]));
});

test('two accounts with one id are refused, also when one is from the environment', () => {
  expect(complaintOf(() => read([QUITO, QUITO]))).toContain('ACCOUNTS_FILE');
  const environment = { ...ENVIRONMENT, MERCATELY_API_KEY: 'another' };
  expect(complaintOf(() => read([{ ...QUITO, id: 'mercately' }], environment))).toContain('ACCOUNTS_FILE');
});

test('a wrong account is named by its place in the list', () => {
  expect(complaintOf(() => read([QUITO, { ...QUITO, id: 'cuenca', region: '?' }]))).toContain('accounts.1.region');
});
