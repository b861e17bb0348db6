import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CrmError } from '../crm/errors.ts';

/** One sentence for each status that HTTP itself is refused with; never the words of a parser or of the caller. */
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read; send a JSON object with a "query", in UTF-8.',
  403: 'Pages of this origin may not ask; whoever runs this service can add it to CORS_ORIGINS.',
  404: 'There is nothing at this address; the graph is at /graphql.',
  405: 'The graph takes POST, and GET for queries.',
  413: 'The request is too large; send at most 1 MiB.',
  415: 'The content type must be application/json, in UTF-8 and not compressed.',
  421: 'Without authentication only this machine itself may ask, by the name localhost or a loopback address.',
};

/** A request that is refused before the graph sees it. */
export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: keyof typeof SENTENCES) {
    super(SENTENCES[statusCode]);
    this.statusCode = statusCode;
  }
}

export const JSON_IN_UTF8 = 'application/json; charset=utf-8';

/** What is told of a failure that is ours. */
export const textOfDefect = ({ message, code, facts: { correlationId } }: CrmError): string =>
  JSON.stringify({ errors: [{ message, extensions: { code, correlationId } }] });

/** Answers as GraphQL does, so that clients need to read one kind of answer only. */
export function refuse(reply: FastifyReply, status: number, message: string, code: string): FastifyReply {
  return reply
    .code(status)
    .type(JSON_IN_UTF8)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

/**
 * Gives every refusal of the HTTP layer its answer. What is nobody's fault but ours is reported and masked.
 * @param graphPath where a method that is not served is refused as such
 */
export function answerRefusals(
  http: FastifyInstance,
  graphPath: string,
  reportDefect: (error: unknown) => CrmError,
): void {
  http.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuse(reply, status, sentenceFor(status), 'BAD_REQUEST');
    return reply
      .code(500)
      .type(JSON_IN_UTF8)
      .send(textOfDefect(reportDefect(error)));
  });
  http.setNotFoundHandler((request, reply) => {
    if (pathOf(request) !== graphPath) return refuse(reply, 404, sentenceFor(404), 'BAD_REQUEST');
    return refuse(reply.header('allow', 'GET, POST, OPTIONS'), 405, sentenceFor(405), 'BAD_REQUEST');
  });
}

/** For addresses that cannot even be decoded. */
export function refuseAddress(_error: unknown, _request: unknown, reply: FastifyReply): void {
  void refuse(reply, 400, sentenceFor(400), 'BAD_REQUEST');
}

const sentenceFor = (status: number): string => SENTENCES[status] ?? SENTENCES[400] ?? '';
const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';
