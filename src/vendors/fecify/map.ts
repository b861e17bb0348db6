import type { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { EventFilter } from '../../crm/adapter.ts';
import type { Address } from '../../crm/customer.ts';
import type { CustomerEvent } from '../../crm/customerEvent.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import { textOrNull } from '../../crm/values.ts';
import { type WallClock, wallClock } from './wallClock.ts';
import { contactMessage, type wireAddress } from './wire.ts';

export function address(row: z.output<typeof wireAddress>): Address {
  return {
    fullName: textOrNull([row.first_name, row.last_name].filter((name) => textOrNull(name) !== null).join(' ')),
    company: textOrNull(row.company),
    phone: textOrNull(row.phone),
    email: textOrNull(row.email),
    line1: textOrNull(row.address_1),
    line2: textOrNull(row.address_2),
    city: textOrNull(row.city),
    // May lie in another country than `country`: the store does not compare them (quirk 10).
    province: textOrNull(row.province?.name),
    postalCode: textOrNull(row.zip),
    countryCode: textOrNull(row.country_code),
    country: textOrNull(row.country?.name),
    isDefault: yesOrNo(row.is_default),
  };
}

/** 1 is yes and 2 is no (quirk 1). */
const yesOrNo = (flag: number | null | undefined): boolean | null => (flag === 1 ? true : flag === 2 ? false : null);

/** Undefined for a row that is no message of the contract. */
export function contactFormEvent(account: AccountFacts): (raw: unknown) => CustomerEvent | undefined {
  const clock = wallClock(account.timeZone);
  return (raw) => {
    const parsed = contactMessage.safeParse(raw);
    if (!parsed.success) return undefined;
    const { id, name, email, telephone, custom_attrs, created_at } = parsed.data;
    const createdAt = clock.instantOf(created_at);
    return {
      account,
      vendorId: String(id),
      // Messages carry what the visitor typed and no customer id (quirk 12).
      customerVendorId: null,
      kind: 'CONTACT_FORM',
      name: null,
      payload: null,
      outboundStatus: null,
      campaignId: null,
      campaignUrl: null,
      errorMessage: null,
      senderName: textOrNull(name),
      senderEmail: textOrNull(email),
      senderPhone: textOrNull(telephone),
      text: null,
      formFields: (custom_attrs ?? []).map(({ attr_name, attr_value }) => ({
        name: attr_name,
        value: textOrNull(attr_value),
      })),
      occurredAt: createdAt,
      createdAt,
      sentAt: null,
      deliveredAt: null,
      readAt: null,
      lastChatInteractionAt: null,
    };
  };
}

/** Our conditions in the query of the message list. The vendor counts whole seconds, so bounds are narrowed to them. */
export const messageQuery = {
  email: (email: string) => ({ email }),
  createdAfter: (instant: string, clock: WallClock) => ({
    created_at_begin: clock.at(Math.ceil(Date.parse(instant) / SECOND) * SECOND),
  }),
  createdBefore: (instant: string, clock: WallClock) => ({
    created_at_end: clock.at(Math.floor(Date.parse(instant) / SECOND) * SECOND),
  }),
} satisfies { [Name in keyof EventFilter]?: (value: string, clock: WallClock) => Record<string, string> };

const SECOND = 1_000;

/** `note` and the membership level cannot be set on create, nor the e-mail changed on update (quirk 5). */
export const customerWrites = {
  CREATE: {
    required: [['email'], ['firstName'], ['lastName']],
    writable: ['email', 'firstName', 'lastName', 'phone', 'acceptsMarketing'],
  },
  UPDATE: { required: [], writable: ['firstName', 'lastName', 'phone', 'acceptsMarketing', 'note', 'membership'] },
} satisfies CustomerWrites;
