import type { FastifyInstance } from 'fastify';
import { Refusal } from './refusals.ts';

/** What a page may send; cookies are never a credential here, so none are asked for. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  // The Sandbox, and Apollo's clients where they are given a name.
  'apollographql-client-name',
  'apollographql-client-version',
].join(', ');
const KEPT_SECONDS = '600';

/**
 * Lets pages of exactly the listed origins ask and read. Every other page's browser is told nothing, and so keeps the
 * answer from it.
 */
export function allowOrigins(http: FastifyInstance, path: string, origins: readonly string[]): void {
  const allowed: ReadonlySet<string> = new Set(origins);
  http.addHook('onRequest', ({ headers: { origin } }, reply, done) => {
    // Also without an origin: a cache must not give one page what was meant for another.
    reply.header('vary', 'origin');
    if (origin !== undefined && allowed.has(origin))
      reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'retry-after');
    done();
  });
  // Asked by browsers before the request itself, and so without a credential.
  http.options(path, async ({ headers }, reply) => {
    reply.header('allow', 'GET, POST, OPTIONS');
    if (headers.origin === undefined || headers['access-control-request-method'] === undefined)
      return reply.code(204).send();
    if (!allowed.has(headers.origin)) throw new Refusal(403);
    return reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', REQUEST_HEADERS)
      .header('access-control-max-age', KEPT_SECONDS)
      .send();
  });
}
