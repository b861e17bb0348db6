import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, startEmulator } from '../../emulation/emulator.ts';
import { type Person, people, TAG_NAMES } from '../../emulation/people.ts';
import { hexId } from '../../emulation/random.ts';

export const credentials = { apiKey: 'ladiflow-demo-api-key' };

/** What the contract leaves open, and the reading the emulator starts with. */
const quirks = {
  /** `mirror`: the HTTP status equals `code`; `body-only`: it is always 200 (assumption 1). */
  statusMode: 'mirror',
  /** `404`, or a 200 with a `customer` that is `null`, `empty` ({}) or `absent`, or with no `data` at all: `no-data` (assumption 3). */
  showMissing: '404',
  /** Rows per page at most; more is cut without a word (assumption 17). */
  listLimitMax: 100,
  /** `any` or `all` of several tags, or `ignored` (assumption 18). */
  tagFilter: 'any',
  /** Whether soft-deleted customers are shown (assumption 20). */
  deletedVisible: false,
};

type FieldValue = string | number | boolean | readonly (string | null)[];
type CustomFields = ReadonlyMap<string, FieldValue>;
type Customer = ReturnType<typeof customerOf>;

interface Tag {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
}

interface FieldDefinition {
  readonly name: string;
  readonly type: string;
  /** What a person has in it; undefined is nothing. */
  readonly valueFor: (person: Person) => FieldValue | undefined;
}

/** All nine data types. */
const FIELDS: readonly FieldDefinition[] = [
  { name: 'point', type: 'NUMBER', valueFor: ({ index }) => (index % 3 === 2 ? undefined : index * 10) },
  { name: 'channel_urls', type: 'CHECK_BOX', valueFor: ({ index }) => some(index, ['173672', '173673', null]) },
  { name: 'last_order_id', type: 'TEXT_INPUT', valueFor: ({ index }) => (index % 2 === 0 ? `DH${index}` : undefined) },
  { name: 'delivery_note', type: 'TEXT_AREA', valueFor: ({ note }) => note || undefined },
  {
    name: 'last_order_created_at',
    type: 'DATE',
    valueFor: ({ index, updatedAt }) => (index % 4 === 3 ? undefined : updatedAt.toISOString()),
  },
  // No filled example in the contract: true as such and as text.
  {
    name: 'wants_samples',
    type: 'BOOLEAN',
    valueFor: ({ index }) => [true, false, 'true', undefined][index % 4],
  },
  { name: 'tudongtang', type: 'AUTO_INCREMENT', valueFor: ({ index }) => (index % 6 === 5 ? undefined : index + 1) },
  {
    name: 'last_order_product_names',
    type: 'LIST',
    valueFor: ({ index }) => some(index + 1, ['Áo thun', 'Trà ô long', 'Bàn gỗ']),
  },
  { name: 'ldprb', type: 'DROPDOWN', valueFor: ({ index }) => some(index + 2, ['Bạc', 'Vàng']).slice(0, 1) },
  { name: 'order_number', type: 'NUMBER', valueFor: ({ index }) => index % 7 },
];
const SINGLE_VALUE = new Set(['TEXT_INPUT', 'TEXT_AREA', 'NUMBER', 'DATE', 'BOOLEAN', 'AUTO_INCREMENT']);

/** Columns S and L of the contract's table, where they differ. */
const SHOW_ONLY = new Set([
  'company',
  'job_title',
  'facebook_url',
  'twitter_url',
  'linkedIn_url',
  'website',
  'skype',
  'zalo',
  'ipos_membership_id',
  'avatar',
  'external_customer_id',
  'last_voucher_code',
  'zalo_uid_by_app',
]);
const LIST_ONLY = new Set(['id', 'phone_verified', 'source_customer']);

const STORE = hexId(90, 1);
const OWNER = hexId(91, 1);
/** So many more people than asked for are seeded as soft-deleted records. */
const DELETED = 3;

const id = z.string().regex(/^[0-9a-f]{24}$/);
const page = z.number().int().min(1);
const limit = z.number().int().min(1);

// What the vendor understands; null and missing are the same, and other fields are ignored.
const showRequest = z.object({
  customer_id: z.string().nullish(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
});
const paging = { page: z.number().int().min(0).nullish(), limit: limit.nullish() };
const listRequest = z.object({
  ...paging,
  search: z.object({ name: z.string().nullish() }).nullish(),
  tags: z.array(z.string()).nullish(),
  sort: z.record(z.string(), z.enum(['ASC', 'DESC'])).nullish(),
});
const tagListRequest = z.object({ ...paging, keyword: z.string().nullish() });

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live) => ladiflow(live as typeof quirks, options.customers ?? 500), options);
}

