import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { getVariableValues } from 'graphql';
import { type Caller, localCaller } from './crm/caller.ts';
import type { Account } from './crm/connectedAccount.ts';
import { CrmError, ERROR_CATALOGUE } from './crm/errors.ts';
import { sandbox } from './explorer/sandbox.ts';
import { type Context, createContext, type GraphParts } from './graphql/context.ts';
import { checkDocument, DOCUMENT_LIMITS } from './graphql/documentGuard.ts';
import { asCrmError, boundedErrors, formatError } from './graphql/errors.ts';
import { createFastPath, type FastPath } from './graphql/fastPath.ts';
import { freshnessLimits } from './graphql/freshness.ts';
import { refuseExcess, refuseManyOperations, refuseStrangeShape } from './graphql/limits.ts';
import type { Names } from './graphql/prefix.ts';
import { priceOperation, settleOperation } from './graphql/price.ts';
import { buildSubgraph } from './graphql/schema.ts';
import { tellEnd } from './graphql/watched.ts';
import { takeJsonOnly } from './incoming/bodies.ts';
import { allowOrigins } from './incoming/cors.ts';
import { type Front, putInFront } from './incoming/front.ts';
import { checkHost, checkLoopbackHost, protectAnswers } from './incoming/headers.ts';
import { answerRefusals, refuse, refuseAddress } from './incoming/refusals.ts';
import { refusalStatuses, withStatus } from './incoming/statuses.ts';
import { listedOnly } from './persisted/listedOnly.ts';
import type { Persisted } from './persisted/persisted.ts';

export interface ServerOptions {
  /** All files of `schema/` in one text. */
  readonly sdl: string;
  /** Put before the names of our own types and root fields. */
  readonly schemaPrefix: string | undefined;
  readonly parts: GraphParts;
  /** Shows the schema, and the Sandbox to whoever opens the endpoint. */
  readonly explorable: boolean;
  /** Lets callers in; undefined: everybody is the local caller. */
  readonly gate: Gate | undefined;
  /** Addresses or networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may ask and read. */
  readonly corsOrigins: readonly string[];
  /** Documents that may be sent by an id alone. */
  readonly persisted: Persisted;
  /** Executes queries that Apollo has let through before from a plan. */
  readonly compiledExecution: boolean;
  /** Told the status of each answer that fastify's hooks do not see. */
  readonly answered?: ((status: number) => void) | undefined;
}

/** Who may come in; see `callers/`. */
export interface Gate {
  /** Undefined: nobody we know. */
  recognize(credentials: {
    readonly authorization: string | undefined;
    readonly routerAuthorization: string | undefined;
  }): Promise<Known | undefined>;
  /** Counts a failure. */
  refuse(address: string): { readonly refused: 401 | 429; readonly retryAfter?: number };
}

interface Known {
  readonly caller: Caller;
  readonly isRouter: boolean;
}

export interface Server {
  readonly http: FastifyInstance;
  /** From now on not ready, and every connection ends with its next answer. */
  drain(): void;
}

export const GRAPH_PATH = '/graphql';

const LARGEST_REQUEST_BYTES = 1024 * 1024;
const LARGEST_HEADER_BYTES = 16 * 1024;
const MOST_CONNECTIONS = 1_000;
const HEADERS_TIMEOUT_MS = 8_000;
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 65_000;
/** Of one kind in an answer: of the document, or of the variables. */
const MOST_ERRORS = 5;
/** Explorers send all that is in the editor, with the name of the operation that is meant. */
const MOST_EXPLORED_OPERATIONS = 20;

