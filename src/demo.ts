import type { AccountConfig } from './config.ts';
import type { Emulator } from './emulation/emulator.ts';
import type { Vendor } from './vendors/vendor.ts';

export interface Demo {
  /** One account per vendor, at its emulator. */
  readonly accounts: readonly AccountConfig[];
  readonly emulators: ReadonlyMap<string, Emulator>;
  stop(): Promise<void>;
}

/** Starts every vendor's emulator on the loopback interface. */
export async function startDemo(vendors: readonly Vendor[], customers?: number): Promise<Demo> {
  const started = await Promise.all(
    vendors.map(async (vendor) => {
      const { credentials, start } = await vendor.emulator();
      const emulator = await start(customers === undefined ? {} : { customers });
      const account: AccountConfig = {
        id: vendor.key,
        vendor: vendor.key,
        tenant: 'default',
        label: `${vendor.label} (demo)`,
        baseUrl: new URL(emulator.baseUrl),
        region: vendor.region,
        timeZone: vendor.timeZone,
        credentials: vendor.settings.parse(credentials),
        concurrency: 256,
        requestsPerSecond: undefined,
      };
      return { account, emulator };
    }),
  );
  return {
    accounts: started.map(({ account }) => account),
    emulators: new Map(started.map(({ account, emulator }) => [account.vendor, emulator])),
    async stop() {
      await Promise.all(started.map(({ emulator }) => emulator.close()));
    },
  };
}
