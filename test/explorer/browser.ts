import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { newKey } from '../../src/callers/apiKeys.ts';
import { type Graph, startGraph } from '../support/graph.ts';

// The explorer in a real browser that reaches nobody but the service, tried as a person would.

/** As many as the demo has, so that the examples find whom they name. */
const CUSTOMERS = 500;

type Check = (isSo: boolean, sentence: string) => void;

/** Tries it without and with authentication; throws at the first thing that is wrong. Pictures go into `folder`. */
export async function checkExplorer(browser: Browser, folder: string, say: (line: string) => void): Promise<void> {
  const check: Check = (isSo, sentence) => {
    if (!isSo) throw new Error(`the explorer: ${sentence}`);
    say(`ok  ${sentence}`);
  };
  await checkOpenGraph(browser, folder, check);
  await checkGuardedGraph(browser, folder, check);
}

/** A page of its own storage, and everything that goes wrong in it. */
async function open(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const troubles: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('requestfailed', (request) => troubles.push(`${request.url()} failed`));
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.url()} answered ${response.status()}`);
  });
  const { origin } = new URL(url);
  await context.route(
    (asked) => asked.origin !== origin && asked.protocol !== 'data:',
    (route) => {
      strangers.push(route.request().url());
      return route.abort();
    },
  );
  await page.goto(url);
  return { page, troubles, strangers };
}

const explorerOf = (graph: Graph): string => graph.url.replace('/graphql', '/explorer');
const textOf = async (page: Page, place: string): Promise<string> =>
  (await page.locator(`${place} .CodeMirror-code:visible`).innerText())
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u200b', '');

/** Opens the example's group if it is folded, and clicks the example. */
async function choose(page: Page, example: string): Promise<void> {
  const entry = page.locator(`[data-example="${example}"]`);
  if (!(await entry.isVisible())) await page.locator('details', { has: entry }).locator('summary').click();
  await entry.click();
}

async function run(page: Page, expected: RegExp): Promise<void> {
  await page.locator('.graphiql-execute-button').click();
  await page.locator('.result-window .CodeMirror-code').filter({ hasText: expected }).waitFor();
}

const overflows = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

async function checkOpenGraph(browser: Browser, folder: string, check: Check): Promise<void> {
  const graph = await startGraph({ customers: CUSTOMERS });
  try {
    const { page, troubles, strangers } = await open(browser, explorerOf(graph));
    await page.locator('.examples').waitFor();
    check((await page.locator('[data-example]').count()) >= 40, 'it opens with at least 40 examples');

    await page.getByLabel('Show Documentation Explorer').click();
    await page.locator('.graphiql-doc-explorer a', { hasText: 'Query' }).first().click();
    await page
      .locator('.graphiql-doc-explorer', { hasText: 'Customers over all accounts that can list them' })
      .waitFor();
    check(true, 'the documentation shows what the schema says');
    await page.screenshot({ path: join(folder, 'explorer-documentation.png') });

    await page.getByLabel('Show Examples').click();
    await page.locator('.examples summary', { hasText: 'Start here' }).click();
    await choose(page, 'find-a-customer/by-email');
    check(/customerLookup/.test(await textOf(page, '.graphiql-query-editor')), 'a click loads an example');
    check(/baotran/.test(await textOf(page, '.graphiql-editor-tool')), 'and its variables');
    await run(page, /Mercately/);
    check(/"state": "OK"/.test(await textOf(page, '.result-window')), 'it runs, and its answer is shown');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `explorer-${colorScheme}.png`) });
    }
    await page.emulateMedia({ colorScheme: 'light' });

    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.type('# mine');
    await choose(page, 'write/create-a-customer');
    await run(page, /"CREATED"/);
    await page.getByRole('tab', { name: 'FindByEmail' }).click();
    check(/# mine/.test(await textOf(page, '.graphiql-query-editor')), 'an example never replaces what somebody typed');

    await page.getByLabel('Filter the examples').fill('segment remove');
    check((await page.locator('[data-example]:visible').count()) === 1, 'examples are found by words in them');
    await page.getByLabel('Open settings dialog').click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');

    await page.setViewportSize({ width: 390, height: 844 });
    // The page remembers what was typed half a second later.
    const kept = `JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}').tabs?.at(-1)?.variables?.includes('email')`;
    for (let time = 0; time < 100 && !(await page.evaluate(kept)); time += 1) await page.waitForTimeout(100);
    await page.reload();
    await page.locator('.examples').waitFor();
    await run(page, /"data"/);
    check(!(await overflows(page)), 'nothing is wider than a phone');
    await page.screenshot({ path: join(folder, 'explorer-phone.png'), fullPage: true });

    await page.locator('.bar a', { hasText: 'Status' }).click();
    await page.locator('article').first().waitFor();
    await page.locator('a[href="/explorer"]').click();
    await page.locator('.examples').waitFor();
    check(true, 'it leads to the status page and back');
    check(strangers.length === 0, `it asks no other host: ${strangers.join('; ')}`);
    check(troubles.length === 0, `nothing fails and nothing is refused by its policy: ${troubles.join('; ')}`);

    const { page: sandbox } = await open(browser, graph.url);
    await sandbox.locator('a[href="/explorer"]').click();
    await sandbox.locator('.examples').waitFor();
    check(true, 'where the Sandbox cannot be reached, its page leads here');
  } finally {
    await graph.stop();
  }
}

async function checkGuardedGraph(browser: Browser, folder: string, check: Check): Promise<void> {
  const secrets = mkdtempSync(join(tmpdir(), 'explorer-'));
  const callersFile = join(secrets, 'callers.json');
  const { key, digest } = newKey();
  const caller = { id: 'reader', tenant: 'default', scopes: ['customers:read'], keys: [digest] };
  writeFileSync(callersFile, JSON.stringify({ callers: [caller] }));
  const graph = await startGraph({
    customers: CUSTOMERS,
    config: { authentication: { mode: 'keys', callersFile } },
  });
  try {
    const { page, troubles } = await open(browser, explorerOf(graph));
    await page.locator('.examples').waitFor();
    await run(page, /Give your key or token/);
    check(troubles.length === 0, `without a credential nothing is asked: ${troubles.join('; ')}`);
    await page.screenshot({ path: join(folder, 'explorer-credential.png') });
    await page.getByPlaceholder('Your key or token').fill(key);
    await page.locator('.credential button').click();
    await run(page, /"fullName"/);
    check(true, 'with authentication it takes the credential of the graph');
    const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    check(!String(kept).includes(key), 'and keeps it nowhere');
    check(troubles.length === 0, `nothing fails: ${troubles.join('; ')}`);
  } finally {
    await graph.stop();
    rmSync(secrets, { recursive: true });
  }
}
