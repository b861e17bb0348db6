import type { Scope } from '../crm/caller.ts';

// Who may ask what: the one table behind the directives that routers read and the checks that are made here.

/** Root fields that show nothing of any customer; a caller need only be known. */
const OPEN: ReadonlySet<string> = new Set(['vendors', 'accounts', 'account']);

/**
 * Fields of an entity that a reference answers by itself. They stay open: a scope on a key stops joins without hiding
 * anything, because who refers to a record knows its key.
 */
const KEYS: ReadonlySet<string> = new Set(['id', 'accountId', 'vendorId', 'account']);

/** Fields of `Customer` about the read and not about the customer. Who may not read gets no read to tell of. */
const ABOUT_THE_READ: ReadonlySet<string> = new Set(['completeness', 'unreadableFields', 'fetchedAt', 'freshness']);

/** Entities, by the names of `schema/`: other subgraphs reach them past our root fields. */
export const ENTITIES: readonly string[] = ['Customer', 'Tag', 'Segment'];

/** Types with fields that need something, by the names of `schema/`; everything else is reached through these only. */
export const GUARDED_TYPES: readonly string[] = ['Query', 'Mutation', ...ENTITIES];

const READ: readonly Scope[] = ['customers:read'];
const READ_RAW: readonly Scope[] = ['customers:read', 'vendor-data:read'];
const WRITE: readonly Scope[] = ['customers:write'];
const DELETE: readonly Scope[] = ['customers:delete'];

/**
 * The scopes a field needs, all of them; none: its caller must be known; undefined: open to whoever reached the object.
 * A field that nobody thought of is closed.
 */
export function scopesFor(typeName: string, fieldName: string): readonly Scope[] | undefined {
  if (typeName === 'Query') return OPEN.has(fieldName) ? [] : READ;
  if (typeName === 'Mutation') return fieldName === 'customerDelete' ? DELETE : WRITE;
  if (!ENTITIES.includes(typeName) || KEYS.has(fieldName)) return undefined;
  if (typeName === 'Customer' && ABOUT_THE_READ.has(fieldName)) return undefined;
  return typeName === 'Customer' && fieldName === 'vendorData' ? READ_RAW : READ;
}
