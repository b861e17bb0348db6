import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Findings, runAlone } from './runAlone.ts';
import { json, raw, startVendor, type TestVendor } from './testVendor.ts';

// What a hostile answer may cost us, measured in a process that does nothing else.

const MEBIBYTE = 1024 * 1024;
const MOST_MEBIBYTES = 50;
/** What is read and not refused is in memory as bytes, as text and as values; here two of it, one after the other. */
const MOST_MEBIBYTES_READ = 100;
const LONGEST_STALL_MS = 100;
/** Others on the machine slow the processor down, and the collector comes when it likes; hardly so at every run. */
const MOST_RUNS = 3;
/** As many as an answer may have. */
const MOST_VALUES = 100_000;
const MOST_KEYS = 30_000;

let vendor: TestVendor;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(() => vendor.reset());
afterAll(() => vendor.close());

const packed = (text: string | Buffer): RequestListener => raw(gzipSync(text), 200, { 'content-encoding': 'gzip' });
const list = (length: number, item: (index: number) => string) =>
  `[${Array.from({ length }, (_, index) => item(index)).join()}]`;
/** Keys that are all different, and of which none helps to guess the next. */
const keyOf = (index: number) => `"k${((index * 2_654_435_761) % 2 ** 32).toString(36)}"`;
const object = (keys: number, first = 0) =>
  `{${Array.from({ length: keys }, (_, index) => `${keyOf(first + index)}:1`).join()}}`;
const filled = (piece: string) => `"${piece.repeat((10 * MEBIBYTE - 2) / Buffer.byteLength(piece))}"`;

const spaces = Buffer.alloc(64 * 1024, ' ');
const endless: RequestListener = (_, outgoing) => {
  outgoing.writeHead(200);
  const more = () => {
    while (!outgoing.destroyed && outgoing.write(spaces));
  };
  outgoing.on('drain', more);
  more();
};

const REFUSED = 'VENDOR_BAD_RESPONSE unknown';

test.each<[string, string, RequestListener]>([
  ['eleven mebibytes', REFUSED, raw(Buffer.alloc(11 * MEBIBYTE, ' '))],
  ['a body without an end', REFUSED, endless],
  ['64 mebibytes, packed', REFUSED, packed(Buffer.alloc(64 * MEBIBYTE, ' '))],
  ['three million numbers', REFUSED, raw(`[${'7,'.repeat(3_000_000)}7]`)],
  ['three million empty objects', REFUSED, raw(`[${'{},'.repeat(3_000_000)}7]`)],
  ['two million levels', REFUSED, raw('['.repeat(2_000_000) + ']'.repeat(2_000_000))],
  ['82,000 lists of 64 levels', REFUSED, raw(list(82_000, () => '['.repeat(63) + ']'.repeat(63)))],
  ['490,000 keys in one object', REFUSED, raw(object(490_000))],
  ['490,000 objects of one key', REFUSED, raw(list(490_000, (index) => object(1, index)))],
  ['as many keys as may be, in one object', 'fine', raw(object(MOST_KEYS))],
  ...[1, 3, 50, 1_000].map((keys): [string, string, RequestListener] => [
    `as many keys as may be, ${keys} in an object`,
    'fine',
    raw(list(MOST_KEYS / keys, (index) => object(keys, index * keys))),
  ]),
  ['as many lists as may be', 'fine', raw(list(MOST_VALUES / 2 - 1, () => '[]'))],
  ['as many long numbers as may be', 'fine', raw(list(MOST_VALUES - 2, () => '12345678901234567'))],
  ['as many texts as may be', 'fine', raw(list(MOST_VALUES - 2, (index) => `"${'text '.repeat(18)}${index}"`))],
  [
    'as many texts and long numbers as may be',
    'fine',
    raw(list(MOST_VALUES / 2 - 2, () => '"\\ud800",12345678901234567')),
  ],
  [
    'as many keys as may be, all broken',
    'fine',
    raw(`{${list(MOST_KEYS, (index) => `"${'\\ud800'.repeat(50)}${index}":1`).slice(1, -1)}}`),
  ],
  ['ten mebibytes of one text', 'fine', raw(filled('x'))],
  ['ten mebibytes of one text, packed', 'fine', packed(filled('x'))],
  ['ten mebibytes of signs of three bytes', 'fine', raw(filled('王'))],
  ['ten mebibytes of escaped quotes', 'fine', raw(filled('\\"'))],
  ['ten mebibytes of escaped pairs', 'fine', raw(filled('\\ud83d\\ude00'))],
  ['ten mebibytes of halves of pairs', 'fine', raw(filled('\\ud800'))],
  [
    'ten mebibytes of one text beside a long number',
    'fine',
    raw(`[${filled('x'.repeat(10))},12345678901234567]`.replace('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', '')),
  ],
  ['ten mebibytes of numbers without commas', REFUSED, raw(`${'123456789012345 '.repeat(655_359)}1234567890123456`)],
  ['ten mebibytes of numbers, far apart', 'fine', raw(list(160, () => `12345678901234567${' '.repeat(65_000)}`))],
  ['as many numbers as may be', 'fine', raw(list(MOST_VALUES - 2, () => `${'9'.repeat(60)}.5`.padEnd(100)))],
  ['ten mebibytes of digits', REFUSED, raw('7'.repeat(10 * MEBIBYTE))],
  ['sixty-four levels', 'fine', raw('['.repeat(64) + ']'.repeat(64))],
])('%s', async (_name, outcome, listener) => {
  const mostMebibytes = outcome === REFUSED ? MOST_MEBIBYTES : MOST_MEBIBYTES_READ;
  const fits = ({ grownMebibytes, stallMilliseconds }: Findings) =>
    grownMebibytes <= mostMebibytes && stallMilliseconds <= LONGEST_STALL_MS;
  let findings: Findings | undefined;
  for (let run = 0; run < MOST_RUNS && !(findings && fits(findings)); run += 1) {
    await vendor.reset();
    vendor.answer((incoming, outgoing) => (vendor.requests.length > 1 ? listener : json({}))(incoming, outgoing));
    findings = await runAlone(vendor.baseUrl.href, 2, {}, 'warm');
    expect(findings.outcomes).toEqual([outcome]);
  }
  expect(findings?.grownMebibytes).toBeLessThanOrEqual(mostMebibytes);
  expect(findings?.stallMilliseconds).toBeLessThanOrEqual(LONGEST_STALL_MS);
});
