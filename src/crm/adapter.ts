import type { CrmAgent } from './agent.ts';
import type { Call } from './call.ts';
import type { Address, Customer, CustomerField, IdentityDocumentType } from './customer.ts';
import type { CustomerEvent } from './customerEvent.ts';
import type { CustomerInput, CustomerTarget, EventInput, TagRef } from './customerInput.ts';
import type { CustomerWrites, WrittenCustomer, WrittenEvent, WrittenTag } from './customerWrites.ts';
import type { CustomFieldDefinition } from './customField.ts';
import type { Page, PageRequest } from './page.ts';
import type { ReadCosts } from './readCosts.ts';
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
  /** What reads cost where that is not one request; for bounds made before anything is asked. */
  readonly costs?: ReadCosts;
  /** What this vendor's writes take and demand; present for exactly the kinds that have a method below. */
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

  // Writes. They are handed what `customerWrites` allows, and send every request that changes something exactly once.
  // They throw before the first request for input that the vendor would refuse or drop, with the field in `facts.field`
  // (`customFields.0`), NOT_FOUND for a record that does not exist, and OUTCOME_UNKNOWN where nobody can say.

  customerCreate?(input: CustomerInput, call: Call): Promise<WrittenCustomer>;
  /** Changes what the input names and nothing else. */
  customerUpdate?(target: CustomerTarget, input: CustomerInput, call: Call): Promise<WrittenCustomer>;
  /** Creates, or updates the customer that e-mail or phone lead to; CONFLICT with `candidates` where they lead to several. */
  customerUpsert?(input: CustomerInput, call: Call): Promise<WrittenCustomer>;
  customerDelete?(id: string, call: Call): Promise<void>;

  /** Unknown names become tags where the vendor's tags come into being that way. */
  customerTagsAdd?(target: CustomerTarget, tags: readonly TagRef[], call: Call): Promise<WrittenCustomer>;
  customerTagsRemove?(target: CustomerTarget, tags: readonly TagRef[], call: Call): Promise<WrittenCustomer>;
  /** Afterwards the customer carries these tags and no other. `before` is always given. */
  customerTagsReplace?(target: CustomerTarget, tags: readonly TagRef[], call: Call): Promise<WrittenCustomer>;

  /** UNCHANGED where there is one of that name. */
  tagCreate?(name: string, call: Call): Promise<WrittenTag>;
  tagByName?(name: string, call: Call): Promise<Tag | null>;

  segmentCreate?(title: string, call: Call): Promise<Segment>;
  /** The segment afterwards, with its members where the answer shows them. */
  segmentCustomersAdd?(segmentId: string, customerIds: readonly string[], call: Call): Promise<Segment>;
  segmentCustomersRemove?(segmentId: string, customerIds: readonly string[], call: Call): Promise<Segment>;

  customerEventRecord?(target: CustomerTarget, event: EventInput, call: Call): Promise<WrittenEvent>;
}
