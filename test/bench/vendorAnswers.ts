import {
  heidianerCustomers,
  heidianerSegments,
  MERCATELY_PAGE,
  mercatelyCustomers,
  mercatelyEvents,
} from './records.ts';

export const HEIDIANER_TOKEN = 'bench-token';
export const MERCATELY_KEY = 'bench-key';

interface VendorAnswer {
  readonly status: 200 | 401 | 404;
  readonly body: unknown;
}

const found = (body: unknown): VendorAnswer => ({ status: 200, body });

/** What the two CRMs answer, as their contracts have it, to the GET requests that the shapes need. */
export function answerTo(path: string, isHeidianer: boolean, isMercately: boolean): VendorAnswer {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const [, root, ...rest] = pathname.split('/');
  if (root === 'api') {
    return isHeidianer
      ? heidianer(rest, searchParams)
      : { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
  }
  if (root !== 'retailers') return { status: 404, body: { message: 'no such path' } };
  return isMercately ? mercately(rest, searchParams) : { status: 401, body: { message: 'Unauthorized' } };
}

function heidianer([module, kind, id]: readonly string[], query: URLSearchParams): VendorAnswer {
  const missing: VendorAnswer = { status: 404, body: { detail: 'Not found.' } };
  if (module !== 'crm' || (kind !== 'customer' && kind !== 'segment')) return missing;
  const records: readonly { readonly id: number }[] = kind === 'customer' ? heidianerCustomers : heidianerSegments;
  if (id !== '') {
    const record = records.find((each) => String(each.id) === id);
    return record === undefined ? missing : found(record);
  }
  const wanted = query.get('id__in')?.split(',');
  const chosen = wanted === undefined ? records : records.filter((each) => wanted.includes(String(each.id)));
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('page_size') ?? 10);
  const next = chosen.length > page * size ? `http://localhost/api/crm/${kind}/?page=${page + 1}` : null;
  return found({
    count: chosen.length,
    next,
    previous: null,
    results: chosen.slice((page - 1) * size, page * size),
  });
}

function mercately([api, version, kind, id, part]: readonly string[], query: URLSearchParams): VendorAnswer {
  const missing: VendorAnswer = { status: 404, body: { message: 'Customer not found' } };
  if (api !== 'api' || version !== 'v1' || kind !== 'customers') return missing;
  const page = Number(query.get('page') ?? 1);
  const total = mercatelyCustomers.length;
  if (id === undefined) {
    return found({
      results: total,
      total_pages: Math.ceil(total / MERCATELY_PAGE),
      customers: mercatelyCustomers.slice((page - 1) * MERCATELY_PAGE, page * MERCATELY_PAGE),
    });
  }
  const place = mercatelyCustomers.findIndex((each) => each.id === id);
  if (place < 0) return missing;
  if (part === undefined) return found({ message: 'Customer found successfully', customer: mercatelyCustomers[place] });
  const events = mercatelyEvents[place] ?? [];
  return found({ results: events.length, total_pages: 1, customer_events: page === 1 ? events : [] });
}
