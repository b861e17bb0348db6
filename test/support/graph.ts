import type { FastifyInstance } from 'fastify';
import { createApp } from '../../src/app.ts';
import type { AccountConfig, Config } from '../../src/config.ts';
import type { Clock } from '../../src/crm/clock.ts';
import type { AuditEntry } from '../../src/crm/writer.ts';
import { startDemo } from '../../src/demo.ts';
import type { Emulator } from '../../src/emulation/emulator.ts';
import { vendors as everyVendor } from '../../src/vendors/index.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import { ownTime } from './clock.ts';
import { watchForLeaks } from './leaks.ts';
import { SECRETS } from './planted.ts';

/** What a GraphQL answer looks like to a test, which knows what it asked for. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape follows from the query beside it
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface Graph {
  readonly url: string;
  /** What listens there; takes requests without a socket too. */
  readonly server: FastifyInstance;
  /** Asks over HTTP, as any client does. */
  ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
  emulator(vendor: string): Emulator;
  /** What was reported as a defect of ours; `ask` fails as soon as there is one. */
  readonly defects: readonly unknown[];
  /** The audit trail since the start or the last `reset`. */
  readonly audits: readonly AuditEntry[];
  /** Every emulator back to its seeded data, with no faults and an empty log, and a graph that remembers nothing. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface GraphOptions {
  readonly vendors?: readonly Vendor[];
  readonly customers?: number;
  readonly config?: Partial<Config>;
  readonly clock?: Clock;
  /** Changes the demo's accounts, for example to a wrong key or to two accounts at one vendor. */
  accounts?(demo: readonly AccountConfig[]): readonly AccountConfig[];
}

/** Starts the emulators and the graph on free ports of the loopback interface. */
export async function startGraph(options: GraphOptions = {}): Promise<Graph> {
  const vendors = options.vendors ?? everyVendor;
  const demo = await startDemo(vendors, options.customers ?? 60);
  const defects: unknown[] = [];
  const audits: AuditEntry[] = [];
  const leaks = watchForLeaks();
  const start = async () => {
    const app = await createApp({
      vendors,
      config: {
        port: 0,
        host: '127.0.0.1',
        production: false,
        demo: true,
        accounts: options.accounts?.(demo.accounts) ?? demo.accounts,
        secrets: [SECRETS.crm],
        authentication: undefined,
        routerSecrets: [],
        trustedProxies: [],
        corsOrigins: [],
        schemaPrefix: undefined,
        drainTime: 0,
        storeFile: ':memory:',
        callerCallsPerMinute: undefined,
        callTimeout: 5_000,
        operationTimeout: 10_000,
        metrics: { listener: undefined, token: SECRETS.metrics },
        ...options.config,
      },
      clock: options.clock ?? ownTime,
      // Retries follow at once.
      random: () => 0,
      reportDefect(error, correlationId) {
        defects.push(error);
        leaks.log.defect(error, correlationId);
      },
      audit(entry) {
        audits.push(entry);
        leaks.log.audit(entry);
      },
      watch: leaks.log,
      tracer: leaks.tracer,
    });
    await leaks.readAnswersOf(app.server);
    return { app, url: await app.start() };
  };
  let running = await start();
  const violations: unknown[] = [];
  /** Whatever a test asks, no vendor may ever get a request that is against its contract. */
  const collectViolations = () => {
    for (const [vendor, emulator] of demo.emulators) {
      for (const violation of emulator.violations) violations.push({ vendor, ...violation });
    }
  };
  const stopRunning = async () => {
    await leaks.readMetricsOf(running.app.server);
    await running.app.stop();
  };
  return {
    get url() {
      return running.url;
    },
    get server() {
      return running.app.server;
    },
    async ask(query, variables = {}, headers = {}) {
      const response = await fetch(running.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const answer = (await response.json()) as Answer;
      if (defects.length > 0) throw new Error('the graph reported a defect', { cause: defects[0] });
      return answer;
    },
    emulator(vendor) {
      const emulator = demo.emulators.get(vendor);
      if (emulator === undefined) throw new Error(`no emulator for ${vendor}`);
      return emulator;
    },
    defects,
    audits,
    async reset() {
      collectViolations();
      audits.length = 0;
      for (const emulator of demo.emulators.values()) emulator.reset();
      await stopRunning();
      running = await start();
    },
    async stop() {
      collectViolations();
      await stopRunning();
      await demo.stop();
      leaks.check();
      if (violations.length > 0)
        throw new Error(`requests against a contract: ${JSON.stringify(violations.slice(0, 5))}`);
    },
  };
}

/** The data of an answer that must have no errors. */
export async function dataOf(answer: Promise<Answer>): Promise<Answer['data']> {
  const { data, errors } = await answer;
  if (errors !== undefined) throw new Error(`unexpected errors: ${JSON.stringify(errors)}`);
  return data;
}
