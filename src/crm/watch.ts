import type { AccountFacts } from './account.ts';
import type { ErrorCode } from './errors.ts';

/** An operation of the graph while it runs; also what its requests to CRMs point back to. Without personal data. */
export interface WatchedOperation {
  readonly caller: string;
  readonly tenant: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The trace it belongs to, as a W3C `traceparent` header named it. */
  readonly traceParent: string | undefined;
}

export type OperationKind = 'query' | 'entities' | 'mutation' | 'invalid';

/** What was asked, never with which values. */
export interface OperationShape {
  readonly kind: OperationKind;
  /** As the document names it. */
  readonly name: string | undefined;
  /** Digest of the document without its values; undefined for one that could not be read. */
  readonly hash: string | undefined;
}

/** What an operation asked of one account; see `AccountUsage` in the graph. */
export interface AccountCounts {
  readonly calls: number;
  readonly retries: number;
  readonly fromCache: number;
  readonly stale: number;
  readonly shared: number;
}

export interface OperationEnd {
  readonly shape: OperationShape;
  readonly endedAt: number;
  /** `partial`: data and errors. `failed`: no data. */
  readonly outcome: 'ok' | 'partial' | 'failed';
  /** Distinct codes of its errors, a few at most. */
  readonly codes: readonly string[];
  /** Whether a plan was executed that an earlier request had left, past Apollo. */
  readonly isCompiled: boolean;
  /** By account id. */
  readonly accounts: ReadonlyMap<string, AccountCounts>;
}

/** One attempt to send a request to a CRM, told when it is over. */
export interface VendorAttempt {
  readonly account: AccountFacts;
  readonly method: string;
  /** The path's template: it holds nothing of any customer. */
  readonly template: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** How many records the request asks for by key. */
  readonly batchSize: number;
  /** When it left; undefined where it never did: no turn, or the breaker is open. */
  readonly sentAt: number | undefined;
  readonly endedAt: number;
  /** HTTP status, if one came back. */
  readonly status: number | undefined;
  /** Undefined: success. */
  readonly code: ErrorCode | undefined;
  /** Undefined for what no operation asked for. */
  readonly operation: WatchedOperation | undefined;
}

/** Somebody who watches. All methods are optional, must not throw, and are called often: they count and return. */
export interface Watch {
  operationStarted?(operation: WatchedOperation): void;
  operationEnded?(operation: WatchedOperation, end: OperationEnd): void;
  vendorAttempted?(attempt: VendorAttempt): void;
  /** A CRM broke its contract in a field, or in a whole row that cannot be addressed. */
  drifted?(account: AccountFacts, field: string): void;
}

/** The field name that stands for a whole row. */
export const WHOLE_ROW = '(row)';

/** Several as one; of each method only those who have it. */
export function allOf(watches: readonly Watch[]): Required<Watch> {
  const having = <Name extends keyof Watch>(name: Name) => watches.filter((watch) => watch[name] !== undefined);
  const started = having('operationStarted');
  const ended = having('operationEnded');
  const attempted = having('vendorAttempted');
  const drifted = having('drifted');
  return {
    operationStarted(operation) {
      for (const watch of started) watch.operationStarted?.(operation);
    },
    operationEnded(operation, end) {
      for (const watch of ended) watch.operationEnded?.(operation, end);
    },
    vendorAttempted(attempt) {
      for (const watch of attempted) watch.vendorAttempted?.(attempt);
    },
    drifted(account, field) {
      for (const watch of drifted) watch.drifted?.(account, field);
    },
  };
}
