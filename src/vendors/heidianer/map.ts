import type { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { CustomerFilter } from '../../crm/adapter.ts';
import type {
  Attribution,
  Customer,
  CustomerCompleteness,
  CustomerField,
  CustomerFields,
  OrderStatistics,
} from '../../crm/customer.ts';
import { isJsonObject } from '../../crm/json.ts';
import { pageOf } from '../../crm/page.ts';
import { type FieldReaders, type ReadRecord, recordReader } from '../../crm/record.ts';
import type { Segment } from '../../crm/segment.ts';
import { checked } from '../../crm/shapes.ts';
import type { Tag } from '../../crm/tag.ts';
import { dayOrNull, decimalOrNull, instantOrNull, textOrNull } from '../../crm/values.ts';
import { tagName, wireCustomer, wireFullCustomer, wireSegment } from './wire.ts';

const memberFields = {
  fullName: (row) => textOrNull(row.full_name),
  email: (row) => textOrNull(row.email),
  phone: (row) => (row.mobile === undefined || row.mobile === null ? null : textOrNull(String(row.mobile))),
  gender: (row) => (row.gender === 'male' ? 'MALE' : row.gender === 'female' ? 'FEMALE' : null),
  birthday: (row) => dayOrNull(row.birthday),
  note: (row) => textOrNull(row.note),
  acceptsMarketing: (row) => row.accepts_marketing ?? null,
  createdAt: (row) => instantOrNull(row.created_at),
  tags: (row, account) => (row.tags ?? []).map((tag) => tagNamed(account, tagName(tag))),
} satisfies FieldReaders<typeof wireCustomer, CustomerFields>;

/** The contract's CustomerBrief: list rows and get-by-id. */
const briefFields = {
  ...memberFields,
  segments: (row, account) => segmentsOf(account, row.segments ?? []),
} satisfies FieldReaders<typeof wireCustomer, CustomerFields>;

/** The contract's CustomerFull: answers to creates and updates. */
const fullFields = {
  ...memberFields,
  updatedAt: (row) => instantOrNull(row.updated_at),
  referralCode: (row) => textOrNull(row.referral_code),
  avatarUrl: (row) => textOrNull(row.avatar),
  membership: (row) => ({
    level: levelName(row.level),
    points: row.points ?? null,
    totalPoints: row.total_points ?? null,
  }),
  orderStatistics: (row) => orderStatistics(row.statistics ?? {}),
  attribution: (row) => attribution(row.profile ?? {}),
  segments: (row, account) => segmentsOf(account, row.segments ?? row.segment_ids ?? []),
} satisfies FieldReaders<typeof wireFullCustomer, CustomerFields>;

export const briefCustomerFields: ReadonlySet<CustomerField> = new Set(Object.keys(briefFields) as CustomerField[]);
const memberCustomerFields: ReadonlySet<CustomerField> = new Set(Object.keys(memberFields) as CustomerField[]);

const fullCustomerFields: ReadonlySet<CustomerField> = new Set(Object.keys(fullFields) as CustomerField[]);

const vendorIdOf = (row: Pick<z.output<typeof wireCustomer>, 'id'>): string => String(row.id);

// PARTIAL: updated_at, statistics, points and more are in the answers to writes only (quirk 1).
const partial = (readableFields: ReadonlySet<CustomerField>): CustomerCompleteness => ({
  completeness: 'PARTIAL',
  readableFields,
});
const brief = partial(briefCustomerFields);
const member = partial(memberCustomerFields);
const full: CustomerCompleteness = { completeness: 'FULL', readableFields: fullCustomerFields };

export const briefCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, briefFields, brief);

/** A customer inside a segment has no `segments` (quirk 8). */
export const memberCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, memberFields, member);

/** Undefined also for an answer that shows less than CustomerFull: what it leaves out would look empty. */
export function fullCustomer(account: AccountFacts): ReadRecord<Customer> {
  const read = recordReader(account, wireFullCustomer, vendorIdOf, fullFields, full);
  return (raw, fetchedAt) => (showsAll(raw) ? read(raw, fetchedAt) : undefined);
}

