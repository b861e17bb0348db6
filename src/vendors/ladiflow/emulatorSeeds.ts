import { type Person, people, TAG_NAMES } from '../../emulation/people.ts';
import {
  birthKeys,
  type Customer,
  customerId,
  emailFromPhone,
  FIELDS,
  type FieldValue,
  keyOf,
  OWNER,
  orderTotals,
  STORE,
  type Tag,
  tagId,
  tagNamed,
} from './emulatorRecords.ts';

// The records the emulated vendor starts with.

/** So many more people than asked for are seeded as soft-deleted records. */
const DELETED = 3;

export function seededTags(): readonly Tag[] {
  return TAG_NAMES.map((name, index) => tagNamed(index, name, new Date(Date.UTC(2023, 9, 26 + index, 6, 24, 41, 513))));
}

export const seededCustomers = (count: number): readonly Customer[] =>
  people(count + DELETED).map((person) => customerOf(person, person.index >= count));

function customerOf(person: Person, isDeleted: boolean): Customer {
  const { index } = person;
  const identity = identityOf(person);
  const fullName = person.fullName;
  const isSplit = index % 2 === 0;
  const orders = index % 6;
  const paid = Math.ceil(orders / 2);
  const vouchers = index % 4 === 1 ? [`S24CN${index}`, `LDFG${index}`] : [];
  const created = person.createdAt.toISOString();
  const custom_fields: ReadonlyMap<string, FieldValue> = new Map(
    FIELDS.flatMap(({ name, valueFor }): [string, FieldValue][] => {
      const value = valueFor(person);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    _id: customerId(index),
    id: customerId(index),
    ...identity,
    key: keyOf(identity.email),
    store_id: STORE,
    owner_id: OWNER,
    creator_id: OWNER,
    name: fullName,
    // All samples hold the whole name in first_name.
    first_name: isSplit ? person.firstName : fullName,
    last_name: isSplit ? person.lastName : '',
    phone_2: null,
    phone_verified: index % 3 === 0,
    gender: index % 13 === 12 ? null : person.gender,
    ...birthDate(person),
    language: person.country === 'VN' ? 'vi' : 'en',
    company: person.company ?? undefined,
    job_title: person.jobTitle,
    ...addressOf(person),
    facebook_url: index % 5 === 0 ? `https://facebook.com/khach${index}` : null,
    twitter_url: index % 25 === 0 ? `https://twitter.com/khach${index}` : null,
    linkedIn_url: index % 20 === 0 ? `https://linkedin.com/in/khach${index}` : null,
    skype: index % 30 === 0 ? `live:khach${index}` : null,
    zalo: index % 10 === 0 ? `khach${index}` : null,
    website: [`https://khach${index}.example.vn`, null, [`https://khach${index}.example.vn`]][index % 3],
    ipos_membership_id: null,
    avatar: index % 2 === 0 ? `https://example.com/avatar/${index}.jpg` : undefined,
    avatar_color: '#E1A046',
    alias: `${identity.email.replace('@', '')}-${index}`,
    status: 'SUBSCRIBER',
    subscribed_at: created,
    email_subscribe_status: person.acceptsMarketing,
    is_email_verified: index % 3 === 1,
    bounce: 0,
    complaint: 0,
    score: index % 20,
    external_customer_id: index % 4 < 2 ? String(index) : undefined,
    source: ['ZALO', 'DASHBOARD', 'API'][index % 3],
    source_customer: '',
    channels: index % 3 === 0 ? ['NHANHVN', 'DASHBOARD', 'ZALO'] : ['API'],
    tags: person.tags.map((name) => tagId((TAG_NAMES as readonly string[]).indexOf(name))),
    vouchers,
    last_voucher_code: vouchers.at(-1),
    is_merge: index % 10 === 3,
    is_delete: isDeleted,
    ...orderTotals('', orders),
    ...orderTotals('pending_', orders > 1 ? 1 : 0),
    ...orderTotals('paid_', paid),
    ...orderTotals('cancel_', orders > 4 ? 1 : 0),
    fb_page_ids: [],
    fb_page_uids: [],
    messenger_recurring_message_tokens: [],
    messenger_recurring_topics: [],
    ladichat_uids: [],
    ladichat_store_ids: [],
    ladichat_store_uids: [],
    created_at: created,
    updated_at: person.updatedAt.toISOString(),
    custom_fields,
    lost_fields: index % 4 === 1 ? LOST_FIELDS : [],
  };
}

/** The second never had a type (contract, Custom fields). */
const LOST_FIELDS = [
  { values: [], name: 'last_order_shipping_fee', value: '', data_type: 'NUMBER' },
  { values: [], name: 'payment_method', value: '2' },
];

/**
 * An e-mail is what the vendor knows a customer by: it makes one up from the phone, the Zalo id or the Facebook id of
 * those without (contract, Identity). Some with an e-mail have no phone.
 */
function identityOf(person: Person) {
  const { index } = person;
  const zalo = `8870236147${String(300_000_000 + index)}`;
  const facebook = `1000${String(50_000_000 + index)}`;
  const phone = person.country === 'VN' ? `0${person.nationalNumber}` : person.phoneAsTyped;
  const madeUpFrom =
    index % 5 !== 4 ? undefined : (['phone', 'zalo', 'phone', 'facebook'] as const)[Math.floor(index / 5) % 4];
  const onZalo = madeUpFrom === 'zalo' || index % 4 === 0;
  return {
    email:
      madeUpFrom === 'phone'
        ? emailFromPhone(phone)
        : madeUpFrom === 'zalo'
          ? `${zalo}@zalo.com`
          : madeUpFrom === 'facebook'
            ? `${facebook}@facebook.com`
            : person.email,
    phone: madeUpFrom === 'zalo' || madeUpFrom === 'facebook' || index % 35 === 6 ? undefined : phone,
    fb_uids: madeUpFrom === 'facebook' || index % 6 === 0 ? [facebook] : [],
    zalo_oa_ids: onZalo ? ['3657925253147481196'] : [],
    zalo_oa_uids: onZalo ? [{ zalo_oa_id: '3657925253147481196', zalo_uid: zalo, primary: true }] : [],
    zalo_uids: onZalo ? (index % 8 === 0 ? [zalo, `${zalo}7`] : [zalo]) : [],
    zalo_uid_by_app: onZalo ? `91${zalo}` : undefined,
  };
}

/** Without a birthday the keys are null for some and absent for others. */
function birthDate({ birthday, index }: Person) {
  if (birthday !== null) return birthKeys(birthday);
  const none = index % 2 === 0 ? null : undefined;
  return { dob: none, dob_year: none, dob_month: none, dob_day: none, dob_month_day: none };
}

function addressOf({ index, country, street, city, province, postalCode }: Person) {
  const known = index % 9 !== 8;
  const names = { VN: 'Việt Nam', CN: 'Trung Quốc', EC: 'Ecuador' };
  return {
    country: known ? names[country] : null,
    country_id: known ? country : null,
    city: known ? province : null,
    city_id: null,
    district: known ? city : null,
    district_id: null,
    ward: known && country === 'VN' ? 'Phường 1' : null,
    ward_id: null,
    address: known ? street : null,
    address_2: null,
    // A number (quirk 16), unless that would lose a leading zero.
    postal_code: !known ? null : postalCode.startsWith('0') ? postalCode : Number(postalCode),
  };
}
