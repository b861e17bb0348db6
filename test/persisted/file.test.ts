import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Environment, readConfig } from '../../src/config.ts';
import { startService } from '../../src/service.ts';
import { vendors } from '../../src/vendors/index.ts';
import { createLog } from '../../src/watching/log.ts';
import { digestOf, listed, manifestOf, writeManifest } from './manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'safelist-'));
const file = join(folder, 'secret-name.json');
afterAll(() => rmSync(folder, { recursive: true }));

const ACCOUNT = { HEIDIANER_ACCESS_TOKEN: 'token', HEIDIANER_BASE_URL: 'http://127.0.0.1:1', STORE_FILE: ':memory:' };
const read = (environment: Environment) => readConfig({ ...ACCOUNT, PORT: '0', ...environment }, vendors, () => '');
const log = createLog(
  'error',
  () => {},
  () => {},
);
const OPERATION = listed('query Secret { accounts { id } }');

test('documents are sent whole by default, by their digest if that is wanted, or are those of a file', () => {
  expect(read({}).persisted).toBeUndefined();
  expect(read({ PERSISTED_QUERIES: 'off' }).persisted).toBeUndefined();
  expect(read({ PERSISTED_QUERIES: 'automatic' }).persisted).toEqual({ mode: 'automatic' });
  expect(read({ SAFELIST_FILE: file }).persisted).toEqual({ mode: 'safelist', file });
});

test.each([
  ['an unknown way', { PERSISTED_QUERIES: 'secret-way' }, /^PERSISTED_QUERIES must be off or automatic/],
  [
    'both ways',
    { PERSISTED_QUERIES: 'automatic', SAFELIST_FILE: 'secret-name' },
    /^PERSISTED_QUERIES must be off when/,
  ],
])('%s is refused by the name of the setting', (_, environment, sentence) => {
  expect(() => read(environment)).toThrow(sentence);
  expect(() => read(environment)).not.toThrow(/secret/);
});

test.each([
  ['a file that is not there', undefined, /^SAFELIST_FILE must name a readable file/],
  ['a file that is no JSON', '{"secret', /^SAFELIST_FILE must name a readable file/],
  ['another format', { ...manifestOf([]), format: 'secret' }, /^SAFELIST_FILE format: must be "apollo-persisted-query/],
  ['another version', { ...manifestOf([]), version: 2 }, /^SAFELIST_FILE version: must be 1/],
  ['an operation without a document', manifestOf([{ ...OPERATION, body: '' }]), /^SAFELIST_FILE operations\.0\.body: /],
  [
    'a document that was edited under its digest',
    manifestOf([OPERATION, listed('query Secret { vendors { key } }', digestOf(OPERATION.body))]),
    /^SAFELIST_FILE operations\.1: the id is no SHA-256 digest/,
  ],
  [
    'the same in the spelling of other tools',
    manifestOf([OPERATION, listed('query Secret { vendors { key } }', `sha256:${digestOf(OPERATION.body)}`)]),
    /^SAFELIST_FILE operations\.1: the id is no SHA-256 digest/,
  ],
  [
    'an id with two documents',
    manifestOf([listed('{ accounts { id } }', 'secret'), listed('{ vendors { key } }', 'secret')]),
    /^SAFELIST_FILE operations\.1: two operations have this id/,
  ],
  ['more than 4 MiB', ' '.repeat(4 * 1024 * 1024 + 1), /^SAFELIST_FILE must not be larger than 4 MiB/],
])('%s stops the start with one sentence', async (_, content, sentence) => {
  rmSync(file, { force: true });
  if (content !== undefined) writeManifest(file, content);
  const refusal: unknown = await startService(read({ SAFELIST_FILE: file }), log).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ message: expect.stringMatching(sentence) });
  expect(refusal).toMatchObject({
    message: expect.stringMatching(/; (correct it|make the file anew; correct it|give each its own; correct it)\.$/),
  });
  expect(String(refusal)).not.toMatch(/secret/i);
});
