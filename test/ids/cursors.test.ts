import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../src/crm/json.ts';
import { createCursors } from '../../src/ids/cursors.ts';
import { deriveKeys } from '../../src/ids/secret.ts';

const SETTINGS = { seed: 20_260_103, numRuns: 200 };
const OLD = 'the old secret, more than thirty-two bytes long';
const NEW = 'the new secret, more than thirty-two bytes long';
const cursors = createCursors(deriveKeys([NEW]));

// -0 is no JSON: it is written as 0.
const position = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const boundTo = fc.string({ unit: 'binary' });

test('a cursor holds its position', () => {
  fc.assert(
    fc.property(position, boundTo, (position, boundTo) => {
      expect(cursors.decode(cursors.encode(position, boundTo), boundTo)).toEqual(position);
    }),
    SETTINGS,
  );
});

test('a cursor opens for the text it is bound to and for no other', () => {
  fc.assert(
    fc.property(position, boundTo, boundTo, (position, one, other) => {
      fc.pre(one !== other);
      expect(cursors.decode(cursors.encode(position, one), other)).toBeUndefined();
    }),
    SETTINGS,
  );
  // What a cursor is bound to cannot be moved over into its position.
  expect(cursors.decode(cursors.encode(11, 'tenant'), 'tenant1')).toBeUndefined();
});

test('a cursor with any one byte changed is refused', () => {
  const cursor = cursors.encode({ heidianer: '3', mercately: null }, 'customers');
  const bytes = Buffer.from(cursor, 'base64url');
  for (let place = 0; place < bytes.length; place += 1) {
    for (const flip of [1, 0x20, 0x80]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(place) ^ flip, place);
      expect(cursors.decode(changed.toString('base64url'), 'customers')).toBeUndefined();
    }
  }
});

test('a cursor that is cut, longer or spelled another way is refused', () => {
  const cursor = cursors.encode({ heidianer: '3' }, 'customers');
  for (let length = 0; length < cursor.length; length += 1) {
    expect(cursors.decode(cursor.slice(0, length), 'customers')).toBeUndefined();
  }
  for (const spelling of [`${cursor}=`, `${cursor}A`, ` ${cursor}`, `${cursor}\n`]) {
    expect(cursors.decode(spelling, 'customers')).toBeUndefined();
  }
});

test('text that is no cursor is refused', () => {
  fc.assert(
    fc.property(boundTo, boundTo, (text, boundTo) => {
      expect(cursors.decode(text, boundTo)).toBeUndefined();
      expect(cursors.decode(Buffer.from(text).toString('base64url'), boundTo)).toBeUndefined();
    }),
    SETTINGS,
  );
  expect(cursors.decode('A'.repeat(1_000_000), 'customers')).toBeUndefined();
});

test('a cursor made with the previous secret is accepted while both are known, and refused afterwards', () => {
  const before = createCursors(deriveKeys([OLD]));
  const during = createCursors(deriveKeys([NEW, OLD]));
  fc.assert(
    fc.property(position, boundTo, (position, boundTo) => {
      const cursor = before.encode(position, boundTo);
      expect(during.decode(cursor, boundTo)).toEqual(position);
      expect(cursors.decode(cursor, boundTo)).toBeUndefined();
      expect(cursors.decode(during.encode(position, boundTo), boundTo)).toEqual(position);
    }),
    SETTINGS,
  );
});
