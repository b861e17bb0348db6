import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';

export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export interface RunningSubgraph extends Subgraph {
  /** Representations that the gateway sent since the last `forget`, in order. */
  readonly representations: readonly Readonly<Record<string, unknown>>[];
  forget(): void;
  stop(): Promise<void>;
}

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer Modules
  ? Modules extends readonly (infer Module)[]
    ? Module extends { resolvers?: infer Given }
      ? Given
      : never
    : never
  : never;

/** Another team's subgraph over HTTP, as small as one can be. */
export async function startSubgraph(name: string, sdl: string, resolvers: Resolvers): Promise<RunningSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
  const representations: Readonly<Record<string, unknown>>[] = [];
  const server = createServer((request, response) => {
    answer(request).then(
      (result) => response.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });

  async function answer(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    for (const value of Object.values(variables ?? {})) {
      if (Array.isArray(value)) representations.push(...value);
    }
    return execute({ schema, document: parse(query), variableValues: variables });
  }

  // A connection that a gateway keeps must not end just when it is used again.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    name,
    sdl,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    representations,
    forget: () => void representations.splice(0),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
