import {
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Arguments } from '../execution/arguments.ts';

/** Fields that an id answers by itself; every other needs the record. */
const KEYS: ReadonlySet<string> = new Set(['__typename', 'id', 'accountId', 'vendorId', 'account']);

/** What of a resolver's `info` decides about selections. */
export type SelectionInfo = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues' | 'schema'>;

/** Whether the operation asks for more of this record of type `typeName` than its keys. */
export function selectsBeyondKeys(info: SelectionInfo, typeName: string): boolean {
  for (const { selectionSet } of info.fieldNodes)
    if (selectionSet !== undefined && beyondKeys(selectionSet, typeName, info, undefined)) return true;
  return false;
}

/** @param spread fragments that were looked at: once is enough, however often they are spread */
function beyondKeys(
  { selections }: SelectionSetNode,
  typeName: string,
  info: SelectionInfo,
  spread: Set<object> | undefined,
): boolean {
  for (const selection of selections) {
    if (!included(selection, info)) continue;
    if (selection.kind === Kind.FIELD) {
      if (KEYS.has(selection.name.value)) continue;
      return true;
    }
    const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
    const fragment = isSpread ? info.fragments[selection.name.value] : selection;
    if (fragment === undefined) continue;
    if (isSpread) {
      spread ??= new Set();
      if (spread.has(fragment)) continue;
      spread.add(fragment);
    }
    const condition = fragment.typeCondition?.name.value;
    // A fragment on an interface may hold for this type; one on another object type never does.
    const applies = condition === undefined || condition === typeName || isAbstract(condition, info);
    if (applies && beyondKeys(fragment.selectionSet, typeName, info, spread)) return true;
  }
  return false;
}

const NO_ARGUMENTS: Arguments = Object.freeze({});

/** A field's arguments; most fields have none, and are not asked about it. @param variables coerced */
export const argumentsOf = (
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Arguments,
): Arguments => (definition.args.length === 0 ? NO_ARGUMENTS : getArgumentValues(definition, node, variables));

/** Whether `@skip` and `@include` leave it in. */
export function included(selection: SelectionNode, info: Pick<SelectionInfo, 'variableValues'>): boolean {
  if (selection.directives === undefined || selection.directives.length === 0) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
  return skip?.if !== true && include?.if !== false;
}

function isAbstract(typeName: string, info: SelectionInfo): boolean {
  const type = info.schema.getType(typeName);
  return type !== undefined && !('isTypeOf' in type);
}
