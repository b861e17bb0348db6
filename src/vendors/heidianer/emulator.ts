import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, startEmulator } from '../../emulation/emulator.ts';
import {
  NEWCOMER,
  type StoredCustomer,
  type StoredSegment,
  seededCustomers,
  seededSegments,
  UNSET,
  wholeSeconds,
  withOffset,
} from './emulatorRecords.ts';

export const credentials = {
  accessToken: 'heidianer-demo-access-token',
  clientId: 'heidianer-demo-client',
  clientSecret: 'heidianer-demo-client-secret',
  refreshToken: 'heidianer-demo-refresh-token',
};

/** What the contract leaves open, and the reading the emulator starts with. */
const quirks = {
  /** `page`, `object` or `array` (assumption 9); `object` and `array` show the first page without an envelope. */
  segmentListShape: 'page',
  /** `text` or `object` (assumption 7). */
  tagElements: 'text',
  /** `object` or `id` (assumption 8). */
  segmentElements: 'object',
  /** `text` ("") or `null` for a missing e-mail (assumption 16). */
  emptyValues: 'text',
  /** Rows per page when the client does not say, and at most (assumption 10). */
  defaultPage: 10,
  largestPage: 100,
  /** Status of a POST that went well (assumption 2). */
  postStatus: 201,
  /** The token that is valid now; change it to let the client's expire. */
  validToken: credentials.accessToken,
  /** The refresh token that is valid now, and whether using it replaces it. */
  validRefreshToken: credentials.refreshToken,
  rotateRefreshToken: true,
  /** Scopes of the token: reads want `read` or `crm:read`, writes `write` or `crm:write` (else 403). */
  scope: 'crm:read crm:write',
};

const id = z.string().regex(/^\d+$/);
const idList = z.string().regex(/^\d+(,\d+)*$/);
const paging = { page: id.optional(), page_size: id.optional() };

/** The contract's CustomerWrite as a careful client sends it: all of it in a PUT, `mobile` at least in a POST. */
const putBody = z.strictObject({
  mobile: z.string(),
  full_name: z.string(),
  gender: z.enum(['unknown', 'male', 'female']),
  email: z.string(),
  birthday: z.iso.date().nullable(),
  note: z.string(),
  accepts_marketing: z.boolean(),
  referral_code: z.string(),
  tags: z.array(z.string()),
});
const postBody = putBody.partial().required({ mobile: true });
const membersBody = z.array(z.strictObject({ customer_id: z.int() })).min(1);

/** What the vendor itself takes: mobiles as numbers too (quirk 2), anything may be missing, unknown keys are ignored. */
const takenCustomer = putBody
  .extend({ mobile: z.union([z.string(), z.int()]).transform(String) })
  .partial()
  .strip();
const takenMembers = z.array(z.object({ customer_id: z.int() })).min(1);
const takenSegment = z.object({ title: z.string().min(1) });

const OK = 200;
const NO_CONTENT = 204;

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live, baseUrl) => heidianer(live as typeof quirks, baseUrl, options.customers ?? 500), options);
}

