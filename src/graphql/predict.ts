import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { CrmError } from '../crm/errors.ts';
import { createBill } from './bill.ts';
import type { Context } from './context.ts';
import {
  ENTITIES,
  type EntityName,
  FIELD_COSTS,
  NOBODY,
  type Pricing,
  priceKeys,
  priceWrite,
  type Records,
} from './fieldCosts.ts';
import { argumentsOf, included, selectsBeyondKeys } from './selection.ts';

/**
 * How many requests each account can cost at most, by account id, from the operation alone; accounts that cost nothing
 * are left out. Retries and the renewal of a token come on top, and so do pages that are looked through because rows have
 * moved since the cursor was made: one or two for each account, as long as some of what was passed last is still there and
 * the CRM counts its rows. Everything else stays below, as long as the CRMs keep the page sizes of their contracts.
 *
 * @param variables coerced
 *
 * This is the walk over what is selected; `fieldCosts.ts` says what each field costs.
 */
export function predictCalls(
  context: Context,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, number> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  const info = { fragments, variableValues: variables, schema };
  const { names } = context;
  const originals = new Map<string, EntityName>(ENTITIES.map((name) => [names.type(name), name]));
  const [queryType, mutationType] = [schema.getQueryType(), schema.getMutationType()];
  const costly = costlySelections.get(schema) ?? new WeakMap<SelectionSetNode, Map<string, readonly SelectionNode[]>>();
  costlySelections.set(schema, costly);

  const pricing: Pricing = {
    context,
    bill: createBill(),
    walk: (selectionSet, type, records) => walk(selectionSet, names.type(type), records),
    walkNodes(selectionSet, type, records) {
      for (const field of fieldsIn(selectionSet)) {
        if (field.name.value === 'nodes') walk(field.selectionSet, names.type(type), records);
        if (field.name.value !== 'edges') continue;
        for (const inner of fieldsIn(field.selectionSet)) {
          if (inner.name.value === 'node') walk(inner.selectionSet, names.type(type), records);
        }
      }
    },
    fieldsIn,
    selectsBeyondKeys: (node, type) => selectsBeyondKeys({ ...info, fieldNodes: [node] }, names.type(type)),
    entityNamed: (type) => originals.get(type),
  };

  function walk(selectionSet: SelectionSetNode | undefined, typeName: string, records: Records): void {
    for (const selection of selectionSet === undefined ? [] : costlyIn(selectionSet, typeName)) {
      if (!included(selection, info)) continue;
      if (selection.kind === Kind.FIELD) walkField(selection, typeName, records);
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
        const condition = fragment?.typeCondition?.name.value ?? typeName;
        if (fragment !== undefined && canBe(typeName, condition)) walk(fragment.selectionSet, condition, records);
      }
    }
  }

  /** Two object types never meet in one record. */
  const canBe = (typeName: string, condition: string): boolean =>
    typeName === condition || !isObjectType(schema.getType(typeName)) || !isObjectType(schema.getType(condition));

  /** Selections that may cost something, or have such below them; the same each time the operation comes. */
  function costlyIn(selectionSet: SelectionSetNode, typeName: string): readonly SelectionNode[] {
    const known = costly.get(selectionSet) ?? new Map<string, readonly SelectionNode[]>();
    costly.set(selectionSet, known);
    let selections = known.get(typeName);
    if (selections === undefined) {
      selections = selectionSet.selections.filter((each) => each.kind !== Kind.FIELD || mayCost(each, typeName));
      known.set(typeName, selections);
    }
    return selections;
  }

  function mayCost(node: FieldNode, typeName: string): boolean {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    const definition = type.getFields()[node.name.value];
    if (definition === undefined) return false;
    if (type === mutationType || priceOf(node, type) !== undefined) return true;
    return (
      node.selectionSet !== undefined && costlyIn(node.selectionSet, getNamedType(definition.type).name).length > 0
    );
  }

  function priceOf(node: FieldNode, type: GraphQLNamedType) {
    const name = type === queryType ? names.originalRootField(node.name.value) : node.name.value;
    return FIELD_COSTS[`${originals.get(type.name) ?? type.name}.${name}`];
  }

  function walkField(node: FieldNode, typeName: string, records: Records): void {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const definition = type.getFields()[node.name.value];
    if (definition === undefined) return;
    if (type === mutationType) {
      const field = { node, args: argumentsOf(definition, node, variables), records };
      const written = priceWrite(field, names.originalRootField(node.name.value), pricing);
      if (written !== undefined) walk(node.selectionSet, getNamedType(definition.type).name, written);
      return;
    }
    const price = priceOf(node, type);
    if (price !== undefined) {
      unlessWrong(() => price({ node, args: argumentsOf(definition, node, variables), records }, pricing));
    } else if (node.selectionSet !== undefined) {
      walk(node.selectionSet, getNamedType(definition.type).name, records);
    }
  }

  function* fieldsIn(selectionSet: SelectionSetNode | undefined): Generator<FieldNode> {
    for (const selection of selectionSet?.selections ?? []) {
      if (!included(selection, info)) continue;
      if (selection.kind === Kind.FIELD) yield selection;
      else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsIn(selection.selectionSet);
      else yield* fieldsIn(fragments[selection.name.value]?.selectionSet);
    }
  }

  walk(operation.selectionSet, schema.getRootType(operation.operation)?.name ?? 'Query', NOBODY);
  priceKeys(pricing.bill);
  return pricing.bill.totals;
}

/** By schema, selection set and type. */
const costlySelections = new WeakMap<GraphQLSchema, WeakMap<SelectionSetNode, Map<string, readonly SelectionNode[]>>>();

/** What is wrong with an argument is told at its own place, and costs nothing there. */
function unlessWrong(price: () => void): void {
  try {
    price();
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
  }
}
