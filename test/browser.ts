import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { checkExplorer } from './explorer/browser.ts';
import { checkFrontends } from './frontends/browser.ts';
import { chromiumToRun, launch } from './support/chromium.ts';
import { checkStatusPage } from './watching/browser/statusPage.ts';

const HELP = `Opens what people see in a real Chromium, and performs their tasks: the status page, the explorer and the
sample pages of test/frontends, which are served from another origin than the graph. No other host is asked.

  npm run test:browser                          all of it; says where the pictures are
  npm run test:browser -- <folder>              puts the pictures there
  npm run test:browser -- --only frontends      one of: status, explorer, frontends
  npm run test:browser -- --help                this text

Takes the Chromium that CHROMIUM names, else the system's; installs one where there is none. Part of npm run verify.
`;

type Check = (browser: Browser, folder: string, say: (line: string) => void) => Promise<void>;

const CHECKS: Readonly<Record<string, Check>> = {
  status: checkStatusPage,
  explorer: checkExplorer,
  frontends: checkFrontends,
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(checks: readonly (readonly [string, Check])[], folder: string): Promise<void> {
  const browser = await launch(chromiumToRun(say));
  try {
    for (const [name, check] of checks) {
      const startedAt = Date.now();
      const pictures = join(folder, name);
      mkdirSync(pictures, { recursive: true });
      say(`\n${name}`);
      await check(browser, pictures, say);
      say(`${name} took ${Math.round((Date.now() - startedAt) / 1_000)} s.`);
    }
    say(`\nThe pictures are in ${folder}.`);
  } finally {
    await browser.close();
  }
}

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, only: { type: 'string' } },
    });
  } catch {
    return undefined;
  }
}

const arguments_ = asked();
const { help, only } = arguments_?.values ?? {};
const chosen = Object.entries(CHECKS).filter(([name]) => only === undefined || name === only);
if (help === true) say(HELP);
else if (arguments_ === undefined || arguments_.positionals.length > 1 || chosen.length === 0) {
  process.stderr.write(`Unknown option; these exist:\n\n${HELP}`);
  process.exitCode = 2;
} else {
  await run(chosen, arguments_.positionals[0] ?? mkdtempSync(join(tmpdir(), 'pictures-'))).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
