import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type App, createApp, SettingError, type Settings } from '../../src/index.ts';
import { SETTING_VARIABLES } from '../../src/settings.ts';
import { vendors } from '../../src/vendors/index.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const QUICK = { port: 0, drainMs: 0 };
const LIST = '{ customers(first: 3) { nodes { fullName } } }';

const apps: App[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.stop();
});

function make(settings: Settings): App {
  const app = createApp(settings);
  apps.push(app);
  return app;
}

async function ask(url: string, query = LIST) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: { customers: { nodes: { fullName: string }[] } }; errors?: unknown };
}

/** The sentence with which settings are refused. */
function refusal(settings: unknown): string {
  try {
    createApp(settings as Settings);
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  throw new Error('these settings were taken');
}

describe('an app in another program', () => {
  test('starts, answers, stops, and starts again', async () => {
    const app = make({ ...QUICK, demo: true });
    for (const _ of ['once', 'again']) {
      const { url } = await app.start();
      expect(await app.start()).toEqual({ url, metricsUrl: undefined });
      const { data, errors } = await ask(url);
      expect(errors).toBeUndefined();
      expect(data.customers.nodes).toHaveLength(3);
      await app.stop();
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    }
  });

  test('asks the CRMs of its accounts, with their credentials', async () => {
    const [vendor] = vendors.filter(({ key }) => key === 'mercately');
    if (vendor === undefined) throw new Error('there is no such vendor');
    const { start, credentials } = await vendor.emulator();
    const emulator = await start({ customers: 5 });
    try {
      const { url } = await make({
        ...QUICK,
        storeFile: ':memory:',
        accounts: [
          { id: 'shop', vendor: 'mercately', baseUrl: emulator.baseUrl, credentials, limits: { concurrency: 2 } },
        ],
      }).start();
      expect((await ask(url)).data.customers.nodes).toHaveLength(3);
    } finally {
      await emulator.close();
    }
  });

  test('hands every line of its log to whoever wants it', async () => {
    const lines: string[] = [];
    const { url } = await make({ ...QUICK, demo: true, log: (line) => lines.push(line) }).start();
    await ask(url, 'query Names { accounts { id } }');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ kind: 'operation', operation: 'Names' }]);
  });

  test('that cannot start says which setting is wrong, and can be stopped', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const app = make({ demo: true, port });
    try {
      const sentence = 'port is in use by another program; stop it or set port to a free one.';
      await expect(app.start()).rejects.toMatchObject({ message: sentence, constructor: SettingError });
    } finally {
      other.close();
    }
    await app.stop();
    const { url } = await app.start();
    expect(new URL(url).port).toBe(String(port));
  });

  test('without its callers file is refused at the start, in one sentence', async () => {
    const app = make({ ...QUICK, demo: true, authMode: 'keys', callersFile: '/nowhere/callers.json' });
    await expect(app.start()).rejects.toThrow(/^callersFile must name a readable file with JSON in it; correct it\.$/);
  });
});

describe('a setting that is wrong', () => {
  test.each<[string, unknown, RegExp]>([
    ['no accounts', undefined, /^accounts must list at least one account; add one, or set demo to true/],
    ['a number out of bounds', { demo: true, port: 70_000 }, /^port must be a whole number from 0 to 65535/],
    [
      'a host for others',
      { demo: true, host: '0.0.0.0' },
      /^host must be a loopback .* while authMode is none; set authMode/,
    ],
    ['a misspelt name', { demo: true, prot: 1 }, /^prot is no setting/],
    [
      'a demo in production',
      { demo: true, nodeEnv: 'production' },
      /^accounts .* when nodeEnv is production; the demo never/,
    ],
    [
      'an unknown CRM',
      { accounts: [{ id: 'a', vendor: 'b', credentials: {} }] },
      /^accounts\.0\.vendor must be one of /,
    ],
    [
      'an empty credential',
      { accounts: [{ id: 'a', vendor: 'mercately', credentials: { apiKey: '' } }] },
      /^accounts\.0\.credentials\.apiKey is missing; Mercately needs it\.$/,
    ],
    [
      'a wrong limit',
      { accounts: [{ id: 'a', vendor: 'mercately', credentials: { apiKey: 'k' }, limits: { concurrency: 0 } }] },
      /^accounts\.0\.limits\.concurrency: /,
    ],
    [
      'production without a secret',
      { nodeEnv: 'production', accounts: [{ id: 'a', vendor: 'mercately', credentials: { apiKey: 'k' } }] },
      /^crmSecret must be set when nodeEnv is production/,
    ],
  ])('%s is refused at once, by the name it has here', (_, settings, sentence) => {
    expect(refusal(settings)).toMatch(sentence);
  });

  test('is one of those that the program has, and each of those is one of these', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const ofAccounts = new RegExp(`^(ACCOUNTS_FILE|(${vendors.map(({ key }) => key.toUpperCase()).join('|')})_\\w+)$`);
    const ofProgram = [...example.matchAll(/^([A-Z_]+)=/gm)].flatMap(([, name = '']) =>
      ofAccounts.test(name) ? [] : [name],
    );
    // A new setting gets its place in src/settings.ts too.
    expect([...SETTING_VARIABLES].sort()).toEqual(ofProgram.sort());
  });
});

test.each([
  [
    'that was stopped',
    `const app = createApp({ port: 0, demo: true, drainMs: 0, metricsPort: 0 });
    const { url, metricsUrl } = await app.start();
    await fetch(metricsUrl);
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"${LIST}"}' });
    console.log(answer.status, (await answer.text()).includes('fullName'));
    await app.stop();`,
  ],
  [
    'that could not start',
    `const app = createApp({ port: 0, demo: true, authMode: 'keys', callersFile: '/nowhere' });
    console.log(200, await app.start().then(() => false, () => true));`,
  ],
])('nothing of an app %s keeps its process alive', async (_, code) => {
  const module = `import { createApp } from '${join(ROOT, 'src', 'index.ts')}';\n${code}`;
  // It fails if the process has to be killed.
  const said = await run(process.execPath, ['--input-type=module', '--eval', module], { env: {}, timeout: 15_000 });
  expect(said).toEqual({ stdout: '200 true\n', stderr: '' });
});
