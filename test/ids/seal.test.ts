import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createGlobalIds } from '../../src/ids/globalIds.ts';
import { deriveKeys } from '../../src/ids/secret.ts';

const SETTINGS = { seed: 20_260_102, numRuns: 200 };
const OLD = 'the old secret, more than thirty-two bytes long';
const NEW = 'the new secret, more than thirty-two bytes long';
const ids = createGlobalIds(deriveKeys([NEW]));

const account = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const naturalKey = fc.oneof(fc.emailAddress(), fc.stringMatching(/^\+[1-9]\d{6,14}$/));

test('a sealed key opens for its account', () => {
  fc.assert(
    fc.property(account, fc.oneof(naturalKey, fc.string({ unit: 'binary', minLength: 1 })), (account, key) => {
      expect(ids.unseal(account, ids.seal(account, key))).toBe(key);
    }),
    SETTINGS,
  );
});

test('the same key is sealed to the same text, also by another process with the same secret', () => {
  const elsewhere = createGlobalIds(deriveKeys([NEW, OLD]));
  fc.assert(
    fc.property(account, naturalKey, (account, key) => {
      expect(ids.seal(account, key)).toBe(ids.seal(account, key));
      expect(elsewhere.seal(account, key)).toBe(ids.seal(account, key));
    }),
    SETTINGS,
  );
});

test('a key is sealed differently for each account and opens for no other', () => {
  fc.assert(
    fc.property(account, account, naturalKey, (one, other, key) => {
      fc.pre(one !== other);
      expect(ids.seal(one, key)).not.toBe(ids.seal(other, key));
      expect(ids.unseal(other, ids.seal(one, key))).toBeUndefined();
    }),
    SETTINGS,
  );
});

test('a sealed key shows nothing of the plain one, also not inside an id', () => {
  fc.assert(
    fc.property(account, naturalKey, (account, key) => {
      const sealed = ids.seal(account, key);
      const id = ids.encode('Customer', account, sealed);
      for (const text of [sealed, id]) {
        expect(text).not.toContain(key);
        expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain(key);
        expect(text).not.toContain(Buffer.from(key).toString('base64url').slice(0, -2));
      }
    }),
    SETTINGS,
  );
});

test('what was sealed with the previous secret opens while both are known', () => {
  const before = createGlobalIds(deriveKeys([OLD]));
  const during = createGlobalIds(deriveKeys([NEW, OLD]));
  fc.assert(
    fc.property(account, naturalKey, (account, key) => {
      const sealed = before.seal(account, key);
      expect(during.unseal(account, sealed)).toBe(key);
      expect(during.seal(account, key)).not.toBe(sealed);
      expect(ids.unseal(account, sealed)).toBeUndefined();
    }),
    SETTINGS,
  );
});

test('a sealed key with one changed, missing or added character does not open', () => {
  fc.assert(
    fc.property(account, naturalKey, fc.nat(), fc.constantFrom('A', 'b', '-', '7'), (account, key, place, letter) => {
      const sealed = ids.seal(account, key);
      const at = place % sealed.length;
      fc.pre(sealed[at] !== letter);
      expect(ids.unseal(account, sealed.slice(0, at) + letter + sealed.slice(at + 1))).toBeUndefined();
      expect(ids.unseal(account, sealed.slice(0, at) + sealed.slice(at + 1))).toBeUndefined();
      expect(ids.unseal(account, `${sealed}${letter}`)).toBeUndefined();
      expect(ids.unseal(account, `${sealed}=`)).toBeUndefined();
    }),
    SETTINGS,
  );
});

test('text that nobody sealed does not open', () => {
  fc.assert(
    fc.property(account, fc.string({ unit: 'binary' }), (account, text) => {
      expect(ids.unseal(account, text)).toBeUndefined();
      expect(ids.unseal(account, Buffer.from(text).toString('base64url'))).toBeUndefined();
    }),
    SETTINGS,
  );
});
