import type { CrmAgent } from './agent.ts';
import type { Call } from './call.ts';
import type { Address, Customer, CustomerField, IdentityDocumentType } from './customer.ts';
import type { CustomerEvent } from './customerEvent.ts';
import type { CustomerWrites } from './customerWrites.ts';
import type { CustomFieldDefinition } from './customField.ts';
import type { Page, PageRequest } from './page.ts';
import type { Segment } from './segment.ts';
import type { Tag } from './tag.ts';

/** Which customers a list is to hold; all given conditions must hold. Ids are vendor ids of the same account. */
export interface CustomerFilter {
  readonly ids?: readonly string[];
  /** Substring of name, e-mail or phone, whatever the vendor searches. */
  readonly text?: string;
  /** Any of these tags. */
  readonly tags?: readonly string[];
  readonly segment?: string;
  readonly segmentExclude?: string;
  /** Holders of this coupon. */
  readonly coupon?: string;
  readonly couponExclude?: string;
  /** First and last day of creation, `YYYY-MM-DD`, both included. */
  readonly createdFrom?: string;
  readonly createdTo?: string;
  readonly identityDocumentType?: IdentityDocumentType;
  readonly identityDocumentNumber?: string;
  readonly platform?: 'WHATSAPP' | 'MESSENGER' | 'INSTAGRAM';
}

export interface EventFilter {
  readonly email?: string;
  /** ISO 8601 instants, both included. */
  readonly createdAfter?: string;
  readonly createdBefore?: string;
}

/**
 * What one account at one vendor can be asked, in our words. All methods are optional: a missing method is the
 * statement "this CRM cannot", and capabilities, refusals and documentation are derived from it.
 *
 * A method answers null for "there is no such record" and throws a `CrmError` for "could not ask".
 */
export interface Adapter {
  /** Present where the vendor gives no id: the vendor id is then an e-mail or phone and is never shown readable. */
  readonly naturalKeys?: true;
  /** The customer fields this vendor's richest read carries; empty without a read. */
  readonly readableFields: ReadonlySet<CustomerField>;
  /** The fields this vendor's writes take and demand; a missing kind of write is one it does not have. */
  readonly customerWrites?: CustomerWrites;

  customerById?(id: string, call: Call): Promise<Customer | null>;
  /** Any order; ids without a record are left out. At most `customersByIdsLimit` ids. */
  customersByIds?(ids: readonly string[], call: Call): Promise<readonly Customer[]>;
  readonly customersByIdsLimit?: number;
  customerByEmail?(email: string, call: Call): Promise<Customer | null>;
  customerByPhone?(phone: string, call: Call): Promise<Customer | null>;

  customerList?(filter: CustomerFilter, page: PageRequest, call: Call): Promise<Page<Customer>>;
  /** The conditions `customerList` honours; it is never called with another. */
  readonly customerFilters?: readonly (keyof CustomerFilter)[];

  customerAddresses?(customerId: string, call: Call): Promise<readonly Address[] | null>;

  /** The whole tag where its id says it all; costs no vendor call. */
  tagFromId?(id: string): Tag;
  /** Any order; ids without a tag are left out. */
  tagsByIds?(ids: readonly string[], call: Call): Promise<readonly Tag[]>;
  tagList?(page: PageRequest, call: Call): Promise<Page<Tag>>;

  segmentById?(id: string, call: Call): Promise<Segment | null>;
  segmentList?(page: PageRequest, call: Call): Promise<Page<Segment>>;

  customFieldDefinitions?(call: Call): Promise<readonly CustomFieldDefinition[]>;

  /** Newest first. Null where there is no such customer. */
  customerEvents?(customerId: string, page: PageRequest, call: Call): Promise<Page<CustomerEvent> | null>;
  eventList?(filter: EventFilter, page: PageRequest, call: Call): Promise<Page<CustomerEvent>>;
  readonly eventFilters?: readonly (keyof EventFilter)[];

  /** The whole team, in one page. */
  agentList?(call: Call): Promise<Page<CrmAgent>>;
}
