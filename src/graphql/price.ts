import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { CrmError } from '../crm/errors.ts';
import type { Json } from '../crm/json.ts';
import type { Arguments } from '../execution/arguments.ts';
import type { AccountUsage } from './calls.ts';
import type { Context } from './context.ts';
import { type CostlyOperation, costlyOperation } from './costlyFields.ts';
import { ownAccounts } from './ownAccounts.ts';
import { predictCalls } from './predict.ts';

/** Vendor calls that one operation may cost at most, by its kind. */
export const MOST_CALLS = { query: 200, entities: 1_000, mutation: 3_000 } as const;

/**
 * Prices an operation before anything is asked: refuses what could cost too many vendor calls, and sets aside what it
 * may cost from the caller's budget.
 */
export function priceOperation(
  context: Context,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Arguments,
): void {
  const costly = costlyOperation(schema, context.names, document, operation, variables);
  priceCostly(context, operation, costly, variables);
}

/** The same where it is known already what of the operation can cost anything. */
export function priceCostly(
  context: Context,
  operation: OperationDefinitionNode,
  costly: CostlyOperation,
  variables: Arguments,
): void {
  const { calls } = context;
  const predicted = predictCalls(context, costly, variables);
  const limit = MOST_CALLS[kindOf(operation)];
  const total = sum(predicted);
  if (total > limit) throw tooExpensive(total, limit, predicted);
  context.budgets.take(context.caller, total);
  calls.predicted = predicted;
  calls.limit = limit;
}

/** What the operation really cost, for `extensions.crm`; gives back what was set aside and not used. */
export function settleOperation(context: Context): Json {
  const { calls, budgets, caller } = context;
  const predicted = sum(calls.predicted);
  const used = { made: 0, retries: 0, fromCache: 0, stale: 0, shared: 0 };
  for (const usage of calls.usages.values()) {
    used.made += usage.calls;
    used.retries += usage.retries;
    used.fromCache += usage.fromCache;
    used.stale += usage.stale;
    used.shared += usage.shared;
  }
  budgets.giveBack(caller, predicted - used.made);
  const accounts: Json[] = [];
  for (const { id, health } of ownAccounts(context, touched(calls))) {
    const usage = calls.usages.get(id) ?? NO_USAGE;
    accounts.push({
      account: id,
      predicted: calls.predicted.get(id) ?? 0,
      made: usage.calls,
      retries: usage.retries,
      fromCache: usage.fromCache,
      stale: usage.stale,
      shared: usage.shared,
      quotaLeft: health.quotaLeft,
    });
  }
  const answer = { calls: { predicted, limit: finite(calls.limit), ...used }, accounts };
  const budget = budgets.state(caller);
  return budget === undefined ? answer : { ...answer, budget: { ...budget } };
}

const NO_USAGE: AccountUsage = { calls: 0, retries: 0, queued: 0, fromCache: 0, stale: 0, shared: 0 };

/** Ids of the accounts that were priced or asked; hardly any is asked without a price. */
function touched({ predicted, usages }: Context['calls']): readonly string[] {
  const ids = [...predicted.keys()];
  for (const id of usages.keys()) if (!predicted.has(id)) ids.push(id);
  return ids;
}

export function kindOf({ operation, selectionSet }: OperationDefinitionNode): keyof typeof MOST_CALLS {
  if (operation !== 'query') return 'mutation';
  const asksEntities = selectionSet.selections.some((each) => each.kind === 'Field' && each.name.value === '_entities');
  return asksEntities ? 'entities' : 'query';
}

function tooExpensive(total: number, limit: number, predicted: ReadonlyMap<string, number>): CrmError {
  const most = [...predicted].sort(([, one], [, other]) => other - one).slice(0, 3);
  const named = most.map(([account, calls]) => `${account} ${calls}`).join(', ');
  return new CrmError('OPERATION_TOO_EXPENSIVE', {
    executed: 'no',
    message: `This may take ${total} requests to CRMs (${named}), and ${limit} are allowed; ask for smaller pages or fewer levels.`,
  });
}

function sum(numbers: ReadonlyMap<unknown, number>): number {
  let total = 0;
  for (const number of numbers.values()) total += number;
  return total;
}

const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);
