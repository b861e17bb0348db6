import type { FastifyInstance } from 'fastify';
import { Refusal } from './refusals.ts';

/** JSON in UTF-8 and nothing else: forms need no preflight in browsers, and odd charsets make parsers disagree. */
const JSON_TYPE = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;
const LONGEST_TYPE = 100;

export const isJsonType = (type = ''): boolean =>
  type === 'application/json' || (type.length <= LONGEST_TYPE && JSON_TYPE.test(type));

/** Takes bodies that are JSON in valid UTF-8, uncompressed, without keys that reach for a prototype. */
export function takeJsonOnly(http: FastifyInstance): void {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const parse = http.getDefaultJsonParser('error', 'error');
  http.addHook('preParsing', ({ method, headers }, _reply, payload, done) => {
    const isPlain = headers['content-encoding'] === undefined || headers['content-encoding'] === 'identity';
    const isJson = isPlain && isJsonType(headers['content-type']);
    if (method === 'POST' && !isJson) done(new Refusal(415));
    else done(null, payload);
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      done(new Refusal(400));
      return;
    }
    void parse(request, text, done);
  });
}
