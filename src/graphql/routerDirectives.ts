import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
  visit,
} from 'graphql';
import { assumedLength, DEFAULT_PAGE, REFERENCE_COST, weightOf } from './costs.ts';
import { ENTITIES, scopesFor } from './scopes.ts';

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation']);

/**
 * The SDL with what a supergraph's router should know, read off the tables of scopes and costs: `@authenticated` and
 * `@requiresScopes` on fields, `@cost` where it differs from the router's own guess, `@listSize` on lists of objects.
 */
export function withRouterDirectives(sdl: DocumentNode): DocumentNode {
  const objects = namesOf(sdl, Kind.OBJECT_TYPE_DEFINITION);
  const interfaces = namesOf(sdl, Kind.INTERFACE_TYPE_DEFINITION);

  function marked<Type extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(type: Type): Type {
    const typeName = type.name.value;
    return {
      ...type,
      directives: [...(type.directives ?? []), ...typeCost(typeName)],
      fields: type.fields?.map((field) => ({
        ...field,
        directives: [
          ...(field.directives ?? []),
          ...access(typeName, field.name.value),
          ...fieldCost(typeName, field),
          ...listSize(typeName, field),
        ],
      })),
    };
  }

  /** Only what differs from the weight of the type it answers. */
  function fieldCost(typeName: string, field: FieldDefinitionNode): ConstDirectiveNode[] {
    const weight = weightOf(typeName, field.name.value);
    const usual = ENTITIES.includes(namedType(field.type)) ? REFERENCE_COST.calls : 0;
    // An interface cannot carry a weight of its own.
    const isKnown = weight === usual && !interfaces.has(namedType(field.type));
    return isKnown ? [] : [directive('cost', { weight: int(weight) })];
  }

  function listSize(typeName: string, field: FieldDefinitionNode): ConstDirectiveNode[] {
    if (field.arguments?.some(({ name }) => name.value === 'first')) {
      return [
        directive('listSize', {
          assumedSize: int(DEFAULT_PAGE),
          slicingArguments: texts(['first']),
          sizedFields: texts(['edges', 'nodes']),
          requireOneSlicingArgument: { kind: Kind.BOOLEAN, value: false },
        }),
      ];
    }
    const isSizedByParent = typeName.endsWith('Connection') && ['edges', 'nodes'].includes(field.name.value);
    const holdsObjects = objects.has(namedType(field.type)) || interfaces.has(namedType(field.type));
    if (!isList(field.type) || isSizedByParent || !holdsObjects) return [];
    return [directive('listSize', { assumedSize: int(assumedLength(typeName, field.name.value)) })];
  }

  return visit(sdl, { ObjectTypeDefinition: marked, ObjectTypeExtension: marked });
}

const namesOf = (sdl: DocumentNode, kind: Kind.OBJECT_TYPE_DEFINITION | Kind.INTERFACE_TYPE_DEFINITION) =>
  new Set(sdl.definitions.flatMap((definition) => (definition.kind === kind ? [definition.name.value] : [])));

function access(typeName: string, fieldName: string): ConstDirectiveNode[] {
  const scopes = scopesFor(typeName, fieldName);
  if (scopes === undefined) return [];
  if (scopes.length === 0) return [directive('authenticated', {})];
  return [directive('requiresScopes', { scopes: { kind: Kind.LIST, values: [texts(scopes)] } })];
}

/** A router takes one for every object; here only calls to CRMs count. */
function typeCost(typeName: string): ConstDirectiveNode[] {
  if (ROOTS.has(typeName)) return [];
  return [directive('cost', { weight: int(ENTITIES.includes(typeName) ? REFERENCE_COST.calls : 0) })];
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

const int = (value: number): ConstValueNode => ({ kind: Kind.INT, value: String(value) });

const texts = (values: readonly string[]): ConstValueNode => ({
  kind: Kind.LIST,
  values: values.map((value) => ({ kind: Kind.STRING, value })),
});

const directive = (name: string, values: Readonly<Record<string, ConstValueNode>>): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(values).map(
    ([argument, value]): ConstArgumentNode => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value,
    }),
  ),
});
