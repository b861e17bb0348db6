import { createServer } from 'node:http';
import { useGraphQlJit } from '@envelop/graphql-jit';
import { createSchema, createYoga } from 'graphql-yoga';
import { createPlainContext, resolvers, SDL } from '../contenders/plainGraph.ts';
import { ready, upstreamOrigin } from '../contenders/ready.ts';
import { createVendorClient, requesting } from '../contenders/vendorClient.ts';

// GraphQL Yoga on node:http as its documentation starts it, with the compiler.

const vendors = createVendorClient(requesting(upstreamOrigin()));
const yoga = createYoga({
  schema: createSchema({ typeDefs: SDL, resolvers }),
  context: () => createPlainContext(vendors),
  plugins: [useGraphQlJit()],
  logging: false,
});
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${server.address().port}`));
