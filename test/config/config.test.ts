import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Environment, readConfig, SettingError } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';

const SECRET = 'a secret of more than thirty-two bytes';

const configOf = (environment: Environment) => readConfig(environment, vendors, () => '{"accounts":[]}');

/** The one sentence that a wrong setting is answered with. */
function complaintOf(environment: Environment): string {
  try {
    configOf(environment);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    expect(error.message).toMatch(/^[^\n]+\.$/);
    return error.message;
  }
  throw new Error('the settings were accepted');
}

test('without any setting it is a demo on the loopback interface', () => {
  expect(configOf({})).toMatchObject({
    port: 4_000,
    host: '127.0.0.1',
    production: false,
    demo: true,
    accounts: [],
    callTimeout: 5_000,
    operationTimeout: 10_000,
  });
});

test('an empty text is a setting that is not set', () => {
  const names = ['PORT', 'HOST', 'NODE_ENV', 'CRM_SECRET', 'CRM_SECRET_PREVIOUS', 'ACCOUNTS_FILE', 'CALL_TIMEOUT_MS'];
  const empty = Object.fromEntries([...names, 'OPERATION_TIMEOUT_MS', 'LADIFLOW_API_KEY'].map((name) => [name, '']));
  expect(configOf(empty)).toEqual(configOf({}));
});

test('the settings are what is set', () => {
  const config = configOf({
    PORT: '0',
    HOST: '::1',
    CALL_TIMEOUT_MS: '1',
    OPERATION_TIMEOUT_MS: '60000',
    CRM_SECRET: SECRET,
    CRM_SECRET_PREVIOUS: `${SECRET}, the old one`,
  });
  expect(config).toMatchObject({ port: 0, host: '::1', callTimeout: 1, operationTimeout: 60_000 });
  expect(config.secrets).toEqual([SECRET, `${SECRET}, the old one`]);
});

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '8e1'],
  ['PORT', '80 '],
  ['PORT', '0x50'],
  ['CALL_TIMEOUT_MS', '0'],
  ['CALL_TIMEOUT_MS', '60001'],
  ['OPERATION_TIMEOUT_MS', '1.5'],
  ['HOST', '0.0.0.0'],
  ['HOST', '::'],
  ['HOST', '127.0.0.1.evil.example'],
  ['HOST', 'localhost.evil.example'],
  ['SCHEMA_PREFIX', 'crm'],
  ['SCHEMA_PREFIX', '1Crm'],
  ['SCHEMA_PREFIX', 'Crm_'],
  ['SCHEMA_PREFIX', `C${'r'.repeat(20)}`],
  ['CRM_SECRET', 'x'.repeat(31)],
  ['CRM_SECRET_PREVIOUS', 'x'.repeat(31)],
])('%s=%s is refused in one sentence that names the setting', (name, value) => {
  expect(complaintOf({ [name]: value })).toMatch(new RegExp(`^${name} must `));
});

test('the smallest and largest ports, hosts and secrets are accepted', () => {
  for (const PORT of ['0', '65535']) expect(configOf({ PORT }).port).toBe(Number(PORT));
  for (const HOST of ['localhost', '127.0.0.1', '127.8.8.8', '::1']) expect(configOf({ HOST }).host).toBe(HOST);
  for (const SCHEMA_PREFIX of ['C', `C${'r'.repeat(19)}`])
    expect(configOf({ SCHEMA_PREFIX }).schemaPrefix).toBe(SCHEMA_PREFIX);
  expect(configOf({ CRM_SECRET: 'x'.repeat(32) }).secrets).toEqual(['x'.repeat(32)]);
  // Bytes count, not letters.
  expect(configOf({ CRM_SECRET: '王'.repeat(11) }).secrets).toHaveLength(1);
});

test('a refusal never repeats the value', () => {
  const wrong = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 20 }).map((text) => `${text}~§~${text}`);
  const name = fc.constantFrom(
    'PORT',
    'HOST',
    'CALL_TIMEOUT_MS',
    'OPERATION_TIMEOUT_MS',
    'LADIFLOW_BASE_URL',
    'FECIFY_BASE_URL',
  );
  fc.assert(
    fc.property(name, wrong, (name, value) => {
      const complaint = complaintOf({
        LADIFLOW_API_KEY: 'k',
        FECIFY_SKILL_ACCESS_TOKEN: 't',
        FECIFY_BASE_URL: 'http://x',
        [name]: value,
      });
      expect(complaint).toContain(name);
      expect(complaint).not.toContain(value);
    }),
    { seed: 20_260_401, numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{8,30}$/), (value) => {
      expect(complaintOf({ CRM_SECRET: value })).not.toContain(value);
    }),
    { seed: 20_260_402, numRuns: 100 },
  );
});

test('production takes neither the demo nor the development secret', () => {
  expect(complaintOf({ NODE_ENV: 'production' })).toContain('ACCOUNTS_FILE');
  expect(complaintOf({ NODE_ENV: 'production', CRM_SECRET: SECRET })).toContain('ACCOUNTS_FILE');
  expect(complaintOf({ NODE_ENV: 'production', LADIFLOW_API_KEY: 'k' })).toMatch(/^CRM_SECRET must be set/);
  const config = configOf({ NODE_ENV: 'production', LADIFLOW_API_KEY: 'k', CRM_SECRET: SECRET });
  expect(config).toMatchObject({ production: true, demo: false, secrets: [SECRET] });
});

test('outside production the secret is known, and the same after a restart', () => {
  expect(configOf({}).secrets).toEqual(configOf({}).secrets);
  expect(configOf({}).secrets[0]?.length).toBeGreaterThanOrEqual(32);
});
