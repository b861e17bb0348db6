import type { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { CustomerFilter } from '../../crm/adapter.ts';
import type { Customer, CustomerCompleteness, CustomerField, CustomerFields } from '../../crm/customer.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import { type FieldReaders, type ReadRecord, recordReader } from '../../crm/record.ts';
import type { Segment, SegmentMembers } from '../../crm/segment.ts';
import type { Tag } from '../../crm/tag.ts';
import { dayOrNull, instantOrNull, textOrNull } from '../../crm/values.ts';
import { wireCustomer, wireSegment } from './wire.ts';

const memberFields = {
  fullName: (row) => textOrNull(row.full_name),
  email: (row) => textOrNull(row.email),
  phone: (row) => (row.mobile === undefined || row.mobile === null ? null : textOrNull(String(row.mobile))),
  gender: (row) => (row.gender === 'male' ? 'MALE' : row.gender === 'female' ? 'FEMALE' : null),
  birthday: (row) => dayOrNull(row.birthday),
  note: (row) => textOrNull(row.note),
  acceptsMarketing: (row) => row.accepts_marketing ?? null,
  createdAt: (row) => instantOrNull(row.created_at),
  tags: (row, account) =>
    (row.tags ?? []).map((tag) => tagNamed(account, typeof tag === 'string' ? tag : String(tag.name ?? tag.title))),
} satisfies FieldReaders<typeof wireCustomer, CustomerFields>;

/** The contract's CustomerBrief: list rows and get-by-id. */
const briefFields = {
  ...memberFields,
  segments: (row, account) =>
    (row.segments ?? []).map((segment) =>
      typeof segment === 'object'
        ? { account, vendorId: String(segment.id), title: segment.title }
        : { account, vendorId: String(segment) },
    ),
} satisfies FieldReaders<typeof wireCustomer, CustomerFields>;

export const briefCustomerFields: ReadonlySet<CustomerField> = new Set(Object.keys(briefFields) as CustomerField[]);
const memberCustomerFields: ReadonlySet<CustomerField> = new Set(Object.keys(memberFields) as CustomerField[]);

const vendorIdOf = (row: z.output<typeof wireCustomer>): string => String(row.id);

// PARTIAL: updated_at, statistics, points and more are in the answers to writes only (quirk 1).
const partial = (readableFields: ReadonlySet<CustomerField>): CustomerCompleteness => ({
  completeness: 'PARTIAL',
  readableFields,
});

export const briefCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, briefFields, partial(briefCustomerFields));

/** A customer inside a segment has no `segments` (quirk 8). */
export const memberCustomer = (account: AccountFacts): ReadRecord<Customer> =>
  recordReader(account, wireCustomer, vendorIdOf, memberFields, partial(memberCustomerFields));

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
  const parsed = wireSegment.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, title, customers } = parsed.data;
  return {
    account,
    vendorId: String(id),
    title: textOrNull(title),
    customers: customers === undefined || customers === null ? undefined : members(customers, readMember),
  };
}

function members(rows: readonly unknown[], readMember: (raw: unknown) => Customer | undefined): SegmentMembers {
  const records = rows.map(readMember).filter((member) => member !== undefined);
  return { records, unreadable: rows.length - records.length };
}

const writable = [
  'phone',
  'fullName',
  'gender',
  'email',
  'birthday',
  'note',
  'acceptsMarketing',
  'referralCode',
  'tags',
] as const;

/** The nine fields of the contract's CustomerWrite; only `mobile` is assumed to be required (assumption 3). */
export const customerWrites = {
  CREATE: { required: [['phone']], writable },
  UPDATE: { required: [], writable },
} satisfies CustomerWrites;

/** Our conditions in the list's query. Nothing else may be sent: unknown parameters are ignored and match everybody. */
export const customerQuery = {
  ids: (ids: readonly string[]) => ({ id__in: ids.join(',') }),
  segment: (id: string) => ({ segment: id }),
  segmentExclude: (id: string) => ({ segment__exclude: id }),
  coupon: (id: string) => ({ coupon: id }),
  couponExclude: (id: string) => ({ coupon__exclude: id }),
} satisfies { [Name in keyof CustomerFilter]?: (value: never) => Record<string, string> };
