import { startUpstream } from './upstream.ts';

// The upstream as a process of its own: `node upstreamProcess.ts <latency>`. Any message is answered with its counts.

export interface UpstreamCounts {
  readonly origin: string;
  readonly calls: number;
  readonly failures: number;
  /** Milliseconds of processor time since the start. */
  readonly processor: number;
}

const upstream = await startUpstream(Number(process.argv[2] ?? 0));
const tell = (): void => {
  const { origin, calls, failures } = upstream;
  const { user, system } = process.cpuUsage();
  const processor = (user + system) / 1e3;
  process.send?.({ origin, calls: calls(), failures: failures(), processor } satisfies UpstreamCounts);
};
process.on('message', tell);
process.on('disconnect', () => process.exit());
tell();
