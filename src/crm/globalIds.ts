/** Types with a global id of their own. */
export type RecordType = 'Customer' | 'Tag' | 'Segment';

export interface GlobalId {
  readonly type: RecordType;
  readonly account: string;
  /** As the graph shows it: sealed where the vendor's own id is personal data. */
  readonly vendorId: string;
}

/** Opaque, versioned ids that hold type, account and vendor id. */
export interface GlobalIds {
  encode(type: RecordType, account: string, vendorId: string): string;
  /** Undefined for text that is not an id of ours. */
  decode(id: string): GlobalId | undefined;
  /** Encrypts an e-mail or phone that stands in for a vendor id: equal input, equal output, per account. */
  seal(account: string, naturalKey: string): string;
  /** Undefined for text that was not sealed for this account with a secret we know. */
  unseal(account: string, sealed: string): string | undefined;
}
