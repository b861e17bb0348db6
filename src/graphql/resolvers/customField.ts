import { displayValue } from '../../crm/customField.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers } from '../generated.ts';
import { accountOf } from '../keys.ts';
import { wholeList } from './account.ts';
import { connection } from './connection.ts';

const TYPES = {
  TEXT: 'TextCustomField',
  NUMBER: 'NumberCustomField',
  BOOLEAN: 'BooleanCustomField',
  DATE: 'DateCustomField',
  LIST: 'ListCustomField',
} as const;

export const customFieldResolvers: Pick<
  Resolvers,
  | 'CustomField'
  | 'TextCustomField'
  | 'NumberCustomField'
  | 'BooleanCustomField'
  | 'DateCustomField'
  | 'ListCustomField'
  | 'CustomFieldDefinition'
  | 'CustomFieldDefinitionConnection'
> & { Query: Pick<NonNullable<Resolvers['Query']>, 'customFieldDefinitions'> } = {
  Query: {
    customFieldDefinitions: (_, { first, after, accounts }, context) =>
      fanOut(context, {
        first,
        after,
        accounts,
        list: 'customFieldDefinitions',
        part: ({ adapter: { customFieldDefinitions } }) =>
          customFieldDefinitions === undefined
            ? 'UNSUPPORTED'
            : async (_page, call) => wholeList(await customFieldDefinitions(call)),
      }),
  },
  CustomField: { __resolveType: ({ shape }) => TYPES[shape] },
  TextCustomField: { displayValue },
  NumberCustomField: { displayValue },
  BooleanCustomField: { displayValue },
  DateCustomField: { displayValue },
  ListCustomField: { displayValue },
  CustomFieldDefinition: { account: (definition, _, context) => accountOf(context, definition) },
  CustomFieldDefinitionConnection: connection,
};
