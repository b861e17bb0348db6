import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { guardFields } from './access.ts';
import type { VendorModel } from './models.ts';
import { type Names, PLAIN_NAMES, prefixedNames, renamed, renamedResolvers } from './prefix.ts';
import { accountResolvers } from './resolvers/account.ts';
import { customerResolvers } from './resolvers/customer.ts';
import { customerEventResolvers } from './resolvers/customerEvent.ts';
import { customerWriteResolvers } from './resolvers/customerWrite.ts';
import { customFieldResolvers } from './resolvers/customField.ts';
import { scalars } from './resolvers/scalars.ts';
import { segmentResolvers } from './resolvers/segment.ts';
import { tagResolvers } from './resolvers/tag.ts';
import { writeResolvers } from './resolvers/write.ts';
import { withRouterDirectives } from './routerDirectives.ts';
import { withVendorTables } from './vendorTables.ts';

export interface Subgraph {
  readonly schema: GraphQLSchema;
  readonly names: Names;
}

/**
 * The executable subgraph out of the SDL in `schema/`, with what each vendor can do added to its descriptions and what
 * routers should know added as directives, and one file of resolvers per file of it.
 * @param prefix put before the names of our own types and root fields
 */
export function buildSubgraph(sdl: string, vendors: readonly VendorModel[], prefix: string | undefined): Subgraph {
  const document = parse(sdl);
  const names = prefix === undefined ? PLAIN_NAMES : prefixedNames(document, prefix);
  const schema = executable(withVendorTables(document, vendors), names);
  return { schema: guardFields(schema, names), names };
}

/** The SDL that is published: without the sentences about vendors, which change with every ability a vendor gains. */
export function publishedSchema(sdl: string, prefix?: string): GraphQLSchema {
  const document = parse(sdl);
  return executable(document, prefix === undefined ? PLAIN_NAMES : prefixedNames(document, prefix));
}

function executable(document: DocumentNode, names: Names): GraphQLSchema {
  const parts = [
    accountResolvers,
    customerResolvers,
    customerWriteResolvers,
    customerEventResolvers,
    customFieldResolvers,
    segmentResolvers,
    tagResolvers,
    writeResolvers,
  ];
  const resolvers = Object.assign({}, ...parts, scalars, {
    Query: Object.assign({}, ...parts.map((part) => ('Query' in part ? part.Query : {}))),
    Mutation: Object.assign({}, ...parts.map((part) => ('Mutation' in part ? part.Mutation : {}))),
  });
  const typeDefs = renamed(withRouterDirectives(document), names);
  // Renamed alike, they still fit each other.
  return buildSubgraphSchema([{ typeDefs, resolvers: renamedResolvers(resolvers, names) as typeof resolvers }]);
}
