import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plugin as typesOf } from '@graphql-codegen/typescript';
import { buildSchema, introspectionFromSchema, parse, print, printSchema, visit } from 'graphql';
import { readSchema } from '../../src/app.ts';
import { publishedSchema } from '../../src/graphql/schema.ts';
import { currentSdl } from './published.ts';

// What is published for those who use the graph, each file made of the one before. The subgraph's SDL is for routers and
// registries; the others are for clients, without federation's machinery.

const FOLDER = join(import.meta.dirname, '..', '..', 'schema', 'published');

export type Artefact = 'subgraph.graphql' | 'schema.graphql' | 'introspection.json' | 'types.d.ts';

/** All published files as they ought to be, by name. */
export async function currentArtefacts(): Promise<Readonly<Record<Artefact, string>>> {
  const sdl = clientSdl();
  const schema = buildSchema(sdl);
  return {
    'subgraph.graphql': currentSdl(),
    'schema.graphql': sdl,
    'introspection.json': `${JSON.stringify(introspectionFromSchema(schema, { schemaDescription: false }), null, 1)}\n`,
    'types.d.ts': await typeScript(sdl),
  };
}

export const pathOf = (artefact: Artefact): string => join(FOLDER, artefact);

/** The file as it was published last. */
export const publishedArtefact = (artefact: Artefact): string => readFileSync(pathOf(artefact), 'utf8');

/** What clients may ask: no router's fields, no directives but those of GraphQL itself. */
function clientSdl(): string {
  const isOurs = (name: string) => !name.startsWith('_') && !name.includes('__');
  const ours = (node: { readonly name: { readonly value: string } }) => (isOurs(node.name.value) ? undefined : null);
  const plain = visit(parse(printSchema(publishedSchema(readSchema()))), {
    DirectiveDefinition: () => null,
    FieldDefinition: ours,
    ScalarTypeDefinition: ours,
    EnumTypeDefinition: ours,
    ObjectTypeDefinition: ours,
    UnionTypeDefinition: ours,
  });
  return `${print(plain)}\n`;
}

const TYPES_HEAD = `// The types of schema.graphql for TypeScript. For the types of single operations, generate them from that file.
`;

async function typeScript(sdl: string): Promise<string> {
  const output = await typesOf(buildSchema(sdl), [], {
    enumsAsTypes: true,
    immutableTypes: true,
    useTypeImports: true,
    scalars: { Date: 'string', DateTime: 'string', DateOrDateTime: 'string', Decimal: 'string', JSON: 'unknown' },
  });
  const { prepend = [], content } = typeof output === 'string' ? { content: output } : output;
  return `${[TYPES_HEAD, ...prepend, content].join('\n').trim()}\n`;
}
