import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from '../contenders/contender.ts';

const FOLDER = import.meta.dirname;
const INSTALLED = join(FOLDER, 'node_modules', '.package-lock.json');

const peer = (name: string, what: string): Contender => ({
  name,
  what,
  command: [join(FOLDER, `${name}.mjs`)],
  environment: (upstream) => ({ NODE_ENV: 'production', UPSTREAM: upstream }),
  path: () => '/graphql',
  body: ({ query }) => ({ query }),
});

/** Other servers with the baseline's resolvers; they need `installPeers`. */
export const PEERS: readonly Contender[] = [
  peer('mercurius', 'Mercurius on fastify with its compiler, the same resolvers'),
  peer('yoga', "GraphQL Yoga on node:http with Envelop's compiler, the same resolvers"),
];

/** Installs the peers from their own lockfile, unless they are there. */
export function installPeers(say: (text: string) => void): void {
  const lockfile = join(FOLDER, 'package-lock.json');
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(lockfile).mtimeMs) return;
  say('Installing the peers (about 40 MB, once) ...\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('npm ci failed in test/bench/peers; see above.');
}