function heidianer(live: typeof quirks, baseUrl: () => string, count: number): EmulatedVendor {
  let customers: Map<number, StoredCustomer>;
  let segments: Map<number, StoredSegment>;
  let lastCustomer: number;
  let lastSegment: number;
  let tokensIssued: number;

  function reset(): void {
    customers = seededCustomers(count);
    segments = seededSegments(count);
    lastCustomer = customers.size;
    lastSegment = segments.size;
    tokensIssued = 0;
  }
  reset();

  const segmentsOf = (customer: StoredCustomer) =>
    [...segments.values()].filter(({ members }) => members.has(customer.id));
  const shownSegments = (customer: StoredCustomer) =>
    segmentsOf(customer).map(({ id, title }) => (live.segmentElements === 'id' ? id : { id, title }));
  const member = (customer: StoredCustomer) => ({
    id: customer.id,
    mobile: customer.mobile,
    full_name: customer.full_name,
    gender: customer.gender,
    email: customer.email === '' && live.emptyValues === 'null' ? null : customer.email,
    birthday: customer.birthday,
    note: customer.note,
    accepts_marketing: customer.accepts_marketing,
    tags: customer.tags.map((name) => (live.tagElements === 'object' ? { name } : name)),
    addresses: [],
    created_at: wholeSeconds(customer.created_at),
  });
  const brief = (customer: StoredCustomer) => ({ ...member(customer), segments: shownSegments(customer) });
  const full = (customer: StoredCustomer) => ({
    ...brief(customer),
    multipass_identifier: null,
    avatar: customer.avatar,
    created_at: withOffset(customer.created_at),
    updated_at: withOffset(customer.updated_at),
    referral_code: customer.referral_code,
    referrer: null,
    segment_ids: segmentsOf(customer).map(({ id }) => id),
    statistics: customer.statistics,
    profile: customer.profile,
    wechat_nickname: '用户没有通过微信授权登录',
    level: null,
    total_points: customer.total_points,
    points: customer.points,
    metafields: [],
  });
  const wholeSegment = ({ id, title, members }: StoredSegment) => ({
    id,
    title,
    customers: [...members].flatMap((customerId) => {
      const customer = customers.get(customerId);
      return customer === undefined ? [] : [member(customer)];
    }),
  });

  function page<Row>(
    rows: readonly Row[],
    query: Readonly<Record<string, string>>,
    path: string,
    show: (row: Row) => unknown,
  ) {
    const number = Number(query.page ?? 1);
    const size = Math.min(Number(query.page_size ?? live.defaultPage), live.largestPage);
    const last = Math.max(1, Math.ceil(rows.length / size));
    if (!Number.isInteger(number) || number < 1 || number > last)
      return { status: 404, body: { detail: 'Invalid page.' } };
    const link = (to: number) => `${baseUrl()}${path}?${new URLSearchParams({ ...query, page: String(to) })}`;
    return {
      status: OK,
      body: {
        count: rows.length,
        next: number < last ? link(number + 1) : null,
        previous: number > 1 ? link(number - 1) : null,
        results: rows.slice((number - 1) * size, number * size).map(show),
      },
    };
  }

  return {
    headers: ['authorization'],
    basePath: '',
    quirks,
    reset,
    records: () => ({
      customers: [...customers.values()].map((customer) => ({ ...customer })),
      segments: [...segments.values()].map(({ id, title, members }) => ({ id, title, customers: [...members] })),
    }),
    failure: (status) => ({ status, body: failureBody(status) }),
    // The vendor has no envelope that could fail inside a 200: its failing body is simply not a customer.
    failureInside200: (status) => ({ status: OK, body: failureBody(status) }),
    unknownRoute: (method, path) =>
      path.startsWith('/api/crm/')
        ? { status: 405, body: { detail: `Method "${method}" not allowed.` } }
        : { status: 404, body: { detail: 'Not found.' } },
    authorize({ headers }, operation) {
      if (operation === 'exchangeToken') return undefined;
      if (headers.authorization !== `Bearer ${live.validToken}`) return { status: 401, body: failureBody(401) };
      const wanted = READS.has(operation) ? 'read' : 'write';
      const scopes = live.scope.split(' ');
      return scopes.includes(wanted) || scopes.includes(`crm:${wanted}`)
        ? undefined
        : { status: 403, body: failureBody(403) };
    },
    routes: [
      {
        operation: 'listCustomers',
        method: 'GET',
        path: '/api/crm/customer/',
        query: z.strictObject({
          id: id.optional(),
          id__in: idList.optional(),
          coupon: id.optional(),
          coupon__exclude: id.optional(),
          segment: id.optional(),
          segment__exclude: id.optional(),
          ...paging,
        }),
        handle: ({ query }) => page(matching(query), query, '/api/crm/customer/', brief),
      },
      {
        operation: 'getCustomer',
        method: 'GET',
        path: '/api/crm/customer/{id}/',
        handle: ({ path }) => foundOr404(customers.get(Number(path.id)), brief),
      },
      {
        operation: 'createCustomer',
        method: 'POST',
        path: '/api/crm/customer/',
        body: postBody,
        handle: ({ body }) => createCustomer(body),
      },
      {
        operation: 'replaceCustomer',
        method: 'PUT',
        path: '/api/crm/customer/{id}/',
        body: putBody,
        handle: ({ path, body }) => replaceCustomer(customers.get(Number(path.id)), body),
      },
      {
        operation: 'deleteCustomer',
        method: 'DELETE',
        path: '/api/crm/customer/{id}/',
        handle: ({ path }) => deleteCustomer(Number(path.id)),
      },
      {
        operation: 'listSegments',
        method: 'GET',
        path: '/api/crm/segment/',
        query: z.strictObject(paging),
        handle({ query }) {
          const all = [...segments.values()];
          if (live.segmentListShape === 'page') return page(all, query, '/api/crm/segment/', wholeSegment);
          if (live.segmentListShape === 'array') return { status: OK, body: all.map(wholeSegment) };
          return foundOr404(all[0], wholeSegment);
        },
      },
      {
        operation: 'getSegment',
        method: 'GET',
        path: '/api/crm/segment/{id}/',
        handle: ({ path }) => foundOr404(segments.get(Number(path.id)), wholeSegment),
      },
      {
        operation: 'createSegment',
        method: 'POST',
        path: '/api/crm/segment/',
        body: z.strictObject({ title: z.string().min(1) }),
        handle: ({ body }) => createSegment(body),
      },
      {
        operation: 'addSegmentCustomers',
        method: 'POST',
        path: '/api/crm/segment/{id}/segment_customer/',
        body: membersBody,
        handle: ({ path, body }) => addMembers(segments.get(Number(path.id)), body),
      },
      {
        operation: 'removeSegmentCustomers',
        method: 'DELETE',
        path: '/api/crm/segment/{id}/segment_customer/',
        query: z.strictObject({ customer__in: idList }),
        handle: ({ path, query }) => removeMembers(segments.get(Number(path.id)), query.customer__in),
      },
      {
        operation: 'exchangeToken',
        method: 'POST',
        path: '/api/oauth/token/',
        body: z.strictObject({
          grant_type: z.literal('refresh_token'),
          refresh_token: z.string(),
          client_id: z.string(),
          client_secret: z.string(),
        }),
        handle: ({ body }) => exchange(body as Record<string, string>),
      },
    ],
  };

  /** Unknown parameters are ignored, as filter libraries of this kind do. */
  function matching(query: Readonly<Record<string, string>>): readonly StoredCustomer[] {
    const among = (list: string | undefined) => (list === undefined ? undefined : new Set(list.split(',').map(Number)));
    const ids = among(query.id__in) ?? among(query.id);
    const inside = query.segment === undefined ? undefined : membersOf(query.segment);
    const outside = query.segment__exclude === undefined ? undefined : membersOf(query.segment__exclude);
    return [...customers.values()].filter(
      ({ id }) =>
        (ids === undefined || ids.has(id)) &&
        (inside === undefined || inside.has(id)) &&
        !outside?.has(id) &&
        (query.coupon === undefined || holdsCoupon(id, query.coupon)) &&
        (query.coupon__exclude === undefined || !holdsCoupon(id, query.coupon__exclude)),
    );
  }

  function membersOf(segment: string): ReadonlySet<number> {
    return segments.get(Number(segment))?.members ?? new Set();
  }

  function createCustomer(body: unknown): EmulatedAnswer {
    return taken(body, undefined, (given) => {
      const now = new Date().toISOString();
      lastCustomer += 1;
      const customer = { ...NEWCOMER, ...UNSET, ...given, id: lastCustomer, created_at: now, updated_at: now };
      customers.set(customer.id, customer);
      return { status: live.postStatus, body: full(customer) };
    });
  }

  function replaceCustomer(before: StoredCustomer | undefined, body: unknown): EmulatedAnswer {
    if (before === undefined) return NOT_FOUND;
    return taken(body, before.id, (given) => {
      const customer = { ...before, ...UNSET, ...given, updated_at: new Date().toISOString() };
      customers.set(customer.id, customer);
      return { status: OK, body: full(customer) };
    });
  }

  /** A valid body, or the vendor's complaints; `mobile` is required and belongs to one customer (assumptions 3 and 4). */
  function taken(
    body: unknown,
    customerId: number | undefined,
    store: (given: GivenCustomer) => EmulatedAnswer,
  ): EmulatedAnswer {
    const parsed = takenCustomer.safeParse(body);
    if (!parsed.success) return invalid(parsed.error);
    const { mobile, ...others } = parsed.data;
    if (mobile === undefined || mobile === '') return complaint('mobile', 'This field is required.');
    const isTaken = [...customers.values()].some((other) => other.mobile === mobile && other.id !== customerId);
    if (isTaken) return complaint('mobile', 'customer with this mobile already exists.');
    const given = Object.entries(others).filter(([, value]) => value !== undefined);
    return store({ mobile, ...Object.fromEntries(given) });
  }

  function deleteCustomer(customerId: number): EmulatedAnswer {
    if (!customers.delete(customerId)) return NOT_FOUND;
    for (const { members } of segments.values()) members.delete(customerId);
    return { status: NO_CONTENT };
  }

  function createSegment(body: unknown): EmulatedAnswer {
    const parsed = takenSegment.safeParse(body);
    if (!parsed.success) return invalid(parsed.error);
    lastSegment += 1;
    const segment = { id: lastSegment, title: parsed.data.title, members: new Set<number>() };
    segments.set(segment.id, segment);
    return { status: live.postStatus, body: wholeSegment(segment) };
  }

  /** Unknown customers are an error, known members are none (assumptions 12 and 13). */
  function addMembers(segment: StoredSegment | undefined, body: unknown): EmulatedAnswer {
    if (segment === undefined) return NOT_FOUND;
    const parsed = takenMembers.safeParse(body);
    if (!parsed.success) return invalid(parsed.error);
    const ids = parsed.data.map(({ customer_id }) => customer_id);
    const unknown = ids.find((customerId) => !customers.has(customerId));
    if (unknown !== undefined) return complaint('customer_id', `Invalid pk "${unknown}" - object does not exist.`);
    for (const customerId of ids) segment.members.add(customerId);
    return { status: live.postStatus, body: wholeSegment(segment) };
  }

  /** Whoever is no member is ignored (assumption 12). Without a list everybody goes: the worst reading of quirk 14. */
  function removeMembers(segment: StoredSegment | undefined, list: string | undefined): EmulatedAnswer {
    if (segment === undefined) return NOT_FOUND;
    if (list === undefined) segment.members.clear();
    else for (const customerId of list.split(',').map(Number)) segment.members.delete(customerId);
    return { status: OK, body: wholeSegment(segment) };
  }

  function exchange(form: Readonly<Record<string, string>>): EmulatedAnswer {
    const known = form.client_id === credentials.clientId && form.client_secret === credentials.clientSecret;
    if (!known) return { status: 401, body: { error: 'invalid_client' } };
    if (form.refresh_token !== live.validRefreshToken) return { status: 400, body: { error: 'invalid_grant' } };
    tokensIssued += 1;
    live.validToken = `heidianer-renewed-access-token-${tokensIssued}`;
    if (live.rotateRefreshToken) live.validRefreshToken = `heidianer-renewed-refresh-token-${tokensIssued}`;
    return {
      status: OK,
      body: {
        access_token: live.validToken,
        token_type: 'Bearer',
        expires_in: 36_000,
        scope: live.scope,
        ...(live.rotateRefreshToken ? { refresh_token: live.validRefreshToken } : {}),
      },
    };
  }
}

