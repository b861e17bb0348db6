import type { JsonRecord } from '../../emulation/emulator.ts';
import { type Person, people } from '../../emulation/people.ts';

/** What the vendor keeps about a customer, by its own names; times in UTC, as nobody else sees them. */
export interface StoredCustomer {
  readonly id: number;
  readonly mobile: string;
  readonly full_name: string;
  readonly gender: string;
  readonly email: string;
  readonly birthday: string | null;
  readonly note: string;
  readonly accepts_marketing: boolean;
  readonly referral_code: string;
  readonly tags: readonly string[];
  readonly avatar: string;
  readonly points: number;
  readonly total_points: number;
  readonly statistics: JsonRecord;
  readonly profile: JsonRecord;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface StoredSegment {
  readonly id: number;
  readonly title: string;
  readonly members: Set<number>;
}

/** What a write may set, as it is where the write does not say: on create, and on PUT too (assumption 5). */
export const UNSET = {
  full_name: '',
  gender: 'unknown',
  email: '',
  birthday: null,
  note: '',
  accepts_marketing: false,
  referral_code: '',
  tags: [],
};

/** The sample's new customer: nothing happened yet (contract, endpoint 3). */
export const NEWCOMER = {
  avatar: '',
  points: 0,
  total_points: 0,
  statistics: {
    last_order_id: null,
    last_order_paid_at: null,
    abandoned_checkouts: 0,
    orders: 0,
    paid_orders: 0,
    total_spent: '0.00',
    average_order_price: '0.00',
    visits: 0,
    visits_per_day: '0.00',
    customers_referred: 0,
    total_spent_of_referred: '0.00',
    preferred_device: '',
    location: '',
  },
  profile: {
    source_name: 'unknown',
    campaign_name: '',
    campaign_source: '',
    campaign_medium: '',
    campaign_content: '',
    campaign_term: '',
  },
};

export function seededCustomers(count: number): Map<number, StoredCustomer> {
  return new Map(people(count).map((person) => [person.index + 1, customerOf(person)]));
}

const SEGMENTS: readonly { readonly title: string; readonly holds: (person: Person) => boolean }[] = [
  { title: '标签1', holds: ({ index }) => index % 2 === 0 },
  { title: '老客户', holds: ({ index }) => index % 3 === 0 },
  { title: '高价值客户', holds: ({ index }) => index % 5 === 0 },
  { title: '女性客户', holds: ({ gender }) => gender === 'female' },
  { title: '华东地区', holds: ({ city }) => city === '浦东新区' || city === '西湖区' },
  { title: '空分组', holds: () => false },
];

export function seededSegments(count: number): Map<number, StoredSegment> {
  const everybody = people(count);
  return new Map(
    SEGMENTS.map(({ title, holds }, index) => [
      index + 1,
      { id: index + 1, title, members: new Set(everybody.filter(holds).map((person) => person.index + 1)) },
    ]),
  );
}

function customerOf(person: Person): StoredCustomer {
  const { index } = person;
  return {
    id: index + 1,
    // 11 digits without a country code, as the store's sign-up form asks for.
    mobile: person.country === 'CN' ? person.nationalNumber : `139${String(20_000_000 + index)}`,
    full_name: person.fullName,
    gender: index % 11 === 10 ? 'unknown' : person.gender,
    email: index % 7 === 6 ? '' : person.email,
    birthday: person.birthday,
    note: person.note,
    accepts_marketing: person.acceptsMarketing,
    referral_code: index % 2 === 0 ? `HD${1_000 + index}` : '',
    tags: person.tags,
    avatar: index % 4 === 0 ? `https://example.com/avatar/${index}.jpg` : '',
    points: index * 5,
    total_points: index * 8,
    statistics: index % 3 === 0 ? NEWCOMER.statistics : statisticsOf(person),
    profile: index % 5 === 0 ? campaign(person) : NEWCOMER.profile,
    created_at: person.createdAt.toISOString(),
    updated_at: person.updatedAt.toISOString(),
  };
}

function statisticsOf({ index, city, updatedAt }: Person): JsonRecord {
  const paid = 1 + (index % 4);
  return {
    last_order_id: 5_000 + index,
    last_order_paid_at: withOffset(updatedAt.toISOString()),
    abandoned_checkouts: index % 3,
    orders: paid + (index % 3),
    paid_orders: paid,
    total_spent: (paid * 88.5).toFixed(2),
    average_order_price: '88.50',
    visits: 10 + index,
    visits_per_day: '0.25',
    customers_referred: index % 2,
    total_spent_of_referred: index % 2 === 0 ? '0.00' : '120.00',
    preferred_device: 'mobile',
    location: city,
  };
}

const campaign = ({ index }: Person): JsonRecord => ({
  source_name: 'wechat',
  campaign_name: '双十一',
  campaign_source: 'moments',
  campaign_medium: 'social',
  campaign_content: `banner-${index}`,
  campaign_term: '优惠',
});

// The two spellings of a time (quirk 3).

/** Whole seconds and `Z`: the brief shape. */
export const wholeSeconds = (utc: string): string => `${utc.slice(0, 19)}Z`;

/** Microseconds and the offset of China: the full shape. */
export const withOffset = (utc: string): string =>
  `${new Date(Date.parse(utc) + 8 * 3_600_000).toISOString().slice(0, -1)}000+08:00`;
