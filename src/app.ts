import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyListenOptions, FastifyRequest } from 'fastify';
import { type Cache, createCache } from './cache/cache.ts';
import { cachedAdapter } from './cache/cachedAdapter.ts';
import { createApiKeys } from './callers/apiKeys.ts';
import { createBudgets } from './callers/budgets.ts';
import { createGate, type Gate } from './callers/gate.ts';
import { createJwt } from './callers/jwt.ts';
import type { AccountConfig, Authentication, Config } from './config.ts';
import type { AccountFacts } from './crm/account.ts';
import { localCaller } from './crm/caller.ts';
import { capabilitiesOf } from './crm/capabilities.ts';
import { type Clock, systemClock } from './crm/clock.ts';
import type { Account } from './crm/connectedAccount.ts';
import { allOf, type Watch } from './crm/watch.ts';
import type { AuditEntry } from './crm/writer.ts';
import { addExplorer } from './explorer/routes.ts';
import type { GraphParts } from './graphql/context.ts';
import { type HttpConnection, openConnection } from './http/send.ts';
import { createCursors } from './ids/cursors.ts';
import { createGlobalIds } from './ids/globalIds.ts';
import { deriveKeys } from './ids/secret.ts';
import { checkHost, checkLoopbackHost } from './incoming/headers.ts';
import { openPersisted } from './persisted/persisted.ts';
import { phones } from './phones/phones.ts';
import { buildServer, GRAPH_PATH } from './server.ts';
import { createRecorder } from './status/recorder.ts';
import { createReport } from './status/report.ts';
import { type Admitted, addStatusPage, STATUS_PATH } from './status/routes.ts';
import { openWriteStore } from './store/writeStore.ts';
import type { Vendor } from './vendors/vendor.ts';
import { createMetrics, type Metrics } from './watching/metrics.ts';
import { createMetricsServer, isToken, METRICS_PATH } from './watching/metricsServer.ts';
import { createTraces } from './watching/traces.ts';
import { createWriter } from './writes/writer.ts';

export interface AppOptions {
  readonly config: Config;
  readonly vendors: readonly Vendor[];
  readonly clock?: Clock;
  /** In [0, 1); spreads retries. */
  readonly random?: () => number;
  /** Told of failures that are nobody's fault but ours; their message may hold personal data. */
  readonly reportDefect?: GraphParts['reportDefect'];
  /** Told of settings that went wrong while running, in a sentence without values. */
  readonly reportProblem?: (problem: string) => void;
  /** The audit trail: told of each request that changed something at a CRM, or may have. */
  readonly audit?: (entry: AuditEntry) => void;
  /** Told of every operation and of every request to a CRM: the log, for one. */
  readonly watch?: Watch;
  /** Where spans go; absent: to the OpenTelemetry SDK that the process has registered, if any. */
  readonly tracer?: Tracer;
}

export interface App {
  /** The HTTP server; tests may inject requests before it listens. */
  readonly server: FastifyInstance;
  /** Starts to listen; answers the address of the graph. */
  start(): Promise<string>;
  /** The address of the metrics, where they have a listener of their own and once it listens. */
  readonly metricsUrl: string | undefined;
  /** Finishes what is under way, then closes everything. */
  stop(): Promise<void>;
}

const SCHEMA_FOLDER = join(import.meta.dirname, '..', 'schema');

