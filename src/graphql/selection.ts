import {
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  isNonNullType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromAST,
} from 'graphql';

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

/** Of a field, coerced; or the variables of an operation. */
export type Arguments = Readonly<Record<string, unknown>>;

const NO_ARGUMENTS: Arguments = Object.freeze({});

/** A field's arguments; most fields have none, and are not asked about it. @param variables coerced */
export const argumentsOf = (
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Arguments,
): Arguments => (definition.args.length === 0 ? NO_ARGUMENTS : getArgumentValues(definition, node, variables));

/** The same for a field that is asked many times: what no variable decides is found out once. */
export function argumentReader(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Arguments) => Arguments {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]));
  const constant: Record<string, unknown> = {};
  const varying: VaryingArgument[] = [];
  const byGraphql = (variables: Arguments): Arguments => argumentsOf(definition, node, variables);
  for (const { name, type, defaultValue } of definition.args) {
    const value = given.get(name);
    if (value === undefined) {
      // Missing without being allowed to: said at its own place.
      if (defaultValue === undefined && isNonNullType(type)) return byGraphql;
      if (defaultValue !== undefined) constant[name] = defaultValue;
    } else if (value.kind === Kind.VARIABLE) {
      varying.push({ name, variable: value.name.value, defaultValue, isRequired: isNonNullType(type) });
    } else {
      const coerced = hasVariable(value) ? undefined : valueFromAST(value, type);
      if (coerced === undefined) return byGraphql;
      constant[name] = coerced;
    }
  }
  Object.freeze(constant);
  if (varying.length === 0) return () => constant;
  return (variables) => {
    const values = { ...constant };
    for (const { name, variable, defaultValue, isRequired } of varying) {
      const value = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
      if (value !== undefined && !(value === null && isRequired)) values[name] = value;
      else if (value === null || isRequired) return byGraphql(variables);
      else if (defaultValue !== undefined) values[name] = defaultValue;
    }
    return values;
  };
}

/** An argument that is a variable as a whole. */
interface VaryingArgument {
  readonly name: string;
  readonly variable: string;
  readonly defaultValue: unknown;
  readonly isRequired: boolean;
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}

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
