import { expect, test } from '@jest/globals';
import { abilitiesOf } from '../../src/app.ts';
import { createCache, MOST_RECORDS } from '../../src/cache/cache.ts';
import { cachedAdapter } from '../../src/cache/cachedAdapter.ts';
import type { Adapter } from '../../src/crm/adapter.ts';
import type { Call } from '../../src/crm/call.ts';
import { capabilitiesOf } from '../../src/crm/capabilities.ts';
import type { Clock } from '../../src/crm/clock.ts';
import type { Customer } from '../../src/crm/customer.ts';
import { CrmError } from '../../src/crm/errors.ts';
import { vendors } from '../../src/vendors/index.ts';

// What can be seen from inside only: what is kept, and for how long.

const SETTINGS = { maxAge: 60_000, stale: 0, shareInFlight: false };
const account = { id: 'shop', vendor: 'acme', region: 'CN', timeZone: 'UTC' };
const CALL: Call = { deadline: Number.POSITIVE_INFINITY };

function stoppedClock() {
  let time = 1_000_000;
  const tasks: { at: number; task: () => void }[] = [];
  const clock: Clock = {
    now: () => time,
    after(milliseconds, task) {
      const entry = { at: time + milliseconds, task };
      tasks.push(entry);
      return () => void tasks.splice(tasks.indexOf(entry), 1);
    },
  };
  return {
    clock,
    timers: tasks,
    skip(milliseconds: number) {
      time += milliseconds;
      for (const due of tasks.filter(({ at }) => at <= time)) {
        tasks.splice(tasks.indexOf(due), 1);
        due.task();
      }
    },
  };
}

const customer = (vendorId: string) =>
  ({ account, vendorId, fetchedAt: 1_000_000, fullName: vendorId }) as unknown as Customer;

function shop(cache: ReturnType<typeof createCache>, clock: Clock, change: Partial<Adapter> = {}, id = 'shop') {
  let asked = 0;
  const adapter: Adapter = {
    readableFields: new Set(),
    async customerById(vendorId) {
      asked += 1;
      return customer(vendorId);
    },
    async customerList(_, { size }) {
      asked += 1;
      return {
        records: Array.from({ length: size }, (_row, index) => customer(String(index))),
        unreadable: 0,
        next: undefined,
        total: size,
      };
    },
    ...change,
  };
  const parts = {
    cache: cache.of({ tenant: 'default', id }, SETTINGS),
    settings: SETTINGS,
    clock,
    longestRead: 10_000,
  };
  const cached = cachedAdapter(adapter, parts);
  /** Whether the vendor was asked for it. */
  const asks = async (vendorId: string): Promise<boolean> => {
    const before = asked;
    await cached.adapter.customerById?.(vendorId, CALL);
    return asked > before;
  };
  return { ...cached, asks };
}

test('no more records are kept than agreed: those not used for longest go first, whosever they are', async () => {
  const { clock } = stoppedClock();
  const cache = createCache(clock, 100);
  const one = shop(cache, clock);
  const other = shop(cache, clock, {}, 'other');
  await other.asks('theirs');
  for (let id = 0; id < 99; id += 1) await one.asks(String(id));
  expect(await other.asks('theirs')).toBe(false);
  await one.asks('one more');
  expect(await one.asks('0')).toBe(true);
  expect(await other.asks('theirs')).toBe(false);
  expect(await one.asks('1')).toBe(true);
  expect(await one.asks('99')).toBe(true);
  expect(await one.asks('50')).toBe(false);
});

test('the records of a page count, and a page beyond the bound is not kept', async () => {
  const { clock } = stoppedClock();
  const { adapter, asks } = shop(createCache(clock, 100), clock);
  const list = (size: number) => adapter.customerList?.({}, { after: undefined, size }, CALL);
  await asks('first');
  await list(90);
  expect(await asks('first')).toBe(false);
  await list(99);
  expect(await asks('first')).toBe(true);
  await list(100);
  expect(await asks('first')).toBe(false);
});

test('a full cache of a process holds as many records as its constant says', async () => {
  const { clock } = stoppedClock();
  const { asks } = shop(createCache(clock), clock);
  for (let id = 0; id <= MOST_RECORDS; id += 1) await asks(String(id));
  expect(await asks('1')).toBe(false);
  expect(await asks('0')).toBe(true);
});

