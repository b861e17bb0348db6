import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { CrmError } from '../crm/errors.ts';
import type { Json } from '../crm/json.ts';
import type { AccountUsage } from './calls.ts';
import type { Context } from './context.ts';
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
  variables: Readonly<Record<string, unknown>>,
): void {
  const { calls } = context;
  const predicted = predictCalls(context, schema, document, operation, variables);
  const kind = kindOf(operation);
  const total = sum(predicted.values());
  if (total > MOST_CALLS[kind]) throw tooExpensive(total, MOST_CALLS[kind], predicted);
  context.budgets.take(context.caller, total);
  calls.predicted = predicted;
  calls.limit = MOST_CALLS[kind];
}

/** What the operation really cost, for `extensions.crm`; gives back what was set aside and not used. */
export function settleOperation({ calls, budgets, caller, ownAccounts }: Context): Json {
  const used = (count: Exclude<keyof AccountUsage, 'queued'>) =>
    sum([...calls.usages.values()].map((usage) => usage[count]));
  const made = used('calls');
  const predicted = sum(calls.predicted.values());
  budgets.giveBack(caller, predicted - made);
  const accounts = [...ownAccounts.values()].filter(({ id }) => calls.predicted.has(id) || calls.usages.has(id));
  const budget = budgets.state(caller);
  return {
    calls: {
      predicted,
      limit: finite(calls.limit),
      made,
      retries: used('retries'),
      fromCache: used('fromCache'),
      stale: used('stale'),
      shared: used('shared'),
    },
    accounts: accounts.map(({ id, health }) => ({
      account: id,
      predicted: calls.predicted.get(id) ?? 0,
      made: calls.usages.get(id)?.calls ?? 0,
      retries: calls.usages.get(id)?.retries ?? 0,
      fromCache: calls.usages.get(id)?.fromCache ?? 0,
      stale: calls.usages.get(id)?.stale ?? 0,
      shared: calls.usages.get(id)?.shared ?? 0,
      quotaLeft: health.quotaLeft,
    })),
    ...(budget === undefined ? {} : { budget: { ...budget } }),
  };
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

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);
const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);