const fullKeys = Object.keys(wireFullCustomer.shape);

const showsAll = (raw: unknown): boolean =>
  isJsonObject(raw) &&
  fullKeys.every((key) =>
    key === 'segments' || key === 'segment_ids'
      ? raw.segments !== undefined || raw.segment_ids !== undefined
      : raw[key] !== undefined,
  );

/** Stands for the CustomerFull that would answer `body`. */
export const dryCustomer = (id: string, body: object): object => ({
  ...Object.fromEntries(fullKeys.map((key) => [key, null])),
  ...body,
  id,
});

type WireSegments = z.output<typeof wireFullCustomer>['segments' | 'segment_ids'];

const segmentsOf = (account: AccountFacts, elements: NonNullable<WireSegments>): readonly Segment[] =>
  elements.map((segment) =>
    typeof segment === 'object'
      ? { account, vendorId: String(segment.id), title: segment.title }
      : { account, vendorId: String(segment) },
  );

/** Only null was ever seen; text, numbers and objects with a name are understood. */
function levelName(level: unknown): string | null {
  if (typeof level === 'string') return textOrNull(level);
  if (typeof level === 'number') return String(level);
  if (!isJsonObject(level)) return null;
  const name = level.name ?? level.title;
  return typeof name === 'string' ? textOrNull(name) : null;
}

type WireFull = z.output<typeof wireFullCustomer>;

const orderStatistics = (row: Partial<NonNullable<WireFull['statistics']>>): OrderStatistics => ({
  currency: null,
  orders: row.orders ?? null,
  averageOrderValue: decimalOrNull(row.average_order_price),
  paidOrders: row.paid_orders ?? null,
  paidOrdersValue: decimalOrNull(row.total_spent),
  abandonedCheckouts: row.abandoned_checkouts ?? null,
  lastOrderId: row.last_order_id === undefined || row.last_order_id === null ? null : String(row.last_order_id),
  lastOrderPaidAt: instantOrNull(row.last_order_paid_at),
  visits: row.visits ?? null,
  visitsPerDay: decimalOrNull(row.visits_per_day),
  referredCustomers: row.customers_referred ?? null,
  referredCustomersValue: decimalOrNull(row.total_spent_of_referred),
  preferredDevice: textOrNull(row.preferred_device),
  location: textOrNull(row.location),
});

const attribution = (row: Partial<NonNullable<WireFull['profile']>>): Attribution => ({
  sourceName: textOrNull(row.source_name),
  campaignName: textOrNull(row.campaign_name),
  campaignSource: textOrNull(row.campaign_source),
  campaignMedium: textOrNull(row.campaign_medium),
  campaignContent: textOrNull(row.campaign_content),
  campaignTerm: textOrNull(row.campaign_term),
});

/** There is no tag resource: the name is all there is. */
export const tagNamed = (account: AccountFacts, name: string): Tag => ({
  account,
  vendorId: name,
  name,
  createdAt: null,
  updatedAt: null,
});

/** Undefined for a row without a usable id. */
export function segment(
  account: AccountFacts,
  readMember: (raw: unknown) => Customer | undefined,
  raw: unknown,
): Segment | undefined {
  const parsed = checked(wireSegment, raw);
  if (!parsed.success) return undefined;
  const { id, title, customers } = parsed.data;
  return {
    account,
    vendorId: String(id),
    title: textOrNull(title),
    customers:
      customers === undefined || customers === null ? undefined : pageOf(customers, readMember, undefined, undefined),
  };
}

/** Our conditions in the list's query. Nothing else may be sent: unknown parameters are ignored and match everybody. */
export const customerQuery = {
  ids: (ids: readonly string[]) => ({ id__in: ids.join(',') }),
  segment: (id: string) => ({ segment: id }),
  segmentExclude: (id: string) => ({ segment__exclude: id }),
  coupon: (id: string) => ({ coupon: id }),
  couponExclude: (id: string) => ({ coupon__exclude: id }),
} satisfies { [Name in keyof CustomerFilter]?: (value: never) => Record<string, string> };
