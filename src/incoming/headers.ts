import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './refusals.ts';

/**
 * Answers hold personal data: nobody on the way may keep them, no page may frame, embed or guess at them, and no address
 * is told where a link leads.
 */
const EVERY_ANSWER: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** What every answer with data has, name after value. */
export const DATA_HEADERS: readonly string[] = [
  ...Object.entries(EVERY_ANSWER).flat(),
  'content-security-policy',
  DATA_POLICY,
];

export function protectAnswers(http: FastifyInstance): void {
  http.addHook('onSend', (_request, reply, payload, done) => {
    reply.headers(EVERY_ANSWER);
    // The explorer is a page and needs its scripts; everything else is data.
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html');
    if (!isPage) reply.header('content-security-policy', DATA_POLICY);
    done(null, payload);
  });
}

type Address = Pick<FastifyRequest, 'url' | 'protocol' | 'host' | 'hostname'>;

const HOST = /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** Refuses a `Host` that is none, before anybody builds an address from it. */
export function checkHost({ url, protocol, host, hostname }: Address): void {
  if (!HOST.test(host) || !URL.canParse(url, `${protocol}://${hostname}/`)) throw new Refusal(400);
}

const LOOPBACK_NAME = /^(?:localhost|[a-z0-9-]{1,63}\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Refuses names other than this machine's own. A page elsewhere can give its own name our loopback address, and its
 * browser then takes us for that page's server; only the name in the request tells.
 */
export function checkLoopbackHost({ hostname }: Pick<Address, 'hostname'>): void {
  if (!LOOPBACK_NAME.test(hostname)) throw new Refusal(421);
}

/** Tells whether a request passes the checks above whichever proxies are believed: with no word of theirs for another host. */
export function createAddressCheck(url: string, isLocal: boolean): (headers: IncomingHttpHeaders) => boolean {
  // Nearly all requests name the same host.
  let passed: string | undefined;
  return ({ host = '', 'x-forwarded-host': otherHost, 'x-forwarded-proto': protocol = 'http' }) => {
    if (otherHost !== undefined || (protocol !== 'http' && protocol !== 'https')) return false;
    if (host === passed) return true;
    // As fastify reads it.
    const hostname = host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':', 1)[0] ?? '');
    try {
      checkHost({ url, protocol, host, hostname });
      if (isLocal) checkLoopbackHost({ hostname });
    } catch {
      return false;
    }
    passed = host;
    return true;
  };
}
