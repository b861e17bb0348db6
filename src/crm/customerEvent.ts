import type { AccountFacts } from './account.ts';

/**
 * OUTBOUND_MESSAGE: what became of a message sent to the customer.
 * CONTACT_FORM: what a visitor typed into a form.
 * NAMED: an event somebody recorded under a name of their own.
 */
export type CustomerEventKind = 'OUTBOUND_MESSAGE' | 'CONTACT_FORM' | 'NAMED';

export interface FormField {
  readonly name: string;
  readonly value: string | null;
}

/** Something that happened to a customer. Times are ISO 8601: a day or an instant, as precise as the vendor is. */
export interface CustomerEvent {
  readonly account: AccountFacts;
  /** The vendor's id of the event, null where it gives none. */
  readonly vendorId: string | null;
  /** Vendor id of the customer, null where the vendor does not link the event to one. */
  readonly customerVendorId: string | null;
  readonly kind: CustomerEventKind;
  readonly name: string | null;
  /** JSON text as it was recorded. */
  readonly payload: string | null;
  readonly outboundStatus: string | null;
  readonly campaignId: string | null;
  readonly campaignUrl: string | null;
  readonly errorMessage: string | null;
  readonly senderName: string | null;
  readonly senderEmail: string | null;
  readonly senderPhone: string | null;
  readonly text: string | null;
  readonly formFields: readonly FormField[] | null;
  readonly occurredAt: string | null;
  readonly createdAt: string | null;
  readonly sentAt: string | null;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
  readonly lastChatInteractionAt: string | null;
}

/** The names of all fields at run time; the type check holds it to `CustomerEvent`. */
export const EVENT_FIELDS = Object.keys({
  account: 1,
  vendorId: 1,
  customerVendorId: 1,
  kind: 1,
  name: 1,
  payload: 1,
  outboundStatus: 1,
  campaignId: 1,
  campaignUrl: 1,
  errorMessage: 1,
  senderName: 1,
  senderEmail: 1,
  senderPhone: 1,
  text: 1,
  formFields: 1,
  occurredAt: 1,
  createdAt: 1,
  sentAt: 1,
  deliveredAt: 1,
  readAt: 1,
  lastChatInteractionAt: 1,
} satisfies Record<keyof CustomerEvent, 1>) as (keyof CustomerEvent)[];
