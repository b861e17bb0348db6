import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type FreshnessLimits, USUAL_FRESHNESS } from '../crm/freshness.ts';
import { badInput } from './errors.ts';
import type { FreshnessInput } from './generated.ts';
import { included } from './selection.ts';

/**
 * How old the answers of an operation may be: the strictest of what its root fields say, because these share what they
 * read. Throws BAD_USER_INPUT for seconds that are none.
 * @param variables coerced
 */
export function freshnessLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): FreshnessLimits {
  const query = schema.getQueryType();
  if (operation.operation !== 'query' || !query) return USUAL_FRESHNESS;
  const said: FreshnessLimits[] = [];

  function walk(selectionSet: SelectionSetNode | undefined): void {
    for (const selection of selectionSet?.selections ?? []) {
      if (!included(selection, { variableValues: variables })) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragmentNamed(document, selection.name.value));
      else {
        const field = query?.getFields()[selection.name.value];
        // References cannot say anything; the other fields without the argument read nothing.
        if (field?.name === '_entities') said.push(USUAL_FRESHNESS);
        else if (field?.args.some(({ name }) => name === 'freshness')) {
          said.push(
            limits(getArgumentValues(field, selection, variables).freshness as FreshnessInput | null | undefined),
          );
        }
      }
    }
  }

  walk(operation.selectionSet);
  if (said.length === 0) return USUAL_FRESHNESS;
  return {
    maxAge: Math.min(...said.map(({ maxAge }) => maxAge)),
    staleIfError: Math.min(...said.map(({ staleIfError }) => staleIfError)),
  };
}

const fragmentNamed = (document: DocumentNode, name: string): SelectionSetNode | undefined =>
  document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  )?.selectionSet;

function limits(given: FreshnessInput | null | undefined): FreshnessLimits {
  return {
    maxAge: milliseconds('maxAge', given?.maxAge) ?? USUAL_FRESHNESS.maxAge,
    staleIfError: milliseconds('staleIfError', given?.staleIfError) ?? USUAL_FRESHNESS.staleIfError,
  };
}

function milliseconds(name: keyof FreshnessInput, seconds: number | null | undefined): number | undefined {
  if (seconds === null || seconds === undefined) return undefined;
  const field = `freshness.${name}`;
  if (seconds < 0) throw badInput(field, `"${field}" must be 0 or more seconds; correct it.`);
  return seconds * 1_000;
}
