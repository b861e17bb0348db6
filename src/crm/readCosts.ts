/**
 * What an adapter's reads cost, where a call of a method is more than one request or a list brings more than its rows.
 * Upper bounds are computed from it before anything is asked; it holds under the contract's assumptions.
 */
export interface ReadCosts {
  /** Requests at most, for each spelling that is tried; 1 unless given. */
  readonly customerByEmail?: number;
  readonly customerByPhone?: number;
  /** Requests at most for all tags of an operation together; 1 unless given. */
  readonly tagsByIds?: number;
  /** Rows that a page of the vendor's holds at most; 100 unless given. */
  readonly pageSizes?: {
    readonly customerList?: number;
    readonly tagList?: number;
    readonly segmentList?: number;
    readonly eventList?: number;
    readonly customerEvents?: number;
  };
  /** A listed segment comes with its members. */
  readonly listedSegmentsAreWhole?: true;
  /** A customer's segments come with their titles. */
  readonly customersNameSegments?: true;
}
