import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { Scope } from '../crm/caller.ts';
import { CrmError } from '../crm/errors.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';
import { checkRepresentations } from './limits.ts';
import type { Names } from './prefix.ts';
import { ENTITIES, GUARDED_TYPES, scopesFor } from './scopes.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Puts the rules of who may ask what in front of every field that needs something, by the table that the schema's
 * directives show too: those act in a router only, and not in every one.
 */
export function guardFields(schema: GraphQLSchema, names: Names): GraphQLSchema {
  for (const typeName of GUARDED_TYPES) {
    const type = schema.getType(names.type(typeName));
    if (!isObjectType(type)) continue;
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    for (const [name, field] of Object.entries(type.getFields())) {
      const resolve: Resolver = field.resolve ?? defaultFieldResolver;
      if (name === '_service') field.resolve = forRouters(name, resolve);
      else if (name === '_entities') field.resolve = forRouters(name, guarded(name, [], entities(resolve, names)));
      else {
        const scopes = scopesFor(typeName, isRoot ? names.originalRootField(name) : name);
        if (scopes !== undefined) field.resolve = guarded(name, scopes, resolve);
      }
    }
  }
  return schema;
}

/** Only the supergraph's router may ask: it shows the whole schema, or records in bulk. */
const forRouters =
  (name: string, resolve: Resolver): Resolver =>
  (parent, args, context, info) => {
    if (context.isRouter) return resolve(parent, args, context, info);
    throw new CrmError('FORBIDDEN', {
      message: `"${name}" is for the supergraph's router; it must send its own credential.`,
    });
  };

/** What stands in front of a resolver: where it is known that a caller passes all guards, nobody need ask at each field. */
export interface Guard {
  /** All of them are needed; none: the caller must be known. */
  readonly scopes: readonly Scope[];
  readonly resolve: Resolver;
}

const guards = new WeakMap<Resolver, Guard>();

export const guardOf = (resolve: Resolver): Guard | undefined => guards.get(resolve);

/** Whether the caller passes. */
export const passes = ({ caller }: Context, scopes: Iterable<Scope>): boolean => {
  if (caller.isAnonymous === true) return false;
  for (const scope of scopes) if (!caller.scopes.has(scope)) return false;
  return true;
};

function guarded(name: string, scopes: readonly Scope[], resolve: Resolver): Resolver {
  const guard: Resolver = (parent, args, context, info) => {
    if (context.caller.isAnonymous === true) throw new CrmError('UNAUTHENTICATED');
    for (const scope of scopes) {
      if (context.caller.scopes.has(scope)) continue;
      throw new CrmError('FORBIDDEN', {
        message: `"${name}" needs the scope ${scope}; ask for a credential that has it.`,
      });
    }
    return resolve(parent, args, context, info);
  };
  guards.set(guard, { scopes, resolve });
  return guard;
}

/** Each reference at its own place: one of a type that is no entity here spoils no other. */
function entities(resolve: Resolver, names: Names): Resolver {
  const types = ENTITIES.map((name) => names.type(name));
  return (parent, { representations }, context, info) => {
    checkRepresentations(representations);
    return representations.map((representation: { readonly __typename?: unknown } | null) => {
      if (types.some((type) => type === representation?.__typename)) {
        return Promise.resolve(resolve(parent, { representations: [representation] }, context, info)).then((answer) =>
          Array.isArray(answer) ? answer[0] : answer,
        );
      }
      return Promise.reject(
        badInput('representations', `"representations" must name ${types.join(', ')} as "__typename"; correct it.`),
      );
    });
  };
}
