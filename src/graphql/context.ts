import type { VendorFacts } from '../crm/account.ts';
import type { Adapter } from '../crm/adapter.ts';
import type { Budgets } from '../crm/budgets.ts';
import type { Caller } from '../crm/caller.ts';
import type { Clock } from '../crm/clock.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type { Cursors } from '../crm/cursors.ts';
import type { GlobalIds } from '../crm/globalIds.ts';
import type { Phones } from '../crm/phones.ts';
import type { Watch, WatchedOperation } from '../crm/watch.ts';
import type { Writer } from '../crm/writer.ts';
import { createCalls, type OperationCalls } from './calls.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Names } from './prefix.ts';

/** What the graph is built from; handed in once at the start. */
export interface GraphParts {
  readonly vendors: readonly (VendorFacts & { readonly abilities: Adapter })[];
  /** All accounts of all tenants. */
  readonly accounts: readonly Account[];
  readonly ids: GlobalIds;
  readonly cursors: Cursors;
  readonly phones: Phones;
  readonly writer: Writer;
  readonly budgets: Budgets;
  readonly clock: Clock;
  /** Told of each operation. */
  readonly watch: Watch;
  /** Milliseconds an operation may take in all. */
  readonly operationTimeout: number;
  /** Told of failures that are nobody's fault but ours. */
  reportDefect(error: unknown, correlationId: string): void;
}

/** What resolvers get: the parts, and what belongs to this one operation of this one caller. */
export interface Context extends GraphParts {
  /** How our types and root fields are called in the schema that is served. */
  readonly names: Names;
  readonly caller: Caller;
  /** Whether the supergraph's router sent it on, or nobody is authenticated at all. */
  readonly isRouter: boolean;
  /** This operation as those who watch know it. */
  readonly operation: WatchedOperation;
  /** The caller's accounts by id; no other account exists for it. */
  readonly ownAccounts: ReadonlyMap<string, Account>;
  readonly calls: OperationCalls;
  readonly loaders: Loaders;
  /** Milliseconds since the epoch after which no vendor is asked any more. */
  readonly deadline: number;
  /** Aborted when the caller has left. */
  readonly signal: AbortSignal;
}

/** One operation's context. Loaders are born here and die with the operation. */
export function createContext(
  parts: GraphParts & Pick<Context, 'names'>,
  { caller, isRouter }: Pick<Context, 'caller' | 'isRouter'>,
  ownAccounts: ReadonlyMap<string, Account>,
  signal: AbortSignal,
  traceParent: unknown,
): Context {
  const startedAt = parts.clock.now();
  const deadline = startedAt + parts.operationTimeout;
  const operation: WatchedOperation = {
    caller: caller.id,
    tenant: caller.tenant,
    startedAt,
    traceParent: typeof traceParent === 'string' ? traceParent : undefined,
  };
  parts.watch.operationStarted?.(operation);
  const calls = createCalls({ deadline, signal, operation });
  const loaders = createLoaders(calls);
  return { ...parts, caller, isRouter, operation, ownAccounts, deadline, signal, calls, loaders };
}
