import { write } from './answer.ts';
import { recordsChanged } from './drift.ts';
import type { EmulatedRequest } from './emulator.ts';
import type { Play } from './scene.ts';

// Good records, but not the ones that were asked for.

/** How the vendors ask for a page, and how they say that there is more. */
const PAGE_WORDS = new Set(['page', 'pageNum']);
const COUNT_WORDS = new Set(['count', 'total', 'results', 'total_pages', 'totalPage']);
const MANY = 100_000;

export const strangeLists = {
  /** Whatever page is asked for, it is the first one, and there is always more. */
  'repeat-page'({ address, outgoing, perform, request }) {
    const answer = perform(askingForFirstPage(request));
    write(outgoing, { ...answer, body: promisingMore(answer.body, address) });
  },
  /** A page without records that promises more. */
  'empty-list'({ address, outgoing, perform }) {
    const answer = perform();
    write(outgoing, { ...answer, body: promisingMore(withoutRows(answer.body), address) });
  },
  /** The record of somebody else. */
  cross({ outgoing, perform }) {
    const answer = perform();
    const body = recordsChanged(answer.body, (record) =>
      Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name, OWN_IDS.has(name) ? otherId(value) : value]),
      ),
    );
    write(outgoing, { ...answer, body });
  },
} satisfies Record<string, Play>;

const OWN_IDS = new Set(['id', '_id', 'customer_id']);

/** Of the same looks. */
function otherId(id: unknown): unknown {
  if (typeof id === 'number') return id + 1_000;
  return typeof id === 'string' ? id.replace(/.$/, (last) => (last === '7' ? '8' : '7')) : id;
}

function askingForFirstPage(request: EmulatedRequest): EmulatedRequest {
  const first = (given: object, one: unknown) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, PAGE_WORDS.has(name) ? one : value]));
  const { body, query } = request;
  const changed = typeof body === 'object' && body !== null ? first(body, 1) : body;
  return { ...request, body: changed, query: first(query, '1') as Record<string, string> };
}

/** Touches the envelope only, on one level or two. */
function promisingMore(body: unknown, address: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || 'id' in body || '_id' in body) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (name === 'next') return [name, address];
      return [name, COUNT_WORDS.has(name) && typeof value === 'number' ? MANY : promisingMore(value, address)];
    }),
  );
}

function withoutRows(body: unknown): unknown {
  if (Array.isArray(body)) return [];
  if (typeof body !== 'object' || body === null || 'id' in body || '_id' in body) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, withoutRows(value)]));
}
