import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import type { CrmError } from '../crm/errors.ts';

const NEW_MEDIA_TYPE = 'application/graphql-response+json';

/**
 * HTTP status for an operation that was understood as HTTP and refused as a whole. By the GraphQL-over-HTTP
 * specification only clients that accept the newer media type can tell a 4xx of ours from one of a proxy on the way.
 */
function statusFor(accept: string | undefined, code: unknown): number {
  if (code === 'INTERNAL_SERVER_ERROR') return 500;
  if (accept?.toLowerCase().includes(NEW_MEDIA_TYPE) !== true) return 200;
  return code === 'CALL_BUDGET_SPENT' ? 429 : 400;
}

/** The error with its status, for what is refused before Apollo has an answer to put one on. */
export const withStatus = (error: CrmError, accept: string | undefined): GraphQLError =>
  new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: statusFor(accept, error.code) } },
  });

/** Answers in Apollo's place, as Apollo would. */
export function refuseOperation(
  reply: FastifyReply,
  { message, code, retryable }: CrmError,
  accept: string | undefined,
): FastifyReply {
  const status = statusFor(accept, code);
  return reply
    .code(status)
    .type(`${status === 200 ? 'application/json' : NEW_MEDIA_TYPE}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions: { code, retryable } }] }));
}

/** What is about HTTP itself, or asks the client to send more; Apollo gave it a status. */
const ABOUT_THE_REQUEST: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** Gives answers without data their status. */
export const refusalStatuses: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response: { body, http } }) {
        if (body.kind !== 'single' || body.singleResult.data !== undefined) return;
        const { code, retryAfter } = body.singleResult.errors?.[0]?.extensions ?? {};
        if (typeof retryAfter === 'number') http.headers.set('retry-after', String(retryAfter));
        if (ABOUT_THE_REQUEST.has(code)) return;
        http.status = statusFor(request.http?.headers.get('accept'), code);
      },
    };
  },
};
