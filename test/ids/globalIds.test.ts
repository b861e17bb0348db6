import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordType } from '../../src/crm/globalIds.ts';
import { createGlobalIds } from '../../src/ids/globalIds.ts';
import { deriveKeys } from '../../src/ids/secret.ts';

const SETTINGS = { seed: 20_260_101, numRuns: 500 };
const ids = createGlobalIds(deriveKeys(['a secret of more than thirty-two bytes']));

const type = fc.constantFrom<RecordType>('Customer', 'Tag', 'Segment');
const account = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const vendorId = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.nat().map(String), fc.emailAddress());
const id = fc.tuple(type, account, vendorId).map((parts) => ids.encode(...parts));

test('an id holds its type, its account and the id at the vendor', () => {
  fc.assert(
    fc.property(type, account, vendorId, (type, account, vendorId) => {
      expect(ids.decode(ids.encode(type, account, vendorId))).toEqual({ type, account, vendorId });
    }),
    SETTINGS,
  );
});

test('accounts with the longest id we allow can be addressed', () => {
  const longest = 'a'.repeat(64);
  expect(ids.decode(ids.encode('Tag', longest, '1'))).toEqual({ type: 'Tag', account: longest, vendorId: '1' });
});

test('an id can be put into a URL as it is', () => {
  fc.assert(
    fc.property(id, (id) => expect(encodeURIComponent(id)).toBe(id)),
    SETTINGS,
  );
});

test('two different records never share an id', () => {
  const parts = fc.tuple(type, account, vendorId);
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(one.join('\0') !== other.join('\0'));
      expect(ids.encode(...one)).not.toBe(ids.encode(...other));
    }),
    SETTINGS,
  );
  // The border between account and vendor id is part of the id.
  expect(ids.encode('Customer', 'shop1', '23')).not.toBe(ids.encode('Customer', 'shop', '123'));
});

/** A text near a valid id: changed, cut, longer, or spelled another way. */
const nearlyAnId = fc.tuple(id, fc.nat(), fc.nat(255), fc.nat(7)).map(([id, place, byte, way]) => {
  const at = place % id.length;
  const bytes = Buffer.from(id, 'base64url');
  if (way === 0) return id.slice(0, at);
  if (way === 1) return `${id}=`;
  if (way === 2) return `${id}${'='.repeat(4 - (id.length % 4))}`;
  if (way === 3) return bytes.toString('base64');
  if (way === 4) return `${id.slice(0, at)} ${id.slice(at)}`;
  if (way === 5) return `${id.slice(0, at)}${String.fromCharCode(33 + (byte % 94))}${id.slice(at + 1)}`;
  if (way === 6) return `${id}${String.fromCharCode(byte)}`;
  bytes[place % bytes.length] = byte;
  return bytes.toString('base64url');
});

test.each([
  ['a text near a valid id', nearlyAnId],
  ['any text', fc.string({ unit: 'binary' })],
  ['any bytes in base64url', fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64url'))],
])('%s is no id, or it is exactly the text we would have written', (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      const decoded = ids.decode(text);
      if (decoded !== undefined) expect(ids.encode(decoded.type, decoded.account, decoded.vendorId)).toBe(text);
    }),
    { ...SETTINGS, numRuns: 2_000 },
  );
});

test.each([
  ['nothing', ''],
  ['an id of another version', Buffer.from('2c04shop17').toString('base64url')],
  ['an unknown type', Buffer.from('1x04shop17').toString('base64url')],
  ['an id without an account', Buffer.from('1c0017').toString('base64url')],
  ['an id without a vendor id', Buffer.from('1c04shop').toString('base64url')],
  ['an account that is cut', Buffer.from('1c0zshop').toString('base64url')],
  ['a length with a sign', Buffer.from('1c+4shop17').toString('base64url')],
  ['broken UTF-8', Buffer.concat([Buffer.from('1c04shop'), Buffer.from([0xff])]).toString('base64url')],
  ['standard base64 with padding', Buffer.from('1c04shop17').toString('base64')],
  ['a text of a megabyte', 'MWMwNHNob3Ax'.repeat(87_000)],
])('%s is no id', (_, text) => {
  expect(ids.decode(text)).toBeUndefined();
});
