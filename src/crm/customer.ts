import type { CustomFieldValue } from './customField.ts';
import type { RecordKeys } from './record.ts';
import type { Segment } from './segment.ts';
import type { Tag } from './tag.ts';

export type Gender = 'MALE' | 'FEMALE';

/** What a contact is to the company. */
export type CustomerKind = 'CUSTOMER' | 'VIP' | 'LEAD' | 'PARTNER' | 'RESELLER' | 'COMPETITOR' | 'AFFILIATE' | 'OTHER';

export interface Address {
  readonly fullName?: string | null;
  readonly company?: string | null;
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly line1?: string | null;
  readonly line2?: string | null;
  readonly ward?: string | null;
  readonly district?: string | null;
  readonly city?: string | null;
  readonly province?: string | null;
  readonly postalCode?: string | null;
  /** ISO 3166 alpha-2. */
  readonly countryCode?: string | null;
  readonly country?: string | null;
  readonly isDefault?: boolean | null;
}

/** One way to reach or recognise the customer on a messaging platform. */
export interface MessagingChannel {
  /** Lower case, as the platform calls itself: zalo, facebook, wechat, whatsapp, ... */
  readonly platform: string;
  /** The company's page or official account there. */
  readonly pageId?: string | null;
  /** The customer there. */
  readonly userId?: string | null;
  readonly displayName?: string | null;
  readonly isPrimary?: boolean | null;
}

export interface SocialProfile {
  readonly network: string;
  /** Address or account name, as the CRM keeps it. */
  readonly value: string;
}

export type IdentityDocumentType = 'CEDULA' | 'PASSPORT' | 'RUC' | 'RUT' | 'OTHER';
export interface IdentityDocument {
  readonly type?: IdentityDocumentType | null;
  readonly number?: string | null;
}

export interface Membership {
  readonly level?: string | null;
  readonly points?: number | null;
  readonly totalPoints?: number | null;
}

/** Counts, and amounts as decimal text; `currency` is null where the vendor names none. */
export interface OrderStatistics {
  readonly currency?: string | null;
  readonly orders?: number | null;
  readonly ordersValue?: string | null;
  readonly averageOrderValue?: string | null;
  readonly pendingOrders?: number | null;
  readonly pendingOrdersValue?: string | null;
  readonly paidOrders?: number | null;
  readonly paidOrdersValue?: string | null;
  readonly cancelledOrders?: number | null;
  readonly cancelledOrdersValue?: string | null;
  readonly abandonedCheckouts?: number | null;
  readonly lastOrderId?: string | null;
  readonly lastOrderPaidAt?: string | null;
  readonly visits?: number | null;
  readonly visitsPerDay?: string | null;
  readonly referredCustomers?: number | null;
  readonly referredCustomersValue?: string | null;
  readonly preferredDevice?: string | null;
  readonly location?: string | null;
}

/** Where the customer came from. */
export interface Attribution {
  readonly sourceName?: string | null;
  readonly campaignName?: string | null;
  readonly campaignSource?: string | null;
  readonly campaignMedium?: string | null;
  readonly campaignContent?: string | null;
  readonly campaignTerm?: string | null;
}

/** Everything a CRM may know about a customer. Dates are `YYYY-MM-DD`, instants ISO 8601 in UTC. */
export interface CustomerFields {
  readonly fullName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  /** As the vendor spells it. */
  readonly phone: string | null;
  readonly gender: Gender | null;
  readonly birthday: string | null;
  readonly note: string | null;
  readonly company: string | null;
  readonly jobTitle: string | null;
  readonly language: string | null;
  readonly website: string | null;
  readonly avatarUrl: string | null;
  readonly addresses: readonly Address[] | null;
  readonly acceptsMarketing: boolean | null;
  readonly whatsappOptIn: boolean | null;
  readonly emailVerified: boolean | null;
  readonly kind: CustomerKind | null;
  readonly status: string | null;
  readonly source: string | null;
  readonly externalId: string | null;
  readonly referralCode: string | null;
  readonly identityDocument: IdentityDocument | null;
  /** Vendor id of the agent who owns the customer. */
  readonly ownerId: string | null;
  readonly leadScore: number | null;
  readonly interactionChannels: readonly string[] | null;
  readonly messagingChannels: readonly MessagingChannel[] | null;
  readonly socialProfiles: readonly SocialProfile[] | null;
  readonly vouchers: readonly string[] | null;
  readonly membership: Membership | null;
  readonly orderStatistics: OrderStatistics | null;
  readonly attribution: Attribution | null;
  readonly isDeleted: boolean | null;
  readonly isMerged: boolean | null;
  /** A day (`YYYY-MM-DD`) where the vendor keeps no more, else an instant. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly lastInteractionAt: string | null;
  readonly tags: readonly Tag[] | null;
  readonly segments: readonly Segment[] | null;
  readonly customFields: readonly CustomFieldValue[] | null;
}

export type CustomerField = keyof CustomerFields;

/** The names of all fields at run time; the type check holds it to `CustomerFields`. */
export const CUSTOMER_FIELDS = Object.keys({
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
  language: 1,
  website: 1,
  avatarUrl: 1,
  addresses: 1,
  acceptsMarketing: 1,
  whatsappOptIn: 1,
  emailVerified: 1,
  kind: 1,
  status: 1,
  source: 1,
  externalId: 1,
  referralCode: 1,
  identityDocument: 1,
  ownerId: 1,
  leadScore: 1,
  interactionChannels: 1,
  messagingChannels: 1,
  socialProfiles: 1,
  vouchers: 1,
  membership: 1,
  orderStatistics: 1,
  attribution: 1,
  isDeleted: 1,
  isMerged: 1,
  createdAt: 1,
  updatedAt: 1,
  lastInteractionAt: 1,
  tags: 1,
  segments: 1,
  customFields: 1,
} satisfies Record<CustomerField, 1>) as readonly CustomerField[];

/**
 * FULL: everything this vendor ever shows about a customer was read.
 * PARTIAL: the vendor shows more elsewhere (in another read, or only in the answers to writes).
 * KEYS_ONLY: the vendor has no read at all; nothing but the keys is known, not even whether the record exists.
 */
export type Completeness = 'FULL' | 'PARTIAL' | 'KEYS_ONLY';

export interface CustomerCompleteness {
  readonly completeness: Completeness;
  /** Fields this record's read carries; null in any other field says nothing. */
  readonly readableFields: ReadonlySet<CustomerField>;
}

/** A customer as one account's vendor showed it; a field the vendor's read does not carry is absent. */
export type Customer = RecordKeys & CustomerCompleteness & Partial<CustomerFields>;