function ladiflow(live: typeof quirks, count: number): EmulatedVendor {
  let customers: Map<string, Customer>;
  let tags: Map<string, Tag>;

  function reset(): void {
    tags = new Map(TAG_NAMES.map((name, index) => [tagId(index), tagNamed(name, index)]));
    customers = new Map(
      people(count + DELETED)
        .map((person) => customerOf(person, person.index >= count))
        .map((customer) => [customer._id, customer]),
    );
  }
  reset();

  const succeed = (data: unknown): EmulatedAnswer => ({
    status: 200,
    body: { data, message: 'Thành công', code: 200 },
  });
  const fail = (code: number): EmulatedAnswer => ({
    status: live.statusMode === 'body-only' ? 200 : code,
    body: failureBody(code),
  });

  /** Newest change first, unless the list is asked for another order. */
  function visible(field: string = 'updated_at', direction: string = 'DESC'): readonly Customer[] {
    const sign = direction === 'ASC' ? 1 : -1;
    // The request names the field, so it may be none of ours.
    const key = (customer: Customer) => String((customer as Readonly<Record<string, unknown>>)[field] ?? '');
    return [...customers.values()]
      .filter((customer) => live.deletedVisible || !customer.is_delete)
      .sort((one, other) => sign * (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
  }

  /** One page: 0 and missing are page 1 (assumption 16), and beyond the last there is nothing. */
  function pageOf<Row>(
    rows: readonly Row[],
    request: { page?: unknown; limit?: unknown },
    show: (row: Row) => unknown,
  ) {
    const number = Number(request.page ?? 1) || 1;
    const size = Math.min(Number(request.limit ?? 20), live.listLimitMax);
    return { total: rows.length, limit: size, items: rows.slice((number - 1) * size, number * size).map(show) };
  }

  return {
    headers: ['api-key'],
    basePath: '/1.0',
    quirks,
    reset,
    failure: (status) => ({ status, body: failureBody(status) }),
    failureInside200: (status) => ({ status: 200, body: failureBody(status) }),
    unknownRoute: () => fail(404),
    authorize: ({ headers }) => (headers['api-key'] === credentials.apiKey ? undefined : fail(401)),
    routes: [
      {
        operation: 'customerShow',
        method: 'POST',
        path: '/customer/show',
        // Several identifiers may disagree: a careful client sends one (assumption 4).
        body: z.union([
          z.strictObject({ customer_id: id }),
          z.strictObject({ email: z.string().min(1) }),
          z.strictObject({ phone: z.string().min(1) }),
        ]),
        handle: ({ body }) => showCustomer(body),
      },
      {
        operation: 'customerList',
        method: 'POST',
        path: '/customer/list',
        body: z.strictObject({
          search: z.strictObject({ name: z.string() }).optional(),
          tags: z.array(id).optional(),
          page: page.optional(),
          limit: limit.optional(),
          sort: z.strictObject({ updated_at: z.enum(['ASC', 'DESC']) }).optional(),
        }),
        handle: ({ body }) => listCustomers(body),
      },
      {
        operation: 'customerListTag',
        method: 'POST',
        path: '/customer/list-tag',
        body: z.strictObject({ keyword: z.string().optional(), page: page.optional(), limit: limit.optional() }),
        handle: ({ body }) => listTags(body),
      },
    ],
  };

  function showCustomer(body: unknown): EmulatedAnswer {
    const request = showRequest.safeParse(body);
    if (!request.success) return fail(400);
    const { customer_id, email, phone } = request.data;
    if (!customer_id && !email && !phone) return fail(400);
    // The most specific identifier alone counts (assumption 4), and of several with one phone the newest (assumption 5).
    const customer = visible().find((candidate) =>
      customer_id ? candidate._id === customer_id : email ? candidate.email === email : candidate.phone === phone,
    );
    if (customer !== undefined) return succeed({ customer: shown(customer) });
    switch (live.showMissing) {
      case 'null':
        return succeed({ customer: null });
      case 'empty':
        return succeed({ customer: {} });
      case 'absent':
        return succeed({});
      case 'no-data':
        return succeed(null);
      default:
        return fail(404);
    }
  }

  function listCustomers(body: unknown): EmulatedAnswer {
    const request = listRequest.safeParse(body);
    if (!request.success) return fail(400);
    const { search, tags: wanted, sort } = request.data;
    const name = search?.name?.toLowerCase() ?? '';
    const matching = visible(...Object.entries(sort ?? {}).flat()).filter(
      (customer) => hasText(customer, name) && hasTags(customer, wanted ?? []),
    );
    const total_verified = matching.filter((customer) => customer.is_email_verified).length;
    return succeed({ ...pageOf(matching, request.data, listed), total_verified });
  }

  /** An empty list is no filter. */
  function hasTags(customer: Customer, wanted: readonly string[]): boolean {
    if (wanted.length === 0 || live.tagFilter === 'ignored') return true;
    const holds = (tag: string) => customer.tags.includes(tag);
    return live.tagFilter === 'all' ? wanted.every(holds) : wanted.some(holds);
  }

  function listTags(body: unknown): EmulatedAnswer {
    const request = tagListRequest.safeParse(body);
    if (!request.success) return fail(400);
    const keyword = request.data.keyword?.toLowerCase() ?? '';
    const matching = [...tags.values()].filter(({ name }) => name.toLowerCase().includes(keyword));
    return succeed(pageOf(matching.toReversed(), request.data, (tag) => tag));
  }
}

/** Substring of name, e-mail or phone, in any case (assumption 19). */
const hasText = ({ name, email, phone }: Customer, text: string): boolean =>
  [name, email, phone ?? ''].some((value) => value.toLowerCase().includes(text));

function shown({ custom_fields, ...customer }: Customer): unknown {
  const entries = FIELDS.flatMap(({ name, type }, index) => {
    const value = custom_fields.get(name);
    const entry = { custom_field_id: fieldId(index), name, data_type: type };
    // Fewer entries than definitions: what was never filled is missing, except for some.
    if (value === undefined && index % 3 === 2) return [];
    if (SINGLE_VALUE.has(type)) return [{ values: [], ...entry, value: value ?? '' }];
    return [{ values: value ?? [], ...entry }];
  });
  // Values of a definition that is gone; the second never had a type (contract, Custom fields).
  const orphans =
    Number(customer.external_customer_id ?? 0) % 2 === 1
      ? [
          { values: [], name: 'last_order_shipping_fee', value: '', data_type: 'NUMBER' },
          { values: [], name: 'payment_method', value: '2' },
        ]
      : [];
  return { ...without(LIST_ONLY, customer), custom_fields: [...orphans, ...entries] };
}

/** All definitions of the store, in a running order, empty ones included. */
function listed({ custom_fields, ...customer }: Customer): unknown {
  const entries = FIELDS.map(({ name, type }, order) => {
    const value = custom_fields.get(name);
    const entry = { custom_field_id: fieldId(order), name, data_type: type, order };
    // Numbers have a place of their own, as number or text, and one field leaks its history (quirk 14).
    if (name === 'order_number') return { ...entry, oldValue: null, newValues: [], value_number: String(value ?? 0) };
    if (type === 'NUMBER') return { ...entry, value_number: value ?? null };
    if (SINGLE_VALUE.has(type)) return { values: [], ...entry, value: value ?? '' };
    const values = Array.isArray(value) ? value : [];
    // Null has become a word here (quirk 15), also where there is nothing else.
    if (type === 'CHECK_BOX') return { values: values.length === 0 ? ['null'] : values.map(String), ...entry };
    return { values, ...entry };
  });
  return { ...without(SHOW_ONLY, customer), custom_fields: entries };
}

const without = (keys: ReadonlySet<string>, record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));

/** A record with the keys of both columns; undefined is an absent key. */
function customerOf(person: Person, isDeleted: boolean) {
  const { index } = person;
  const identity = identityOf(person);
  const fullName = person.fullName;
  const isSplit = index % 2 === 0;
  const orders = index % 6;
  const paid = Math.ceil(orders / 2);
  const vouchers = index % 4 === 1 ? [`S24CN${index}`, `LDFG${index}`] : [];
  const created = person.createdAt.toISOString();
  const custom_fields: CustomFields = new Map(
    FIELDS.flatMap(({ name, valueFor }): [string, FieldValue][] => {
      const value = valueFor(person);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    _id: customerId(index),
    id: customerId(index),
    ...identity,
    key: `${identity.email}-${STORE}`,
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
  };
}

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
        ? `${phone.replace(/\D/g, '')}.ladiflow@ladimail.com`
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

/** Months count from 0 (quirk 1). Without a birthday the keys are null for some and absent for others. */
function birthDate({ birthday, index }: Person) {
  if (birthday === null) {
    const none = index % 2 === 0 ? null : undefined;
    return { dob: none, dob_year: none, dob_month: none, dob_day: none, dob_month_day: none };
  }
  const [year = 0, month = 0, day = 0] = birthday.split('-').map(Number);
  return {
    dob: `${birthday}T00:00:00.000Z`,
    dob_year: year,
    dob_month: month - 1,
    dob_day: day,
    dob_month_day: `${String(month - 1).padStart(2, '0')}${String(day).padStart(2, '0')}`,
  };
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

/** Of all orders, or of those in one state; three of them give an average that does not come out even. */
function orderTotals<Prefix extends string>(prefix: Prefix, orders: number) {
  const value = orders === 3 ? 1_000_000 : orders * 150_000;
  return {
    [`total_${prefix}order`]: orders,
    [`total_${prefix}order_value`]: value,
    [`avg_${prefix}order_value`]: orders === 0 ? 0 : value / orders,
  };
}

const tagNamed = (name: string, index: number): Tag => {
  const created = new Date(Date.UTC(2023, 9, 26 + index, 6, 24, 41, 513)).toISOString();
  return { id: tagId(index), name, created_at: created, updated_at: created };
};

const tagId = (index: number): string => hexId(1, index + 1);
const customerId = (index: number): string => hexId(2, index + 1);
const fieldId = (index: number): string => hexId(3, index + 1);

/** None, or the first few. */
const some = <Item>(index: number, items: readonly Item[]): readonly Item[] =>
  items.slice(0, index % (items.length + 1));

function failureBody(code: number): unknown {
  const messages: Readonly<Record<number, string>> = {
    400: 'Invalid request',
    401: 'Api-Key is missing or invalid',
    404: 'Customer not found',
    409: 'Already exists',
    429: 'Too many requests',
  };
  return { data: null, message: messages[code] ?? 'Internal error', code };
}
