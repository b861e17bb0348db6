import type { FastifyReply, FastifyRequest } from 'fastify';
import { CrmError } from '../crm/errors.ts';
import { refuseOperation } from '../incoming/statuses.ts';
import type { Safelist } from './safelist.ts';

interface Options {
  /** Whose documents run without being listed. */
  isExempt(request: FastifyRequest): boolean;
  /** Told of each document that was not listed. */
  onRefusal(request: FastifyRequest, reply: FastifyReply, error: CrmError): void;
}

/**
 * Puts the document of a listed id into the request, so that whatever reads requests finds it where documents always are,
 * and refuses documents that are not listed before anybody parses them.
 */
export const listedOnly =
  (safelist: Safelist, { isExempt, onRefusal }: Options) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (isExempt(request)) return undefined;
    const { document, id } = request.method === 'GET' ? inAddress(request) : inBody(request);
    // Neither: a browser that opens the page, or what Apollo refuses as no operation at all.
    if (document === undefined && id === undefined) return undefined;
    const ofId = id === undefined ? undefined : safelist.documentOf(id);
    const run = document ?? ofId;
    const isListed = run !== undefined && safelist.lists(run) && run === (ofId ?? run);
    if (!isListed) {
      const error = new CrmError('PERSISTED_QUERY_NOT_IN_LIST');
      onRefusal(request, reply, error);
      return refuseOperation(reply, error, request.headers.accept);
    }
    if (id !== undefined) (request.method === 'GET' ? putIntoAddress : putIntoBody)(request, run);
    return undefined;
  };

interface Sent {
  readonly document: string | undefined;
  readonly id: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const idIn = (extensions: unknown): string | undefined =>
  textOf(fieldsOf(fieldsOf(extensions).persistedQuery).sha256Hash);

function inBody({ body }: FastifyRequest): Sent {
  const { query, extensions } = fieldsOf(body);
  return { document: textOf(query), id: idIn(extensions) };
}

/** Apollo would take the id for a digest that it is to know by itself. */
const withoutId = (extensions: unknown): Fields =>
  Object.fromEntries(Object.entries(fieldsOf(extensions)).filter(([name]) => name !== 'persistedQuery'));

function putIntoBody(request: FastifyRequest, query: string): void {
  const body = fieldsOf(request.body);
  request.body = { ...body, query, extensions: withoutId(body.extensions) };
}

const addressOf = ({ url }: FastifyRequest): URL => new URL(url, 'http://localhost');

function inAddress(request: FastifyRequest): Sent {
  const { searchParams } = addressOf(request);
  return { document: textOf(searchParams.get('query')), id: idIn(jsonOf(searchParams.get('extensions'))) };
}

function putIntoAddress(request: FastifyRequest, query: string): void {
  const { pathname, searchParams } = addressOf(request);
  searchParams.set('query', query);
  searchParams.set('extensions', JSON.stringify(withoutId(jsonOf(searchParams.get('extensions')))));
  request.raw.url = `${pathname}?${searchParams}`;
}

/** Undefined for what is no JSON: Apollo says so. */
function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
