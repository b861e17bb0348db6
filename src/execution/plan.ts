import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { argumentReader, type ReadArguments } from './arguments.ts';

// What an operation comes to, worked out once: which fields of which types are read, in which order, and how each value
// becomes part of the answer. Executing it then looks nothing up in documents or schema any more.

export type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** The fields to read of one object type, in the order of the answer. */
export interface ObjectPlan {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldPlan[];
  /** Whether it holds lists or objects itself, so that what was made of a value is worth remembering. */
  readonly isLarge: boolean;
}

export interface FieldPlan {
  /** In the answer: the alias, or the name. */
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly definition: GraphQLField<unknown, unknown>;
  readonly parentType: GraphQLObjectType;
  /** Undefined: the property of that name is read. */
  readonly resolve: Resolver | undefined;
  readonly takesInfo: boolean;
  readonly readArguments: ReadArguments;
  readonly completion: Completion;
}

/** How a value of one output type becomes part of the answer. */
export type Completion = { readonly nonNull: boolean } & (
  | { readonly kind: 'typename'; readonly name: string }
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly item: Completion }
  | { readonly kind: 'object'; readonly plan: ObjectPlan }
  | { readonly kind: 'abstract'; readonly type: GraphQLAbstractType; planOf(type: GraphQLObjectType): ObjectPlan }
);

/** The booleans that variables give to `@skip` and `@include`. */
export type Conditions = Readonly<Record<string, boolean>>;

export interface Plan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly root: ObjectPlan;
}

/** The operation has something that plans are not made for; graphql-js executes it. */
export class Unplanned extends Error {}

/**
 * The plan of a valid query under these conditions.
 * @param unguarded the resolver behind a check that is made once for the whole operation, if there is one
 * @throws Unplanned for mutations, questions about the schema, and what no schema of ours has
 */
export function planQuery(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Plan['fragments'],
  conditions: Conditions,
  unguarded: (resolve: Resolver) => Resolver | undefined,
): Plan {
  const root = schema.getQueryType();
  if (operation.operation !== 'query' || !root) throw new Unplanned('only queries are planned');

  function planObject(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): ObjectPlan {
    if (type.isTypeOf) throw new Unplanned('types that look at their values are not planned');
    const collected = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const selectionSet of selectionSets) collect(type, selectionSet, collected, visited);
    const fields: FieldPlan[] = [];
    for (const [key, nodes] of collected) {
      // Assigning to it would change the answer's prototype.
      if (key === '__proto__') throw new Unplanned('this name is not planned');
      fields.push(planField(type, key, nodes));
    }
    const isLarge = fields.some(({ completion: { kind } }) => kind !== 'leaf' && kind !== 'typename');
    return { type, fields, isLarge };
  }

  /** As graphql-js collects fields: in order of appearance, equal response names joined, each fragment once. */
  function collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    collected: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!isIncluded(selection.directives ?? [], conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = collected.get(key);
        if (nodes === undefined) collected.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      let fragment: { typeCondition?: { name: { value: string } } | undefined; selectionSet: SelectionSetNode };
      if (selection.kind === Kind.INLINE_FRAGMENT) fragment = selection;
      else {
        const name = selection.name.value;
        const named = fragments[name];
        if (visited.has(name) || named === undefined) continue;
        visited.add(name);
        fragment = named;
      }
      if (applies(fragment.typeCondition?.name.value, type)) collect(type, fragment.selectionSet, collected, visited);
    }
  }

  function applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditional = schema.getType(condition);
    return isAbstractType(conditional) && schema.isSubType(conditional, type);
  }

  function planField(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): FieldPlan {
    const [node] = nodes;
    const name = node?.name.value ?? '';
    if (name === '__schema' || name === '__type') throw new Unplanned('questions about the schema are not planned');
    const definition = name === '__typename' ? TYPENAME : parentType.getFields()[name];
    if (node === undefined || definition === undefined) throw new Unplanned('the field is not in the schema');
    const guarded = definition.resolve;
    const resolve = guarded === undefined ? undefined : unguarded(guarded);
    const selectionSets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    return {
      key,
      name,
      nodes,
      definition,
      parentType,
      resolve,
      // Who declares fewer parameters never sees it.
      takesInfo: resolve !== undefined && (resolve.length > 3 || resolve.length === 0),
      readArguments: argumentReader(definition, node),
      completion:
        name === '__typename'
          ? { kind: 'typename', name: parentType.name, nonNull: true }
          : planCompletion(definition.type, selectionSets, false),
    };
  }

  function planCompletion(
    type: GraphQLOutputType,
    selectionSets: readonly SelectionSetNode[],
    nonNull: boolean,
  ): Completion {
    if (isNonNullType(type)) return planCompletion(type.ofType, selectionSets, true);
    if (isListType(type)) return { kind: 'list', item: planCompletion(type.ofType, selectionSets, false), nonNull };
    if (isLeafType(type)) return { kind: 'leaf', type, nonNull };
    if (isObjectType(type)) return { kind: 'object', plan: planObject(type, selectionSets), nonNull };
    const plans = new Map(schema.getPossibleTypes(type).map((each) => [each, planObject(each, selectionSets)]));
    return {
      kind: 'abstract',
      type,
      nonNull,
      planOf(concrete) {
        const plan = plans.get(concrete);
        if (plan === undefined) throw new Error(`${concrete.name} is no possible type of ${type.name}`);
        return plan;
      },
    };
  }

  return { schema, operation, fragments, root: planObject(root, [operation.selectionSet]) };
}

/** Its value is known from the place where it stands; what else a field has, it has not. */
const TYPENAME = { name: '__typename', args: [] } as unknown as GraphQLField<unknown, unknown>;

type Directives = NonNullable<FieldNode['directives']>;

function isIncluded(directives: Directives, conditions: Conditions): boolean {
  for (const directive of directives) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') throw new Unplanned('this directive is not planned');
    const value = directive.arguments?.[0]?.value;
    const isSo =
      value?.kind === Kind.BOOLEAN
        ? value.value
        : value?.kind === Kind.VARIABLE
          ? conditions[value.name.value]
          : undefined;
    if (isSo === undefined) throw new Unplanned('the condition is not known');
    if (isSo === (name === 'skip')) return false;
  }
  return true;
}
