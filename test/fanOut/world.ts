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
const CUSTOMERS = 34;
const CUSTOMERS_OF_SECOND = 21;

export interface World {
  readonly graph: Graph;
  readonly clock: HandClock;
  readonly emulators: ReadonlyMap<string, Emulator>;
  /** Creates so many customers at the account's CRM, past the graph. */
  insert(account: string, count: number): Promise<void>;
  /** Every CRM back to its seeded data, without faults; the graph keeps what it knows. */
  restore(): void;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const clock = handClock();
  const vendor = vendors.find(({ key }) => key === 'heidianer');
  if (vendor === undefined) throw new Error('no Heidianer');
  const { start } = await vendor.emulator();
  const second = await start({ customers: CUSTOMERS_OF_SECOND });
  const graph = await startGraph({
    customers: CUSTOMERS,
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
        await create(account.split('-')[0] ?? '', emulators.get(account)?.baseUrl ?? '', inserted);
      }
    },
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

async function create(vendor: string, baseUrl: string, serial: number): Promise<void> {
  const [path, customer] = NEW[vendor] ?? ['', () => ({})];
  // Node's own fetch sends headers that no emulator knows.
  const { statusCode, body } = await request(baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...KEYS[vendor] },
    body: JSON.stringify(customer(serial)),
  });
  const text = await body.text();
  if (statusCode >= 300) throw new Error(`${vendor} took no new customer: ${text}`);
}

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
