import type { ZodObject, z } from 'zod';
import type { AccountFacts } from '../crm/account.ts';
import type { Adapter } from '../crm/adapter.ts';
import type { Clock } from '../crm/clock.ts';
import type { Phones } from '../crm/phones.ts';
import type { Emulator, EmulatorOptions } from '../emulation/emulator.ts';
import type { Send } from '../http/vendorRequest.ts';

/** What is handed to a vendor's `connect` for one account. */
export interface Connection<Settings> {
  readonly account: AccountFacts;
  readonly settings: Settings;
  readonly send: Send;
  readonly clock: Clock;
  /** Reads telephone numbers, for vendors that want them in parts or in a spelling of their own. */
  readonly phones: Phones;
}

/** A CRM product: its name, the settings an account at it needs, and how to talk to it. One folder exports one. */
export interface Vendor<Settings extends ZodObject = ZodObject> {
  /** Lower case; names the vendor in settings, ids and answers. */
  readonly key: string;
  readonly label: string;
  /** Country of phones without a country code, for accounts that do not say: ISO 3166 alpha-2. */
  readonly region: string;
  /** Zone of time stamps without one, for accounts that do not say: an IANA name. */
  readonly timeZone: string;
  /**
   * Credentials, each a text. The name says where it is read from: `accessToken` is `<KEY>_ACCESS_TOKEN` in the
   * environment and `accessToken` in an accounts file.
   */
  readonly settings: Settings;
  /** Address to use unless the account gives one, without a slash at the end; absent where each account has its own. */
  readonly baseUrl?: string;
  /** Hosts at which `requestsPerSecond` applies; emulators and tests run without it. */
  readonly publicHosts?: readonly string[];
  readonly requestsPerSecond?: number;
  connect(connection: Connection<z.output<Settings>>): Adapter;
  /** Loads the vendor's emulator, for the demo and tests. */
  emulator(): Promise<EmulatorModule>;
}

/** What a vendor's `emulator.ts` exports. */
export interface EmulatorModule {
  /** Credentials the emulator accepts, by the names in `Vendor.settings`. */
  readonly credentials: Readonly<Record<string, string>>;
  start(options?: EmulatorOptions): Promise<Emulator>;
}
