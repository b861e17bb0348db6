import fastify from 'fastify';
import mercurius from 'mercurius';
import { createPlainContext, resolvers, SDL } from '../contenders/plainGraph.ts';
import { ready, upstreamOrigin } from '../contenders/ready.ts';
import { createVendorClient, requesting } from '../contenders/vendorClient.ts';

// Mercurius as its documentation starts it, with the compiler on from the first request.

const vendors = createVendorClient(requesting(upstreamOrigin()));
const server = fastify();
server.register(mercurius, { schema: SDL, resolvers, context: () => createPlainContext(vendors), jit: 1 });
ready(await server.listen({ port: 0, host: '127.0.0.1' }));
