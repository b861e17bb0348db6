import type { Answer } from '../support/graph.ts';
import type { Gateway } from './inProcessGateway.ts';
import type { Operation } from './operations.ts';
import type { Supergraph } from './supergraph.ts';

/** Asks one gateway as the operation wants it. */
export function run(supergraph: Supergraph, gateway: Gateway, operation: Operation): Promise<Answer> {
  const { query, variables, caller = 'reader', down, writes } = operation;
  return supergraph.during({ down, writes }, () =>
    gateway.ask(query, variables?.(supergraph.known) ?? {}, supergraph.credentialOf(caller)),
  );
}

/** An answer as it can be compared: keys in order, and of each error its place, code and message. */
export function comparable({ data, errors = [] }: Answer): {
  readonly data: unknown;
  readonly errors: readonly string[];
} {
  return {
    data: sorted(data ?? null),
    errors: errors
      .map(({ path = [], message, extensions }) => `${path.join('.')}: ${extensions?.code ?? ''}: ${message}`)
      .sort(),
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