/** Opens the accounts and builds the server. Nothing listens and no vendor is asked before `start`. */
export async function createApp({
  config,
  vendors,
  clock = systemClock,
  random = Math.random,
  reportDefect = () => {},
  reportProblem = () => {},
  audit = () => {},
  watch = {},
  tracer,
}: AppOptions): Promise<App> {
  const connections: HttpConnection[] = [];
  const cache = createCache(clock);
  const accounts: Account[] = [];
  const recorder = createRecorder(config.accounts, clock);
  const metrics = config.metrics && createMetrics(accounts);
  const watches = allOf([watch, recorder, createTraces(tracer), ...(metrics === undefined ? [] : [metrics])]);
  for (const account of config.accounts) {
    const opened = openAccount(account, vendorOf(vendors, account.vendor), config, cache, clock, random, watches);
    connections.push(opened.connection);
    accounts.push(opened.account);
  }
  const defect: GraphParts['reportDefect'] = (error, correlationId) => {
    metrics?.defect();
    reportDefect(error, correlationId);
  };
  const keys = deriveKeys(config.secrets);
  const store = openWriteStore({ file: config.storeFile, keys: keys.store, clock });
  const gate =
    config.authentication &&
    createGate(authenticatorOf(config.authentication, clock, reportProblem), config.routerSecrets, clock);
  const explorable = config.explorer ?? !config.production;
  const { http: server, drain } = await buildServer({
    sdl: readSchema(),
    schemaPrefix: config.schemaPrefix,
    explorable,
    gate,
    trustedProxies: config.trustedProxies,
    corsOrigins: config.corsOrigins,
    persisted: openPersisted(config.persisted, clock, reportProblem),
    compiledExecution: config.compiledExecution ?? true,
    answered: metrics && ((status) => metrics.answered('graphql', status)),
    parts: {
      vendors: vendors.map((vendor) => ({
        key: vendor.key,
        label: vendor.label,
        abilities: abilitiesOf(vendor, clock),
      })),
      accounts,
      ids: createGlobalIds(keys),
      cursors: createCursors(keys),
      phones,
      writer: createWriter({ store, clock, audit, reportDefect: defect }),
      budgets: createBudgets(config.callerCallsPerMinute, clock),
      clock,
      operationTimeout: config.operationTimeout,
      watch: watches,
      reportDefect: defect,
    },
  });
  const limits = new Map(config.accounts.map((account) => [account.id, account]));
  addStatusPage(server, {
    report: createReport({ accounts, vendors, limits, recorder, clock }),
    hasExplorer: explorable,
    isOpen: gate === undefined,
    admit: (request) => admit(gate, request),
  });
  if (explorable) {
    addExplorer(server, {
      asksForCredential: gate !== undefined,
      isDemo: config.demo,
      isPrefixed: config.schemaPrefix !== undefined,
    });
  }
  if (metrics !== undefined) addMetrics(server, metrics, config);
  const metricsServer =
    metrics &&
    config.metrics?.listener &&
    createMetricsServer(metrics, { ...config.metrics.listener, token: config.metrics.token });
  let metricsUrl: string | undefined;
  return {
    server,
    get metricsUrl() {
      return metricsUrl;
    },
    async start() {
      metricsUrl = await metricsServer?.start();
      const { host, port, sharePort = false } = config;
      // The system spreads connections over all processes that listen like this; fastify's types do not know it yet.
      const address = await server.listen({ host, port, reusePort: sharePort } as FastifyListenOptions);
      return address + GRAPH_PATH;
    },
    async stop() {
      drain();
      // Time for open connections to be used once more and to learn that they end; nobody is cut off in the middle.
      if (config.drainTime > 0 && server.server.listening) await pause(clock, config.drainTime);
      await server.close();
      await metricsServer?.close();
      metrics?.close();
      gate?.close();
      await Promise.all(connections.map((connection) => connection.close()));
      cache.close();
      store.close();
    },
  };
}

/** Forgets the kept results of writes, of one person or of all an account; answers how many. */
export function purgeKeptWrites(
  { storeFile, secrets }: Pick<Config, 'storeFile' | 'secrets'>,
  account: string,
  person: string | undefined,
): number {
  const store = openWriteStore({ file: storeFile, keys: deriveKeys(secrets).store, clock: systemClock });
  try {
    return store.purge(account, person);
  } finally {
    store.close();
  }
}

const pause = (clock: Clock, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });

