import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readExamples } from './examples.ts';

export const EXPLORER_PATH = '/explorer';

export interface ExplorerOptions {
  /** Whether the graph asks who is there; the page then asks for a credential to send along. */
  readonly asksForCredential: boolean;
  /** Emulators stand in for the CRMs, so examples may write. */
  readonly isDemo: boolean;
  /** The schema's names begin with a prefix, so no example fits it. */
  readonly isPrefixed: boolean;
}

/** What `build/` makes, and nothing else of the folder. */
const FILES = [
  ['', 'index.html', 'text/html; charset=utf-8'],
  ['/explorer.js', 'explorer.js', 'text/javascript; charset=utf-8'],
  ['/explorer.css', 'explorer.css', 'text/css; charset=utf-8'],
  ['/licences.txt', 'licences.txt', 'text/plain; charset=utf-8'],
] as const;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  // The empty icon, so that no browser asks for another.
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The explorer that needs no network: a page of files that are served from here. It holds no data, so anybody may open it;
 * what it asks the graph, the graph answers or refuses like anybody's question.
 */
export function addExplorer(http: FastifyInstance, { asksForCredential, isDemo, isPrefixed }: ExplorerOptions): void {
  for (const [path, file, type] of FILES) {
    // Read when it is first asked for, and then the same bytes for everybody: many slow readers cost no memory.
    let content: Promise<Buffer> | undefined;
    http.get(EXPLORER_PATH + path, async (_request, reply) => {
      if (file === 'index.html') reply.header('content-security-policy', POLICY);
      content ??= readFile(join(import.meta.dirname, 'page', file));
      return reply.type(type).send(await content);
    });
  }
  http.get('/', async (_request, reply) => reply.redirect(EXPLORER_PATH));
  const groups = isPrefixed ? [] : readExamples();
  const offered = groups
    .map(({ title, examples }) => ({
      title,
      // Invented people must not get into a company's CRM by a click.
      examples: examples.filter(({ kind }) => isDemo || kind !== 'write'),
    }))
    .filter(({ examples }) => examples.length > 0);
  http.get(`${EXPLORER_PATH}/page.json`, async () => ({ asksForCredential, groups: offered }));
}
