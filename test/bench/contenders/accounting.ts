import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

// Loaded into each contender's process with `--import`: tells the bench what it has cost, its workers included, and
// profiles it when asked.

export interface Account {
  /** Milliseconds of processor time since the start, all threads of the process. */
  readonly processor: number;
  /** Bytes. */
  readonly rss: number;
}

/** Each is answered with an `Account`. */
export type Order = { readonly order: 'look' | 'profile' } | { readonly order: 'keep'; readonly file: string };

const SAMPLE_MICROSECONDS = 200;

let session: Session | undefined;

async function obey(order: Order): Promise<void> {
  if (order.order === 'profile') {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
    await session.post('Profiler.start');
  } else if (order.order === 'keep') {
    const profile = await session?.post('Profiler.stop');
    session?.disconnect();
    writeFileSync(order.file, JSON.stringify(profile?.profile));
  }
  const accounts = [ownAccount(), ...(await Promise.all(Object.values(cluster.workers ?? {}).map(accountOf)))];
  process.send?.({
    processor: accounts.reduce((sum, { processor }) => sum + processor, 0),
    rss: accounts.reduce((sum, { rss }) => sum + rss, 0),
  } satisfies Account);
}

function ownAccount(): Account {
  const { user, system } = process.cpuUsage();
  return { processor: (user + system) / 1e3, rss: process.memoryUsage.rss() };
}

async function accountOf(worker: Worker | undefined): Promise<Account> {
  if (worker === undefined) return { processor: 0, rss: 0 };
  const answer = once(worker, 'message');
  worker.send({ order: 'look' } satisfies Order);
  const [account] = (await answer) as [Account];
  return account;
}

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit());
