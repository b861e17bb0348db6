import type { Address, CustomerFields, IdentityDocument } from './customer.ts';
import type { CustomFieldValue } from './customField.ts';

type Given<Value> = Value | null | undefined;
type SameAsRead = Pick<
  CustomerFields,
  | 'fullName'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'phone'
  | 'gender'
  | 'birthday'
  | 'note'
  | 'company'
  | 'jobTitle'
  | 'website'
  | 'acceptsMarketing'
  | 'kind'
  | 'source'
  | 'externalId'
  | 'referralCode'
  | 'ownerId'
  | 'leadScore'
  | 'interactionChannels'
  | 'socialProfiles'
>;

/** A tag to put on or take off, by what the caller has: the vendor's own id, or its name. */
export type TagRef = { readonly vendorId: string } | { readonly name: string };

type WithoutDefinition<Value> = Value extends unknown ? Omit<Value, 'definition'> : never;

/** A value for a custom field, by the name writes take; a null value clears it. */
export type CustomFieldInput = WithoutDefinition<CustomFieldValue>;

/**
 * What a write is to store. Absent: leave it alone. Null: clear it. An empty text or list: store it empty.
 * Where a vendor cannot clear, `CustomerWrite.clearable` says so and the field is refused before any call.
 */
export type CustomerInput = { readonly [Name in keyof SameAsRead]?: Given<SameAsRead[Name]> } & {
  readonly addresses?: Given<readonly Address[]>;
  readonly identityDocument?: Given<IdentityDocument>;
  /** The vendor's id of the membership level; reads show it as `membership.level`. */
  readonly membershipLevelId?: Given<string>;
  /** Code of whoever brought the customer. */
  readonly referrerCode?: Given<string>;
  /** Whether the customer may pay later, and up to which credit tier. */
  readonly payLater?: Given<{ readonly enabled?: boolean | null; readonly level?: number | null }>;
  /** Tags to put on; those it carries already stay. In creates and upserts only: changes are writes of their own. */
  readonly tags?: readonly TagRef[];
  /** Values to set; other fields keep theirs. */
  readonly customFields?: readonly CustomFieldInput[];
};

export type CustomerInputField = keyof CustomerInput;

/** The names of all input fields at run time; the type check holds it to `CustomerInput`. */
export const CUSTOMER_INPUT_FIELDS = Object.keys({
  fullName: 1,
  firstName: 1,
  lastName: 1,
  email: 1,
  phone: 1,
  gender: 1,
  birthday: 1,
  note: 1,
  company: 1,
  jobTitle: 1,
  website: 1,
  addresses: 1,
  acceptsMarketing: 1,
  kind: 1,
  source: 1,
  externalId: 1,
  referralCode: 1,
  identityDocument: 1,
  ownerId: 1,
  leadScore: 1,
  interactionChannels: 1,
  socialProfiles: 1,
  membershipLevelId: 1,
  referrerCode: 1,
  payLater: 1,
  tags: 1,
  customFields: 1,
} satisfies Record<CustomerInputField, 1>) as readonly CustomerInputField[];

/** Who a customer is, for vendors that want to be told on every write and have no read to find it out. */
export interface CustomerIdentity {
  readonly fullName?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** An existing customer to write to. */
export interface CustomerTarget {
  readonly id: string;
  readonly identity: CustomerIdentity;
}

/** Something that happened to a customer, to be recorded. Times are ISO 8601 days or instants. */
export interface EventInput {
  /** A name of the caller's own; without one it is the fate of an outbound message. */
  readonly name?: string;
  /** JSON text; only with a name. */
  readonly payload?: string;
  readonly outboundStatus?: string;
  readonly campaignId?: string;
  readonly campaignUrl?: string;
  readonly errorMessage?: string;
  readonly occurredAt?: string;
  readonly sentAt?: string;
  readonly deliveredAt?: string;
  readonly readAt?: string;
  readonly lastChatInteractionAt?: string;
}