/** Builds the HTTP server with the graph at `/graphql`. It listens to nothing yet. */
export async function buildServer({
  sdl,
  schemaPrefix,
  parts,
  explorable,
  gate,
  trustedProxies,
  corsOrigins,
  persisted,
  compiledExecution,
  answered,
}: ServerOptions): Promise<Server> {
  const { schema, names } = buildSubgraph(sdl, parts.vendors, schemaPrefix);
  const fastPath = compiledExecution ? createFastPath(schema) : undefined;
  let draining = false;
  const front: Front | undefined = fastPath && {
    path: GRAPH_PATH,
    largestBody: LARGEST_REQUEST_BYTES,
    isLocal: gate === undefined,
    isDraining: () => draining,
    recognize: gate && (async (request) => (await recognize(gate, request)) !== undefined),
    answer: (request, response, body) =>
      mayRun(request, body)
        ? fastPath.answer({ method: 'POST', headers: request.headers, body }, () => contextFor(request, response))
        : undefined,
    reportDefect: (error) => asCrmError(parts, error),
    answered,
  };
  const http = fastify({
    serverFactory: (listener) =>
      createServer(
        {
          requestTimeout: REQUEST_TIMEOUT_MS,
          keepAliveTimeout: KEEP_ALIVE_MS,
          headersTimeout: HEADERS_TIMEOUT_MS,
          maxHeaderSize: LARGEST_HEADER_BYTES,
        },
        front === undefined ? listener : putInFront(front, listener),
      ),
    bodyLimit: LARGEST_REQUEST_BYTES,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    // Open keep-alive connections must not hold up the end; requests in flight are finished first.
    forceCloseConnections: 'idle',
    // A request that comes while we close is answered like any other: nothing in flight is lost.
    return503OnClosing: false,
    frameworkErrors: refuseAddress,
  });
  http.server.maxConnections = MOST_CONNECTIONS;
  takeJsonOnly(http);
  protectAnswers(http);
  allowOrigins(http, GRAPH_PATH, corsOrigins);
  answerRefusals(http, GRAPH_PATH, (error) => asCrmError(parts, error));
  http.addHook('onSend', (_request, reply, payload, done) => {
    if (draining) reply.header('connection', 'close');
    done(null, payload);
  });
  http.get('/health/live', async () => ({ status: 'live' }));
  http.get('/health/ready', async (_request, reply) => {
    if (draining) reply.code(503);
    return { status: draining ? 'draining' : 'ready' };
  });
  /** Operations that were not refused; Apollo copies contexts, and their calls stay the same. */
  const executed = new WeakSet<Context['calls']>();
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: explorable,
    hideSchemaDetailsFromClientErrors: !explorable,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: persisted.automatic ?? false,
    parseOptions: { maxTokens: DOCUMENT_LIMITS.tokens },
    validationOptions: { maxErrors: MOST_ERRORS },
    executionOptions: { maxCoercionErrors: MOST_ERRORS },
    stopOnTerminationSignals: false,
    formatError: (formatted, thrown) => formatError(parts, formatted, thrown),
    plugins: [
      explorable ? sandbox(firstQueries(names)) : ApolloServerPluginLandingPageDisabled(),
      // Both would wrap every field's resolver, asked for or not.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      bounded(explorable ? MOST_EXPLORED_OPERATIONS : 1, executed, fastPath),
      watched,
      refusalStatuses,
    ],
    logger: silent,
  });
  await apollo.start();

  const accountsOf = groupByTenant(parts.accounts);
  async function recognize(gate: Gate, request: Incoming): Promise<Known | undefined> {
    if (SENDER in request) return request[SENDER];
    const { authorization, 'router-authorization': routerAuthorization } = request.headers;
    const found = await gate.recognize({
      authorization,
      routerAuthorization: typeof routerAuthorization === 'string' ? routerAuthorization : undefined,
    });
    request[SENDER] = found;
    return found;
  }
  async function letIn(gate: Gate, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    checkHost(request);
    if ((await recognize(gate, request.raw)) !== undefined) return undefined;
    const { refused, retryAfter } = gate.refuse(request.ip);
    return refuseStranger(reply, refused, retryAfter);
  }
  const { safelist } = persisted;
  // A router's operations are its own, so it keeps a list itself.
  const isExempt = (request: Incoming): boolean => request[SENDER]?.isRouter === true;
  const mayRun = (request: IncomingMessage, body: unknown): boolean =>
    safelist === undefined || isExempt(request) || safelist.lists(queryIn(body));

  const graph = { ...parts, names };

  function contextFor(request: Incoming, response: ServerResponse): Context {
    const left = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) left.abort();
    });
    const admission = gate === undefined ? LOCAL : request[SENDER];
    if (admission === undefined) throw new CrmError('UNAUTHENTICATED');
    const context = createContext(
      graph,
      admission,
      accountsOf.get(admission.caller.tenant) ?? new Map(),
      left.signal,
      request.headers.traceparent,
    );
    request[CONTEXT] = context;
    return context;
  }

  const askApollo = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      // Before it is parsed; no hook of Apollo's can refuse as early.
      try {
        checkDocument(documentOf(request));
      } catch (error) {
        throw error instanceof CrmError ? withStatus(error, request.headers.accept) : error;
      }
      const { raw }: { raw: Incoming } = request;
      return raw[CONTEXT] ?? contextFor(raw, reply.raw);
    },
  });
  async function byApollo(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const body: unknown = await askApollo.call(http, request, reply);
    const context = (request.raw as Incoming)[CONTEXT];
    if (reply.statusCode === 200 && context !== undefined && executed.has(context.calls))
      fastPath?.learnMediaType(request.headers.accept, String(reply.getHeader('content-type')));
    return body;
  }

  http.route({
    url: GRAPH_PATH,
    method: ['GET', 'POST'],
    exposeHeadRoute: false,
    // Before the body is read: nobody unknown makes us parse anything.
    onRequest: gate === undefined ? checkLocal : (request, reply) => letIn(gate, request, reply),
    // Before anybody reads the document.
    ...(safelist && {
      preHandler: listedOnly(safelist, {
        isExempt: (request) => isExempt(request.raw),
        onRefusal({ raw: request }, { raw: response }, { code }) {
          const context = contextFor(request, response);
          tellEnd(context, undefined, undefined, { errors: [{ extensions: { code } }] }, false);
        },
      }),
    }),
    handler(request, reply) {
      const answer = fastPath?.answer(request, () => contextFor(request.raw, reply.raw));
      if (answer === undefined) return byApollo(request, reply);
      reply.header('content-type', answer.contentType);
      return answer.body.then((json) => `${json}\n`);
    },
  });
  // Runs when the last request is answered, so Apollo has nothing left to drain.
  http.addHook('onClose', () => apollo.stop());
  return {
    http,
    drain() {
      draining = true;
    },
  };
}

