import { z } from 'zod';

/** What reading the settings needs to know of a vendor. */
export interface VendorSettings {
  readonly key: string;
  readonly label: string;
  readonly region: string;
  readonly timeZone: string;
  readonly settings: z.ZodObject;
  readonly baseUrl?: string;
  readonly publicHosts?: readonly string[];
  readonly requestsPerSecond?: number;
}

/** One account, checked and complete. */
export interface AccountConfig {
  readonly id: string;
  readonly vendor: string;
  readonly tenant: string;
  readonly label: string;
  readonly baseUrl: URL;
  readonly region: string;
  readonly timeZone: string;
  /** As the vendor's settings schema gave them. */
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly concurrency: number;
  readonly requestsPerSecond: number | undefined;
  /** Undefined: nothing is kept and nothing is shared. */
  readonly cache?: AccountCacheConfig | undefined;
}

/** What may be kept of an account's reads, in memory; ages in milliseconds. */
export interface AccountCacheConfig {
  /** How old an answer may be; undefined: none is kept. */
  readonly maxAge: number | undefined;
  /** How old it may be for those who allow it while the CRM fails. */
  readonly stale: number;
  /** Equal reads at the same time share one call to the CRM. */
  readonly shareInFlight: boolean;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly production: boolean;
  /** No account is configured: emulators stand in for the CRMs. */
  readonly demo: boolean;
  readonly accounts: readonly AccountConfig[];
  /** The current secret, then the previous one while it is being replaced. */
  readonly secrets: readonly string[];
  /** How callers are known; undefined: not at all, on the loopback interface only. */
  readonly authentication: Authentication | undefined;
  /** Secrets of the supergraph's router: the current one, then the previous one. */
  readonly routerSecrets: readonly string[];
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may ask and read, such as https://shop.example.com. */
  readonly corsOrigins: readonly string[];
  /** Documents that may be sent by an id alone; absent: none. */
  readonly persisted?: PersistedConfig | undefined;
  /** The explorer, the Sandbox and introspection; absent: unless in production. */
  readonly explorer?: boolean;
  /** Put before the names of our own types and root fields. */
  readonly schemaPrefix: string | undefined;
  /** Database file that remembers which writes were done; `:memory:` keeps them as long as the process lives. */
  readonly storeFile: string;
  /** Requests to CRMs that one caller may cause in a minute; undefined: no limit. */
  readonly callerCallsPerMinute: number | undefined;
  readonly callTimeout: number;
  readonly operationTimeout: number;
  /** Where metrics are answered; absent: nowhere, and none are counted. */
  readonly metrics?: MetricsConfig | undefined;
  /** What is logged; absent: `info`. */
  readonly logLevel?: LogLevel;
  /** Queries seen before are executed from a plan, past Apollo; absent: yes. */
  readonly compiledExecution?: boolean;
  /** Other processes on this machine may listen at the same port; absent: no. */
  readonly sharePort?: boolean;
  /** Milliseconds after a stop signal in which open connections are still answered before they are closed. */
  readonly drainTime: number;
}

export type PersistedConfig =
  /** Any document, by its digest once it was sent whole. */
  | { readonly mode: 'automatic' }
  /** Those of the manifest in the file; no other runs. */
  | { readonly mode: 'safelist'; readonly file: string };

export interface MetricsConfig {
  /** A listener of their own; undefined: beside the graph. */
  readonly listener: { readonly host: string; readonly port: number } | undefined;
  /** What whoever collects them sends as a bearer token; undefined: nothing is asked for. */
  readonly token: string | undefined;
}

