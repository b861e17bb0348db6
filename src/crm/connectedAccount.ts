import type { AccountFacts, Health } from './account.ts';
import type { Adapter } from './adapter.ts';
import type { Capability } from './capabilities.ts';

/** An account that was opened at the start and can be asked. */
export interface Account extends AccountFacts {
  readonly tenant: string;
  readonly label: string;
  readonly adapter: Adapter;
  readonly capabilities: readonly Capability[];
  readonly health: Health;
  /** Drops what is kept of its reads, and sees to it that none that is under way is kept or shared any more. */
  forget?(): void;
}
