import { readFileSync } from 'node:fs';
import { createApp, purgeKeptWrites } from './app.ts';
import { CallersFileError, newKey } from './callers/apiKeys.ts';
import { type Config, readConfig, SettingError } from './config.ts';
import { startDemo } from './demo.ts';
import { vendors } from './vendors/index.ts';
import { startTracing, TracingError } from './watching/export.ts';
import { createLog, type Log } from './watching/log.ts';

const HELP = `crm-federation: one GraphQL schema over several CRMs

  npm start             starts the graph; without any account, a demo with emulated CRMs
  npm start -- new-key  makes a key for a caller, and the digest of it for CALLERS_FILE
  npm start -- purge <account> [<e-mail, phone or vendor id>]
                        forgets the kept results of writes: of one person, or all of an account
  npm start -- --help   this text

Settings come from the environment and from .env; .env.example lists them all.
`;

const EXAMPLES = `Two queries to paste into it:

  { customers(first: 5) { nodes { fullName phoneE164 account { vendor { label } } tags { name } } sources { account { id } state } } }

  { vendors { label capabilities } segments(first: 3) { nodes { title customers(first: 2) { nodes { fullName } } } } }
`;

/** For requests under way when the drain time is over. */
const LONGEST_STOP_MS = 10_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

const openLog = (level: Config['logLevel'] = 'info'): Log =>
  createLog(
    level,
    (line) => void process.stdout.write(line),
    (line) => void process.stderr.write(line),
  );

async function run(): Promise<void> {
  const config = settings();
  const log = openLog(config.logLevel);
  const stopTracing = await startTracing(process.env);
  const demo = config.demo ? await startDemo(vendors) : undefined;
  const app = await createApp({
    config: demo === undefined ? config : { ...config, accounts: demo.accounts },
    vendors,
    reportDefect: log.defect,
    reportProblem: log.problem,
    audit: log.audit,
    watch: log,
  });
  const url = await app.start();
  if (demo !== undefined)
    say('DEMO: no CRM is configured, so emulators answer with invented people. Nothing here is real data.\n');
  const explorable = !config.production && config.authentication === undefined;
  say(`The graph is at ${url}${explorable ? ' (open it in a browser for the explorer)' : ''}.\n`);
  if (app.metricsUrl !== undefined) say(`Metrics are at ${app.metricsUrl}.\n`);
  // They use the names of schema/.
  if (demo !== undefined && config.schemaPrefix === undefined) say(EXAMPLES);
  say('Ctrl+C stops it.');

  let stopping = false;
  const stop = async (): Promise<void> => {
    // A second signal means "now".
    if (stopping) process.exit(1);
    stopping = true;
    // Whatever is still under way then is cut off, which is no good end.
    setTimeout(() => process.exit(1), config.drainTime + LONGEST_STOP_MS).unref();
    await app.stop();
    await demo?.stop();
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
  if (process.env.npm_lifecycle_event === 'start') {
    // The signal that ended the shell may have reached us too, and this is not the second one.
    whenParentEnds(() => {
      if (!stopping) void stop();
    });
  }
}

/** "npm start" runs us in a shell that dies of SIGTERM without passing it on; then we have another parent. */
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

const [argument, ...rest] = process.argv.slice(2);
if (argument === '--help' || argument === '-h') {
  say(HELP);
} else if (argument === 'new-key') {
  const { key, digest } = newKey();
  say(`The key, for the caller only:\n  ${key}\nIts digest, for "keys" in CALLERS_FILE:\n  ${digest}`);
} else if (argument === 'purge' && rest[0] !== undefined && rest.length <= 2) {
  purge(rest[0], rest[1]);
} else if (argument !== undefined) {
  complain(`Unknown argument; "npm start -- --help" lists what there is.`);
  process.exitCode = 2;
} else {
  run().catch((error: unknown) => {
    if (error instanceof SettingError || error instanceof TracingError) complain(error.message);
    else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      const { METRICS_PORT, PORT } = process.env;
      const name =
        'port' in error && String(error.port) === METRICS_PORT && METRICS_PORT !== PORT ? 'METRICS_PORT' : 'PORT';
      complain(`${name} is in use by another program; stop it or set ${name} to a free one.`);
    } else if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
    ) {
      complain('HOST is no address of this machine; correct it, or use 0.0.0.0 for all of them.');
    } else if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') {
      complain('STORE_FILE must name a file in a folder that this process can write to; correct it.');
    } else if (error instanceof CallersFileError) {
      complain(`CALLERS_FILE ${error.message}; correct it.`);
    } else openLog().defect(error, 'at the start');
    process.exit(1);
  });
}
