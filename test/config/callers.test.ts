import { describe, expect, test } from '@jest/globals';
import { type Environment, readConfig } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';

const read = (environment: Environment) =>
  readConfig(environment, vendors, () => {
    throw new Error('no file is read here');
  });
const JWT = {
  AUTH_MODE: 'jwt',
  JWT_ISSUER: 'https://login.example.com/',
  JWT_AUDIENCE: 'crm',
  JWT_JWKS_URL: 'https://login.example.com/jwks.json',
};
const LONG = 'x'.repeat(40);

describe('who may call', () => {
  test('nobody is asked by default, on the loopback interface only', () => {
    expect(read({}).authentication).toBeUndefined();
    expect(() => read({ HOST: '0.0.0.0' })).toThrow(/^HOST must be a loopback address .* while AUTH_MODE is none/);
  });

  test('keys and tokens open the other interfaces', () => {
    expect(read({ AUTH_MODE: 'keys', CALLERS_FILE: 'callers.json', HOST: '0.0.0.0' })).toMatchObject({
      host: '0.0.0.0',
      authentication: { mode: 'keys', callersFile: 'callers.json' },
    });
    expect(read({ ...JWT, HOST: '0.0.0.0' }).authentication).toEqual({
      mode: 'jwt',
      issuer: JWT.JWT_ISSUER,
      audience: 'crm',
      jwksUrl: new URL(JWT.JWT_JWKS_URL),
      tenantClaim: 'tenant',
    });
  });

  test.each<[string, Environment, RegExp]>([
    ['an unknown mode', { AUTH_MODE: 'secret-mode' }, /^AUTH_MODE must be none, keys or jwt/],
    ['keys without a file', { AUTH_MODE: 'keys' }, /^CALLERS_FILE must be set/],
    ['tokens without an issuer', { ...JWT, JWT_ISSUER: '' }, /^JWT_ISSUER must be set/],
    ['tokens without an audience', { ...JWT, JWT_AUDIENCE: '' }, /^JWT_AUDIENCE must be set/],
    [
      'keys of the issuer over http',
      { ...JWT, JWT_JWKS_URL: 'http://login.example.com/jwks' },
      /^JWT_JWKS_URL must be an https address/,
    ],
    ['an address that is none', { ...JWT, JWT_JWKS_URL: 'secret-mode' }, /^JWT_JWKS_URL must be an http/],
    ['a short router secret', { ROUTER_SECRET: 'secret-mode' }, /^ROUTER_SECRET must have at least 32 bytes/],
    ['a router secret no header can carry', { ROUTER_SECRET: `${LONG} secret-mode` }, /^ROUTER_SECRET must hold only/],
    [
      'a proxy that is no address',
      { TRUSTED_PROXIES: '10.0.0.0/8, secret-mode' },
      /^TRUSTED_PROXIES must be addresses/,
    ],
    ...[
      '*',
      'null',
      'secret-mode',
      'https://secret-mode.example/',
      'https://*.secret-mode',
      'https://SECRET.example',
      'file://secret-mode',
    ].map((origin): [string, Environment, RegExp] => [
      `${origin} as an origin`,
      { CORS_ORIGINS: `https://shop.example.com, ${origin}` },
      /^CORS_ORIGINS must be origins/,
    ]),
    ['a drain time that is no number', { DRAIN_MS: 'secret-mode' }, /^DRAIN_MS must be a whole number/],
  ])('%s is refused by its name and without its value', (_name, environment, message) => {
    expect(() => read(environment)).toThrow(message);
    expect(() => read(environment)).not.toThrow(/secret-mode/);
  });
});

test('origins are taken as they are, and none is allowed unless it is listed', () => {
  expect(read({}).corsOrigins).toEqual([]);
  expect(read({ CORS_ORIGINS: 'https://shop.example.com, http://localhost:5173,' }).corsOrigins).toEqual([
    'https://shop.example.com',
    'http://localhost:5173',
  ]);
});

describe('in production', () => {
  const production = {
    NODE_ENV: 'production',
    CRM_SECRET: LONG,
    MERCATELY_API_KEY: 'key',
    FECIFY_SKILL_ACCESS_TOKEN: 'token',
  };

  test('keys leave by https only, and for hosts that somebody named', () => {
    expect(() => read({ ...production, FECIFY_BASE_URL: 'http://shop.example.com/private' })).toThrow(
      /base URL of account "fecify" must be https/,
    );
    expect(() => read({ ...production, FECIFY_BASE_URL: 'https://shop.example.com/private' })).toThrow(
      /^CRM_HOSTS must list the host of account "fecify"/,
    );
    for (const CRM_HOSTS of ['shop.example.com', 'other.example.org, *.example.com']) {
      expect(
        read({ ...production, FECIFY_BASE_URL: 'https://shop.example.com/private', CRM_HOSTS }).accounts,
      ).toHaveLength(2);
    }
    expect(() =>
      read({ ...production, FECIFY_BASE_URL: 'https://evilexample.com/private', CRM_HOSTS: '*.example.com' }),
    ).toThrow(/^CRM_HOSTS/);
  });

  test("the CRM's own public hosts need no naming", () => {
    expect(
      read({
        NODE_ENV: 'production',
        CRM_SECRET: LONG,
        HEIDIANER_ACCESS_TOKEN: 'token',
        HEIDIANER_BASE_URL: 'https://shop.heidianer.com',
      }).accounts,
    ).toHaveLength(1);
  });
});
