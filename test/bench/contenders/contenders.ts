import { join } from 'node:path';
import type { Contender } from './contender.ts';
import { BOTH_ACCOUNTS, graphWith } from './graph.ts';

const handWritten = (file: string) => ({
  command: [join(import.meta.dirname, file)],
  environment: (upstream: string) => ({ NODE_ENV: 'production', UPSTREAM: upstream }),
});

export const GRAPH = 'graph';
const graph = graphWith(GRAPH, 'this product, as "npm start" starts it, all guards on', { accounts: BOTH_ACCOUNTS });

const apollo: Contender = {
  name: 'apollo',
  what: 'the baseline: Apollo Server, @apollo/subgraph, dataloader and undici, written by hand without guards',
  ...handWritten('apollo.ts'),
  path: () => '/graphql',
  body: ({ query }) => ({ query }),
};

const floor: Contender = {
  name: 'floor',
  what: 'a JSON endpoint for each shape on node:http and undici, without GraphQL',
  ...handWritten('floor.ts'),
  path: ({ name }) => `/${name}`,
  body: () => ({}),
};

export const BASELINE = 'apollo';
export const FLOOR = 'floor';
export const CONTENDERS: readonly Contender[] = [graph, apollo, floor];
