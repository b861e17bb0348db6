import {
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Fields that an id answers by itself; every other needs the record. */
const KEYS: ReadonlySet<string> = new Set(['__typename', 'id', 'accountId', 'vendorId', 'account']);

/** What of a resolver's `info` decides about selections. */
export type SelectionInfo = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues' | 'schema'>;

/** Whether the operation asks for more of this record of type `typeName` than its keys. */
export function selectsBeyondKeys(info: SelectionInfo, typeName: string): boolean {
  return info.fieldNodes.some(
    ({ selectionSet }) => selectionSet !== undefined && beyondKeys(selectionSet, typeName, info),
  );
}

function beyondKeys(selectionSet: SelectionSetNode, typeName: string, info: SelectionInfo): boolean {
  return selectionSet.selections.some((selection) => {
    if (!included(selection, info)) return false;
    if (selection.kind === 'Field') return !KEYS.has((selection satisfies FieldNode).name.value);
    const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
    const condition = fragment?.typeCondition?.name.value;
    // A fragment on an interface may hold for this type; one on another object type never does.
    const applies = condition === undefined || condition === typeName || isAbstract(condition, info);
    return fragment !== undefined && applies && beyondKeys(fragment.selectionSet, typeName, info);
  });
}

const NO_ARGUMENTS: Readonly<Record<string, unknown>> = Object.freeze({});

/** A field's arguments; most fields have none, and are not asked about it. @param variables coerced */
export const argumentsOf = (
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  definition.args.length === 0 ? NO_ARGUMENTS : getArgumentValues(definition, node, variables);

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
