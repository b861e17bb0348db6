import type { AccountCacheConfig, AccountConfig } from '../../src/config.ts';
import { dataOf, type Graph, type GraphOptions, startGraph } from '../support/graph.ts';

export const MINUTE_MS = 60_000;

/** Answers are kept for a minute, and given for an hour while a CRM fails. */
export const KEEPING: AccountCacheConfig = { maxAge: MINUTE_MS, stale: 60 * MINUTE_MS, shareInFlight: false };

/** A graph whose accounts all have these settings, unless `accounts` says otherwise. */
export const startCachedGraph = (cache: AccountCacheConfig, options: GraphOptions = {}): Promise<Graph> =>
  startGraph({
    customers: 30,
    ...options,
    accounts: (demo) => withCache(options.accounts?.(demo) ?? demo, cache),
  });

export const withCache = (accounts: readonly AccountConfig[], cache: AccountCacheConfig): readonly AccountConfig[] =>
  accounts.map((account) => ({ cache, ...account }));

/** Global ids of the first customers of an account; what was read for it is forgotten. */
export async function customerIds(graph: Graph, account: string, count: number): Promise<string[]> {
  const { customers } = await dataOf(
    graph.ask(
      'query ($n: Int!, $a: [ID!]) { customers(first: $n, accounts: $a, freshness: { maxAge: 0 }) { nodes { id } } }',
      {
        n: count,
        a: [account],
      },
    ),
  );
  graph.emulator(account).forget();
  return customers.nodes.map(({ id }: { id: string }) => id);
}

/** What `extensions.crm` of an answer says of the whole operation. */
export async function callsOf(answer: Promise<unknown>): Promise<Record<string, number>> {
  return ((await answer) as { extensions: { crm: { calls: Record<string, number> } } }).extensions.crm.calls;
}
