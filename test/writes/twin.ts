import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountConfig } from '../../src/config.ts';
import { type Graph, type GraphOptions, startGraph } from '../support/graph.ts';

export interface Twins {
  readonly graph: Graph;
  readonly storeFile: string;
  /** Another process, as far as CRMs and the store can tell: the same accounts at the same emulators, the same file. */
  twin(options?: GraphOptions): Promise<Graph>;
  stop(): Promise<void>;
}

/** A graph whose store is on disk. */
export async function startTwins(options: GraphOptions = {}): Promise<Twins> {
  const folder = mkdtempSync(join(tmpdir(), 'twins-'));
  const storeFile = join(folder, 'writes.sqlite');
  let accounts: readonly AccountConfig[] = [];
  const graph = await startGraph({
    ...options,
    config: { ...options.config, storeFile },
    accounts(demo) {
      accounts = options.accounts?.(demo) ?? demo;
      return accounts;
    },
  });
  const twins: Graph[] = [];
  return {
    graph,
    storeFile,
    async twin(other = {}) {
      const twin = await startGraph({
        ...options,
        customers: 1,
        ...other,
        config: { ...options.config, ...other.config, storeFile },
        accounts: () => accounts,
      });
      twins.push(twin);
      return twin;
    },
    async stop() {
      for (const twin of twins) await twin.stop();
      await graph.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
