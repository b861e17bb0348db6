import { createApp } from './app.ts';
import { CallersFileError } from './callers/apiKeys.ts';
import { type Config, SettingError } from './config.ts';
import { startDemo } from './demo.ts';
import { SafelistFileError } from './persisted/safelist.ts';
import { vendors } from './vendors/index.ts';
import type { Log } from './watching/log.ts';

/** A service that listens. */
export interface Service {
  /** The address of the graph. */
  readonly url: string;
  /** The address of the metrics, where they have a listener of their own. */
  readonly metricsUrl: string | undefined;
  /** Finishes what is under way, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts what a configuration describes: the graph and, in a demo, the emulated CRMs behind it. The program and the
 * library both are this. Throws `SettingError` where only the start shows that a setting is wrong; nothing stays open.
 */
export async function startService(config: Config, log: Log): Promise<Service> {
  const demo = config.demo ? await startDemo(vendors) : undefined;
  let app: Awaited<ReturnType<typeof createApp>> | undefined;
  const stop = async (): Promise<void> => {
    await app?.stop();
    await demo?.stop();
  };
  try {
    app = await createApp({
      config: demo === undefined ? config : { ...config, accounts: demo.accounts },
      vendors,
      reportDefect: log.defect,
      reportProblem: log.problem,
      audit: log.audit,
      watch: log,
    });
    const url = await app.start();
    return { url, metricsUrl: app.metricsUrl, stop };
  } catch (error) {
    await stop();
    throw wrongSetting(error, config) ?? error;
  }
}

/** What the system refused at the start, as the setting that asked for it. */
function wrongSetting(error: unknown, config: Config): SettingError | undefined {
  const because = (sentence: string) => new SettingError(sentence, { cause: error });
  if (error instanceof CallersFileError) return because(`CALLERS_FILE ${error.message}; correct it.`);
  if (error instanceof SafelistFileError) return because(`SAFELIST_FILE ${error.message}; correct it.`);
  const sentence = refusal(error as SystemError, config);
  return sentence === undefined ? undefined : because(sentence);
}

interface SystemError {
  readonly code?: unknown;
  readonly port?: unknown;
}

function refusal({ code, port }: SystemError, config: Config): string | undefined {
  const metricsPort = config.metrics?.listener?.port;
  const name = port === metricsPort && metricsPort !== config.port ? 'METRICS_PORT' : 'PORT';
  switch (code) {
    case 'EADDRINUSE':
      return `${name} is in use by another program; stop it or set ${name} to a free one.`;
    case 'EACCES':
      return `${name} must be one that this process may listen at; set it to 1024 or more.`;
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return 'HOST is no address of this machine; correct it, or use 0.0.0.0 for all of them.';
    case 'ERR_SQLITE_ERROR':
      return 'STORE_FILE must name a file in a folder that this process can write to; correct it.';
    default:
      return undefined;
  }
}
