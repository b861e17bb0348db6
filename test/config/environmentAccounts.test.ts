import { expect, test } from '@jest/globals';
import { type Environment, readConfig, SettingError } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';

const accountsOf = (environment: Environment) => readConfig(environment, vendors, () => '').accounts;
const theAccount = (environment: Environment) => {
  const accounts = accountsOf(environment);
  expect(accounts).toHaveLength(1);
  return accounts[0];
};
const complaintOf = (environment: Environment): string => {
  try {
    accountsOf(environment);
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
};

const EXCHANGE = {
  HEIDIANER_BASE_URL: 'https://shop.example.cn',
  HEIDIANER_CLIENT_ID: 'client',
  HEIDIANER_CLIENT_SECRET: 'client-secret',
  HEIDIANER_REFRESH_TOKEN: 'refresh',
};

test.each([
  ['salekit', { SALEKIT_TOKEN: 's' }, { token: 's' }, 'https://salekit.io/', 'VN', 'Asia/Ho_Chi_Minh'],
  [
    'ladiflow',
    { LADIFLOW_API_KEY: 'l' },
    { apiKey: 'l' },
    'https://api.service.ladiflow.com/1.0',
    'VN',
    'Asia/Ho_Chi_Minh',
  ],
  [
    'fecify',
    { FECIFY_SKILL_ACCESS_TOKEN: 'f', FECIFY_BASE_URL: 'https://shop.example.com' },
    { skillAccessToken: 'f' },
    'https://shop.example.com/',
    'CN',
    'Asia/Shanghai',
  ],
  ['mercately', { MERCATELY_API_KEY: 'm' }, { apiKey: 'm' }, 'https://app.mercately.com/', 'EC', 'America/Guayaquil'],
  [
    'heidianer',
    { HEIDIANER_ACCESS_TOKEN: 'h', HEIDIANER_BASE_URL: 'https://shop.example.cn' },
    { accessToken: 'h' },
    'https://shop.example.cn/',
    'CN',
    'Asia/Shanghai',
  ],
])('the credentials of %s make an account', (vendor, environment, credentials, baseUrl, region, timeZone) => {
  const account = theAccount(environment);
  expect(account).toMatchObject({ id: vendor, vendor, tenant: 'default', credentials, region, timeZone });
  expect(account?.baseUrl.href).toBe(baseUrl);
});

test('credentials of all five make five accounts', () => {
  const environment = {
    ...EXCHANGE,
    SALEKIT_TOKEN: 's',
    LADIFLOW_API_KEY: 'l',
    FECIFY_SKILL_ACCESS_TOKEN: 'f',
    FECIFY_BASE_URL: 'https://shop.example.com',
    MERCATELY_API_KEY: 'm',
  };
  expect(accountsOf(environment).map(({ id }) => id)).toEqual(vendors.map(({ key }) => key));
});

test('Heidianer takes a ready token, the three parts of an exchange, or both', () => {
  const exchange = { clientId: 'client', clientSecret: 'client-secret', refreshToken: 'refresh' };
  expect(theAccount(EXCHANGE)?.credentials).toEqual(exchange);
  expect(theAccount({ ...EXCHANGE, HEIDIANER_ACCESS_TOKEN: 'h' })?.credentials).toEqual({
    ...exchange,
    accessToken: 'h',
  });
});

test.each(['HEIDIANER_CLIENT_ID', 'HEIDIANER_CLIENT_SECRET', 'HEIDIANER_REFRESH_TOKEN'])(
  "Heidianer's exchange without %s is refused, with and without a ready token",
  (name) => {
    for (const more of [{}, { HEIDIANER_ACCESS_TOKEN: 'ready-token' }]) {
      const complaint = complaintOf({ ...EXCHANGE, ...more, [name]: '' });
      expect(complaint).toMatch(new RegExp(`^${name} is missing; .*\\.$`));
      for (const value of ['client-secret', 'refresh', 'ready-token']) expect(complaint).not.toContain(value);
    }
  },
);

test.each([
  ['FECIFY_BASE_URL', { FECIFY_SKILL_ACCESS_TOKEN: 'f' }],
  ['HEIDIANER_BASE_URL', { HEIDIANER_ACCESS_TOKEN: 'h' }],
])('%s is asked for where each account has its own address', (name, environment) => {
  expect(complaintOf(environment)).toMatch(new RegExp(`^${name} is missing`));
});

test.each([
  'mercately.example',
  'ftp://app.example',
  'https://user@app.example',
  'https://user:word@app.example',
  'https://app.example/?key=1',
  'https://app.example/#top',
  'javascript:alert(1)',
  'file:///etc/passwd',
])('the address %s is refused and not repeated', (address) => {
  const complaint = complaintOf({ MERCATELY_API_KEY: 'm', MERCATELY_BASE_URL: address });
  expect(complaint).toMatch(/^MERCATELY_BASE_URL must be .*\.$/);
  expect(complaint).not.toContain(address);
});

test('the path of an address is kept', () => {
  const account = theAccount({ LADIFLOW_API_KEY: 'l', LADIFLOW_BASE_URL: 'http://127.0.0.1:8080/proxy/1.0' });
  expect(account?.baseUrl.href).toBe('http://127.0.0.1:8080/proxy/1.0');
});

test.each([
  [undefined, 2],
  ['https://app.mercately.com', 2],
  ['https://mercately.shop', 2],
  ['https://app.mercately.com.evil.example', undefined],
  ['http://127.0.0.1:9000', undefined],
])("at %s the vendor's own quota is %s requests per second", (address, quota) => {
  const account = theAccount({ MERCATELY_API_KEY: 'm', MERCATELY_BASE_URL: address });
  expect(account?.requestsPerSecond).toBe(quota);
});

test('more requests run at once towards our own machine than towards a public host', () => {
  const at = (address: string | undefined) =>
    theAccount({ MERCATELY_API_KEY: 'm', MERCATELY_BASE_URL: address })?.concurrency;
  expect([at(undefined), at('http://127.0.0.1:9000'), at('http://localhost:9000'), at('http://[::1]:9000')]).toEqual([
    16, 256, 256, 256,
  ]);
});
