import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import type { Account } from './crm/account.ts';
import { localCaller } from './crm/caller.ts';
import { type Context, createContext, type GraphParts } from './graphql/context.ts';
import { formatError } from './graphql/errors.ts';
import { buildSchema } from './graphql/schema.ts';

export interface ServerOptions {
  /** All files of `schema/` in one text. */
  readonly sdl: string;
  readonly parts: GraphParts;
  /** Shows the schema and the Sandbox to whoever opens the endpoint. */
  readonly explorable: boolean;
}

export const GRAPH_PATH = '/graphql';

const LARGEST_REQUEST_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 65_000;

/** Builds the HTTP server with the graph at `/graphql`. It listens to nothing yet. */
export async function buildServer({ sdl, parts, explorable }: ServerOptions): Promise<FastifyInstance> {
  const http = fastify({
    bodyLimit: LARGEST_REQUEST_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Open keep-alive connections must not hold up the end; requests in flight are finished first.
    forceCloseConnections: 'idle',
  });
  const apollo = new ApolloServer<Context>({
    schema: buildSchema(sdl, parts.vendors),
    introspection: explorable,
    hideSchemaDetailsFromClientErrors: !explorable,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    status400ForVariableCoercionErrors: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, thrown) => formatError(parts, formatted, thrown),
    plugins: [
      explorable
        ? ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false, document: FIRST_QUERIES })
        : ApolloServerPluginLandingPageDisabled(),
      // Both would wrap every field's resolver, asked for or not.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      neverStored,
    ],
    logger: silent,
  });
  await apollo.start();

  const accountsOf = groupByTenant(parts.accounts);
  http.route({
    url: GRAPH_PATH,
    method: ['GET', 'POST', 'OPTIONS'],
    handler: fastifyApolloHandler(apollo, {
      context: async (_request, reply) => {
        const left = new AbortController();
        reply.raw.once('close', () => {
          if (!reply.raw.writableFinished) left.abort();
        });
        return createContext(parts, localCaller, accountsOf.get(localCaller.tenant) ?? new Map(), left.signal);
      },
    }),
  });
  // Runs when the last request is answered, so Apollo has nothing left to drain.
  http.addHook('onClose', () => apollo.stop());
  return http;
}

/** What the explorer opens with: what there is to know first, and a list that shows how failures look. */
const FIRST_QUERIES = `# Which CRM can do what? Every description on the left says it too.
query WhoCanDoWhat {
  vendors { label capabilities customerFields }
  accounts { id label vendor { key } health { lastSuccessAt lastErrorCode } }
}

# Customers of all accounts; "sources" says whose are missing and why.
query FirstCustomers {
  customers(first: 10) {
    nodes { id fullName email phoneE164 account { label } tags { name } completeness unreadableFields }
    pageInfo { hasNextPage endCursor }
    sources { account { id } state calls milliseconds error { code message } }
  }
}

query FindByEmail($email: String!) {
  customerLookup(by: { email: $email }) {
    matches { id fullName account { label } }
    sources { account { id } state }
  }
}
`;

/** Answers hold personal data: nobody on the way may keep them. */
const neverStored: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        response.http.headers.set('cache-control', 'no-store');
      },
    };
  },
};

/** Apollo's own log lines would carry texts we did not choose. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

function groupByTenant(accounts: readonly Account[]): ReadonlyMap<string, ReadonlyMap<string, Account>> {
  const tenants = new Map<string, Map<string, Account>>();
  for (const account of accounts) {
    const own = tenants.get(account.tenant) ?? new Map<string, Account>();
    tenants.set(account.tenant, own.set(account.id, account));
  }
  return tenants;
}