const LOG_LEVELS = ['debug', 'info', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Authentication =
  | { readonly mode: 'keys'; readonly callersFile: string }
  | {
      readonly mode: 'jwt';
      readonly issuer: string;
      readonly audience: string;
      readonly jwksUrl: URL;
      readonly tenantClaim: string;
    };

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that stops the start: one sentence that names the setting, never its value. */
export class SettingError extends Error {}

/** Not secret: ids and cursors of the demo and of development keep working over a restart. */
const DEVELOPMENT_SECRET = 'crm-federation development secret, known to everybody';
const SMALLEST_SECRET_BYTES = 32;
const ACCOUNT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const PUBLIC_CONCURRENCY = 16;
const LOCAL_CONCURRENCY = 256;

/**
 * Reads all settings. Throws `SettingError` at the first one that is wrong.
 * @param readText reads the file that ACCOUNTS_FILE names
 */
export function readConfig(
  environment: Environment,
  vendors: readonly VendorSettings[],
  readText: (path: string) => string,
): Config {
  // An empty text is how env files and container definitions say "not set".
  const setting = (name: string) => (environment[name] === '' ? undefined : environment[name]);
  const production = environmentOf(setting) === 'production';
  const host = setting('HOST') ?? '127.0.0.1';
  const authentication = authenticationOf(setting);
  if (authentication === undefined && !isLoopback(host)) {
    throw new SettingError(
      'HOST must be a loopback address (127.0.0.1, ::1 or localhost) while AUTH_MODE is none; set AUTH_MODE to keys or jwt first.',
    );
  }
  const accounts = [...accountsFromEnvironment(setting, vendors), ...accountsFromFile(setting, vendors, readText)];
  const ids = new Set<string>();
  for (const { id } of accounts) {
    if (ids.has(id))
      throw new SettingError(
        `ACCOUNTS_FILE: two accounts have the id "${id}"; give each its own (an account from the environment has its vendor's key).`,
      );
    ids.add(id);
  }
  if (production) requireProtectedHosts(accounts, vendors, setting);
  if (production && accounts.length === 0) {
    throw new SettingError(
      'ACCOUNTS_FILE or the credentials of at least one CRM must be set when NODE_ENV is production; the demo never runs there.',
    );
  }
  return {
    port: wholeNumber(setting, 'PORT', 4_000, 0, 65_535),
    host,
    production,
    demo: accounts.length === 0,
    accounts,
    secrets: hidden(secrets(setting, production)),
    authentication,
    routerSecrets: hidden(routerSecrets(setting)),
    trustedProxies: trustedProxies(setting),
    corsOrigins: corsOrigins(setting),
    persisted: persistedOf(setting),
    explorer: onOrOff(setting, 'EXPLORER', !production),
    schemaPrefix: schemaPrefix(setting),
    // The demo leaves nothing behind.
    storeFile: setting('STORE_FILE') ?? (accounts.length === 0 ? ':memory:' : 'crm-federation.sqlite'),
    callerCallsPerMinute: wholeNumber(setting, 'CALLER_CALLS_PER_MINUTE', 0, 0, 10_000_000) || undefined,
    callTimeout: wholeNumber(setting, 'CALL_TIMEOUT_MS', 5_000, 1, 60_000),
    operationTimeout: wholeNumber(setting, 'OPERATION_TIMEOUT_MS', 10_000, 1, 60_000),
    metrics: metricsOf(setting),
    logLevel: logLevelOf(setting),
    compiledExecution: onOrOff(setting, 'COMPILED_EXECUTION', true),
    sharePort: onOrOff(setting, 'SHARE_PORT', false),
    drainTime: wholeNumber(setting, 'DRAIN_MS', 500, 0, 60_000),
  };
}

/** In production keys leave by https only, and only for hosts that somebody named. */
function requireProtectedHosts(
  accounts: readonly AccountConfig[],
  vendors: readonly VendorSettings[],
  setting: Setting,
): void {
  const allowed = (setting('CRM_HOSTS') ?? '').split(',').map((host) => host.trim().toLowerCase());
  for (const { id, vendor, baseUrl } of accounts) {
    // What stays on this machine can be read by nobody on the way.
    if (isLoopback(baseUrl.hostname)) continue;
    if (baseUrl.protocol !== 'https:') {
      throw new SettingError(`The base URL of account "${id}" must be https when NODE_ENV is production; correct it.`);
    }
    const known = [...(vendors.find(({ key }) => key === vendor)?.publicHosts ?? []), ...allowed];
    if (
      !known.some(
        (host) => host === baseUrl.hostname || (host.startsWith('*.') && baseUrl.hostname.endsWith(host.slice(1))),
      )
    ) {
      throw new SettingError(`CRM_HOSTS must list the host of account "${id}" when NODE_ENV is production; add it.`);
    }
  }
}

type Setting = (name: string) => string | undefined;

function wholeNumber(setting: Setting, name: string, fallback: number, least: number, most: number): number {
  const text = setting(name);
  if (text === undefined) return fallback;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new SettingError(
    `${name} must be a whole number from ${least} to ${most}; correct it or leave it out for ${fallback}.`,
  );
}

function onOrOff(setting: Setting, name: string, fallback: boolean): boolean {
  const text = setting(name) ?? (fallback ? 'on' : 'off');
  if (text === 'on' || text === 'off') return text === 'on';
  throw new SettingError(`${name} must be on or off; correct it or leave it out for ${fallback ? 'on' : 'off'}.`);
}

function secrets(setting: Setting, production: boolean): readonly string[] {
  const given = rotating(setting, 'CRM_SECRET');
  if (setting('CRM_SECRET') !== undefined) return given;
  if (production) {
    throw new SettingError(
      'CRM_SECRET must be set when NODE_ENV is production; "openssl rand -hex 32" makes a good one.',
    );
  }
  return [DEVELOPMENT_SECRET, ...given];
}

/** The secret of that name and, while it is being replaced, the previous one. */
function rotating(setting: Setting, name: string): readonly string[] {
  return [name, `${name}_PREVIOUS`].flatMap((each) => {
    const value = setting(each);
    if (value === undefined) return [];
    requireLength(each, value);
    return [value];
  });
}

function requireLength(name: string, secret: string): void {
  if (Buffer.byteLength(secret) >= SMALLEST_SECRET_BYTES) return;
  throw new SettingError(
    `${name} must have at least ${SMALLEST_SECRET_BYTES} bytes; "openssl rand -hex 32" makes a good one.`,
  );
}

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** The same object, whose values do not show where somebody prints it or a part of it. */
const hidden = <Secret extends object>(secret: Secret): Secret =>
  Object.defineProperties(secret, {
    toJSON: { value: () => '[redacted]' },
    [INSPECT]: { value: () => '[redacted]' },
  });

/** What is sent in a header must fit into one. */
function requireHeaderSafe(name: string, secrets: readonly string[]): void {
  if (secrets.every((secret) => /^[A-Za-z0-9._~+/=-]+$/.test(secret))) return;
  throw new SettingError(
    `${name} must hold only letters, digits and ._~+/=-, because it is sent in a header; replace it.`,
  );
}

function routerSecrets(setting: Setting): readonly string[] {
  const secrets = rotating(setting, 'ROUTER_SECRET');
  requireHeaderSafe('ROUTER_SECRET', secrets);
  return secrets;
}

function schemaPrefix(setting: Setting): string | undefined {
  const prefix = setting('SCHEMA_PREFIX');
  if (prefix === undefined || /^[A-Z][A-Za-z0-9]{0,19}$/.test(prefix)) return prefix;
  throw new SettingError(
    'SCHEMA_PREFIX must be 1 to 20 letters and digits and begin with a capital, such as Crm; correct it or leave it out.',
  );
}

/** Metrics are for a network of one's own, or for whoever has the token. */
function metricsOf(setting: Setting): MetricsConfig | undefined {
  const port =
    setting('METRICS_PORT') === undefined ? undefined : wholeNumber(setting, 'METRICS_PORT', 9464, 0, 65_535);
  const host = setting('METRICS_HOST');
  if (host !== undefined && port === undefined) {
    throw new SettingError('METRICS_PORT must be set when METRICS_HOST is; set it, or remove METRICS_HOST.');
  }
  const token = setting('METRICS_TOKEN');
  if (token !== undefined) {
    requireLength('METRICS_TOKEN', token);
    requireHeaderSafe('METRICS_TOKEN', [token]);
  }
  if (port === undefined && token === undefined) return undefined;
  return hidden({ listener: port === undefined ? undefined : { host: host ?? '127.0.0.1', port }, token });
}

function logLevelOf(setting: Setting): LogLevel {
  const level = setting('LOG_LEVEL') ?? 'info';
  const known = LOG_LEVELS.find((each) => each === level);
  if (known === undefined) throw new SettingError(`LOG_LEVEL must be ${LOG_LEVELS.join(', ')}; correct it.`);
  return known;
}

/** A misspelt "production" must not open a demo. */
function environmentOf(setting: Setting): string {
  const name = setting('NODE_ENV') ?? 'development';
  if (['production', 'development', 'test'].includes(name)) return name;
  throw new SettingError('NODE_ENV must be production, development or test; correct it or leave it out.');
}

function authenticationOf(setting: Setting): Authentication | undefined {
  const mode = setting('AUTH_MODE') ?? 'none';
  const needed = (name: string) => {
    const value = setting(name);
    if (value === undefined) throw new SettingError(`${name} must be set when AUTH_MODE is ${mode}.`);
    return value;
  };
  if (mode !== 'keys' && setting('CALLERS_FILE') !== undefined) {
    throw new SettingError('AUTH_MODE must be keys when CALLERS_FILE is set; set it, or remove CALLERS_FILE.');
  }
  if (mode === 'none') return undefined;
  if (mode === 'keys') return { mode, callersFile: needed('CALLERS_FILE') };
  if (mode !== 'jwt') throw new SettingError('AUTH_MODE must be none, keys or jwt; correct it.');
  const jwksUrl = checkedUrl(needed('JWT_JWKS_URL'), 'JWT_JWKS_URL');
  if (jwksUrl.protocol !== 'https:' && !isLoopback(jwksUrl.hostname)) {
    throw new SettingError('JWT_JWKS_URL must be an https address: whoever can change the keys can be anybody.');
  }
  return {
    mode,
    issuer: needed('JWT_ISSUER'),
    audience: needed('JWT_AUDIENCE'),
    jwksUrl,
    tenantClaim: setting('JWT_TENANT_CLAIM') ?? 'tenant',
  };
}

const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Exact origins only: a pattern or `*` would let in pages that nobody thought of. */
function corsOrigins(setting: Setting): readonly string[] {
  const origins = listed(setting('CORS_ORIGINS'));
  for (const origin of origins) {
    if (!/^https?:[^*]+$/.test(origin) || !URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new SettingError(
        'CORS_ORIGINS must be origins such as https://shop.example.com, in small letters and without a path or *, separated by commas; correct it.',
      );
    }
  }
  return origins;
}

function persistedOf(setting: Setting): PersistedConfig | undefined {
  const mode = setting('PERSISTED_QUERIES') ?? 'off';
  if (mode !== 'off' && mode !== 'automatic')
    throw new SettingError('PERSISTED_QUERIES must be off or automatic; correct it.');
  const file = setting('SAFELIST_FILE');
  if (file === undefined) return mode === 'automatic' ? { mode } : undefined;
  if (mode === 'automatic') {
    throw new SettingError(
      'PERSISTED_QUERIES must be off when SAFELIST_FILE is set, because nothing is taken there that is not in the file; remove one of them.',
    );
  }
  return { mode: 'safelist', file };
}

function trustedProxies(setting: Setting): readonly string[] {
  const proxies = listed(setting('TRUSTED_PROXIES'));
  for (const proxy of proxies) {
    if (!/^[0-9a-fA-F.:]{2,45}(\/\d{1,3})?$/.test(proxy)) {
      throw new SettingError(
        'TRUSTED_PROXIES must be addresses or networks (10.0.0.0/8) separated by commas; correct it.',
      );
    }
  }
  return proxies;
}

/** Credentials in the environment make one account per vendor, with the vendor's key as id. */
function accountsFromEnvironment(setting: Setting, vendors: readonly VendorSettings[]): AccountConfig[] {
  return vendors.flatMap((vendor) => {
    const names = Object.keys(vendor.settings.shape);
    const given = names.filter((name) => setting(environmentName(vendor.key, name)) !== undefined);
    if (given.length === 0) return [];
    const credentials = Object.fromEntries(given.map((name) => [name, setting(environmentName(vendor.key, name))]));
    return [
      account(vendor, {
        id: vendor.key,
        tenant: 'default',
        credentials,
        baseUrl: setting(environmentName(vendor.key, 'baseUrl')),
        nameOf: (field) => environmentName(vendor.key, field),
      }),
    ];
  });
}

/** Vendor `acme` + field `accessToken` is `ACME_ACCESS_TOKEN`. */
export const environmentName = (vendor: string, field: string): string =>
  `${vendor}_${field.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();

const WHOLE_SECONDS = 'must be a whole number of seconds';
const ONE_DAY = 'must be 1 to 86400 seconds; leave it out to keep nothing';
const UP_TO_A_DAY = 'must be 0 to 86400 seconds';

const accountsFile = z.strictObject({
  accounts: z.array(
    z.strictObject({
      id: z.string().regex(ACCOUNT_ID, 'must have 1 to 64 letters, digits, dots, dashes or underscores'),
      vendor: z.string(),
      tenant: z.string().regex(ACCOUNT_ID, 'must have 1 to 64 letters, digits, dots, dashes or underscores').optional(),
      label: z.string().min(1).max(100).optional(),
      baseUrl: z.string().optional(),
      region: z.string().optional(),
      timeZone: z.string().optional(),
      credentials: z.record(
        z.string(),
        z.strictObject(
          { env: z.string().min(1) },
          'must be { "env": "NAME" }, with the name of the variable that holds the value',
        ),
      ),
      limits: z
        .strictObject({
          requestsPerSecond: z.number().positive().max(1_000).optional(),
          concurrency: z.int().min(1).max(1_024).optional(),
        })
        .optional(),
      cache: z
        .strictObject({
          maxAgeSeconds: z.int(WHOLE_SECONDS).min(1, ONE_DAY).max(86_400, ONE_DAY).optional(),
          staleSeconds: z.int(WHOLE_SECONDS).min(0, UP_TO_A_DAY).max(86_400, UP_TO_A_DAY).optional(),
          shareInFlight: z.boolean('must be true or false').optional(),
        })
        .refine(({ maxAgeSeconds, staleSeconds = 0 }) => maxAgeSeconds !== undefined || staleSeconds === 0, {
          path: ['staleSeconds'],
          error: 'needs maxAgeSeconds beside it, because without that nothing is kept that could be served later',
        })
        .optional(),
    }),
  ),
});

function accountsFromFile(
  setting: Setting,
  vendors: readonly VendorSettings[],
  readText: (path: string) => string,
): AccountConfig[] {
  const path = setting('ACCOUNTS_FILE');
  if (path === undefined) return [];
  let json: unknown;
  try {
    json = JSON.parse(readText(path));
  } catch {
    throw new SettingError('ACCOUNTS_FILE must name a readable file with JSON in it; check the path and the text.');
  }
  const parsed = accountsFile.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SettingError(
      `ACCOUNTS_FILE: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}; correct it.`,
    );
  }
  if (parsed.data.accounts.length === 0) {
    throw new SettingError(
      'ACCOUNTS_FILE must list at least one account; add one, or leave the setting out for the demo.',
    );
  }
  return parsed.data.accounts.map(({ vendor: key, credentials, limits, cache, ...rest }, index) => {
    const place = `ACCOUNTS_FILE: accounts.${index}`;
    const vendor = vendors.find((candidate) => candidate.key === key);
    if (vendor === undefined)
      throw new SettingError(
        `${place}.vendor must be one of ${vendors.map((known) => known.key).join(', ')}; correct it.`,
      );
    const values = Object.entries(credentials).map(([name, { env }]) => {
      const value = setting(env);
      if (value === undefined)
        throw new SettingError(
          `${place}.credentials.${name}.env must name a variable that is set; set it or correct the name.`,
        );
      return [name, value] as const;
    });
    return account(vendor, {
      ...rest,
      ...limits,
      cache: cache && cacheOf(cache),
      tenant: rest.tenant ?? 'default',
      credentials: Object.fromEntries(values),
      nameOf: (field) => `${place}.${Object.hasOwn(vendor.settings.shape, field) ? `credentials.${field}` : field}`,
    });
  });
}

function cacheOf(given: {
  readonly maxAgeSeconds?: number | undefined;
  readonly staleSeconds?: number | undefined;
  readonly shareInFlight?: boolean | undefined;
}): AccountCacheConfig {
  const { maxAgeSeconds, staleSeconds = 0, shareInFlight = false } = given;
  return {
    maxAge: maxAgeSeconds === undefined ? undefined : maxAgeSeconds * 1_000,
    stale: staleSeconds * 1_000,
    shareInFlight,
  };
}

interface GivenAccount {
  readonly id: string;
  readonly tenant: string;
  readonly label?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly region?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly requestsPerSecond?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly cache?: AccountCacheConfig | undefined;
  /** The setting that a wrong field is to be corrected in. */
  nameOf(field: string): string;
}

function account(vendor: VendorSettings, given: GivenAccount): AccountConfig {
  const unknown = Object.keys(given.credentials).find((name) => !Object.hasOwn(vendor.settings.shape, name));
  if (unknown !== undefined)
    throw new SettingError(
      `${given.nameOf('credentials')}.${unknown} is no credential of ${vendor.label}; it takes ${Object.keys(vendor.settings.shape).join(', ')}.`,
    );
  const parsed = vendor.settings.safeParse(given.credentials);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SettingError(`${given.nameOf(String(issue?.path[0] ?? ''))} is missing; ${vendor.label} needs it.`);
  }
  const baseUrl = given.baseUrl ?? vendor.baseUrl;
  if (baseUrl === undefined)
    throw new SettingError(
      `${given.nameOf('baseUrl')} is missing; every account at ${vendor.label} has its own address.`,
    );
  const url = checkedUrl(baseUrl, given.nameOf('baseUrl'));
  const region = given.region ?? vendor.region;
  if (!/^[A-Z]{2}$/.test(region))
    throw new SettingError(
      `${given.nameOf('region')} must be a country in two capital letters (ISO 3166); correct it.`,
    );
  const timeZone = given.timeZone ?? vendor.timeZone;
  if (!isTimeZone(timeZone))
    throw new SettingError(`${given.nameOf('timeZone')} must be an IANA time zone such as Asia/Shanghai; correct it.`);
  const isPublic = vendor.publicHosts?.includes(url.hostname) === true;
  return {
    id: given.id,
    vendor: vendor.key,
    tenant: given.tenant,
    label: given.label ?? vendor.label,
    baseUrl: url,
    region,
    timeZone,
    credentials: hidden(parsed.data),
    concurrency: given.concurrency ?? (isLoopback(url.hostname) ? LOCAL_CONCURRENCY : PUBLIC_CONCURRENCY),
    requestsPerSecond: given.requestsPerSecond ?? (isPublic ? vendor.requestsPerSecond : undefined),
    cache: given.cache,
  };
}

function checkedUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain =
    url !== undefined &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '';
  if (!plain) throw new SettingError(`${name} must be an http(s) address without user, query or fragment; correct it.`);
  return url;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
