import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** For people whose machine has none. */
const NO_CHROMIUM =
  'No Chromium was found and none could be installed; install it ("apt-get install chromium", or "npx playwright-core install chromium") or set CHROMIUM to its path.';

/** The path of the Chromium of the system, or of Playwright's own; undefined: there is none. */
const findChromium = (): string | undefined => [...PLACES, chromium.executablePath()].find((path) => existsSync(path));

/**
 * The path of a Chromium: the one that CHROMIUM names, or the system's. Where there is none it is installed: by Debian's
 * package manager for whoever may use that, else by Playwright. Throws a sentence that says what to do.
 */
export function chromiumToRun(say: (line: string) => void): string {
  const named = process.env.CHROMIUM ?? '';
  if (named !== '' && !existsSync(named))
    throw new Error('CHROMIUM must be the path of a program; correct it or leave it out.');
  const found = named === '' ? findChromium() : named;
  if (found !== undefined) return found;
  for (const [program, ...rest] of installers()) {
    say(`No Chromium was found: ${program} ${rest.join(' ')} ...`);
    // What it says is of interest only where it fails.
    const { status } = spawnSync(program, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 300_000,
    });
    const installed = status === 0 ? findChromium() : undefined;
    if (installed !== undefined) return installed;
  }
  throw new Error(NO_CHROMIUM);
}

type Command = readonly [program: string, ...rest: string[]];

function installers(): readonly Command[] {
  const mayUseApt = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const playwright: Command = ['npx', 'playwright-core', 'install', 'chromium'];
  if (!mayUseApt) return [playwright];
  const install: Command = ['apt-get', 'install', '-y', 'chromium'];
  // Package lists that are there save the time of fetching them; often there are none.
  return [install, ['apt-get', 'update'], install, playwright];
}

/** A browser without a window. */
export const launch = (executablePath: string): Promise<Browser> =>
  // Containers commonly run as root, where Chromium has no sandbox; the pages are our own.
  chromium.launch({ executablePath, args: ['--no-sandbox'] });
