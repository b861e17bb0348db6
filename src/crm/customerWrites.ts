import type { CustomerField } from './customer.ts';

/** The ways in which a vendor takes a customer. */
export type CustomerWriteKind = 'CREATE' | 'UPDATE' | 'UPSERT';

/** What one way of writing takes, by the names of our fields. */
export interface CustomerWrite {
  /** Of each group at least one must be given. */
  readonly required: readonly (readonly CustomerField[])[];
  readonly writable: readonly CustomerField[];
}

export type CustomerWrites = { readonly [Kind in CustomerWriteKind]?: CustomerWrite };
