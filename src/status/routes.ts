import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../crm/caller.ts';
import { ERROR_CATALOGUE } from '../crm/errors.ts';
import type { Report } from './report.ts';

export const STATUS_PATH = '/status';

/** As the gate of the graph answers. */
export type Admitted = { readonly caller: Caller } | { readonly refused: 401 | 429; readonly retryAfter?: number };

export interface StatusParts {
  readonly report: Report;
  /** Whether there is an explorer to show the way to. */
  readonly hasExplorer: boolean;
  /** Everybody is the local caller. */
  readonly isOpen: boolean;
  /** The same gate as the graph's. */
  admit(request: FastifyRequest): Promise<Admitted>;
}

const part = (name: string): string => readFileSync(join(import.meta.dirname, 'page', name), 'utf8').trim();
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const STYLE = part('page.css');
const SCRIPT = part('page.js');
/** One page that needs nothing else: its script and style are inside, and no other may run. */
const [HEAD = '', TAIL = ''] = part('page.html').split('null');
const BEFORE = HEAD.replace('<style>', () => `<style>${STYLE}`);
const LINK = /^.*href="\/explorer".*\n/m;
const AFTER = TAIL.replace('<script>', () => `<script>${SCRIPT}`);
const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  "connect-src 'self'",
  // The empty icon, so that no browser asks for another.
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The status page and its JSON. A browser sends no credential when it opens a page: it then gets the page without any
 * data, as 401, and the page asks for the credential and sends it along when it fetches the JSON.
 */
export function addStatusPage(http: FastifyInstance, { report, hasExplorer, isOpen, admit }: StatusParts): void {
  const before = hasExplorer ? BEFORE : BEFORE.replace(LINK, '');
  http.get(STATUS_PATH, async (request, reply) => {
    if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return answer(request, reply);
    // Opening a page is no attempt at guessing a credential, and is not counted as one.
    const isStranger = !isOpen && request.headers.authorization === undefined;
    return answerPage(reply, isStranger ? { refused: 401 } : await admit(request));
  });
  http.get(`${STATUS_PATH}.json`, (request, reply) => answer(request, reply));

  function answerPage(reply: FastifyReply, admitted: Admitted): FastifyReply {
    reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8');
    if ('caller' in admitted) return reply.send(before + embedded(report(admitted.caller)) + AFTER);
    if (admitted.retryAfter !== undefined) reply.header('retry-after', String(admitted.retryAfter));
    return reply.code(admitted.refused).header('www-authenticate', 'Bearer').send(`${before}null${AFTER}`);
  }

  async function answer(request: FastifyRequest, reply: FastifyReply) {
    const admitted = await admit(request);
    if ('caller' in admitted) return reply.send(report(admitted.caller));
    if (admitted.retryAfter !== undefined) reply.header('retry-after', String(admitted.retryAfter));
    const { message } = ERROR_CATALOGUE.UNAUTHENTICATED;
    return reply
      .code(admitted.refused)
      .header('www-authenticate', 'Bearer')
      .send({ errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] });
  }
}

/** JSON that cannot end the element it stands in. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
