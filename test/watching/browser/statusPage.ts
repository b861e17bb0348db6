import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { newKey } from '../../../src/callers/apiKeys.ts';
import { skippingClock } from '../../support/clock.ts';
import { type Graph, startGraph } from '../../support/graph.ts';

// The status page in a real browser, with one CRM down, one throttled and one out of contract.

const STEP_MS = 10_000;
const STEPS = 60;
const DOWN_SINCE = 44;
const THROTTLED_SINCE = 52;

type Check = (isSo: boolean, sentence: string) => void;

/** Looks at the page without and with authentication; throws at the first thing that is wrong. Pictures go into `folder`. */
export async function checkStatusPage(browser: Browser, folder: string, say: (line: string) => void): Promise<void> {
  const check: Check = (isSo, sentence) => {
    if (!isSo) throw new Error(`the status page: ${sentence}`);
    say(`ok  ${sentence}`);
  };
  await checkOpenGraph(browser, folder, check);
  await checkGuardedGraph(browser, folder, check);
}

/** Ten minutes as an account's graph may have seen them, in a few seconds. */
async function makeHistory(graph: Graph, skip: (milliseconds: number) => void): Promise<void> {
  const everything = `{
    customers(first: 20) { nodes { fullName phoneE164 birthday } }
    customerEvents(first: 3) { nodes { kind } }
    segments(first: 2) { nodes { title } }
  }`;
  for (let step = 0; step < STEPS; step += 1) {
    const wave = 1 + Math.sin(step / 6);
    graph.emulator('ladiflow').latency = 8 + wave * 12;
    graph.emulator('heidianer').latency = 20 + (step % 9 === 0 ? 90 : wave * 6);
    graph.emulator('mercately').latency = 12 + (step > 40 ? (step - 40) * 5 : 0);
    graph.emulator('fecify').latency = 15 + wave * 4;
    if (step === 20) graph.emulator('ladiflow').fault({ kind: 'wrong-types', times: 2 });
    if (step === DOWN_SINCE) graph.emulator('fecify').fault({ kind: 'status', status: 503 });
    if (step === THROTTLED_SINCE)
      graph.emulator('mercately').fault({ kind: 'status', status: 429, headers: { 'retry-after': '8' } });
    const asked = Array.from({ length: 2 + Math.round(wave * 2) }, () => graph.ask(everything));
    await Promise.all(asked);
    if (step < STEPS - 1) skip(STEP_MS);
  }
}

const overflows = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

async function conditionOf(page: Page, account: string): Promise<string | null> {
  return page.locator(`[data-account="${account}"]`).getAttribute('data-condition');
}

async function open(browser: Browser, url: string) {
  const page = await browser.newPage();
  const troubles: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    // The page is told 401 on purpose when nobody is known yet.
    if (message.type() === 'error' && !/401/.test(message.text())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin && !request.url().startsWith('data:'))
      strangers.push(request.url());
  });
  await page.goto(url);
  return { page, troubles, strangers };
}

async function checkOpenGraph(browser: Browser, folder: string, check: Check): Promise<void> {
  const clock = skippingClock();
  const graph = await startGraph({
    clock,
    accounts: (demo) =>
      demo.map((account) => (account.vendor === 'heidianer' ? { ...account, requestsPerSecond: 40 } : account)),
  });
  try {
    await makeHistory(graph, clock.skip);
    const { page, troubles, strangers } = await open(browser, graph.url.replace('/graphql', '/status'));
    await page.locator('article').nth(4).waitFor();
    check((await conditionOf(page, 'fecify')) === 'resting', 'the CRM that is down is shown as left alone');
    const breaker = page.locator('[data-account="fecify"] svg.breaker');
    check(/OPEN/.test((await breaker.getAttribute('class')) ?? ''), 'its breaker is drawn open');
    check((await page.locator('[data-account="fecify"] rect.bar-failed').count()) > 0, 'its failures are drawn');
    check((await conditionOf(page, 'mercately')) === 'throttled', 'the throttled CRM is shown as throttled');
    check((await page.locator('[data-account="mercately"] rect.bar-throttled').count()) > 0, 'its refusals are drawn');
    check((await conditionOf(page, 'ladiflow')) === 'drifting', 'the CRM out of contract is shown as drifting');
    check((await conditionOf(page, 'heidianer')) === 'well', 'the healthy CRM is shown as well');
    check((await page.locator('[data-account="heidianer"] polyline.p50').count()) > 0, 'its latency is drawn');
    check(await page.getByText('Quota left').isVisible(), 'the quota is drawn');

    const sizes = [
      ['desktop', 1360, 1000],
      ['phone', 390, 844],
    ] as const;
    for (const [size, width, height] of sizes) {
      await page.setViewportSize({ width, height });
      check(!(await overflows(page)), `nothing is wider than a ${size}`);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(folder, `${size}-${colorScheme}.png`), fullPage: true });
      }
    }
    // For README.md: the accounts that need somebody.
    await page.setViewportSize({ width: 1360, height: 645 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `overview-${colorScheme}.png`) });
    }

    graph.emulator('fecify').reset();
    graph.emulator('mercately').reset();
    // The breaker closes after two good probes, and what was seen before is no longer "now".
    for (let probe = 0; probe < 5; probe += 1) {
      clock.skip(60_000);
      await graph.ask('{ customers(first: 5) { nodes { id } } customerEvents(first: 3) { nodes { kind } } }');
    }
    await page.locator('[data-account="fecify"][data-condition="well"]').waitFor();
    await page.locator('[data-account="mercately"][data-condition="well"]').waitFor();
    check(true, 'it finds out by itself that both are back');
    check(troubles.length === 0, `nothing is refused by its policy and nothing fails: ${troubles.join('; ')}`);
    check(strangers.length === 0, `it asks no other host: ${strangers.join('; ')}`);
  } finally {
    await graph.stop();
  }
}

async function checkGuardedGraph(browser: Browser, folder: string, check: Check): Promise<void> {
  const secrets = mkdtempSync(join(tmpdir(), 'status-page-'));
  const callersFile = join(secrets, 'callers.json');
  const { key, digest } = newKey();
  const caller = { id: 'watcher', tenant: 'north', scopes: [], keys: [digest] };
  writeFileSync(callersFile, JSON.stringify({ callers: [caller] }));
  const graph = await startGraph({
    config: { authentication: { mode: 'keys', callersFile } },
    accounts: (demo) => demo.map((account, index) => ({ ...account, tenant: index < 2 ? 'north' : 'south' })),
  });
  try {
    const { page, troubles } = await open(browser, graph.url.replace('/graphql', '/status'));
    check(await page.locator('#key').isVisible(), 'with authentication it asks for a credential');
    check((await page.locator('article').count()) === 0, 'and shows nothing before');
    await page.screenshot({ path: join(folder, 'credential.png') });
    await page.locator('#credential').fill(createHash('sha256').update('a guess').digest('base64url'));
    await page.locator('#key button').click();
    await page.getByText('Nobody is known by that.').waitFor();
    await page.locator('#credential').fill(key);
    await page.locator('#key button').click();
    await page.locator('article').first().waitFor();
    const shown = await page
      .locator('article')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-account')));
    check(shown.toSorted().join() === 'ladiflow,salekit', 'then it shows the accounts of the own tenant only');
    check(troubles.length === 0, `nothing fails: ${troubles.join('; ')}`);
  } finally {
    await graph.stop();
    rmSync(secrets, { recursive: true });
  }
}
