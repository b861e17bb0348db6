import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { assumedLength, LARGEST_PAGE } from './costs.ts';
import { tooLarge } from './documentGuard.ts';
import { badInput } from './errors.ts';
import { argumentsOf } from './selection.ts';

const DEEPEST = 10;
const MOST_ROOT_FIELDS = 20;
const MOST_VARIABLES = 50;

/** Records one operation may ask for at most, nested lists multiplied. */
const MOST_RECORDS = 20_000;
const MOST_REPRESENTATIONS = 1_000;

/** The standard introspection query is 15 levels deep; where introspection is off, validation refuses both fields. */
const ABOUT_THE_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Refuses a document with more operations than one request can mean. */
export function refuseManyOperations({ definitions }: DocumentNode, most: number): void {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  if (operations > most) throw tooLarge('document', most, most === 1 ? 'operation' : 'operations');
}

/** Refuses shapes that no client needs: levels, root fields and variables beyond what screens show. */
export function refuseStrangeShape(document: DocumentNode, operation: OperationDefinitionNode): void {
  if ((operation.variableDefinitions?.length ?? 0) > MOST_VARIABLES) {
    throw tooLarge('operation', MOST_VARIABLES, 'variables');
  }
  const fragments = fragmentsOf(document);
  const shapes = new Map<string, Shape>();

  function shapeOf({ selections }: SelectionSetNode): Shape {
    let fields = 0;
    let depth = 0;
    for (const selection of selections) {
      const part = partOf(selection);
      fields += part.fields;
      depth = Math.max(depth, part.depth);
    }
    return { fields, depth };
  }

  function partOf(selection: SelectionNode): Shape {
    if (selection.kind === Kind.INLINE_FRAGMENT) return shapeOf(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return shapeOfFragment(selection.name.value);
    const { name, selectionSet } = selection;
    const isShallow = selectionSet === undefined || ABOUT_THE_SCHEMA.has(name.value);
    return { fields: 1, depth: 1 + (isShallow ? 0 : shapeOf(selectionSet).depth) };
  }

  /** Each fragment once, however often it is spread; validation has refused those that spread themselves. */
  function shapeOfFragment(name: string): Shape {
    const fragment = fragments.get(name);
    const shape = shapes.get(name) ?? (fragment === undefined ? NOTHING : shapeOf(fragment.selectionSet));
    shapes.set(name, shape);
    return shape;
  }

  const { fields, depth } = shapeOf(operation.selectionSet);
  if (depth > DEEPEST) throw tooLarge('operation', DEEPEST, 'levels of fields');
  if (fields > MOST_ROOT_FIELDS) throw tooLarge('operation', MOST_ROOT_FIELDS, 'root fields');
}

/** Fields of a selection, and the levels below it, its own included. */
interface Shape {
  readonly fields: number;
  readonly depth: number;
}

const NOTHING: Shape = { fields: 0, depth: 0 };

const fragmentsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );

/**
 * Refuses what would keep everybody else waiting, before anything is asked: operations whose nested lists could bring
 * more than 20,000 records.
 */
export function refuseExcess(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const root = schema.getRootType(operation.operation);
  const fragments = fragmentsOf(document);
  const costs = new Map<string, number>();

  /** Records below a selection, for one parent. */
  function recordsIn(selectionSet: SelectionSetNode, typeName: string): number {
    let records = 0;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) records += recordsOf(selection, typeName);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        records += recordsIn(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
      } else records += recordsOfFragment(selection.name.value);
      if (records > MOST_RECORDS) break;
    }
    return records;
  }

  function recordsOfFragment(name: string): number {
    const fragment = fragments.get(name);
    if (fragment === undefined) return 0;
    const known = costs.get(name);
    if (known !== undefined) return known;
    const records = recordsIn(fragment.selectionSet, fragment.typeCondition.name.value);
    costs.set(name, records);
    return records;
  }

  function recordsOf(node: FieldNode, typeName: string): number {
    const parent = schema.getType(typeName);
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined || node.selectionSet === undefined) return 0;
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? recordsIn(node.selectionSet, named.name) : 0;
    // The arguments were validated, so reading them cannot fail.
    const { first, representations, ids } = argumentsOf(field, node, variables);
    // A connection's own lists are as long as its page, which is counted here.
    // A page size out of range is refused by its own field, with a better sentence.
    if (typeof first === 'number') return Math.min(Math.max(0, first), LARGEST_PAGE) * (1 + below);
    if (Array.isArray(representations)) {
      checkRepresentations(representations);
      return representations.length * (1 + below);
    }
    if (Array.isArray(ids)) return ids.length * (1 + below);
    if (isList(field.type) && !typeName.endsWith('Connection'))
      return assumedLength(typeName, node.name.value) * (1 + below);
    return below;
  }

  if (root === undefined || root === null)
    throw badInput('query', 'There are no subscriptions here; ask with a query.');
  if (recordsIn(operation.selectionSet, root.name) > MOST_RECORDS) {
    throw badInput(
      'first',
      `The lists asked for could hold more than ${MOST_RECORDS} records, nested ones multiplied; ask for smaller pages or fewer levels.`,
    );
  }
}

/** Arguments that say how many records are asked for. */
const SIZES: ReadonlySet<string> = new Set(['first', 'ids', 'representations']);

/** Whether variables decide how many records a document may ask for; else what `refuseExcess` says of it, it always says. */
export function sizesVary(document: DocumentNode): boolean {
  let vary = false;
  visit(document, {
    Argument({ name, value }) {
      if (!SIZES.has(name.value)) return;
      visit(value, {
        Variable() {
          vary = true;
        },
      });
    },
  });
  return vary;
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** Refuses more references at once than are answered in reasonable time. */
export function checkRepresentations(representations: readonly unknown[]): void {
  if (representations.length > MOST_REPRESENTATIONS) {
    throw badInput('representations', `"representations" takes at most ${MOST_REPRESENTATIONS}; ask in parts.`);
  }
}
