import type { GraphQLResolveInfo } from 'graphql';
import type { RecordType } from '../../crm/globalIds.ts';
import type { Context } from '../context.ts';
import { badInput } from '../errors.ts';
import { addressOf, decodeId, type NodeOf, recordAt } from '../keys.ts';

/** Resolves `customer(id)`, `tag(id)` and `segment(id)`: an id of another type is a mistake, an unknown one is null. */
export function node<Type extends RecordType>(type: Type) {
  // No promise of its own: operations ask for many nodes at once.
  return (
    _parent: unknown,
    { id }: { id: string },
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<NodeOf[Type] | null> | null => {
    const decoded = decodeId(context, 'id', id);
    if (decoded.type !== type)
      throw badInput('id', `"id" is the id of a ${decoded.type}, not of a ${type}; ask with the field for that type.`);
    const address = addressOf(context, decoded.account, decoded.vendorId);
    return address === undefined ? null : recordAt(context, type, address, info);
  };
}

/** A representation that another subgraph holds: the global id, or account and vendor id. */
interface Reference {
  readonly id?: unknown;
  readonly accountId?: unknown;
  readonly vendorId?: unknown;
}

/** Resolves a federated reference: null for "no such record", an error at its own place for "could not ask". */
export function reference<Type extends RecordType>(type: Type) {
  const byId = node(type);
  return async (
    representation: Reference,
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<NodeOf[Type] | null> => {
    const { id, accountId, vendorId } = representation;
    if (typeof id === 'string') return byId(undefined, { id }, context, info);
    if (typeof accountId !== 'string' || typeof vendorId !== 'string') {
      throw badInput(
        'representations',
        `A ${type} is referred to by "id", or by "accountId" and "vendorId"; send one of them as text.`,
      );
    }
    const address = vendorId === '' ? undefined : addressOf(context, accountId, vendorId);
    return address === undefined ? null : recordAt(context, type, address, info);
  };
}
