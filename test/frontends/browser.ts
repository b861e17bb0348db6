import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page, Route } from 'playwright-core';
import { skippingClock } from '../support/clock.ts';
import { type Graph, startGraph } from '../support/graph.ts';
import { checkTypes, freePort, installFrontends, type Pages, SAFELIST, servePages } from './pages.ts';

// The sample pages in a real browser, served from another origin than the graph, with one CRM down.

const SAMPLES = ['apollo', 'fetch'] as const;
type Sample = (typeof SAMPLES)[number];

const DOWN = 'mercately';
const WELL = 'ladiflow';
const REFUSING = 'heidianer';

type Say = (line: string) => void;

/** Performs the pages' tasks; throws at the first thing that is not as it ought to be. Pictures go into `folder`. */
export async function checkFrontends(browser: Browser, folder: string, say: Say): Promise<void> {
  installFrontends(say);
  checkTypes();
  say('ok  the operations fit the published schema, and the pages their types');
  await checkTasks(browser, folder, say);
  await checkSafelisted(browser, say);
}

async function checkTasks(browser: Browser, folder: string, say: Say): Promise<void> {
  const port = await freePort();
  const clock = skippingClock();
  // The pages know its address, also after it was started anew.
  const graph = await startGraph({
    clock,
    config: { port: await freePort(), corsOrigins: [`http://127.0.0.1:${port}`] },
  });
  const pages = await servePages(graph.url, port);
  try {
    for (const sample of SAMPLES) {
      await graph.reset();
      const stop = graph.emulator(DOWN).fault({ kind: 'status', status: 503 });
      const tour = await open(browser, graph, pages, sample, say);
      await seesTheFailure(tour, folder);
      await pagesOn(tour);
      stop();
      // A CRM that failed is left alone for a while.
      clock.skip(60_000);
      await catchesUp(tour);
      await addsTag(tour);
      await losesAnswer(tour);
      await rollsBack(tour, folder);
      await createsCustomer(tour, folder);
      await tour.end();
      await checkStranger(browser, graph, port, sample, say);
    }
  } finally {
    await pages.stop();
    await graph.stop();
  }
}

interface Tour {
  readonly sample: Sample;
  readonly graph: Graph;
  readonly page: Page;
  /** Handles the next request with this in its body; the others go through. */
  intercept(text: string, handle: (route: Route) => Promise<void>): Promise<void>;
  check(isSo: boolean, sentence: string): void;
  end(): Promise<void>;
}

async function open(browser: Browser, graph: Graph, pages: Pages, sample: Sample, say: Say): Promise<Tour> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 900 } });
  const strangers = await blockStrangers(context, [pages.origin, new URL(graph.url).origin]);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // An answer that we lose on purpose is complained of by the browser.
    if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION_RESET')) troubles.push(message.text());
  });
  const check = (isSo: boolean, sentence: string): void => {
    if (!isSo) throw new Error(`the ${sample} page: ${sentence}`);
    say(`ok  ${sample}: ${sentence}`);
  };
  await page.goto(`${pages.origin}/${sample}/`);
  return {
    sample,
    graph,
    page,
    check,
    async intercept(text, handle) {
      let isTaken = false;
      await page.route(graph.url, async (route) => {
        if (isTaken || route.request().postData()?.includes(text) !== true) return route.fallback();
        isTaken = true;
        return handle(route);
      });
    },
    async end() {
      check(troubles.length === 0, `nothing fails behind the scenes: ${troubles.join('; ')}`);
      check(strangers.length === 0, `it asks no other host: ${strangers.join('; ')}`);
      await context.close();
    },
  };
}

/** Requests to other origins are refused and listed. */
async function blockStrangers(context: BrowserContext, origins: readonly string[]): Promise<readonly string[]> {
  const strangers: string[] = [];
  await context.route(
    (url) => !origins.includes(url.origin) && url.protocol !== 'data:',
    (route) => {
      strangers.push(route.request().url());
      return route.abort();
    },
  );
  return strangers;
}

/** Customers in the list, of one account or of all. */
const cards = (page: Page, account?: string): Locator =>
  page.locator(account === undefined ? '.list .customer' : `.list .customer[data-account="${account}"]`);

const notice = (page: Page, account: string): Locator => page.locator(`.notices [data-account="${account}"]`);