/** What a write stores; fields it leaves out are as in `UNSET`. */
type GivenCustomer = Pick<StoredCustomer, 'mobile'> & Partial<Pick<StoredCustomer, keyof typeof UNSET>>;

const READS: ReadonlySet<string> = new Set(['listCustomers', 'getCustomer', 'listSegments', 'getSegment']);

/** Coupons 111 and 222 are held by every third and every fourth customer. */
const holdsCoupon = (id: number, coupon: string): boolean =>
  (coupon === '111' && id % 3 === 0) || (coupon === '222' && id % 4 === 0);

function foundOr404<Row>(row: Row | undefined, show: (row: Row) => unknown): EmulatedAnswer {
  return row === undefined ? NOT_FOUND : { status: OK, body: show(row) };
}

const complaint = (field: string, problem: string): EmulatedAnswer => ({ status: 400, body: { [field]: [problem] } });

/** `{"<field>": ["message"]}`, or `non_field_errors` for what is about no field (contract, Errors). */
function invalid(error: z.ZodError): EmulatedAnswer {
  const [issue] = error.issues;
  const field = issue?.path.findLast((step) => typeof step === 'string');
  return complaint(typeof field === 'string' ? field : 'non_field_errors', issue?.message ?? 'Invalid input.');
}

function failureBody(status: number): unknown {
  switch (status) {
    case 400:
      return { non_field_errors: ['Invalid input.'] };
    case 401:
      return { detail: 'Authentication credentials were not provided.' };
    case 403:
      return { detail: 'You do not have permission to perform this action.' };
    case 404:
      return { detail: 'Not found.' };
    case 429:
      return { detail: 'Request was throttled. Expected available in 30 seconds.' };
    default:
      return { detail: 'Internal server error.' };
  }
}

const NOT_FOUND: EmulatedAnswer = { status: 404, body: failureBody(404) };
