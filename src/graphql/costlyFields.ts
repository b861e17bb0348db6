import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Arguments, argumentReader, type ReadArguments } from '../execution/arguments.ts';
import { ENTITIES, type EntityName, FIELD_COSTS, type Price, writePrice } from './fieldCosts.ts';
import type { Names } from './prefix.ts';
import { included, selectsBeyondKeys } from './selection.ts';

// What of an operation can cost anything, found when it is first asked for and kept: pricing the operation again looks
// nothing up in document or schema. `fieldCosts.ts` says what each field costs.

/** A field that costs something, or decides what the fields below it cost. Types go by their names in `schema/`. */
export interface CostlyField {
  readonly price: Price;
  readonly argumentsOf: ReadArguments;
  /** What it selects on records of this type. */
  below(type: string): CostlyFields;
  /** The same for the nodes of a connection, however they are asked for. */
  nodes(type: string): CostlyFields;
  /** The same for what a lookup has found. */
  matches(type: string): CostlyFields;
  /** What it selects on its own type. */
  whole(): CostlyFields;
  selectsBeyondKeys(type: EntityName): boolean;
}

export type CostlyFields = readonly CostlyField[];

export interface CostlyOperation {
  readonly fields: CostlyFields;
  /** Of a type by its name in the schema that is served. */
  entityNamed(type: string): EntityName | undefined;
}

/** @param conditions the coerced variables, or at least those that `@skip` and `@include` ask; they are kept */
export function costlyOperation(
  schema: GraphQLSchema,
  names: Names,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  conditions: Arguments,
): CostlyOperation {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  const info = { fragments, variableValues: conditions, schema };
  const originals = new Map<string, EntityName>(ENTITIES.map((name) => [names.type(name), name]));
  const [queryType, mutationType] = [schema.getQueryType(), schema.getMutationType()];
  const found = new Map<SelectionSetNode, Map<string, CostlyFields>>();

  /** @param typeName in the schema that is served */
  function costlyIn(selectionSet: SelectionSetNode | undefined, typeName: string): CostlyFields {
    if (selectionSet === undefined) return NONE;
    const ofTypes = found.get(selectionSet) ?? new Map<string, CostlyFields>();
    found.set(selectionSet, ofTypes);
    let fields = ofTypes.get(typeName);
    if (fields === undefined) {
      fields = [...gathered(selectionSet, typeName)];
      ofTypes.set(typeName, fields);
    }
    return fields;
  }

  /** Each field once: a fragment that is spread twice in one place is executed there once. */
  function gathered({ selections }: SelectionSetNode, typeName: string): ReadonlySet<CostlyField> {
    const fields = new Set<CostlyField>();
    for (const selection of selections) {
      if (!included(selection, info)) continue;
      if (selection.kind === Kind.FIELD) {
        for (const field of fieldsOf(selection, typeName)) fields.add(field);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      const condition = fragment?.typeCondition?.name.value ?? typeName;
      if (fragment === undefined || !canBe(typeName, condition)) continue;
      for (const field of costlyIn(fragment.selectionSet, condition)) fields.add(field);
    }
    return fields;
  }

  /** Two object types never meet in one record. */
  const canBe = (typeName: string, condition: string): boolean =>
    typeName === condition || !isObjectType(schema.getType(typeName)) || !isObjectType(schema.getType(condition));

  /** The field itself; below one that costs nothing everything is as if it were not there. */
  function fieldsOf(node: FieldNode, typeName: string): CostlyFields {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return NONE;
    const definition = type.getFields()[node.name.value];
    if (definition === undefined) return NONE;
    const price = priceOf(node, type);
    return price === undefined
      ? costlyIn(node.selectionSet, getNamedType(definition.type).name)
      : [costlyField(node, definition, price)];
  }

  function priceOf(node: FieldNode, type: GraphQLNamedType): Price | undefined {
    if (type === mutationType) return writePrice(names.originalRootField(node.name.value));
    const name = type === queryType ? names.originalRootField(node.name.value) : node.name.value;
    return FIELD_COSTS[`${originals.get(type.name) ?? type.name}.${name}`];
  }

  function costlyField(node: FieldNode, definition: GraphQLField<unknown, unknown>, price: Price): CostlyField {
    const { selectionSet } = node;
    return {
      price,
      argumentsOf: argumentReader(definition, node),
      below: remembered((type) => costlyIn(selectionSet, names.type(type))),
      nodes: remembered((type) => allIn(nodesIn(selectionSet), names.type(type))),
      matches: remembered((type) => allIn(fieldsIn(selectionSet, 'matches'), names.type(type))),
      whole: () => costlyIn(selectionSet, getNamedType(definition.type).name),
      selectsBeyondKeys: remembered((type) => selectsBeyondKeys({ ...info, fieldNodes: [node] }, names.type(type))),
    };
  }

  const allIn = (nodes: readonly FieldNode[], typeName: string): CostlyFields =>
    nodes.flatMap(({ selectionSet }) => costlyIn(selectionSet, typeName));

  const nodesIn = (selectionSet: SelectionSetNode | undefined): readonly FieldNode[] =>
    fieldsIn(selectionSet, 'nodes', 'edges').flatMap((field) =>
      field.name.value === 'nodes' ? [field] : fieldsIn(field.selectionSet, 'node'),
    );

  function fieldsIn(selectionSet: SelectionSetNode | undefined, ...wanted: readonly string[]): readonly FieldNode[] {
    const fields: FieldNode[] = [];
    const visited = new Set<SelectionSetNode>();
    function visit(selections: SelectionSetNode | undefined): void {
      if (selections === undefined || visited.has(selections)) return;
      visited.add(selections);
      for (const selection of selections.selections) {
        if (!included(selection, info)) continue;
        if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
        else if (selection.kind === Kind.FRAGMENT_SPREAD) visit(fragments[selection.name.value]?.selectionSet);
        else if (wanted.includes(selection.name.value)) fields.push(selection);
      }
    }
    visit(selectionSet);
    return fields;
  }

  return {
    fields: costlyIn(operation.selectionSet, schema.getRootType(operation.operation)?.name ?? 'Query'),
    entityNamed: (type) => originals.get(type),
  };
}

const NONE: CostlyFields = [];

/** What is made of each key once; there are few. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}
