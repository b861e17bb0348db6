import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { faultOf, faultOfRead } from './judge.ts';

// A small share of what "npm run fuzz" does, by the same script.

const ROOT = join(import.meta.dirname, '..', '..');

function fuzz(programArguments: readonly string[], nodeArguments: readonly string[] = [], env = {}) {
  return new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArguments, 'test/fuzz/fuzz.ts', ...programArguments], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

test('made-up requests and spoiled answers: all is answered well, and nearly all that is spoiled is read', async () => {
  const { code, said } = await fuzz(['--operations', '500', '--answers', '500']);
  expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
  expect(said).toContain('Nothing was found.');
  const [, share] = /that were read: [\d,]+ of 500 \((\d+)/.exec(said) ?? [];
  expect(Number(share)).toBeGreaterThanOrEqual(90);
  for (const vendor of ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'])
    expect(said).toMatch(new RegExp(`^of: .*${vendor} \\d`, 'm'));
  for (const outcome of ['data', 'partial data', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])
    expect(said).toMatch(new RegExp(`^answered with: .*${outcome} \\d`, 'm'));
}, 300_000);

test('a bug of ours is found, made small, and found again by what the report says', async () => {
  const broken = ['--import', join(ROOT, 'test', 'watching', 'preload.ts')];
  const bug = { DEFECT_AT: 'An Bình 9' };
  const { code, said } = await fuzz(['--operations', '2000', '--answers', '0', '--seed', '1'], broken, bug);
  expect({ code, said: code === 1 ? '' : said }).toEqual({ code: 1, said: '' });
  expect(said).toContain('! a defect was reported');
  const [, again = ''] = /again: npm run fuzz -- (.*)/.exec(said) ?? [];
  const second = await fuzz(again.split(' '), broken, bug);
  expect([second.code, second.said.includes('! a defect was reported')]).toEqual([1, true]);
}, 300_000);

test('settings that are none are named', async () => {
  expect(await fuzz(['--answers', 'x'])).toMatchObject({ code: 2, said: expect.stringContaining('--answers') });
  expect(await fuzz(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--operations') });
});

const json = (body: unknown, status = 200) => ({ status, type: 'application/json', text: JSON.stringify(body) });
const failed = (message: string, code = 'BAD_USER_INPUT') => ({ errors: [{ message, extensions: { code } }] });

test.each([
  ['a server error', json({ data: {} }, 500)],
  ['an internal error', json(failed('Something went wrong', 'INTERNAL_SERVER_ERROR'))],
  ['an unknown code', json(failed('No.', 'SOMETHING'))],
  ['no code', json({ errors: [{ message: 'No.' }] })],
  ['an empty list of errors', json({ errors: [] })],
  ['neither data nor errors', json({ extensions: {} })],
  ['a refusal without errors', json({ data: null }, 400)],
  ['a long message', json(failed('x'.repeat(201)))],
  ['a place in our code', json(failed('Cannot read x at f (a.ts:1:2)'))],
  ["the caller's value", json(failed('ID cannot represent value: "ana.ruiz.geheim@example.ec"'))],
  ['a key', json(failed('You sent salekit-demo-token', 'VENDOR_REJECTED'))],
  [
    'a key told by a write',
    json({ data: { a: { userErrors: [{ code: 'CONFLICT', vendorMessage: 'salekit-demo-token' }] } } }),
  ],
  ['a strange state', json({ data: { a: { sources: [{ state: 'FINE' }] } } })],
  ['a strange code in a source', json({ data: { a: { sources: [{ state: 'FAILED', error: { code: 'X' } }] } } })],
  ['half a character', { ...json(null), text: '{"data":{"a":"\\ud83d"}}' }],
  ['no JSON', { ...json(null), text: '{"data":' }],
  ['a list', json([{ data: {} }])],
])('the judge refuses %s', (_what, answer) => {
  expect(faultOf(answer)).toBeDefined();
});

test('the judge takes data, refusals and both', () => {
  expect(faultOf(json({ data: { a: { sources: [{ state: 'OK', error: null }], name: '\\ud83d' } } }))).toBeUndefined();
  expect(faultOf(json(failed('No.', 'GRAPHQL_PARSE_FAILED'), 400))).toBeUndefined();
  expect(faultOf(json({ data: null, ...failed('No.') }))).toBeUndefined();
});

test('a read that was right is never refused as a whole', () => {
  expect(faultOfRead(json(failed('No.')))).toBeDefined();
  expect(faultOfRead(json({ data: { a: null }, ...failed('No.', 'GRAPHQL_VALIDATION_FAILED') }))).toBeDefined();
  expect(faultOfRead(json({ data: { a: null }, ...failed('No.', 'VENDOR_BAD_RESPONSE') }))).toBeUndefined();
});
