import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { CrmError } from '../crm/errors.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';
import { checkRepresentations } from './limits.ts';

/** Root fields that show nothing of any customer. */
const OPEN = new Set(['vendors', 'accounts', 'account', '_service']);
/** Root fields that only the supergraph's router may ask: they show the whole schema, and records in bulk. */
const FOR_ROUTERS = new Set(['_service', '_entities']);

/** Puts the rules of who may ask what in front of every root field, federation's own included. */
export function guardRootFields(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (parent, args, context: Context, info) => {
      if (FOR_ROUTERS.has(name) && !context.isRouter) {
        throw new CrmError('FORBIDDEN', {
          message: `"${name}" is for the supergraph's router; it must send its own credential.`,
        });
      }
      if (!OPEN.has(name) && !context.caller.scopes.has('customers:read')) {
        throw new CrmError('FORBIDDEN', {
          message: `"${name}" needs the scope customers:read; ask for a credential that has it.`,
        });
      }
      return name === '_entities'
        ? entities(args.representations, (representation) =>
            resolve(parent, { representations: [representation] }, context, info),
          )
        : resolve(parent, args, context, info);
    };
  }
  for (const [name, field] of Object.entries(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    const scope = name === 'customerDelete' ? 'customers:delete' : 'customers:write';
    field.resolve = (parent, args, context: Context, info) => {
      if (context.caller.scopes.has(scope)) return resolve(parent, args, context, info);
      throw new CrmError('FORBIDDEN', {
        message: `"${name}" needs the scope ${scope}; ask for a credential that has it.`,
      });
    };
  }
  return schema;
}

const ENTITIES = new Set(['Customer', 'Tag', 'Segment']);

/** Each reference at its own place: one of a type that is no entity here spoils no other. */
function entities(
  representations: readonly { readonly __typename?: unknown }[],
  resolve: (one: unknown) => unknown,
): unknown[] {
  checkRepresentations(representations);
  return representations.map((representation) => {
    if (typeof representation?.__typename === 'string' && ENTITIES.has(representation.__typename)) {
      return Promise.resolve(resolve(representation)).then((answer) => (Array.isArray(answer) ? answer[0] : answer));
    }
    return Promise.reject(
      badInput('representations', `"representations" must name Customer, Tag or Segment as "__typename"; correct it.`),
    );
  });
}
