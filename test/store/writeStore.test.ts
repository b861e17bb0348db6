import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WriteStore } from '../../src/crm/writeStore.ts';
import { claimOf, DAY, MINUTE, type StoreFolder, storeFolder } from './stores.ts';

let folder: StoreFolder;
let store: WriteStore;
beforeEach(() => {
  folder = storeFolder();
  store = folder.open();
});
afterEach(() => folder.remove());

const claim = (key: string, other = {}, by = store) => by.claim(claimOf(folder.clock, key, other));
const nameOf = (key: string) => claimOf(folder.clock, key).key;
const finish = (key: string, result = 'the result', subjects: readonly string[] = [], by = store) =>
  by.finish(nameOf(key), result, subjects);

describe('one key', () => {
  test('is the first claimant’s, and running for everybody else until then', () => {
    const { until } = claimOf(folder.clock, 'one');
    expect(claim('one', { until })).toEqual({ state: 'mine' });
    expect(claim('one', { until: until + DAY })).toEqual({ state: 'running', until });
    expect(claim('another')).toEqual({ state: 'mine' });
  });

  test.each(['tenant', 'caller', 'customerCreate', 'one'])('is another where "%s" differs', (part) => {
    claim('one');
    const key = nameOf('one').map((each) => (each === part ? `${each}2` : each));
    expect(claim('one', { key }).state).toBe('mine');
  });

  test('is not mistaken for another whose parts join to the same text', () => {
    claim('', { key: ['a', 'bc', 'm', 'k'] });
    expect(claim('', { key: ['ab', 'c', 'm', 'k'] }).state).toBe('mine');
  });

  test('answers the result once it is finished, as often as asked', () => {
    claim('one');
    finish('one', 'the result, Größe 你好');
    for (let time = 0; time < 2; time += 1) {
      expect(claim('one')).toEqual({ state: 'finished', result: 'the result, Größe 你好' });
    }
  });

  test('is refused for another input, running or finished', () => {
    claim('one');
    expect(claim('one', { fingerprint: '{"input":2}' })).toEqual({ state: 'otherInput' });
    finish('one');
    expect(claim('one', { fingerprint: '{"input":2}' })).toEqual({ state: 'otherInput' });
  });

  test('is free again when it was given back', () => {
    claim('one');
    store.release(nameOf('one'));
    expect(claim('one', { fingerprint: '{"input":2}' })).toEqual({ state: 'mine' });
  });

  test('that nobody finished in time is abandoned: one claimant may look what became of it, the next waits for that', () => {
    claim('one');
    folder.clock.skip(MINUTE - 1_000);
    expect(claim('one').state).toBe('running');
    folder.clock.skip(2_000);
    expect(claim('one')).toEqual({ state: 'abandoned' });
    expect(claim('one').state).toBe('running');
    finish('one', 'found out');
    expect(claim('one')).toEqual({ state: 'finished', result: 'found out' });
  });

  test('is not given to another input when it is abandoned', () => {
    claim('one');
    folder.clock.skip(2 * MINUTE);
    expect(claim('one', { fingerprint: '{"input":2}' })).toEqual({ state: 'otherInput' });
  });
});

describe('24 hours', () => {
  test('after it was finished a key is remembered, and no longer', () => {
    claim('one');
    folder.clock.skip(MINUTE / 2);
    finish('one');
    folder.clock.skip(DAY - 1_000);
    expect(claim('one').state).toBe('finished');
    folder.clock.skip(2_000);
    expect(claim('one').state).toBe('mine');
  });

  test('and what expired is gone from the store, not only from its answers', () => {
    for (const key of ['one', 'two', 'three']) {
      claim(key);
      finish(key);
    }
    folder.clock.skip(DAY + 1_000);
    claim('four');
    expect(store.purge('shop')).toBe(1);
  });
});

describe('the bound', () => {
  const MOST = 50;
  const keys = Array.from({ length: 2 * MOST }, (_, index) => `key ${index}`);

  test('holds when it is filled twice over: the oldest results make room', () => {
    store = folder.open({ mostEntries: MOST });
    for (const key of keys) {
      claim(key);
      finish(key);
      folder.clock.skip(1_000);
    }
    // Asking pushes nobody out, however often.
    expect(keys.slice(MOST).map((key) => claim(key).state)).toEqual(Array(MOST).fill('finished'));
    expect(keys.slice(MOST).map((key) => claim(key).state)).toEqual(Array(MOST).fill('finished'));
    expect(store.purge('shop')).toBe(MOST);
  });

  test('never forgets a write that is under way', () => {
    store = folder.open({ mostEntries: MOST });
    const [running = '', ...others] = keys;
    claim(running, { until: folder.clock.now() + DAY });
    for (const key of others) {
      claim(key);
      finish(key);
      folder.clock.skip(1_000);
    }
    expect(claim(running).state).toBe('running');
    expect(store.purge('shop')).toBe(MOST);
  });
});

describe('the file', () => {
  test('keeps what is finished and what is running when it is opened again', () => {
    const { until } = claimOf(folder.clock, 'running');
    claim('finished');
    finish('finished', 'kept');
    claim('running', { until });
    folder.close(store);
    store = folder.open();
    expect(claim('finished')).toEqual({ state: 'finished', result: 'kept' });
    expect(claim('running')).toEqual({ state: 'running', until });
  });

  test('is shared by all who have it open', () => {
    const other = folder.open();
    expect(claim('one').state).toBe('mine');
    expect(claim('one', {}, other).state).toBe('running');
    finish('one', 'by the first');
    expect(claim('one', {}, other)).toEqual({ state: 'finished', result: 'by the first' });
    expect(claim('two', {}, other).state).toBe('mine');
    other.release(nameOf('two'));
    expect(claim('two').state).toBe('mine');
  });

  test('of a process, once closed, holds nothing for a store that is in memory', () => {
    const memory = folder.open({ file: ':memory:' });
    claim('one');
    expect(claim('one', {}, memory).state).toBe('mine');
  });
});
