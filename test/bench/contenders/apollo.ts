import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createPlainContext, type PlainContext, resolvers, SDL } from './plainGraph.ts';
import { ready, upstreamOrigin } from './ready.ts';
import { createVendorClient, requesting } from './vendorClient.ts';

// The baseline: Apollo Server as its documentation starts it, a subgraph, a loader per request. No guards.

const vendors = createVendorClient(requesting(upstreamOrigin()));
const server = new ApolloServer<PlainContext>({
  schema: buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers }]),
});
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => createPlainContext(vendors),
});
ready(url);
