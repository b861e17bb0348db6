import type { FreshnessLimits, ReadMarks } from './freshness.ts';
import type { RequestLog } from './requests.ts';
import type { WatchedOperation } from './watch.ts';

/** What every question to a vendor carries along: how long it may take and who wants to know. */
export interface Call {
  /** Milliseconds since the epoch by the handed-in clock; after it nobody waits for the answer. */
  readonly deadline: number;
  /** Aborted when the caller has left. */
  readonly signal?: AbortSignal | undefined;
  /** Asked before each request, retries aside; throws NOT_ATTEMPTED when no more may be sent. */
  admit?(): void;
  /** Called once for each HTTP request that leaves for the vendor. */
  onRequest?(): void;
  /** Called before a request is sent again. */
  onRetry?(): void;
  /** Called with the milliseconds a request waited for its turn on our side. */
  onWait?(milliseconds: number): void;
  /** How old the answer may be; absent: as old as the account's settings allow, and never stale. */
  readonly freshness?: FreshnessLimits;
  /** Called with each answer's marks: the oldest of them where an answer was put together from several reads. */
  onRead?(marks: ReadMarks): void;
  /** Called when the answer was another caller's, who had asked the same and was still waiting. */
  onShared?(): void;
  /** The operation that asks, for whoever watches. */
  readonly operation?: WatchedOperation | undefined;
  /** How many records are asked for by key; absent: 1. */
  readonly batchSize?: number;
  /** Where a write notes its requests; in a dry run it also keeps them from being sent. */
  readonly requests?: RequestLog | undefined;
}
