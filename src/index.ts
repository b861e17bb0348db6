import { SettingError } from './config.ts';
import { type Service, startService } from './service.ts';
import { type AccountSettings, configOf, type Settings, withOurNames } from './settings.ts';
import { createLog } from './watching/log.ts';

export { type AccountSettings, SettingError, type Settings };

/** The graph as a part of another program. */
export interface App {
  /**
   * Starts to listen. Throws `SettingError` where a port is taken or a file cannot be used; nothing stays open then.
   * While it runs, asking again answers the same.
   */
  start(): Promise<Addresses>;
  /** Finishes what is under way, then closes everything: nothing of it keeps the process alive. May be started again. */
  stop(): Promise<void>;
}

export interface Addresses {
  /** Of the graph, such as http://127.0.0.1:4000/graphql. */
  readonly url: string;
  /** Of the metrics, where they have a listener of their own. */
  readonly metricsUrl: string | undefined;
}

/**
 * Makes an app of its settings, which are checked at once; nothing is opened and no CRM is asked before `start`.
 * Throws `SettingError`, one sentence that names the setting that is wrong and never its value.
 *
 * ```js
 * const app = createApp({ port: 0, accounts: [{ id: 'shop', vendor: '…', credentials: { token: '…' } }] });
 * const { url } = await app.start();
 * await app.stop();
 * ```
 */
export function createApp(settings: Settings = {}): App {
  const config = configOf({
    ...settings,
    // Checked like any other value.
    nodeEnv: settings.nodeEnv ?? (process.env.NODE_ENV as Settings['nodeEnv']),
  });
  const complain = settings.log ?? ((line: string) => void process.stderr.write(line));
  const log = createLog(
    settings.log === undefined ? 'error' : (config.logLevel ?? 'info'),
    settings.log ?? drop,
    complain,
  );
  let running: Promise<Service> | undefined;
  let stopped = Promise.resolve();
  return {
    async start() {
      running ??= stopped.then(() => startService(config, log));
      const mine = running;
      try {
        const { url, metricsUrl } = await mine;
        return { url, metricsUrl };
      } catch (error) {
        if (running === mine) running = undefined;
        throw withOurNames(error);
      }
    },
    async stop() {
      const ending = running;
      running = undefined;
      // A start that failed has closed everything itself, and told whoever asked for it.
      if (ending !== undefined) stopped = ending.then((service) => service.stop(), drop);
      await stopped;
    },
  };
}

const drop = (): void => {};
