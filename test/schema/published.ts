import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ConstDirectiveNode,
  findBreakingChanges,
  type GraphQLSchema,
  graphqlSync,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { readSchema } from '../../src/app.ts';
import { publishedSchema } from '../../src/graphql/schema.ts';

/** What `_service { sdl }` answers, without the sentences about vendors. */
export function currentSdl(prefix?: string): string {
  return sdlOf(publishedSchema(readSchema(), prefix));
}

function sdlOf(schema: GraphQLSchema): string {
  const { data } = graphqlSync({ schema, source: '{ _service { sdl } }' });
  return `${(data as { _service: { sdl: string } })._service.sdl.trim()}\n`;
}

/** What in `next` would break clients or compositions that rely on `previous`, one sentence each. */
export function breakingChanges(previous: string, next: string): readonly string[] {
  return [
    ...findBreakingChanges(schemaOf(previous), schemaOf(next)).map(({ description }) => `${description}.`),
    ...federationChanges(previous, next),
  ];
}

/** Without what every subgraph has, which is added again. */
function schemaOf(sdl: string): GraphQLSchema {
  const isAdded = ({ name }: { readonly name: { readonly value: string } }) => name.value.startsWith('_');
  return buildSubgraphSchema(
    visit(parse(sdl), {
      FieldDefinition: (field) => (isAdded(field) ? null : undefined),
      ObjectTypeDefinition: (type) => (isAdded(type) ? null : undefined),
      UnionTypeDefinition: (type) => (isAdded(type) ? null : undefined),
      ScalarTypeDefinition: (type) => (isAdded(type) ? null : undefined),
      ObjectTypeExtension: { leave: (type) => (type.fields?.length === 0 ? null : undefined) },
    }),
  );
}

/** What graphql-js does not know: keys and shared types that others compose with, and scopes that shut callers out. */
function federationChanges(previous: string, next: string): string[] {
  const now = federated(next);
  return [...federated(previous)].flatMap(([place, before]) => {
    const after = now.get(place);
    if (after === undefined) return [];
    const lost = before.promises.filter((promise) => !after.promises.includes(promise));
    const demanded = after.demands !== '' && after.demands !== before.demands;
    return [
      ...lost.map((promise) => `${place} lost ${promise}.`),
      ...(demanded ? [`${place} now demands ${after.demands}.`] : []),
    ];
  });
}

/** What types and fields promise to other subgraphs and demand of callers, by `Type` and `Type.field`. */
function federated(sdl: string): ReadonlyMap<string, { readonly promises: string[]; readonly demands: string }> {
  const found = new Map<string, { promises: string[]; demands: string }>();
  const types = parse(sdl).definitions.filter(
    ({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION || kind === Kind.OBJECT_TYPE_EXTENSION,
  ) as (ObjectTypeDefinitionNode | ObjectTypeExtensionNode)[];
  for (const { name, directives, fields = [] } of types) {
    found.set(name.value, { promises: promises(directives), demands: demands(directives) });
    for (const field of fields) {
      found.set(`${name.value}.${field.name.value}`, {
        promises: promises(field.directives),
        demands: demands(field.directives),
      });
    }
  }
  return found;
}

const promises = (directives: readonly ConstDirectiveNode[] = []): string[] =>
  directives.filter(({ name }) => name.value === 'key' || name.value === 'shareable').map((node) => print(node));

const demands = (directives: readonly ConstDirectiveNode[] = []): string =>
  directives
    .filter(({ name }) => name.value === 'requiresScopes' || name.value === 'authenticated')
    .map((node) => print(node))
    .join(' ');
