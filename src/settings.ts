import { type Config, readConfig, SettingError } from './config.ts';
import { vendors } from './vendors/index.ts';

/** One account at a CRM, as an entry of the program's ACCOUNTS_FILE, with the credentials themselves. */
export interface AccountSettings {
  /** Names the account for callers: 1 to 64 letters, digits, dots, dashes or underscores. */
  readonly id: string;
  /** The CRM's key, as `{ vendors { key } }` lists them. */
  readonly vendor: string;
  /** By the CRM's names for them; README has a table. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Callers of other tenants never see the account. Default: `default`. */
  readonly tenant?: string | undefined;
  /** For people; default: the CRM's name. */
  readonly label?: string | undefined;
  /** Default: the CRM's public address. Required where each account has its own. */
  readonly baseUrl?: string | undefined;
  /** Country of phones without a country code (ISO 3166 alpha-2). Default: the CRM's home. */
  readonly region?: string | undefined;
  /** IANA zone of times without one. Default: the CRM's home. */
  readonly timeZone?: string | undefined;
  readonly limits?:
    | { readonly requestsPerSecond?: number | undefined; readonly concurrency?: number | undefined }
    | undefined;
  /** What may be kept of its reads, in memory. Default: nothing. */
  readonly cache?:
    | {
        readonly maxAgeSeconds?: number | undefined;
        readonly staleSeconds?: number | undefined;
        readonly shareInFlight?: boolean | undefined;
      }
    | undefined;
}

/**
 * Settings of an app in another program. Those that the program reads from its environment have the same names, defaults
 * and rules here, in camel case: `PORT` is `port`. Nothing is read from the environment but NODE_ENV.
 */
export interface Settings {
  /** The accounts whose records the graph has. Required unless `demo` is true. */
  readonly accounts?: readonly AccountSettings[] | undefined;
  /** Emulated CRMs with invented people in place of all accounts; nothing is kept. Never in production. */
  readonly demo?: boolean | undefined;
  /**
   * Takes each line of the log, JSON with its end: operations, requests to CRMs (`logLevel: 'debug'`), the audit trail,
   * problems and defects. Default: problems and defects go to standard error, and the rest is dropped.
   */
  readonly log?: ((line: string) => void) | undefined;

  /** Default 4000; 0 picks a free one. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1, and a loopback address at all while `authMode` is `none`. */
  readonly host?: string | undefined;
  /** `production` turns `explorer` off and requires `crmSecret`. Default: NODE_ENV of the process. */
  readonly nodeEnv?: 'production' | 'development' | 'test' | undefined;
  /** The explorer, the Sandbox and introspection. Default: unless in production. */
  readonly explorer?: boolean | undefined;
  /** Keys ids, cursors and kept results; at least 32 bytes. */
  readonly crmSecret?: string | undefined;
  /** The one before, while it is being replaced. */
  readonly crmSecretPrevious?: string | undefined;
  /** In production: hosts that credentials may be sent to besides the CRMs' public ones. */
  readonly crmHosts?: readonly string[] | undefined;
  /** Put before the names of our types and root fields: `Crm` makes `CrmCustomer`. */
  readonly schemaPrefix?: string | undefined;

  /** How callers are known. Default `none`. */
  readonly authMode?: 'none' | 'keys' | 'jwt' | undefined;
  /** With `keys`: the file that lists callers, their scopes and digests of their keys. */
  readonly callersFile?: string | undefined;
  readonly jwtIssuer?: string | undefined;
  readonly jwtAudience?: string | undefined;
  readonly jwtJwksUrl?: string | undefined;
  /** Default `tenant`. */
  readonly jwtTenantClaim?: string | undefined;
  /** What the supergraph's router proves itself with; at least 32 bytes. */
  readonly routerSecret?: string | undefined;
  readonly routerSecretPrevious?: string | undefined;
  /** Addresses or networks of reverse proxies. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Origins whose pages may ask from browsers. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** A persisted-query manifest: only the operations in it run. */
  readonly safelistFile?: string | undefined;
  /** `automatic`: clients may send the digest of a document alone once they have sent it whole. Default `off`. */
  readonly persistedQueries?: 'off' | 'automatic' | undefined;

  /** Database of idempotency keys; `:memory:` keeps them as long as the app runs. Default crm-federation.sqlite. */
  readonly storeFile?: string | undefined;
  /** Milliseconds after `stop` in which open connections are still answered. Default 500. */
  readonly drainMs?: number | undefined;
  /** Requests to CRMs that one caller may cause in a minute; 0, the default, for no limit. */
  readonly callerCallsPerMinute?: number | undefined;
  /** Milliseconds for one request to a CRM. Default 5,000. */
  readonly callTimeoutMs?: number | undefined;
  /** Milliseconds for one operation. Default 10,000. */
  readonly operationTimeoutMs?: number | undefined;
  /** Queries that were answered before are executed from a plan. Default true. */
  readonly compiledExecution?: boolean | undefined;
  /** Lets other processes on this machine listen at the same port (Linux). Default: false. */
  readonly sharePort?: boolean | undefined;
  /** What `log` gets. Default `info`. */
  readonly logLevel?: 'debug' | 'info' | 'error' | undefined;
  /** A listener for metrics alone. */
  readonly metricsPort?: number | undefined;
  readonly metricsHost?: string | undefined;
  /** What whoever collects metrics sends as a bearer token. */
  readonly metricsToken?: string | undefined;
}

