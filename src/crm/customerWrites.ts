import type { Customer } from './customer.ts';
import type { CustomerEvent } from './customerEvent.ts';
import type { CustomerIdentity, CustomerInputField } from './customerInput.ts';
import type { Tag } from './tag.ts';

/** The ways in which a vendor takes a customer. */
export type CustomerWriteKind = 'CREATE' | 'UPDATE' | 'UPSERT';

/** What one way of writing takes, by the names of `CustomerInput`. */
export interface CustomerWrite {
  /** Of each group at least one must be given. */
  readonly required: readonly (readonly CustomerInputField[])[];
  readonly writable: readonly CustomerInputField[];
  /** Fields of these that null or an empty text clears; anywhere else that is refused. */
  readonly clearable: readonly CustomerInputField[];
}

export type CustomerWrites = {
  readonly [Kind in CustomerWriteKind]?: CustomerWrite;
} & {
  /** What every write on an existing customer must be told, as no read can find it out. */
  readonly identity?: readonly (keyof CustomerIdentity)[];
};

/** How a write ended at the vendor. CREATED_OR_UPDATED: it does not say which. UNCHANGED: nothing had to be sent. */
export type Written = 'CREATED' | 'UPDATED' | 'CREATED_OR_UPDATED' | 'UNCHANGED';

/** What became of a write to a customer, as far as the vendor's own answers tell. */
export interface WrittenCustomer {
  /** Undefined where the write is done and its answer, which holds the id, could not be read. */
  readonly vendorId: string | undefined;
  readonly outcome: Written;
  /**
   * The stored record as the answer shows it: `readableFields` are the fields this answer carries. Undefined where the
   * answer does not show it: then it is read back, where there is a read.
   */
  readonly record?: Customer | undefined;
  /** The record as it was, where the write had to read it first. */
  readonly before?: Customer | undefined;
  /** Vendor ids of the tags of the input, in its order, where the vendor shows tags by id. */
  readonly tagIds?: readonly string[];
  /** Vendor ids of tags that were made for this write: whether they got the names asked for is read back. */
  readonly madeTags?: readonly string[];
  /** Input fields that the answer says were not stored. */
  readonly ignored?: readonly CustomerInputField[];
  /** Fields that had to be sent without knowing what they held. */
  readonly atRisk?: readonly CustomerInputField[];
}

export interface WrittenTag {
  readonly tag: Tag;
  readonly outcome: 'CREATED' | 'UNCHANGED';
}

export interface WrittenEvent {
  /** As it was sent. */
  readonly event: CustomerEvent;
}
