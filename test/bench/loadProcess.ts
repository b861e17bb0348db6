import { type LoadOrder, type LoadReport, load } from './load.ts';

// The load generator as a process of its own: each message is a `LoadOrder`, answered with what came of it.

export type LoadOutcome = { readonly report: LoadReport } | { readonly problem: string };

process.on('message', (order: LoadOrder) => {
  load(order).then(
    (report) => process.send?.({ report } satisfies LoadOutcome),
    (error: unknown) => process.send?.({ problem: String(error) } satisfies LoadOutcome),
  );
});
process.on('disconnect', () => process.exit());
