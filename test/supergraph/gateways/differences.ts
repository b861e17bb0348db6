// Where gateways answer differently for reasons of their own. Each entry says why; whatever is not here fails the comparison.

type Comparable = { readonly data: unknown; readonly errors: readonly string[] };

/**
 * An answer without what says nothing about the subgraph: an operation that is refused before anything is asked has no
 * place, and the code for it is each gateway's own (none in the library, GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT in
 * the servers).
 */
export function leveled({ data, errors }: Comparable): Comparable {
  return {
    data,
    errors: errors.map((error) => error.replace(/^: (GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)?: /, ': ')),
  };
}

interface Excuse {
  readonly gateway: string;
  readonly operations: readonly string[];
  readonly place: RegExp;
  readonly expected: RegExp;
  readonly got: RegExp;
  readonly reason: string;
}

const EXCUSES: readonly Excuse[] = [
  {
    gateway: 'Apollo Gateway',
    operations: ['looked up by two keys at once'],
    place: /^\.(data|errors\.0)$/,
    expected: /null|must specify exactly one key/,
    got: /"customerLookup":null|INTERNAL_SERVER_ERROR: 400: Bad Request/,
    reason: 'it drops @oneOf from its schema and passes the operation on, which the subgraph then refuses as a whole',
  },
  {
    gateway: 'Apollo Gateway',
    operations: ['orders while a CRM is down', 'members while a CRM is down', 'orders with a malformed reference'],
    place: /^\.errors\.\d+$/,
    expected: /customer\.fullName: (VENDOR_UNAVAILABLE|BAD_USER_INPUT)/,
    got: /customer: (VENDOR_UNAVAILABLE|BAD_USER_INPUT)/,
    reason:
      "an entity's error is put at the entity, by the others at each field that was asked of it; the data is the same",
  },
  {
    gateway: 'Apollo Gateway',
    operations: ['a caller without scopes joins'],
    place: /^\.errors\.\d+$/,
    expected: /orders\.0\.customer\.fullName: FORBIDDEN/,
    got: /orders\.\d\.customer\.fullName: FORBIDDEN/,
    reason:
      'each error at its own place, as the subgraph sends it; the others put the errors of one field of several entities at the first; the data is the same',
  },
  {
    gateway: 'Apollo Gateway',
    operations: ['nobody asks for joins'],
    place: /^\.errors\.\d+$/,
    expected: /orders\.\d\.customer\.fullName: UNAUTHENTICATED/,
    got: /orders\.@\.customer\._entities: UNAUTHENTICATED|nothing/,
    reason:
      'a refusal of the whole request for entities is told once, by the others at each place; the data is the same',
  },
];

/** Why this difference is the gateway's own; undefined if it is not known to be. */
export function excused(
  gateway: string,
  operation: string,
  difference: { readonly place: string; readonly expected: string; readonly got: string },
): string | undefined {
  return EXCUSES.find(
    (excuse) =>
      excuse.gateway === gateway &&
      excuse.operations.includes(operation) &&
      excuse.place.test(difference.place) &&
      excuse.expected.test(difference.expected) &&
      excuse.got.test(difference.got),
  )?.reason;
}
