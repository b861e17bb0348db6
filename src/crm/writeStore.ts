/** What a claim of an idempotency key finds. */
export type Claim =
  /** Nobody used the key: it is the claimant's now. */
  | { readonly state: 'mine' }
  /** It was used for another input. */
  | { readonly state: 'otherInput' }
  /** Somebody is at it, until the given instant at the latest. */
  | { readonly state: 'running'; readonly until: number }
  | { readonly state: 'finished'; readonly result: string }
  /** Whoever was at it is gone without a word; the key is the claimant's now, and what became of the write is open. */
  | { readonly state: 'abandoned' };

export interface ClaimRequest {
  /** Tenant, caller, mutation and the caller's key. */
  readonly key: readonly string[];
  readonly fingerprint: string;
  readonly account: string;
  /** Whom the result will speak of: e-mails, phones and vendor ids, as `purge` will be given them. */
  readonly subjects: readonly string[];
  /** Instant after which a claim that was not finished counts as abandoned, milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Remembers for 24 hours which idempotency keys were used and what came of them. Shared by all processes that open the
 * same one. Keys, inputs and subjects are kept as keyed digests, results encrypted.
 */
export interface WriteStore {
  claim(request: ClaimRequest): Claim;
  finish(key: readonly string[], result: string, subjects: readonly string[]): void;
  /** Gives a key back that nothing was done for. */
  release(key: readonly string[]): void;
  /** Digest of a key for the audit trail. */
  digest(key: readonly string[]): string;
  /** Forgets everything about an account, or about one person in it; answers how many results that were. */
  purge(account: string, subject?: string): number;
  close(): void;
}
