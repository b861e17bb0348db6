import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { digestsOf } from '../../src/explorer/build/build.ts';
import { type Graph, type GraphOptions, startGraph } from '../support/graph.ts';

const FOLDER = join(import.meta.dirname, '../../src/explorer');

let demo: Graph;
beforeAll(async () => {
  demo = await startGraph({ customers: 5 });
});
afterAll(() => demo.stop());

const get = (graph: Graph, path: string) => fetch(new URL(path, graph.url), { redirect: 'manual' });
const offered = async (graph: Graph) => (await (await get(graph, '/explorer/page.json')).json()) as Offered;

interface Offered {
  readonly asksForCredential: boolean;
  readonly groups: readonly { readonly title: string; readonly examples: readonly { readonly kind: string }[] }[];
}
const kindsIn = ({ groups }: Offered) => new Set(groups.flatMap(({ examples }) => examples.map(({ kind }) => kind)));

async function withGraph(config: GraphOptions['config'], task: (graph: Graph) => Promise<void>): Promise<void> {
  const graph = await startGraph({ customers: 5, ...(config === undefined ? {} : { config }) });
  try {
    await task(graph);
  } finally {
    await graph.stop();
  }
}

test('the page and what it is made of come from here, and its policy lets in nothing else', async () => {
  const page = await get(demo, '/explorer');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  const named = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  expect(named.filter((address) => !address.startsWith('data:'))).toEqual([
    '/explorer/explorer.css',
    '/explorer/explorer.js',
  ]);
  for (const [path, type] of [
    ['/explorer/explorer.css', 'text/css; charset=utf-8'],
    ['/explorer/explorer.js', 'text/javascript; charset=utf-8'],
    ['/explorer/licences.txt', 'text/plain; charset=utf-8'],
  ] as const) {
    const answer = await get(demo, path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect((await answer.text()).length).toBeGreaterThan(10_000);
  }
  expect((await get(demo, '/')).headers.get('location')).toBe('/explorer');
});

test.each(['/explorer/built.json', '/explorer/index.html', '/explorer/..%2froutes.ts', '/explorer/%2e%2e/routes.ts'])(
  'nothing else of the folder is served: %s',
  async (path) => {
    expect((await get(demo, path)).status).toBe(404);
  },
);

test('the demo offers every kind of example; real accounts none that writes; other names none at all', async () => {
  expect(kindsIn(await offered(demo))).toEqual(new Set(['read', 'dryRun', 'write']));
  await withGraph({ demo: false }, async (graph) => {
    expect(kindsIn(await offered(graph))).toEqual(new Set(['read', 'dryRun']));
  });
  await withGraph({ schemaPrefix: 'Crm' }, async (graph) => {
    expect(await offered(graph)).toEqual({ asksForCredential: false, groups: [] });
  });
});

test('with authentication anybody may open the page, which holds no data and asks for a credential', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
  const callersFile = join(folder, 'callers.json');
  writeFileSync(callersFile, '{"callers":[]}');
  try {
    await withGraph({ authentication: { mode: 'keys', callersFile } }, async (graph) => {
      expect((await get(graph, '/explorer')).status).toBe(200);
      expect((await offered(graph)).asksForCredential).toBe(true);
      const { errors } = await graph.ask('{ accounts { id } }');
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const statusPage = async (graph: Graph) =>
  (await fetch(new URL('/status', graph.url), { headers: { accept: 'text/html' } })).text();
const introspect = (graph: Graph) => graph.ask('{ __schema { queryType { name } } }');

test.each([
  ['in production', { production: true }],
  ['where it is switched off', { explorer: false }],
])('%s there is no explorer, no Sandbox, no introspection and no way there', async (_, config) => {
  await withGraph(config, async (graph) => {
    for (const path of ['/', '/explorer', '/explorer/explorer.js', '/explorer/page.json'])
      expect([path, (await get(graph, path)).status]).toEqual([path, 404]);
    const sandbox = await fetch(graph.url, { headers: { accept: 'text/html' } });
    expect(await sandbox.text()).not.toMatch(/sandbox/i);
    expect((await introspect(graph)).errors?.[0]?.message).toMatch(/introspection/);
    expect(await statusPage(graph)).not.toContain('/explorer');
  });
});

test('in production it can be switched on, with all that belongs to it', async () => {
  await withGraph({ production: true, explorer: true, demo: false }, async (graph) => {
    expect((await get(graph, '/explorer')).status).toBe(200);
    expect((await introspect(graph)).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect(await statusPage(graph)).toContain('href="/explorer"');
  });
});

test('EXPLORER switches it; without it, it is on unless in production', () => {
  const explorerOf = (environment: Record<string, string>) =>
    readConfig({ CRM_SECRET: 'a secret of more than thirty-two bytes', ...environment }, [], () => '').explorer;
  expect(explorerOf({})).toBe(true);
  expect(explorerOf({ EXPLORER: 'off' })).toBe(false);
  expect(() => explorerOf({ EXPLORER: 'yes' })).toThrow(/^EXPLORER must be on or off/);
});

test('the committed page was built from the sources beside it; "npm run build:explorer" builds it anew', () => {
  const record = JSON.parse(readFileSync(join(FOLDER, 'page', 'built.json'), 'utf8'));
  expect(record).toEqual({ sources: digestsOf(join(FOLDER, 'build')), page: digestsOf(join(FOLDER, 'page')) });
});
