// Loaded into the graph's process with `--import`: tells the soak how the event loop and the heap are doing.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface InsideReport {
  /** Since the last collection, in milliseconds: how much later than it should a timer ran. */
  readonly loopDelay: { readonly p99: number; readonly max: number };
  /** Bytes; after a full collection if one was asked for. */
  readonly memory: NodeJS.MemoryUsage;
  readonly collected: boolean;
  /** Processor time since the start, in seconds. */
  readonly processor: number;
}

const RESOLUTION_MS = 10;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

/** Node counts the whole time between two runs of its timer. */
const milliseconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);

function report(collected: boolean): void {
  const loopDelay = { p99: milliseconds(delays.percentile(99)), max: milliseconds(delays.max) };
  const { user, system } = process.cpuUsage();
  const memory = process.memoryUsage();
  process.send?.({ loopDelay, memory, collected, processor: (user + system) / 1e6 } satisfies InsideReport);
}

setInterval(() => report(false), 1_000).unref();
// Any message asks for a full collection, which must not count as delay.
process.on('message', () => {
  delays.disable();
  globalThis.gc?.();
  delays.enable();
  report(true);
});
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
