import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadOrder, LoadReport } from './load.ts';
import type { LoadOutcome } from './loadProcess.ts';
import type { UpstreamCounts } from './upstreamProcess.ts';

/** What stands around a contender: the CRMs it asks and the clients that ask it, each a process of its own. */
export interface Stage {
  readonly upstream: string;
  counts(): Promise<UpstreamCounts>;
  load(order: LoadOrder): Promise<LoadReport>;
  stop(): void;
}

/** @param latency of the CRMs, in milliseconds */
export async function openStage(latency: number): Promise<Stage> {
  const upstream = fork(join(import.meta.dirname, 'upstreamProcess.ts'), [String(latency)]);
  const generator = fork(join(import.meta.dirname, 'loadProcess.ts'));
  const counts = (await answer(upstream)) as UpstreamCounts;
  return {
    upstream: counts.origin,
    counts: () => ask(upstream, 'counts') as Promise<UpstreamCounts>,
    async load(order) {
      const outcome = (await ask(generator, order)) as LoadOutcome;
      if ('problem' in outcome) throw new Error(outcome.problem);
      return outcome.report;
    },
    stop() {
      upstream.kill('SIGKILL');
      generator.kill('SIGKILL');
    },
  };
}

function ask(child: ChildProcess, message: object | string): Promise<unknown> {
  const answered = answer(child);
  child.send(message);
  return answered;
}

async function answer(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`a process of the bench ended with ${code}`);
      }),
    ]);
  } finally {
    over.abort();
  }
}