/** Without authentication only this machine itself may ask. */
function checkLocal(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  try {
    checkHost(request);
    checkLoopbackHost(request);
  } catch (error) {
    done(error as Error);
    return;
  }
  done();
}

const LOCAL = { caller: localCaller, isRouter: true };

function refuseStranger(reply: FastifyReply, status: 401 | 429, retryAfter: number | undefined): FastifyReply {
  const { message } = ERROR_CATALOGUE.UNAUTHENTICATED;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  return refuse(reply.header('www-authenticate', 'Bearer'), status, message, 'UNAUTHENTICATED');
}

/** The document as Apollo will read it; what is none, Apollo refuses. */
function documentOf({ method, url, body }: FastifyRequest): string {
  if (method !== 'GET') return queryIn(body);
  return new URL(url, 'http://localhost').searchParams.get('query') ?? '';
}

function queryIn(body: unknown): string {
  const query = (body as { query?: unknown } | null)?.query;
  return typeof query === 'string' ? query : '';
}

/** What the explorer opens with: what there is to know first, and a list that shows how failures look. */
const firstQueries = ({
  rootField,
}: Names): string => `# Which CRM can do what? Every description on the left says it too.
query WhoCanDoWhat {
  ${rootField('vendors')} { label capabilities customerFields }
  ${rootField('accounts')} { id label vendor { key } health { lastSuccessAt lastErrorCode } }
}

# Customers of all accounts; "sources" says whose are missing and why.
query FirstCustomers {
  ${rootField('customers')}(first: 10) {
    nodes { id fullName email phoneE164 account { label } tags { name } completeness unreadableFields }
    pageInfo { hasNextPage endCursor }
    sources { account { id } state calls milliseconds error { code message } }
  }
}

query FindByEmail($email: String!) {
  ${rootField('customerLookup')}(by: { email: $email }) {
    matches { id fullName account { label } }
    sources { account { id } state }
  }
}
`;

const SENDER = Symbol('sender');
const CONTEXT = Symbol('context');

/** A request with what is known of it. A WeakMap would keep that, and all it leads to, through a collection after its end. */
type Incoming = IncomingMessage & { [SENDER]?: Known | undefined; [CONTEXT]?: Context };

/** Before anything is resolved, what would take too much is refused; afterwards the answer says what it took. */
const bounded = (
  mostOperations: number,
  executed: WeakSet<Context['calls']>,
  fastPath: FastPath | undefined,
): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    let isPriced = false;
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        refuseManyOperations(document, mostOperations);
        if (!operation) return;
        refuseStrangeShape(document, operation);
        const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
          maxErrors: MOST_ERRORS,
        });
        // Execution will say what is wrong with them, and ask nobody anything.
        if (coerced === undefined) return;
        refuseExcess(schema, document, operation, coerced);
        contextValue.calls.freshness = freshnessLimits(schema, document, operation, coerced);
        priceOperation(contextValue, schema, document, operation, coerced);
        isPriced = true;
        executed.add(contextValue.calls);
        if (request.query !== undefined) fastPath?.learn(request.query, request.operationName, document, operation);
      },
      async willSendResponse({ response, contextValue }) {
        if (!isPriced || response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        if (singleResult.errors !== undefined) singleResult.errors = boundedErrors(singleResult.errors);
        singleResult.extensions = { ...singleResult.extensions, crm: settleOperation(contextValue) };
      },
    };
  },
});

/** Whoever watches is told how each operation ended. */
const watched: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, document, operation, response: { body } }) {
        tellEnd(contextValue, document, operation, body.kind === 'single' ? body.singleResult : {}, false);
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
