import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { accountResolvers } from './resolvers/account.ts';
import { customerResolvers } from './resolvers/customer.ts';
import { customerEventResolvers } from './resolvers/customerEvent.ts';
import { customFieldResolvers } from './resolvers/customField.ts';
import { scalars } from './resolvers/scalars.ts';
import { segmentResolvers } from './resolvers/segment.ts';
import { tagResolvers } from './resolvers/tag.ts';

/** The executable subgraph out of the SDL in `schema/` and one file of resolvers per file of it. */
export function buildSchema(sdl: string): GraphQLSchema {
  const parts = [
    accountResolvers,
    customerResolvers,
    customerEventResolvers,
    customFieldResolvers,
    segmentResolvers,
    tagResolvers,
  ];
  const resolvers = Object.assign({}, ...parts, scalars, {
    Query: Object.assign({}, ...parts.map(({ Query }) => Query)),
  });
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
}
