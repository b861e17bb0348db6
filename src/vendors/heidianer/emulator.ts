import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, startEmulator } from '../../emulation/emulator.ts';
import { type Person, people } from '../../emulation/people.ts';

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
  /** The token that is valid now; change it to let the client's expire. */
  validToken: credentials.accessToken,
  /** The refresh token that is valid now, and whether using it replaces it. */
  validRefreshToken: credentials.refreshToken,
  rotateRefreshToken: true,
  /** Scopes of the token (403 without `read` or `crm:read`). */
  scope: 'crm:read crm:write',
};

interface Customer {
  readonly id: number;
  readonly mobile: string;
  readonly fullName: string;
  readonly gender: string;
  readonly email: string;
  readonly birthday: string | null;
  readonly note: string;
  readonly acceptsMarketing: boolean;
  readonly tags: readonly string[];
  readonly createdAt: Date;
}

interface Segment {
  readonly id: number;
  readonly title: string;
  readonly members: ReadonlySet<number>;
}

const SEGMENTS: readonly { readonly title: string; readonly holds: (person: Person) => boolean }[] = [
  { title: '标签1', holds: ({ index }) => index % 2 === 0 },
  { title: '老客户', holds: ({ index }) => index % 3 === 0 },
  { title: '高价值客户', holds: ({ index }) => index % 5 === 0 },
  { title: '女性客户', holds: ({ gender }) => gender === 'female' },
  { title: '华东地区', holds: ({ city }) => city === '浦东新区' || city === '西湖区' },
  { title: '空分组', holds: () => false },
];

const id = z.string().regex(/^\d+$/);
const idList = z.string().regex(/^\d+(,\d+)*$/);
const paging = { page: id.optional(), page_size: id.optional() };
const OK = 200;

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live, baseUrl) => heidianer(live as typeof quirks, baseUrl, options.customers ?? 500), options);
}

function heidianer(live: typeof quirks, baseUrl: () => string, count: number): EmulatedVendor {
  let customers: Map<number, Customer>;
  let segments: Map<number, Segment>;
  let tokensIssued: number;

  function reset(): void {
    const everybody = people(count);
    customers = new Map(everybody.map((person) => [person.index + 1, customerOf(person)]));
    segments = new Map(
      SEGMENTS.map(({ title, holds }, index) => [
        index + 1,
        { id: index + 1, title, members: new Set(everybody.filter(holds).map((person) => person.index + 1)) },
      ]),
    );
    tokensIssued = 0;
  }
  reset();

  const member = (customer: Customer) => ({
    id: customer.id,
    mobile: customer.mobile,
    full_name: customer.fullName,
    gender: customer.gender,
    email: customer.email === '' && live.emptyValues === 'null' ? null : customer.email,
    birthday: customer.birthday,
    note: customer.note,
    accepts_marketing: customer.acceptsMarketing,
    tags: customer.tags.map((name) => (live.tagElements === 'object' ? { name } : name)),
    addresses: [],
    created_at: `${customer.createdAt.toISOString().slice(0, 19)}Z`,
  });
  const brief = (customer: Customer) => ({
    ...member(customer),
    segments: [...segments.values()]
      .filter(({ members }) => members.has(customer.id))
      .map(({ id, title }) => (live.segmentElements === 'id' ? id : { id, title })),
  });
  const wholeSegment = ({ id, title, members }: Segment) => ({
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
      const scopes = live.scope.split(' ');
      return scopes.includes('read') || scopes.includes('crm:read')
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
  function matching(query: Readonly<Record<string, string>>): readonly Customer[] {
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

function customerOf(person: Person): Customer {
  return {
    id: person.index + 1,
    // 11 digits without a country code, as the store's sign-up form asks for.
    mobile: person.country === 'CN' ? person.nationalNumber : `139${String(20_000_000 + person.index)}`,
    fullName: person.fullName,
    gender: person.index % 11 === 10 ? 'unknown' : person.gender,
    email: person.index % 7 === 6 ? '' : person.email,
    birthday: person.birthday,
    note: person.note,
    acceptsMarketing: person.acceptsMarketing,
    tags: person.tags,
    createdAt: person.createdAt,
  };
}

/** Coupons 111 and 222 are held by every third and every fourth customer. */
const holdsCoupon = (id: number, coupon: string): boolean =>
  (coupon === '111' && id % 3 === 0) || (coupon === '222' && id % 4 === 0);

function foundOr404<Row>(row: Row | undefined, show: (row: Row) => unknown): EmulatedAnswer {
  return row === undefined ? { status: 404, body: failureBody(404) } : { status: OK, body: show(row) };
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
