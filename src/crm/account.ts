import type { ErrorCode } from './errors.ts';

/** What an adapter and its records know about the account they belong to. */
export interface AccountFacts {
  /** Unique over all tenants, chosen by whoever configured it. */
  readonly id: string;
  /** Key of the vendor, for example in `Source` and errors. */
  readonly vendor: string;
  /** ISO 3166 alpha-2 country that phones without a country code belong to. */
  readonly region: string;
  /** IANA time zone of time stamps that carry none. */
  readonly timeZone: string;
  /** Told of each value that breaks the vendor's contract: the field's name, or `WHOLE_ROW` for a row without an id. */
  onDrift?(field: string): void;
}

/** A CRM product, connected or not. */
export interface VendorFacts {
  readonly key: string;
  readonly label: string;
}

/** CLOSED: asked as usual. OPEN: failed repeatedly, not asked for a while. HALF_OPEN: being tried again. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** How an account has been doing since the start, live: instants in milliseconds, null for never. */
export interface Health {
  readonly lastSuccessAt: number | null;
  readonly lastFailureAt: number | null;
  readonly lastErrorCode: ErrorCode | null;
  readonly breaker: BreakerState;
  /** Requests that may start within the next second; null without a quota. */
  readonly quotaLeft: number | null;
  /** Until when the vendor wants to be left alone; null where it does not. */
  readonly heldUntil: number | null;
  /** Requests under way, and requests that wait for their turn. */
  readonly inFlight: number;
  readonly queued: number;
}
