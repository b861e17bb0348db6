import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WriteStore } from '../../src/crm/writeStore.ts';
import { claimOf, KEY, type StoreFolder, storeFolder } from './stores.ts';

const NEW_KEY = new Uint8Array(32).fill(9);
const EMAIL = 'Thu.Ha@planted.example';
const PHONE = '+84 91-234 (56) 78.9';
const VENDOR_ID = '600000020000000000000099';

let folder: StoreFolder;
let store: WriteStore;
beforeEach(() => {
  folder = storeFolder();
  store = folder.open();
});
afterEach(() => folder.remove());

const claim = (key: string, other = {}, by = store) => by.claim(claimOf(folder.clock, key, other));
const nameOf = (key: string) => claimOf(folder.clock, key).key;
function keep(key: string, other: { account?: string; subjects?: readonly string[] } = {}, late: string[] = []): void {
  claim(key, other);
  store.finish(nameOf(key), `the result of ${key}`, [...(other.subjects ?? []), ...late]);
}

test('nothing of keys, inputs, results or people can be read in the file', () => {
  const planted = [
    'planted key',
    'planted caller',
    'Planted Input',
    'Planted Result',
    EMAIL,
    EMAIL.toLowerCase(),
    PHONE,
    '+84912345678',
    '912345678',
    VENDOR_ID,
  ];
  const key = ['planted tenant', 'planted caller', 'customerCreate', 'planted key'];
  const subjects = [EMAIL, PHONE, VENDOR_ID];
  const written = claimOf(folder.clock, '', {
    key,
    fingerprint: `Planted Input ${EMAIL}`,
    account: 'shop-id',
    subjects,
  });
  const look = () => {
    // The bytes hold what was written: the account's id, which is no secret, is there to be found.
    const bytes = folder.bytes();
    expect(bytes.includes('shop-id')).toBe(true);
    expect(planted.filter((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))).toEqual([]);
  };
  store.claim(written);
  look();
  store.finish(key, JSON.stringify({ name: 'Planted Result', EMAIL, PHONE, VENDOR_ID }), subjects);
  // The last changes stand in the log beside the database, and are merged into it later.
  expect(folder.files()).toContain('writes.sqlite-wal');
  look();
  folder.close(store);
  look();
  store = folder.open();
  expect(store.claim(written)).toMatchObject({ state: 'finished', result: expect.stringContaining(EMAIL) });
  look();
});

describe('digests for the audit trail', () => {
  test('are the same for the same key, differ for others, and show nothing of it', () => {
    const digest = store.digest(nameOf('a key'));
    expect(digest).toMatch(/^[\w-]{16}$/);
    expect(store.digest(nameOf('a key'))).toBe(digest);
    expect(store.digest(nameOf('another'))).not.toBe(digest);
    expect(folder.open({ keys: [NEW_KEY] }).digest(nameOf('a key'))).not.toBe(digest);
  });
});

describe('after the secret was replaced', () => {
  beforeEach(() => {
    keep('finished', { subjects: [EMAIL] });
    claim('running');
    folder.close(store);
    store = folder.open({ keys: [NEW_KEY, KEY] });
  });

  test('what was kept under the previous one is still understood', () => {
    expect(claim('finished')).toEqual({ state: 'finished', result: 'the result of finished' });
    expect(claim('finished', { fingerprint: 'another' })).toEqual({ state: 'otherInput' });
    expect(claim('running').state).toBe('running');
  });

  test('writes that began under the previous one can be finished or given back', () => {
    store.finish(nameOf('running'), 'late', []);
    expect(claim('running')).toEqual({ state: 'finished', result: 'late' });
    claim('new');
    store.release(nameOf('new'));
    store.release(nameOf('finished'));
    expect([claim('new').state, claim('finished').state]).toEqual(['mine', 'mine']);
  });

  test('people are still found', () => {
    expect(store.purge('shop', EMAIL)).toBe(1);
    expect(claim('finished').state).toBe('mine');
  });

  test('nothing is understood without the previous one', () => {
    const stranger = folder.open({ keys: [NEW_KEY] });
    expect(claim('finished', {}, stranger).state).toBe('mine');
  });
});

describe('forgetting', () => {
  beforeEach(() => {
    keep('by e-mail', { subjects: [EMAIL] });
    keep('by phone', { subjects: [PHONE] });
    // Known once the vendor has answered.
    keep('by id', {}, [VENDOR_ID]);
    keep('somebody else', { subjects: ['other@planted.example', '+84 000'] });
    keep('elsewhere', { account: 'other', subjects: [EMAIL, PHONE, VENDOR_ID] });
  });

  const KEPT = ['by e-mail', 'by phone', 'by id', 'somebody else', 'elsewhere'];
  const left = () => KEPT.filter((key) => claim(key).state === 'finished');

  test.each([
    ['e-mail', EMAIL, 'by e-mail'],
    ['e-mail in other case', ` ${EMAIL.toUpperCase()}`, 'by e-mail'],
    ['phone', PHONE, 'by phone'],
    ['phone with other blanks and dashes', '+84-912-345-6789', 'by phone'],
    ['vendor id', VENDOR_ID, 'by id'],
  ])('one person by %s leaves everybody else, and other accounts', (_, subject, forgotten) => {
    expect(store.purge('shop', subject)).toBe(1);
    expect(left()).toEqual(KEPT.filter((key) => key !== forgotten));
  });

  test('somebody nobody knows forgets nothing', () => {
    expect(store.purge('shop', 'nobody@planted.example')).toBe(0);
    expect(store.purge('nowhere', EMAIL)).toBe(0);
    expect(left()).toHaveLength(5);
  });

  test('an account leaves the others', () => {
    expect(store.purge('shop')).toBe(4);
    expect(left()).toEqual(['elsewhere']);
  });

  test('while a write runs keeps its result from being kept', () => {
    claim('running', { subjects: [EMAIL] });
    store.purge('shop', EMAIL);
    store.finish(nameOf('running'), 'the result', [EMAIL]);
    expect(claim('running').state).toBe('mine');
  });
});
