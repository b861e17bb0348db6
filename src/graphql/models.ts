import type { VendorFacts } from '../crm/account.ts';
import type { Adapter } from '../crm/adapter.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type { Customer } from '../crm/customer.ts';
import type { CustomFieldValue } from '../crm/customField.ts';
import type { CrmError, SourceState } from '../crm/errors.ts';
import type { GlobalId } from '../crm/globalIds.ts';
import type { Segment } from '../crm/segment.ts';
import type { Tag } from '../crm/tag.ts';

// What the resolvers of a type get as their parent, where it is not simply one of our words.

export type VendorModel = VendorFacts & { readonly abilities: Adapter };

/** A customer, or only its keys where no more was asked for or the vendor has no read. */
export type CustomerModel = Customer | CustomerKeys;
export type CustomerKeys = Pick<Customer, 'account' | 'vendorId'> & {
  readonly [Name in Exclude<keyof Customer, 'account' | 'vendorId'>]?: undefined;
};

/** A record that knows its GraphQL type, where the schema leaves that open. */
export type NodeModel = (CustomerModel | Tag | Segment) & { readonly __typename: GlobalId['type'] };

export type TextField = Extract<CustomFieldValue, { shape: 'TEXT' }>;
export type NumberField = Extract<CustomFieldValue, { shape: 'NUMBER' }>;
export type BooleanField = Extract<CustomFieldValue, { shape: 'BOOLEAN' }>;
export type DateField = Extract<CustomFieldValue, { shape: 'DATE' }>;
export type ListField = Extract<CustomFieldValue, { shape: 'LIST' }>;

/** The report of one account's part. */
export interface SourceModel {
  readonly account: Account;
  readonly state: SourceState;
  readonly calls: number;
  readonly milliseconds: number;
  readonly queuedMilliseconds: number;
  readonly records: number;
  readonly unreadable: number;
  /** When the oldest of it was read, milliseconds since the epoch; null where nothing was. */
  readonly fetchedAt: number | null;
  readonly error: CrmError | null;
}

/** Of an account that was not asked. */
export const notAsked = (account: Account, state: 'UNSUPPORTED' | 'SKIPPED'): SourceModel => ({
  account,
  state,
  calls: 0,
  milliseconds: 0,
  queuedMilliseconds: 0,
  records: 0,
  unreadable: 0,
  fetchedAt: null,
  error: null,
});

/** One page over any number of accounts. */
export interface ConnectionModel<Node> {
  readonly nodes: readonly Node[];
  /** Cursor behind the node at this index; made only for those that are asked for. */
  cursorAt(index: number): string;
  endCursor(): string | null;
  readonly hasNextPage: boolean;
  readonly totalCount: number | null;
  readonly totalCountAccuracy: 'EXACT' | 'AT_LEAST' | 'UNKNOWN';
  readonly sources: readonly SourceModel[];
}

/** Cursors are made only when they are asked for: each costs a signature. */
export interface EdgeModel<Node> {
  readonly node: Node;
  cursor(): string;
}

export interface PageInfoModel {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: false;
  startCursor(): string | null;
  endCursor(): string | null;
}
