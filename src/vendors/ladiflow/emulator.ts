import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, startEmulator } from '../../emulation/emulator.ts';
import { type Customer, newCustomer, type Tag, tagNamed } from './emulatorRecords.ts';
import { seededCustomers, seededTags } from './emulatorSeeds.ts';
import { listed, plain, shown, written } from './emulatorViews.ts';
import {
  applied,
  correctCreate,
  correctUpdate,
  correctUpsert,
  emailOf,
  externalData,
  type WriteRequest,
  writeRequest,
} from './emulatorWrites.ts';

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
  /** What `tags` in a write does: `merge` adds them, `replace` takes all others off (assumption 11). */
  writtenTags: 'merge',
  /** Whether `create-tag` answers the new id or an empty one, as in the vendor's sample: `id` or `empty` (quirk 19). */
  createdTagId: 'id',
};

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
const tagRequest = z.object({ name: z.string().min(1) });
const tagListRequest = z.object({ ...paging, keyword: z.string().nullish() });

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live) => ladiflow(live as typeof quirks, options.customers ?? 500), options);
}

function ladiflow(live: typeof quirks, count: number): EmulatedVendor {
  let customers: Map<string, Customer>;
  let tags: Map<string, Tag>;

  function reset(): void {
    tags = new Map(seededTags().map((tag) => [tag.id, tag]));
    customers = new Map(seededCustomers(count).map((customer) => [customer._id, customer]));
  }
  reset();

  const succeed = (data: unknown, code = 200): EmulatedAnswer => ({
    status: live.statusMode === 'body-only' ? 200 : code,
    body: { data, message: 'Thành công', code },
  });
  const fail = (code: number): EmulatedAnswer => ({
    status: live.statusMode === 'body-only' ? 200 : code,
    body: failureBody(code),
  });

  /** Newest change first, unless the list is asked for another order. */
  function visible(field: string = 'updated_at', direction: string = 'DESC'): readonly Customer[] {
    const sign = direction === 'ASC' ? 1 : -1;
    const key = (customer: Customer) => String(customer[field] ?? '');
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
    records: () => ({
      customers: [...customers.values()].map(plain),
      tags: [...tags.values()].map((tag) => ({ ...tag })),
    }),
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
      {
        operation: 'customerCreate',
        method: 'POST',
        path: '/customer/create',
        body: correctCreate,
        handle: ({ body }) => createCustomer(body),
      },
      {
        operation: 'customerUpdate',
        method: 'POST',
        path: '/customer/update',
        body: correctUpdate,
        handle: ({ body }) => updateCustomer(body),
      },
      {
        operation: 'customerCreateOrUpdate',
        method: 'POST',
        path: '/customer/create-or-update',
        body: correctUpsert,
        handle: ({ body }) => upsertCustomer(body),
      },
      {
        operation: 'customerCreateTag',
        method: 'POST',
        path: '/customer/create-tag',
        body: z.strictObject({ name: z.string().min(1) }),
        handle: ({ body }) => createTag(body),
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

  function createTag(body: unknown): EmulatedAnswer {
    const request = tagRequest.safeParse(body);
    if (!request.success) return fail(400);
    if (tagOfName(request.data.name) !== undefined) return fail(409);
    const { id } = addTag(request.data.name);
    return succeed({ tag_id: live.createdTagId === 'empty' ? '' : id });
  }

  function createCustomer(body: unknown): EmulatedAnswer {
    const request = writeRequest.safeParse(body);
    if (!request.success) return fail(400);
    const email = emailOf(request.data);
    if (email === undefined) return fail(400);
    return holderOf(email) === undefined ? createFrom(request.data, email) : fail(409);
  }

  function updateCustomer(body: unknown): EmulatedAnswer {
    const request = writeRequest.safeParse(body);
    if (!request.success || !request.data._id || emailOf(request.data) === undefined) return fail(400);
    const customer = visible().find(({ _id }) => _id === request.data._id);
    return customer === undefined ? fail(404) : change(customer, request.data);
  }

  /** By id, else by e-mail, else by the e-mail made up from the phone (assumption 8). */
  function upsertCustomer(body: unknown): EmulatedAnswer {
    const request = writeRequest.safeParse(body);
    if (!request.success) return fail(400);
    const email = emailOf(request.data);
    if (email === undefined) return fail(400);
    const customer = visible().find(({ _id }) => _id === request.data._id) ?? holderOf(email);
    return customer === undefined ? createFrom(request.data, email) : change(customer, request.data);
  }

  function createFrom(request: WriteRequest, email: string): EmulatedAnswer {
    return store(newCustomer(customers.size, email, new Date()), request, true);
  }

  function change(customer: Customer, request: WriteRequest): EmulatedAnswer {
    const taken = request.email ? holderOf(request.email) : undefined;
    return taken === undefined || taken._id === customer._id ? store(customer, request, false) : fail(409);
  }

  function store(customer: Customer, request: WriteRequest, isNewSubscriber: boolean): EmulatedAnswer {
    const changed = applied(customer, request, tagsAfter(customer, request), new Date());
    customers.set(changed._id, changed);
    return succeed({ ...written(changed), isNewSubscriber, external_data: externalData(request) }, 201);
  }

  /** Unknown ids are dropped without a word (quirk 7), unknown names become tags (assumption 12). */
  function tagsAfter(customer: Customer, { tags: given, import_by_tag_name }: WriteRequest): readonly string[] {
    const ids = import_by_tag_name
      ? (given ?? []).map((name) => (tagOfName(name) ?? addTag(name)).id)
      : (given ?? []).filter((id) => tags.has(id));
    if (live.writtenTags === 'replace' && given && given.length > 0) return ids;
    return [...new Set([...customer.tags, ...ids])];
  }

  function holderOf(email: string): Customer | undefined {
    return visible().find((customer) => customer.email === email);
  }

  function tagOfName(name: string): Tag | undefined {
    return [...tags.values()].find((tag) => tag.name === name);
  }

  function addTag(name: string): Tag {
    const tag = tagNamed(tags.size, name, new Date());
    tags.set(tag.id, tag);
    return tag;
  }
}

/** Substring of name, e-mail or phone, in any case (assumption 19). */
const hasText = ({ name, email, phone }: Customer, text: string): boolean =>
  [name, email, phone ?? ''].some((value) => value.toLowerCase().includes(text));

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