async function seesTheFailure({ page, sample, check }: Tour, folder: string): Promise<void> {
  await cards(page).nth(7).waitFor();
  const accounts = new Set(
    await cards(page).evaluateAll((all) => all.map((each) => each.getAttribute('data-account'))),
  );
  check(accounts.has(WELL) && accounts.has(REFUSING), 'lists the customers of several CRMs together');
  const text = await notice(page, DOWN).innerText();
  check(/^Mercately .*cannot be reached, so its customers are missing/.test(text), 'names the CRM that is down');
  check(/cannot list/.test(await notice(page, 'salekit').innerText()), 'names a CRM that cannot list');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${sample}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(folder, `${sample}-phone.png`) });
  const isWider = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
  check(isWider === false, 'nothing is wider than a phone');
  await page.setViewportSize({ width: 1180, height: 900 });
}

async function pagesOn({ page, check, intercept }: Tour): Promise<void> {
  await intercept('"after"', (route) => route.abort('connectionreset'));
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText('The graph cannot be reached').waitFor();
  check((await idsOf(page)).length === 8, 'keeps what it shows when a page does not come, and says so');
  await page.getByRole('button', { name: 'Try again' }).click();
  await cards(page).nth(15).waitFor();
  const ids = await idsOf(page);
  check(ids.length === 16 && new Set(ids).size === 16, 'pages on, and shows nobody twice');
}

const idsOf = (page: Page) => cards(page).evaluateAll((all) => all.map((each) => each.getAttribute('data-customer')));

async function catchesUp({ page, check }: Tour): Promise<void> {
  const before = await idsOf(page);
  await notice(page, DOWN).getByRole('button', { name: 'Retry' }).click();
  await cards(page, DOWN).first().waitFor();
  await notice(page, DOWN).waitFor({ state: 'detached' });
  const after = await idsOf(page);
  check(
    before.every((id, index) => after[index] === id) && new Set(after).size === after.length,
    'Retry brings the missing customers, behind those that were there',
  );
}

/** The first customer of an account, with its form for tags. */
function firstOf(page: Page, account: string) {
  const card = cards(page, account).first();
  return {
    tag: (name: string) => card.locator('.tags li', { hasText: name }),
    isPending: () => card.locator('.tags li[data-pending="true"]').count(),
    failure: card.locator('form .failure'),
    input: card.getByLabel('New tag'),
    async add(name: string): Promise<void> {
      await card.getByLabel('New tag').fill(name);
      await card.getByRole('button', { name: 'Add' }).click();
    },
    card,
  };
}

async function addsTag({ page, check, intercept }: Tour): Promise<void> {
  const customer = firstOf(page, WELL);
  const { held, letGo } = hold();
  await intercept('customerTagsAdd', async (route) => {
    await held;
    await route.continue();
  });
  await customer.add('Loyal');
  await customer.tag('Loyal').waitFor();
  check((await customer.isPending()) === 1, 'a new tag appears before the graph was asked');
  letGo();
  await customer.card.locator('.tags li[data-pending="false"]', { hasText: 'Loyal' }).waitFor();
  check((await customer.isPending()) === 0, 'and stays when it is stored');
  await page.reload();
  await customer.tag('Loyal').waitFor();
  check((await customer.tag('Loyal').count()) === 1, 'also after the page was loaded anew');
}