/** Lets whoever may ask the graph in elsewhere too. */
async function admit(gate: Gate | undefined, request: FastifyRequest): Promise<Admitted> {
  checkHost(request);
  if (gate === undefined) {
    checkLoopbackHost(request);
    return { caller: localCaller };
  }
  const { authorization, 'router-authorization': routerAuthorization } = request.headers;
  return gate.admit({
    authorization,
    routerAuthorization: typeof routerAuthorization === 'string' ? routerAuthorization : undefined,
    address: request.ip,
  });
}

/** Counts the answers of our own server, and shows the metrics there where they have no listener of their own. */
function addMetrics(server: FastifyInstance, metrics: Metrics, { metrics: settings }: Config): void {
  server.addHook('onResponse', async ({ routeOptions: { url = '' } }, { statusCode }) => {
    const place = url === GRAPH_PATH ? 'graphql' : url.startsWith(STATUS_PATH) ? 'status' : undefined;
    metrics.answered(place ?? (url.startsWith('/health') ? 'health' : 'other'), statusCode);
  });
  const token = settings?.token;
  if (settings?.listener !== undefined || token === undefined) return;
  server.get(METRICS_PATH, async ({ headers }, reply) => {
    if (!isToken(token, headers.authorization)) return reply.code(401).header('www-authenticate', 'Bearer').send();
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

function authenticatorOf(authentication: Authentication, clock: Clock, report: (problem: string) => void) {
  return authentication.mode === 'keys'
    ? createApiKeys(authentication.callersFile, clock, report)
    : createJwt(authentication, clock);
}

/** The whole SDL: all files of `schema/`, in the order of their names. */
export function readSchema(): string {
  const files = readdirSync(SCHEMA_FOLDER).filter((name) => name.endsWith('.graphql'));
  return files
    .sort()
    .map((name) => readFileSync(join(SCHEMA_FOLDER, name), 'utf8'))
    .join('\n');
}

function openAccount(
  config: AccountConfig,
  vendor: Vendor,
  { callTimeout, operationTimeout }: Config,
  cache: Cache,
  clock: Clock,
  random: () => number,
  watch: Required<Watch>,
) {
  const facts: AccountFacts = {
    id: config.id,
    vendor: vendor.key,
    region: config.region,
    timeZone: config.timeZone,
    onDrift: (field) => watch.drifted(facts, field),
  };
  const connection = openConnection({
    account: facts,
    baseUrl: config.baseUrl,
    clock,
    random,
    callTimeout,
    concurrency: config.concurrency,
    requestsPerSecond: config.requestsPerSecond,
    secrets: Object.values(config.credentials).filter((value) => typeof value === 'string'),
    onAttempt: watch.vendorAttempted,
  });
  const adapter = vendor.connect({
    account: facts,
    settings: config.credentials,
    send: connection.send,
    clock,
    phones,
  });
  const settings = config.cache ?? NO_CACHE;
  const cached = cachedAdapter(adapter, {
    cache: cache.of(config, settings),
    settings,
    clock,
    longestRead: operationTimeout,
  });
  const account: Account = {
    ...facts,
    tenant: config.tenant,
    label: config.label,
    adapter: cached.adapter,
    capabilities: capabilitiesOf(adapter),
    health: connection.health,
    forget: cached.forget,
  };
  return { account, connection };
}

const NO_CACHE = { maxAge: undefined, stale: 0, shareInFlight: false };

/** What an account at this vendor could do; the adapter is made for its shape and is never asked. */
export function abilitiesOf(vendor: Vendor, clock: Clock) {
  const account = { id: vendor.key, vendor: vendor.key, region: vendor.region, timeZone: vendor.timeZone };
  const send = () => Promise.reject(new Error(`${vendor.key} has no account to send to`));
  return vendor.connect({ account, settings: {}, send, clock, phones });
}

function vendorOf(vendors: readonly Vendor[], key: string): Vendor {
  const vendor = vendors.find((candidate) => candidate.key === key);
  if (vendor === undefined) throw new Error(`no vendor "${key}" is registered`);
  return vendor;
}
