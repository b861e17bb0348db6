import { request } from 'undici';
import type { Emulator } from '../../src/emulation/emulator.ts';
import type { FaultKind } from '../../src/emulation/faults.ts';
import { vendors } from '../../src/vendors/index.ts';
import { type Graph, startGraph } from '../support/graph.ts';
import { CALL_TIMEOUT_MS, type HandClock, handClock } from './handClock.ts';

// Four accounts that list customers, at emulators to which the test writes past the graph.

/** A second shop at one CRM. */
const SECOND = 'heidianer-2';
export const LISTING = ['ladiflow', 'mercately', 'heidianer', SECOND];
/** Those that can delete. */
export const SHRINKING = ['heidianer', SECOND];
const CUSTOMERS = 34;
const CUSTOMERS_OF_SECOND = 21;

export interface World {
  readonly graph: Graph;
  readonly clock: HandClock;
  readonly emulators: ReadonlyMap<string, Emulator>;
  /** Creates so many customers at the account's CRM, past the graph. */
  insert(account: string, count: number): Promise<void>;
  /** Deletes one. */
  remove(account: string, vendorId: string): Promise<void>;
  /** Changes these at LadiFlow. */
  touch(vendorIds: readonly string[]): Promise<void>;
  /** Every CRM back to its seeded data, without faults; the graph keeps what it knows. */
  restore(): void;
  stop(): Promise<void>;
}

export async function startWorld({ customers = CUSTOMERS } = {}): Promise<World> {
  const clock = handClock();
  const vendor = vendors.find(({ key }) => key === 'heidianer');
  if (vendor === undefined) throw new Error('no Heidianer');
  const { start } = await vendor.emulator();
  const second = await start({ customers: CUSTOMERS_OF_SECOND });
  const graph = await startGraph({
    customers,
    clock,
    config: { callTimeout: CALL_TIMEOUT_MS, operationTimeout: 100 * CALL_TIMEOUT_MS },
    accounts: (demo) =>
      demo.flatMap((account) =>
        account.vendor === 'heidianer'
          ? [account, { ...account, id: SECOND, baseUrl: new URL(second.baseUrl) }]
          : [account],
      ),
  });
  const emulators = new Map(LISTING.map((id) => [id, id === SECOND ? second : graph.emulator(id)]));
  let inserted = 0;
  return {
    graph,
    clock,
    emulators,
    async insert(account, count) {
      for (let turn = 0; turn < count; turn += 1) {
        inserted += 1;
        const [path, customer] = NEW[vendorOf(account)] ?? ['', () => ({})];
        await write('POST', account, emulators, path, customer(inserted));
      }
    },
    async touch(vendorIds) {
      for (const _id of vendorIds) {
        inserted += 1;
        const email = `changed${inserted}@example.vn`;
        await write('POST', 'ladiflow', emulators, '/customer/update', { _id, email });
      }
    },
    remove: (account, vendorId) => write('DELETE', account, emulators, `/api/crm/customer/${vendorId}/`),
    restore() {
      for (const emulator of emulators.values()) {
        if (emulator.violations.length > 0) throw new Error(JSON.stringify(emulator.violations.slice(0, 3)));
        emulator.reset();
      }
    },
    async stop() {
      await graph.stop();
      await second.close();
    },
  };
}

const KEYS: Readonly<Record<string, Record<string, string>>> = {
  ladiflow: { 'api-key': 'ladiflow-demo-api-key' },
  mercately: { 'api-key': 'mercately-demo-api-key' },
  heidianer: { authorization: 'Bearer heidianer-demo-access-token' },
};
const NEW: Readonly<Record<string, readonly [path: string, customer: (serial: number) => unknown]>> = {
  ladiflow: ['/customer/create', (serial) => ({ email: `new${serial}@example.vn`, first_name: 'Mới' })],
  mercately: ['/retailers/api/v1/customers', (serial) => ({ email: `new${serial}@example.ec`, first_name: 'Nueva' })],
  heidianer: ['/api/crm/customer/', (serial) => ({ mobile: `1${7_000_000_000 + serial}` })],
};

const vendorOf = (account: string): string => account.split('-')[0] ?? '';

async function write(
  method: 'POST' | 'DELETE',
  account: string,
  emulators: ReadonlyMap<string, Emulator>,
  path: string,
  given?: unknown,
): Promise<void> {
  // Node's own fetch sends headers that no emulator knows.
  const { statusCode, body } = await request(`${emulators.get(account)?.baseUrl}${path}`, {
    method,
    headers: { ...KEYS[vendorOf(account)], ...(given === undefined ? {} : { 'content-type': 'application/json' }) },
    body: given === undefined ? null : JSON.stringify(given),
  });
  const text = await body.text();
  if (statusCode >= 300) throw new Error(`${account} refused to ${method} a customer: ${text}`);
}

const COUNT_WORDS = new Set(['total', 'results', 'count']);
const CAPPED = 10_000;

/** The counts in the envelope of a list, on one level or two. */
function countsAltered(body: unknown, alter: (count: number) => number | undefined): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      COUNT_WORDS.has(name) && typeof value === 'number' ? alter(value) : countsAltered(value, alter),
    ]),
  );
}

/** What a CRM may say of how many rows a list has. */
export const COUNTS = {
  right: undefined,
  absent: (body: unknown) => countsAltered(body, () => undefined),
  /** As those count that stop counting somewhere. */
  wrong: (body: unknown) => countsAltered(body, () => CAPPED),
} as const;

/** How an account fails, and what `sources` says of it. */
export const FAILURES: Readonly<
  Record<string, { readonly kind: FaultKind; readonly status?: number; readonly state: string }>
> = {
  down: { kind: 'reset-before', state: 'UNAVAILABLE' },
  broken: { kind: 'status', status: 500, state: 'UNAVAILABLE' },
  throttling: { kind: 'status', status: 429, state: 'RATE_LIMITED' },
  hanging: { kind: 'hang-before', state: 'TIMED_OUT' },
  babbling: { kind: 'html', state: 'FAILED' },
};
