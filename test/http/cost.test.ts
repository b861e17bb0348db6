import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { runAlone } from './runAlone.ts';
import { json, raw, startVendor, type TestVendor } from './testVendor.ts';

// What a hostile answer may cost us, measured in a process that does nothing else.

const MEBIBYTE = 1024 * 1024;
const MOST_MEBIBYTES = 50;
const LONGEST_STALL_MS = 250;

let vendor: TestVendor;
beforeAll(async () => {
  vendor = await startVendor();
});
beforeEach(() => vendor.reset());
afterAll(() => vendor.close());

const spaces = Buffer.alloc(64 * 1024, ' ');

test.each([
  ['eleven mebibytes', raw(Buffer.alloc(11 * MEBIBYTE, ' '))],
  [
    'a body without an end',
    (_: unknown, outgoing: import('node:http').ServerResponse) => {
      outgoing.writeHead(200);
      const more = () => {
        while (!outgoing.destroyed && outgoing.write(spaces));
      };
      outgoing.on('drain', more);
      more();
    },
  ],
  ['64 mebibytes, packed', raw(gzipSync(Buffer.alloc(64 * MEBIBYTE, ' ')), 200, { 'content-encoding': 'gzip' })],
  ['three million numbers', raw(`[${'7,'.repeat(3_000_000)}7]`)],
  ['three million empty objects', raw(`[${'{},'.repeat(3_000_000)}7]`)],
  ['two million levels', raw('['.repeat(2_000_000) + ']'.repeat(2_000_000))],
])('%s', async (_name, listener) => {
  vendor.answer((incoming, outgoing) => (vendor.requests.length > 1 ? listener : json({}))(incoming, outgoing));
  const { outcomes, grownMebibytes, stallMilliseconds } = await runAlone(vendor.baseUrl.href, 2, {}, 'warm');
  expect(outcomes).toEqual(['VENDOR_BAD_RESPONSE unknown']);
  expect(grownMebibytes).toBeLessThanOrEqual(MOST_MEBIBYTES);
  expect(stallMilliseconds).toBeLessThanOrEqual(LONGEST_STALL_MS);
});
