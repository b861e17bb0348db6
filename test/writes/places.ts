import type { JsonRecord } from '../../src/emulation/emulator.ts';
import type { Values } from './inputs.ts';

// Where each vendor keeps what a write names, and what a write to one thing must leave alone.

/** The vendor's own names of what each of our fields is kept in; whatever is not listed here must stay. */
const KEPT_IN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  salekit: {
    fullName: ['full_name'],
    phone: ['phone'],
    source: ['src'],
    referrerCode: ['cid'],
    gender: ['gender'],
    addresses: ['address'],
    note: ['note'],
    customFields: ['custom_field'],
    kind: ['type'],
    tags: ['tag'],
  },
  ladiflow: {
    email: ['email', 'key'],
    phone: ['phone'],
    firstName: ['first_name', 'name'],
    lastName: ['last_name', 'name'],
    birthday: ['dob', 'dob_year', 'dob_month', 'dob_day', 'dob_month_day'],
    gender: ['gender'],
    company: ['company'],
    jobTitle: ['job_title'],
    // A country that is written has no id of its own.
    addresses: ['address', 'address_2', 'ward', 'district', 'city', 'postal_code', 'country', 'country_id'],
    website: ['website'],
    socialProfiles: ['facebook_url', 'twitter_url', 'linkedIn_url', 'skype', 'zalo'],
    leadScore: ['score'],
    interactionChannels: ['channels'],
    externalId: ['external_customer_id'],
    customFields: ['custom_fields'],
    tags: ['tags'],
  },
  fecify: {
    firstName: ['first_name'],
    lastName: ['last_name'],
    acceptsMarketing: ['accepts_marketing'],
    payLater: ['payafteruse_status', 'payafteruse_level'],
    phone: ['phone', 'numberCode'],
    note: ['note'],
    membershipLevelId: ['customervip_id'],
  },
  mercately: {
    firstName: ['first_name'],
    lastName: ['last_name'],
    email: ['email'],
    phone: ['phone'],
    note: ['notes'],
    identityDocument: ['id_type', 'id_number'],
    ownerId: ['agent_id'],
    // The letters of the country are those of the main address.
    addresses: ['customer_addresses', 'country_id'],
    tags: ['tags'],
    customFields: ['custom_fields'],
  },
  heidianer: {
    phone: ['mobile'],
    fullName: ['full_name'],
    gender: ['gender'],
    email: ['email'],
    birthday: ['birthday'],
    note: ['note'],
    acceptsMarketing: ['accepts_marketing'],
    referralCode: ['referral_code'],
    tags: ['tags'],
  },
};
/** They tell when something was changed. */
const TIMES = ['updated_at'];

/** The record without what a write to this field may change. */
export function othersIn(vendor: string, field: string, record: JsonRecord): Values {
  const changed = [...TIMES, ...(KEPT_IN[vendor]?.[field] ?? [])];
  return Object.fromEntries(Object.entries(record).filter(([name]) => !changed.includes(name)));
}

type Named = readonly Values[];
const named = (value: unknown, by: string): readonly unknown[] => ((value ?? []) as Named).map((each) => each[by]);

/** Of a field that holds several things, those that the write does not name, in our words. */
export function unnamedIn(vendor: string, field: string, asked: unknown, { [field]: held }: Values): unknown {
  switch (field) {
    case 'customFields':
      return without(held as Values, named(asked, 'name'));
    case 'tags':
      return (held as readonly unknown[]).filter((name) => !named(asked, 'name').includes(name)).toSorted();
    case 'socialProfiles':
      return (held as Named).filter(({ network }) => !named(asked, 'network').includes(network));
    case 'payLater':
      return without(held as Values, Object.keys(asked as Values));
    case 'addresses':
      if (vendor === 'ladiflow') return without((held as Named)[0] ?? {}, Object.keys((asked as Named)[0] ?? {}));
      // What is given is added; only which of them is the main one may change.
      if (vendor !== 'mercately') return undefined;
      return (held as Named)
        .filter(({ line1 }) => !named(asked, 'line1').includes(line1))
        .map((address) => without(address, ['isDefault']));
    default:
      return undefined;
  }
}

const without = (values: Values, names: readonly unknown[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