test('what is too old goes by itself, also where nobody asks any more, and no timer outlives it', async () => {
  const { clock, timers, skip } = stoppedClock();
  const cache = createCache(clock);
  const { asks } = shop(cache, clock);
  await asks('1');
  expect(timers).toHaveLength(1);
  for (let passed = 0; passed <= 70_000; passed += 10_000) skip(10_000);
  expect(timers).toEqual([]);
  await asks('1');
  cache.close();
  expect(timers).toEqual([]);
  expect(await asks('1')).toBe(true);
  expect(timers).toEqual([]);
});

test('records that are kept are never written to', async () => {
  const { clock } = stoppedClock();
  const frozen = Object.freeze(customer('1'));
  const { adapter } = shop(createCache(clock), clock, { customerById: async () => frozen });
  const live = await adapter.customerById?.('1', CALL);
  const hit = await adapter.customerById?.('1', CALL);
  expect(live).toBe(frozen);
  expect([hit?.freshness, hit?.fullName, hit?.fetchedAt]).toEqual(['CACHED', '1', frozen.fetchedAt]);
  expect(frozen.freshness).toBeUndefined();
});

test('reads of a write are asked for and are not kept', async () => {
  const { clock } = stoppedClock();
  const { adapter, asks } = shop(createCache(clock), clock);
  const writing = { ...CALL, requests: { dryRun: false, entries: [] } };
  await adapter.customerById?.('1', writing);
  expect(await asks('1')).toBe(true);
});

test('a read that was under way when its account was forgotten is not kept', async () => {
  const { clock } = stoppedClock();
  let answer = (_: Customer | null) => {};
  const { adapter, forget } = shop(createCache(clock), clock, {
    customerById: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  const read = adapter.customerById?.('1', CALL);
  forget();
  answer(customer('1'));
  await read;
  let isAsked = false;
  const again = adapter.customerById?.('1', {
    ...CALL,
    onRead({ freshness }) {
      isAsked = freshness === 'LIVE';
    },
  });
  answer(customer('1'));
  await again;
  expect(isAsked).toBe(true);
});

test('a limit of whoever started a shared read is no limit of those who joined', async () => {
  const { clock } = stoppedClock();
  let asked = 0;
  const adapter: Adapter = {
    readableFields: new Set(),
    async customerById(id, call) {
      await Promise.resolve();
      call.admit?.();
      asked += 1;
      return customer(id);
    },
  };
  const settings = { maxAge: undefined, stale: 0, shareInFlight: true };
  const cached = cachedAdapter(adapter, {
    cache: createCache(clock).of({ tenant: 'a', id: 'a' }, settings),
    settings,
    clock,
    longestRead: 10_000,
  });
  const spent: Call = {
    deadline: clock.now() + 1_000,
    admit() {
      throw new CrmError('NOT_ATTEMPTED', { executed: 'no' });
    },
  };
  const free: Call = { deadline: clock.now() + 1_000 };
  const answers = await Promise.allSettled(
    [spent, free, free, free].map((call) => cached.adapter.customerById?.('1', call)),
  );
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(asked).toBe(1);
});

test.each(vendors.map((vendor) => [vendor.key, vendor] as const))(
  'the shape of the adapter of %s stays what it is',
  (_, vendor) => {
    const { clock } = stoppedClock();
    const adapter: Adapter = abilitiesOf(vendor, clock);
    const wrapped = cachedAdapter(adapter, {
      cache: createCache(clock).of({ tenant: 'a', id: 'a' }, SETTINGS),
      settings: SETTINGS,
      clock,
      longestRead: 1,
    }).adapter;
    expect(Object.keys(wrapped)).toEqual(Object.keys(adapter));
    expect(capabilitiesOf(wrapped)).toEqual(capabilitiesOf(adapter));
    for (const [name, value] of Object.entries(adapter)) {
      const kept = (wrapped as unknown as Record<string, unknown>)[name];
      if (typeof value === 'function') expect(typeof kept).toBe('function');
      else expect(kept).toBe(value);
    }
  },
);
