import { expect, test } from '@jest/globals';
import { type Environment, readConfig } from '../../src/config.ts';
import { vendors } from '../../src/vendors/index.ts';

const TOKEN = 'a-token-of-more-than-thirty-two-bytes';
const read = (environment: Environment) => readConfig(environment, vendors, () => '');

test('nothing is measured unless somebody is to see it, and operations are logged', () => {
  expect(read({})).toMatchObject({ metrics: undefined, logLevel: 'info' });
});

test('metrics have a listener of their own, a token, or both', () => {
  expect(read({ METRICS_PORT: '9464' }).metrics).toMatchObject({ listener: { host: '127.0.0.1', port: 9_464 } });
  expect(read({ METRICS_TOKEN: TOKEN }).metrics).toMatchObject({ listener: undefined, token: TOKEN });
  expect(read({ METRICS_PORT: '1', METRICS_HOST: '0.0.0.0', METRICS_TOKEN: TOKEN }).metrics).toMatchObject({
    listener: { host: '0.0.0.0', port: 1 },
    token: TOKEN,
  });
});

test.each([
  ['a host without a port', { METRICS_HOST: 'secret-value' }, /^METRICS_PORT must be set/],
  ['a port that is none', { METRICS_PORT: 'secret-value' }, /^METRICS_PORT must be a whole number/],
  ['a short token', { METRICS_TOKEN: 'secret-value' }, /^METRICS_TOKEN must have at least 32 bytes/],
  [
    'a token that fits no header',
    { METRICS_TOKEN: 'secret-value '.repeat(4) },
    /^METRICS_TOKEN must hold only letters/,
  ],
  ['an unknown level', { LOG_LEVEL: 'secret-value' }, /^LOG_LEVEL must be debug, info, error/],
])('%s is refused by its name and without its value', (_, environment, message) => {
  expect(() => read(environment)).toThrow(message);
  expect(() => read(environment)).not.toThrow(/secret-value/);
});
