import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { guardRootFields } from './access.ts';
import type { VendorModel } from './models.ts';
import { accountResolvers } from './resolvers/account.ts';
import { customerResolvers } from './resolvers/customer.ts';
import { customerEventResolvers } from './resolvers/customerEvent.ts';
import { customerWriteResolvers } from './resolvers/customerWrite.ts';
import { customFieldResolvers } from './resolvers/customField.ts';
import { scalars } from './resolvers/scalars.ts';
import { segmentResolvers } from './resolvers/segment.ts';
import { tagResolvers } from './resolvers/tag.ts';
import { writeResolvers } from './resolvers/write.ts';
import { withVendorTables } from './vendorTables.ts';

/**
 * The executable subgraph out of the SDL in `schema/`, with what each vendor can do added to its descriptions, and one
 * file of resolvers per file of it.
 */
export function buildSchema(sdl: string, vendors: readonly VendorModel[]): GraphQLSchema {
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
  return guardRootFields(buildSubgraphSchema([{ typeDefs: withVendorTables(parse(sdl), vendors), resolvers }]));
}
