import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { purgeKeptWrites } from './app.ts';
import { newKey } from './callers/apiKeys.ts';
import { type Config, readConfig, SettingError } from './config.ts';
import { startService } from './service.ts';
import { demoEnvironment } from './settings.ts';
import { vendors } from './vendors/index.ts';
import { startTracing, TracingError } from './watching/export.ts';
import { createLog, type Log } from './watching/log.ts';
import { together } from './watching/together.ts';

/** How whoever reads our texts has called us: as JavaScript we are the installed package. */
const [COMMAND, WITH_ARGUMENTS] = import.meta.filename.endsWith('.ts')
  ? ['npm start', 'npm start --']
  : ['crm-federation', 'crm-federation'];

const HELP = `crm-federation: one GraphQL schema over several CRMs

  ${COMMAND}
      starts the graph; without any account, a demo with emulated CRMs
  ${WITH_ARGUMENTS} --demo
      starts the demo, whatever accounts are set, and keeps nothing
  ${WITH_ARGUMENTS} new-key
      makes a key for a caller, and the digest of it for CALLERS_FILE
  ${WITH_ARGUMENTS} purge <account> [<e-mail, phone or vendor id>]
      forgets the kept results of writes: of one person, or all of an account
  ${WITH_ARGUMENTS} --help
      this text

Settings come from the environment and from the file .env in the current folder; all of them are in
${relative(process.cwd(), join(import.meta.dirname, '..', '.env.example'))}
`;

const EXAMPLES = `Two queries to begin with:

  { customers(first: 5) { nodes { fullName phoneE164 account { vendor { label } } tags { name } } sources { account { id } state } } }

  { vendors { label capabilities } segments(first: 3) { nodes { title customers(first: 2) { nodes { fullName } } } } }
`;

/** For requests under way when the drain time is over. */
const LONGEST_STOP_MS = 10_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

const lines = together((text) => void process.stdout.write(text));
process.on('exit', lines.flush);

function openLog(level: Config['logLevel'] = 'info'): Log {
  const log = createLog(level, lines.line, (line) => void process.stderr.write(line));
  return {
    ...log,
    // Whatever ends the process, the trail has it.
    audit(entry) {
      log.audit(entry);
      lines.flush();
    },
  };
}

async function run(config: Config): Promise<void> {
  const log = openLog(config.logLevel);
  const stopTracing = await startTracing(process.env);
  const service = await startService(config, log);
  if (config.demo)
    say('DEMO: emulators stand in for the CRMs and answer with invented people. Nothing here is real data.\n');
  const explorer = config.explorer ? ` (open ${new URL('/', service.url)} in a browser to try it)` : '';
  say(`The graph is at ${service.url}${explorer}.\n`);
  if (service.metricsUrl !== undefined) say(`Metrics are at ${service.metricsUrl}.\n`);
  // They use the names of schema/.
  if (config.demo && config.schemaPrefix === undefined) say(EXAMPLES);
  say('Ctrl+C stops it.');

  let stopping = false;
  const stop = async (): Promise<void> => {
    // A second signal means "now".
    if (stopping) process.exit(1);
    stopping = true;
    // Whatever is still under way then is cut off, which is no good end.
    setTimeout(() => process.exit(1), config.drainTime + LONGEST_STOP_MS).unref();
    await service.stop();
    await stopTracing();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
  // Nobody knows what state a defect leaves behind: what is under way is finished, then somebody starts us anew.
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error: unknown) => {
      log.defect(error, event);
      process.exitCode = 1;
      if (!stopping) void stop();
    });
  }
  if (['start', 'npx'].includes(process.env.npm_lifecycle_event ?? '')) {
    // The signal that ended the shell may have reached us too, and this is not the second one.
    whenParentEnds(() => {
      if (!stopping) void stop();
    });
  }
}

/** "npm start" and "npx" run us in a shell that dies of SIGTERM without passing it on; then we have another parent. */
function whenParentEnds(task: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    task();
  }, 500);
  timer.unref();
}

/** Somebody's right to be forgotten reaches what is kept for idempotency keys too. */
function purge(account: string, subject: string | undefined): void {
  const config = settings();
  if (config.accounts.some(({ id }) => id === account)) {
    say(`${purgeKeptWrites(config, account, subject)} kept results were forgotten.`);
    return;
  }
  complain('The account must be the id of one that is configured; correct it.');
  process.exitCode = 2;
}

const settings = () => readConfig(process.env, vendors, (path) => readFileSync(path, 'utf8'));
const demoSettings = () => readConfig(demoEnvironment(process.env), [], () => '');

async function start(readSettings: () => Config): Promise<void> {
  try {
    await run(readSettings());
  } catch (error) {
    if (error instanceof SettingError || error instanceof TracingError) complain(error.message);
    else openLog().defect(error, 'at the start');
    process.exit(1);
  }
}

const [argument, ...rest] = process.argv.slice(2);
if (argument === undefined) {
  await start(settings);
} else if (argument === '--demo' && rest.length === 0) {
  await start(demoSettings);
} else if (argument === '--help' || argument === '-h') {
  say(HELP);
} else if (argument === 'new-key' && rest.length === 0) {
  const { key, digest } = newKey();
  say(`The key, for the caller only:\n  ${key}\nIts digest, for "keys" in CALLERS_FILE:\n  ${digest}`);
} else if (argument === 'purge' && rest[0] !== undefined && rest.length <= 2) {
  purge(rest[0], rest[1]);
} else {
  complain(`Unknown argument; "${WITH_ARGUMENTS} --help" lists what there is.`);
  process.exitCode = 2;
}
