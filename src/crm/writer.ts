import type { Call } from './call.ts';
import type { Caller } from './caller.ts';
import type { Capability } from './capabilities.ts';
import type { Account } from './connectedAccount.ts';
import type { Customer } from './customer.ts';
import type { CustomerEvent } from './customerEvent.ts';
import type { CustomerInput, CustomerTarget, EventInput, TagRef } from './customerInput.ts';
import type { Written } from './customerWrites.ts';
import type { ErrorCode } from './errors.ts';
import type { LoggedRequest } from './requests.ts';
import type { Segment } from './segment.ts';
import type { Tag } from './tag.ts';

/** What is to be written, in our words and with vendor ids of the account it goes to. */
export type WriteCommand =
  | { readonly kind: 'customerCreate'; readonly input: CustomerInput }
  | { readonly kind: 'customerUpsert'; readonly input: CustomerInput }
  | { readonly kind: 'customerUpdate'; readonly target: CustomerTarget; readonly input: CustomerInput }
  | { readonly kind: 'customerDelete'; readonly id: string }
  | {
      readonly kind: 'customerTagsAdd' | 'customerTagsRemove' | 'customerTagsReplace';
      readonly target: CustomerTarget;
      readonly tags: readonly TagRef[];
    }
  | { readonly kind: 'tagCreate'; readonly name: string }
  | { readonly kind: 'segmentCreate'; readonly title: string }
  | {
      readonly kind: 'segmentCustomersAdd' | 'segmentCustomersRemove';
      readonly id: string;
      readonly customerIds: readonly string[];
    }
  | { readonly kind: 'customerEventRecord'; readonly target: CustomerTarget; readonly event: EventInput };

export type Command<Kind extends WriteCommand['kind']> = Extract<WriteCommand, { readonly kind: Kind }>;

/** A write as somebody asked for it. */
export interface WriteOrder {
  readonly account: Account;
  readonly caller: Caller;
  /** The mutation's name: idempotency keys are kept apart by it. */
  readonly mutation: string;
  readonly capability: Capability;
  /** Where the fields of a `CustomerInput` stand below the mutation's `input`. */
  readonly inputPath: readonly string[];
  /** What counts as "the same input" for an idempotency key. */
  readonly fingerprint: string;
  readonly idempotencyKey: string | undefined;
  /** Place within a batch: its items share the key and are kept apart by it. */
  readonly item?: number | undefined;
  readonly dryRun: boolean;
  /** Read back even what the vendor's answer shows. */
  readonly verifyAlways: boolean;
  readonly call: Pick<Call, 'deadline' | 'signal' | 'onRequest' | 'onWait'>;
}

export type WriteOutcome = Written | 'DELETED' | 'NOT_EXECUTED' | 'PARTLY_EXECUTED' | 'UNKNOWN';

export type ReceiptStatus = 'APPLIED' | 'COERCED' | 'IGNORED' | 'UNVERIFIED' | 'AT_RISK';

export interface ReceiptEntry {
  /** Path below the mutation's `input`. */
  readonly field: readonly string[];
  readonly status: ReceiptStatus;
  /** What was stored instead, for COERCED. */
  readonly stored?: string;
}

/** Why a write did not end as asked for; plain, so that it can be kept. */
export interface WriteError {
  readonly code: ErrorCode;
  readonly message: string;
  /** Path below the mutation's `input`. */
  readonly field?: readonly string[];
  readonly retryable: boolean;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly safeToRepeat?: boolean;
  readonly capability?: Capability;
  /** Vendor ids. */
  readonly candidates?: readonly string[];
  readonly vendorCode?: string;
  readonly vendorMessage?: string;
}

export type WrittenRecord =
  | Customer
  | (Pick<Customer, 'account' | 'vendorId'> & { readonly readableFields?: undefined });

export interface WriteResult {
  readonly outcome: WriteOutcome;
  readonly errors: readonly WriteError[];
  readonly receipt: readonly ReceiptEntry[];
  readonly requests: readonly LoggedRequest[];
  readonly customer?: WrittenRecord;
  /** Vendor id of the customer that is gone. */
  readonly deletedId?: string;
  readonly tag?: Tag;
  readonly segment?: Segment;
  readonly event?: CustomerEvent;
  readonly removedTags?: readonly Tag[];
}

/** Carries writes out. Never throws for what a user, a CRM's rules or a CRM's failure caused: that is in the result. */
export interface Writer {
  perform(command: WriteCommand, order: WriteOrder): Promise<WriteResult>;
  /** Whether this batch's key was used for another batch before; then nothing of it may be written. */
  isOtherBatch(order: WriteOrder): boolean;
}

/** One line of the audit trail: a request that changes something at a vendor. Holds no personal data. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly tenant: string;
  readonly caller: string;
  readonly account: string;
  readonly vendor: string;
  readonly mutation: string;
  /** Method and path template. */
  readonly request: string;
  readonly outcome: LoggedRequest['state'];
  readonly milliseconds: number;
  /** Keyed digest of the idempotency key. */
  readonly keyDigest: string | null;
}