/** Of each setting that is a text, a number or a list: the variable that says the same to the program. */
const VARIABLES = {
  port: 'PORT',
  host: 'HOST',
  nodeEnv: 'NODE_ENV',
  explorer: 'EXPLORER',
  crmSecret: 'CRM_SECRET',
  crmSecretPrevious: 'CRM_SECRET_PREVIOUS',
  crmHosts: 'CRM_HOSTS',
  schemaPrefix: 'SCHEMA_PREFIX',
  authMode: 'AUTH_MODE',
  callersFile: 'CALLERS_FILE',
  jwtIssuer: 'JWT_ISSUER',
  jwtAudience: 'JWT_AUDIENCE',
  jwtJwksUrl: 'JWT_JWKS_URL',
  jwtTenantClaim: 'JWT_TENANT_CLAIM',
  routerSecret: 'ROUTER_SECRET',
  routerSecretPrevious: 'ROUTER_SECRET_PREVIOUS',
  trustedProxies: 'TRUSTED_PROXIES',
  corsOrigins: 'CORS_ORIGINS',
  safelistFile: 'SAFELIST_FILE',
  persistedQueries: 'PERSISTED_QUERIES',
  storeFile: 'STORE_FILE',
  drainMs: 'DRAIN_MS',
  callerCallsPerMinute: 'CALLER_CALLS_PER_MINUTE',
  callTimeoutMs: 'CALL_TIMEOUT_MS',
  operationTimeoutMs: 'OPERATION_TIMEOUT_MS',
  compiledExecution: 'COMPILED_EXECUTION',
  sharePort: 'SHARE_PORT',
  logLevel: 'LOG_LEVEL',
  metricsPort: 'METRICS_PORT',
  metricsHost: 'METRICS_HOST',
  metricsToken: 'METRICS_TOKEN',
} as const satisfies Record<Exclude<keyof Settings, 'accounts' | 'demo' | 'log'>, string>;

/** The variables that `Settings` speaks for. */
export const SETTING_VARIABLES: readonly string[] = Object.values(VARIABLES);

/**
 * The configuration these settings describe, by the rules that hold for the program: they are handed to the same reader,
 * as the environment and the accounts file that say the same. Throws `SettingError`.
 */
export function configOf({ accounts = [], demo = false, log: _, ...settings }: Settings): Config {
  if (!demo && accounts.length === 0) {
    throw new SettingError(
      'accounts must list at least one account; add one, or set demo to true for emulated CRMs with invented people.',
    );
  }
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (!Object.hasOwn(VARIABLES, name)) throw new SettingError(`${name} is no setting; correct or remove it.`);
    if (value !== undefined) environment[VARIABLES[name as keyof typeof VARIABLES]] = asText(value);
  }
  return inOurNames(() => {
    if (demo) return readConfig(demoEnvironment(environment), [], () => '');
    const file = { accounts: accounts.map((account, index) => asEntry(account, `accounts.${index}`, environment)) };
    return readConfig({ ...environment, ACCOUNTS_FILE: 'accounts' }, vendors, () => JSON.stringify(file));
  });
}

const asText = (value: string | number | boolean | readonly string[]): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);

/** A demo has no accounts, and keeps what was invented out of a database of true writes. */
export const demoEnvironment = (environment: Readonly<Record<string, string | undefined>>) => ({
  ...environment,
  ACCOUNTS_FILE: undefined,
  STORE_FILE: undefined,
});

/** The entry of an accounts file, which names variables for the credentials: those are put into the environment. */
function asEntry(
  { credentials = {}, ...account }: AccountSettings,
  place: string,
  environment: Record<string, string>,
) {
  const named = Object.entries(credentials).flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    const variable = `${place}.${name}`;
    environment[variable] = value;
    return [[name, { env: variable }]];
  });
  return { ...account, credentials: Object.fromEntries(named) };
}

/** Runs `work`; a `SettingError` from it names the settings as they are called here. */
function inOurNames<Answer>(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    throw withOurNames(error);
  }
}

/** The same error, with the names of settings as they are called here. */
export function withOurNames(error: unknown): unknown {
  if (!(error instanceof SettingError)) return error;
  const names: ReadonlyMap<string, string> = new Map(
    Object.entries(VARIABLES).map(([name, variable]) => [variable, name] as const),
  );
  const message = error.message
    .replace(/^ACCOUNTS_FILE: (?=accounts\b)/, '')
    .replaceAll('ACCOUNTS_FILE', 'accounts')
    .replace(/\b[A-Z]+(?:_[A-Z]+)*\b/g, (word) => names.get(word) ?? word);
  return new SettingError(message, { cause: error.cause });
}
