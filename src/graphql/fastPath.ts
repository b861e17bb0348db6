import {
  type DocumentNode,
  defaultFieldResolver,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { Scope } from '../crm/caller.ts';
import { executePlan } from '../execution/execute.ts';
import { type Conditions, type Plan, planQuery, type Resolver, Unplanned } from '../execution/plan.ts';
import { guardOf, passes } from './access.ts';
import type { Context } from './context.ts';
import { type CostlyOperation, costlyOperation } from './costlyFields.ts';
import { boundedErrors, formatError } from './errors.ts';
import { freshnessLimits } from './freshness.ts';
import { refuseExcess, sizesVary } from './limits.ts';
import { priceCostly, settleOperation } from './price.ts';
import { type Coercion, coercionFor } from './variables.ts';
import { tellEnd } from './watched.ts';

// Queries that Apollo has parsed, validated and let through before are executed from a plan, past Apollo. Whatever is
// out of the ordinary (another method, a mutation, a refusal, variables that do not fit, scopes that are missing, an
// `Accept` not seen before) is handed to Apollo untouched, so that its answers stay the contract. A differential test
// holds both to the same answers.

/** What Apollo has answered well before. */
interface Known {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly coerce: Coercion;
  /** Whether the number of records depends on variables, and whether it says how old answers may be. */
  readonly sizesVary: boolean;
  readonly namesFreshness: boolean;
  /** Variables that `@skip` and `@include` ask. */
  readonly conditions: readonly string[];
  /** By the values of `conditions`; null: only Apollo can execute it. */
  readonly plans: Map<string, Planned | null>;
  readonly size: number;
}

interface Planned {
  readonly plan: Plan;
  readonly scopes: ReadonlySet<Scope>;
  readonly isGuarded: boolean;
  readonly conditions: Conditions;
  /** What of it can cost anything; found when it is first priced. */
  costly: CostlyOperation | undefined;
}

export interface FastPath {
  /** Remembers an operation that was found valid and was not refused. */
  learn(
    source: string,
    operationName: string | undefined,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ): void;
  /** Remembers what an answer with data is called for clients that accept this. */
  learnMediaType(accept: string | undefined, contentType: string): void;
  /**
   * Answers, if the operation is known and nothing about the request is out of the ordinary; undefined: hand it to
   * Apollo, nothing was asked of any CRM.
   * @param contextOf makes the operation's context; called at most once, and its context must then be Apollo's too
   */
  answer(request: IncomingRequest, contextOf: () => Context): Answer | undefined;
}

interface IncomingRequest {
  readonly method: string;
  readonly headers: { readonly accept?: string | undefined };
  /** Parsed. */
  readonly body: unknown;
}

interface Answer {
  readonly contentType: string;
  /** JSON, without the line end that Apollo adds. */
  readonly body: Promise<string>;
}

const MOST_OPERATIONS = 2_000;
/** Characters of documents: their trees and plans take some fifty times as many bytes. */
const MOST_CHARACTERS = 1024 * 1024;
const MOST_CONDITIONS = 4;
const MOST_MEDIA_TYPES = 100;
const LONGEST_ACCEPT = 256;

export function createFastPath(schema: GraphQLSchema): FastPath {
  // Oldest use first.
  const known = new Map<string, Known>();
  const mediaTypes = new Map<string, string>();
  let newest: Known | undefined;
  let characters = 0;

  function find(name: string): Known | undefined {
    const found = known.get(name);
    if (found === undefined || found === newest) return found;
    known.delete(name);
    known.set(name, found);
    newest = found;
    return found;
  }

  function forgetOldest(): void {
    for (const [name, { size }] of known) {
      if (known.size <= MOST_OPERATIONS && characters <= MOST_CHARACTERS) return;
      known.delete(name);
      characters -= size;
    }
  }

  return {
    learn(source, operationName, document, operation) {
      const name = nameOf(source, operationName);
      if (operation.operation !== 'query' || known.has(name)) return;
      const size = source.length;
      known.set(name, {
        document,
        operation,
        fragments: fragmentsOf(document),
        coerce: coercionFor(schema, operation),
        sizesVary: sizesVary(document),
        namesFreshness: source.includes('freshness'),
        ...conditionsOf(document),
        plans: new Map(),
        size,
      });
      newest = undefined;
      characters += size;
      forgetOldest();
    },

    learnMediaType(accept = '', contentType) {
      if (accept.length <= LONGEST_ACCEPT && mediaTypes.size < MOST_MEDIA_TYPES) mediaTypes.set(accept, contentType);
    },

    answer({ method, headers, body }, contextOf) {
      const contentType = mediaTypes.get(headers.accept ?? '');
      const request = method === 'POST' ? plainRequest(body) : undefined;
      if (contentType === undefined || request === undefined) return undefined;
      const found = find(nameOf(request.query, request.operationName));
      if (found === undefined) return undefined;
      const { operation, document } = found;
      const variables = found.coerce(request.variables);
      const planned = variables && planFor(schema, found, variables);
      if (variables === undefined || planned === undefined || planned === null) return undefined;
      const context = contextOf();
      if (planned.isGuarded && !passes(context, planned.scopes)) return undefined;
      try {
        if (found.sizesVary) refuseExcess(schema, document, operation, variables);
        if (found.namesFreshness) context.calls.freshness = freshnessLimits(schema, document, operation, variables);
        planned.costly ??= costlyOperation(schema, context.names, document, operation, planned.conditions);
        priceCostly(context, operation, planned.costly, variables);
      } catch {
        // Refused: Apollo comes to the same end, and knows how to say so.
        return undefined;
      }
      return { contentType, body: perform(planned.plan, found, variables, context) };
    },
  };
}

async function perform(
  plan: Plan,
  { document, operation }: Known,
  variables: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<string> {
  const { data, errors } = await executePlan(plan, context, variables);
  const formatted = errors && boundedErrors(errors.map((error) => formatError(context, enriched(error), error)));
  const crm = settleOperation(context);
  tellEnd(context, document, operation, formatted === undefined ? { data } : { data, errors: formatted }, true);
  return JSON.stringify({ errors: formatted, data, extensions: { crm } });
}

/** As Apollo hands errors to `formatError`. */
function enriched(error: GraphQLError): GraphQLFormattedError {
  return {
    ...error.toJSON(),
    extensions: { ...error.extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' },
  };
}

const nameOf = (source: string, operationName: string | undefined): string => `${operationName ?? ''}\n${source}`;

interface PlainRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A request as clients send it; undefined for whatever Apollo would have to look at more closely. */
function plainRequest(body: unknown): PlainRequest | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string') return undefined;
  // Anything else could read as another name and document together.
  if (!isNothing(operationName) && !(typeof operationName === 'string' && NAME.test(operationName))) return undefined;
  if (!isNothing(variables) && !isRecord(variables)) return undefined;
  if (!isNothing(extensions) && (!isRecord(extensions) || 'persistedQuery' in extensions)) return undefined;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}

/** An operation's name in the language. */
const NAME = /^[_A-Za-z]\w*$/;

const isNothing = (value: unknown): value is null | undefined => value === undefined || value === null;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function planFor(schema: GraphQLSchema, known: Known, variables: Readonly<Record<string, unknown>>): Planned | null {
  if (known.conditions.length > MOST_CONDITIONS) return null;
  const conditions: Record<string, boolean> = {};
  let name = '';
  for (const variable of known.conditions) {
    const value = variables[variable];
    if (typeof value !== 'boolean') return null;
    conditions[variable] = value;
    name += value ? '1' : '0';
  }
  let planned = known.plans.get(name);
  if (planned === undefined) {
    planned = makePlan(schema, known, conditions);
    known.plans.set(name, planned);
  }
  return planned;
}

function makePlan(schema: GraphQLSchema, { operation, fragments }: Known, conditions: Conditions): Planned | null {
  const scopes = new Set<Scope>();
  let isGuarded = false;
  const unguarded = (resolve: Resolver): Resolver | undefined => {
    const guard = guardOf(resolve as never);
    if (guard === undefined) return resolve;
    isGuarded = true;
    for (const scope of guard.scopes) scopes.add(scope);
    return guard.resolve === defaultFieldResolver ? undefined : (guard.resolve as Resolver);
  };
  try {
    const plan = planQuery(schema, operation, fragments, conditions, unguarded);
    return { plan, scopes, isGuarded, conditions, costly: undefined };
  } catch (error) {
    if (error instanceof Unplanned) return null;
    throw error;
  }
}

function fragmentsOf({ definitions }: DocumentNode): Known['fragments'] {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  return fragments;
}

function conditionsOf(document: DocumentNode): Pick<Known, 'conditions'> {
  const conditions = new Set<string>();
  visit(document, {
    Directive({ arguments: [argument] = [] }) {
      if (argument?.value.kind === Kind.VARIABLE) conditions.add(argument.value.name.value);
    },
  });
  return { conditions: [...conditions] };
}
