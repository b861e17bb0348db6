// What each field can cost in calls to the CRMs, as far as that can be said without knowing the accounts: the one table
// behind the directives that routers read and the limit on records. What an operation costs a caller with its own accounts
// is counted in `predict.ts`. Plain data, by the names of `schema/`.

/** Calls to the CRMs that a field makes at most, retries apart. */
export interface CallCost {
  /** Calls at most, each time. */
  readonly calls: number;
  /**
   * How often: `ACCOUNT` once for each account that is asked, `RECORD` once for each distinct record it stands on,
   * `OPERATION` once per account however many records of the operation have the field.
   */
  readonly per: 'ACCOUNT' | 'RECORD' | 'OPERATION';
  /** Set for lists that are read page by page: `calls` is for this many records, and more of them cost as many times more. */
  readonly recordsPerCall?: number;
}

/** Records asked for where `first` is left out. */
export const DEFAULT_PAGE = 20;
/** Records asked for at most. */
export const LARGEST_PAGE = 100;
/** How many entries a short list without paging (tags, addresses, ...) is taken for. */
export const SHORT_LIST = 10;

/** No CRM that lists page by page has smaller pages, so one call brings this many records where there are so many. */
const SMALLEST_PAGE = 20;
const PAGED = { calls: 1, per: 'ACCOUNT', recordsPerCall: SMALLEST_PAGE } as const;
const EACH: CallCost = { calls: 1, per: 'RECORD' };
/** Reads before it, tags and definitions looked up, the write, and reads after it. */
const A_WRITE: CallCost = { calls: 10, per: 'ACCOUNT' };

/** Fields that can cost calls; every field that is not here costs none. */
const COSTS = {
  'Query.customer': EACH,
  'Query.tag': EACH,
  'Query.segment': EACH,
  'Query.crmNode': EACH,
  'Query.crmNodes': EACH,
  // Some CRMs compare phones as they are stored and are asked in up to three spellings.
  'Query.customerLookup': { calls: 3, per: 'ACCOUNT' },
  'Query.customers': PAGED,
  'Query.customerEvents': PAGED,
  'Query.tags': PAGED,
  'Query.segments': PAGED,
  // Given whole, whatever the page.
  'Query.customFieldDefinitions': { calls: 1, per: 'ACCOUNT' },
  'Query.agents': { calls: 1, per: 'ACCOUNT' },

  // Only where the CRM keeps them apart.
  'Customer.addresses': EACH,
  'Customer.owner': { calls: 1, per: 'OPERATION' },
  'Customer.events': { calls: 1, per: 'RECORD', recordsPerCall: SMALLEST_PAGE },
  'CustomerEvent.customer': EACH,
  // Where the CRM shows only ids on customers its tags are walked once; a CRM may have more tags than one call brings.
  'Tag.name': { calls: 1, per: 'OPERATION' },
  'Tag.createdAt': { calls: 1, per: 'OPERATION' },
  'Tag.updatedAt': { calls: 1, per: 'OPERATION' },
  'Tag.fetchedAt': { calls: 1, per: 'OPERATION' },
  'Tag.freshness': { calls: 1, per: 'OPERATION' },
  // A CRM sends a segment whole; all fields of one segment share the call.
  'Segment.title': EACH,
  'Segment.fetchedAt': EACH,
  'Segment.freshness': EACH,
  'Segment.customers': EACH,

  'Mutation.customerCreate': A_WRITE,
  'Mutation.customerUpdate': A_WRITE,
  'Mutation.customerUpsert': A_WRITE,
  'Mutation.customersUpsert': { calls: 1_000, per: 'ACCOUNT' },
  'Mutation.customerDelete': A_WRITE,
  'Mutation.customerTagsAdd': A_WRITE,
  'Mutation.customerTagsRemove': A_WRITE,
  'Mutation.customerTagsReplace': A_WRITE,
  'Mutation.customerCustomFieldsSet': A_WRITE,
  'Mutation.customerEventRecord': A_WRITE,
  'Mutation.tagCreate': A_WRITE,
  'Mutation.segmentCreate': A_WRITE,
  'Mutation.segmentCustomersAdd': A_WRITE,
  'Mutation.segmentCustomersRemove': A_WRITE,
} satisfies Readonly<Record<string, CallCost>>;

/** A field that can cost calls, as `Type.field`. */
export type CostlyField = keyof typeof COSTS;
export const CALL_COSTS: Readonly<Record<string, CallCost>> = COSTS;

/** What it costs to follow a reference to an entity: a read, many of one account in one call where the CRM can. */
export const REFERENCE_COST: CallCost = EACH;

/** Lists that are not as short as `SHORT_LIST`, by field. */
const LENGTHS: Readonly<Record<string, number>> = {
  // At most; where the ids are known these are counted.
  'Query.crmNodes': LARGEST_PAGE,
  'CustomersUpsertPayload.results': LARGEST_PAGE,
};

/** How many entries a list without paging is taken for. */
export const assumedLength = (typeName: string, fieldName: string): number =>
  LENGTHS[`${typeName}.${fieldName}`] ?? SHORT_LIST;

/**
 * A field's weight for a router, which multiplies it by the lists around it: calls per account with the default page.
 * What is paid once for a whole operation would be multiplied too, and is left out.
 */
export function weightOf(typeName: string, fieldName: string): number {
  const cost = CALL_COSTS[`${typeName}.${fieldName}`];
  if (cost === undefined || cost.per === 'OPERATION') return 0;
  return cost.calls * Math.ceil(DEFAULT_PAGE / (cost.recordsPerCall ?? DEFAULT_PAGE));
}