async function losesAnswer({ page, graph, check, intercept }: Tour): Promise<void> {
  const customer = firstOf(page, WELL);
  const writes = () =>
    graph.emulator(WELL).exchanges.filter(({ method, operation }) => method !== 'GET' && /update/i.test(operation))
      .length;
  const before = writes();
  await intercept('customerTagsAdd', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await customer.add('Twice?');
  await customer.failure.filter({ hasText: 'cannot be reached' }).waitFor();
  check(
    (await customer.tag('Twice?').count()) === 0,
    'a tag whose answer is lost is taken back, and the page says why',
  );
  await customer.card.getByRole('button', { name: 'Add' }).click();
  await customer.card.locator('.tags li[data-pending="false"]', { hasText: 'Twice?' }).waitFor();
  check(writes() === before + 1, 'adding it again is the same write: the CRM got one');
}

async function rollsBack({ page, graph, sample, check, intercept }: Tour, folder: string): Promise<void> {
  const customer = firstOf(page, REFUSING);
  const before = await customer.card.locator('.tags').textContent();
  const stop = graph.emulator(REFUSING).fault({ kind: 'status', status: 422, operation: 'replaceCustomer' });
  const { held, letGo } = hold();
  await intercept('customerTagsAdd', async (route) => {
    await held;
    await route.continue();
  });
  await customer.add('Refused');
  await customer.tag('Refused').waitFor();
  letGo();
  await customer.failure.filter({ hasText: 'The CRM refused the request' }).waitFor();
  check(
    (await customer.card.locator('.tags').textContent()) === before,
    'a refused tag is taken back, and the page says why',
  );
  stop();
  await customer.add('x'.repeat(257));
  await customer.failure.filter({ hasText: '256' }).waitFor();
  check((await customer.input.getAttribute('aria-invalid')) === 'true', 'what is wrong with a field is shown at it');
  await customer.card.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(folder, `${sample}-refused.png`) });
}

async function createsCustomer({ page, graph, sample, check }: Tour, folder: string): Promise<void> {
  await page.getByText('New customer').click();
  await page.locator('.new select').selectOption('fecify');
  await page.getByLabel('First name').fill('Ana');
  await page.getByRole('button', { name: 'Create' }).click();
  const wrong = page.locator('.new [aria-invalid="true"]');
  await wrong.nth(1).waitFor();
  check((await wrong.count()) === 2, 'each field that a new customer is refused for says so itself');
  await page.screenshot({ path: join(folder, `${sample}-new.png`) });
  await page.getByLabel('Last name').fill('Mora');
  await page.getByLabel('E-mail').fill(`ana.${sample}@example.com`);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.locator('.created .customer').waitFor();
  check((await wrong.count()) === 0, 'corrected, it is created');
  check(JSON.stringify(graph.emulator('fecify').records()).includes(`ana.${sample}@example.com`), 'and the CRM has it');
}

function hold(): { readonly held: Promise<void>; letGo(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { held: promise, letGo: resolve };
}

/** The same page at an origin that the graph does not know. */
async function checkStranger(browser: Browser, graph: Graph, port: number, sample: Sample, say: Say): Promise<void> {
  for (const vendor of [WELL, REFUSING, DOWN]) graph.emulator(vendor).forget();
  const page = await browser.newPage();
  await page.goto(`http://localhost:${port}/${sample}/`);
  await page.getByText(`it does not answer pages of http://localhost:${port}`).waitFor();
  const asked = [WELL, REFUSING, DOWN].filter((vendor) => graph.emulator(vendor).count() > 0);
  if ((await cards(page).count()) > 0 || asked.length > 0)
    throw new Error(`the ${sample} page: a stranger was answered`);
  say(`ok  ${sample}: at an origin that is not allowed it is told nothing, no CRM is asked, and it says so`);
  await page.close();
}

/** The same pages, which send the digests of their operations, and a graph that runs nothing else. */
async function checkSafelisted(browser: Browser, say: Say): Promise<void> {
  const port = await freePort();
  const graph = await startGraph({
    config: {
      corsOrigins: [`http://127.0.0.1:${port}`],
      persisted: { mode: 'safelist', file: SAFELIST },
    },
  });
  const pages = await servePages(graph.url, port, '--ids');
  try {
    for (const sample of SAMPLES) {
      const tour = await open(browser, graph, pages, sample, say);
      const documents: string[] = [];
      tour.page.on('request', (request) => {
        if (request.postData()?.includes('"query"') === true) documents.push(request.postData() ?? '');
      });
      await cards(tour.page).nth(7).waitFor();
      const customer = firstOf(tour.page, WELL);
      await customer.add(`Listed ${sample}`);
      await customer.card.locator('.tags li[data-pending="false"]', { hasText: `Listed ${sample}` }).waitFor();
      tour.check(documents.length === 0, 'works on a safelisted graph, and sends digests only');
      await tour.end();
    }
    const { errors } = await graph.ask('{ accounts { id } }');
    if (errors?.[0]?.extensions.code !== 'PERSISTED_QUERY_NOT_IN_LIST') throw new Error('the safelist lets others in');
    say('ok  the safelisted graph runs nothing else');
  } finally {
    await pages.stop();
    await graph.stop();
  }
}
