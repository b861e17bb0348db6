import { type DirectiveNode, type DocumentNode, Kind, type NameNode, type TypeNode, visit } from 'graphql';

/** How types and root fields of `schema/` are called in the schema that is served. */
export interface Names {
  type(name: string): string;
  rootField(name: string): string;
  /** The name in `schema/` of a root field that is served. */
  originalRootField(name: string): string;
}

/** The names of `schema/` themselves. */
export const PLAIN_NAMES: Names = {
  type: (name) => name,
  rootField: (name) => name,
  originalRootField: (name) => name,
};

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation']);

/**
 * Names with a prefix, for supergraphs in which other teams own a `Customer` or a `Tag`. Everything gets it but value
 * types, which are there to be shared: `@shareable` types with the enums they are made of, and scalars. A name that
 * begins with the prefix as a word of its own (`CrmAccount`, `crmNode`) stays as it is.
 */
export function prefixedNames(sdl: DocumentNode, prefix: string): Names {
  const own = ownTypes(sdl);
  const lower = prefix.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
  const prefixed = (name: string, start: string): string =>
    new RegExp(`^${start}[A-Z]`).test(name) ? name : start + name.charAt(0).toUpperCase() + name.slice(1);
  const rootFields = new Map(rootFieldsOf(sdl).map((name) => [prefixed(name, lower), name]));
  return {
    type: (name) => (own.has(name) ? prefixed(name, prefix) : name),
    rootField: (name) => prefixed(name, lower),
    originalRootField: (name) => rootFields.get(name) ?? name,
  };
}

function rootFieldsOf(sdl: DocumentNode): readonly string[] {
  return sdl.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_EXTENSION && ROOTS.has(definition.name.value)
      ? (definition.fields ?? []).map(({ name }) => name.value)
      : [],
  );
}

function ownTypes(sdl: DocumentNode): ReadonlySet<string> {
  const own = new Set<string>();
  const shared = new Set<string>();
  const isShareable = (directives: readonly DirectiveNode[] = []) =>
    directives.some(({ name }) => name.value === 'shareable');
  visit(sdl, {
    ObjectTypeDefinition(type) {
      if (!isShareable(type.directives)) {
        if (!ROOTS.has(type.name.value)) own.add(type.name.value);
        return;
      }
      for (const field of type.fields ?? []) shared.add(namedType(field.type));
    },
    InterfaceTypeDefinition: (type) => void own.add(type.name.value),
    UnionTypeDefinition: (type) => void own.add(type.name.value),
    EnumTypeDefinition: (type) => void own.add(type.name.value),
    InputObjectTypeDefinition: (type) => void own.add(type.name.value),
  });
  return new Set([...own].filter((name) => !shared.has(name)));
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

/** The SDL with other names for types and root fields, in descriptions too where a type is named in code quotes. */
export function renamed(sdl: DocumentNode, names: Names): DocumentNode {
  if (names === PLAIN_NAMES) return sdl;
  const asType = (node: NameNode): NameNode => ({ ...node, value: names.type(node.value) });
  const asRootField = (node: NameNode): NameNode => ({ ...node, value: names.rootField(node.value) });
  return visit(sdl, {
    enter(node) {
      switch (node.kind) {
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.OBJECT_TYPE_EXTENSION:
          return ROOTS.has(node.name.value)
            ? { ...node, fields: node.fields?.map((field) => ({ ...field, name: asRootField(field.name) })) }
            : { ...node, name: asType(node.name) };
        case Kind.INTERFACE_TYPE_DEFINITION:
        case Kind.UNION_TYPE_DEFINITION:
        case Kind.ENUM_TYPE_DEFINITION:
        case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        case Kind.NAMED_TYPE:
          return { ...node, name: asType(node.name) };
        case Kind.STRING:
          // Descriptions; no directive of ours names a type.
          return { ...node, value: node.value.replace(/`[^`]*`/g, (code) => code.replace(/\b[A-Z]\w*/g, names.type)) };
        default:
          return undefined;
      }
    },
  });
}

type Resolver = { readonly __resolveType?: (...args: never[]) => unknown };

/** Resolvers under the names that their types and root fields have in the schema. */
export function renamedResolvers(
  resolvers: Readonly<Record<string, object>>,
  names: Names,
): Readonly<Record<string, object>> {
  if (names === PLAIN_NAMES) return resolvers;
  return Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => {
      if (ROOTS.has(type)) {
        return [
          type,
          Object.fromEntries(Object.entries(fields).map(([name, field]) => [names.rootField(name), field])),
        ];
      }
      const { __resolveType: resolveType } = fields as Resolver;
      if (resolveType === undefined) return [names.type(type), fields];
      const renamedType = (...args: never[]): string => names.type(String(resolveType(...args)));
      return [names.type(type), { ...fields, __resolveType: renamedType }];
    }),
  );
}
