import type { Json } from '../crm/json.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { VendorModel, CustomerModel, NodeModel, TextField, NumberField, BooleanField, DateField, ListField, SourceModel, PageInfoModel, ConnectionModel, EdgeModel } from './models.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type { Health } from '../crm/account.ts';
import type { CrmAgent as CrmAgentModel } from '../crm/agent.ts';
import type { Tag as TagModel } from '../crm/tag.ts';
import type { Segment as SegmentModel } from '../crm/segment.ts';
import type { CustomFieldValue, CustomFieldDefinition as DefinitionModel } from '../crm/customField.ts';
import type { CustomerEvent as CustomerEventModel } from '../crm/customerEvent.ts';
import type { WriteModel, BatchModel, BatchResultModel } from './writing.ts';
import type { UserErrorModel } from './resolvers/write.ts';
import type { ReceiptEntry as ReceiptEntryModel } from '../crm/writer.ts';
import type { LoggedRequest } from '../crm/requests.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar day, `2026-11-21`. */
  Date: { input: string; output: string; }
  /**
   * A `Date` where the CRM keeps only the day, a `DateTime` where it keeps the instant: never more precise than the CRM is.
   * Both can be given to `new Date(...)`.
   */
  DateOrDateTime: { input: string; output: string; }
  /** An instant in UTC, ISO 8601 with milliseconds: `2026-11-21T08:30:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** A decimal number as text, `"1290.50"`, so that no digit is lost on the way. */
  Decimal: { input: string; output: string; }
  /** Any JSON value. */
  JSON: { input: Json; output: Json; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** How an account has been doing since this service started. */
export type AccountHealth = {
  readonly __typename?: 'AccountHealth';
  /** Whether it is asked at all after failures. */
  readonly breaker: BreakerState;
  /** Requests to the CRM under way. */
  readonly inFlight: Scalars['Int']['output'];
  /** How it last failed; null if it never did. */
  readonly lastErrorCode?: Maybe<ErrorCode>;
  /** When it last failed; null if it never did. */
  readonly lastFailureAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the CRM last gave a proper answer; null if it never did. */
  readonly lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** Requests that wait for their turn on our side. */
  readonly queued: Scalars['Int']['output'];
  /** Requests that may start within the next second; null where no quota is set. */
  readonly quotaLeft?: Maybe<Scalars['Int']['output']>;
};

/** Campaign a customer came through. */
export type Attribution = {
  readonly __typename?: 'Attribution';
  /** Which version was shown (utm_content). */
  readonly campaignContent?: Maybe<Scalars['String']['output']>;
  /** How it ran (utm_medium). */
  readonly campaignMedium?: Maybe<Scalars['String']['output']>;
  /** Campaign. */
  readonly campaignName?: Maybe<Scalars['String']['output']>;
  /** Where the campaign ran (utm_source). */
  readonly campaignSource?: Maybe<Scalars['String']['output']>;
  /** Words it was found by (utm_term). */
  readonly campaignTerm?: Maybe<Scalars['String']['output']>;
  /** Kind of source. */
  readonly sourceName?: Maybe<Scalars['String']['output']>;
};

/** Yes or no. */
export type BooleanCustomField = CustomField & {
  readonly __typename?: 'BooleanCustomField';
  /** The value; null where the field is empty. */
  readonly boolean?: Maybe<Scalars['Boolean']['output']>;
  /** The field's definition; null where the CRM does not tell one, or has none any more. */
  readonly definition?: Maybe<CustomFieldDefinition>;
  /** The value as text for people; null where the field is empty. */
  readonly displayValue?: Maybe<Scalars['String']['output']>;
  /** Name of the field, as writes take it. */
  readonly name: Scalars['String']['output'];
};

/** Whether an account is asked at all after failures. */
export type BreakerState =
  /** Asked as usual. */
  | 'CLOSED'
  /** Being tried again: one request at a time, until two in a row are answered. */
  | 'HALF_OPEN'
  /** Failed five times in a row, or half of the last twenty: not asked for 5 seconds, growing to a minute. */
  | 'OPEN';

/** One thing an account can do, read off the code that does it. */
export type Capability =
  /** List the team's members. */
  | 'AGENT_LIST'
  /** Read a customer's addresses. */
  | 'CUSTOMER_ADDRESSES_READ'
  /** Make a customer, and be refused where there is one. */
  | 'CUSTOMER_CREATE'
  /** Read a customer's custom fields. */
  | 'CUSTOMER_CUSTOM_FIELDS_READ'
  /** Set custom fields of a customer. */
  | 'CUSTOMER_CUSTOM_FIELDS_SET'
  /** Delete a customer. */
  | 'CUSTOMER_DELETE'
  /** Read what happened to one customer. */
  | 'CUSTOMER_EVENTS_READ'
  /** Record an event of a customer. */
  | 'CUSTOMER_EVENT_RECORD'
  /** List customers, page by page. */
  | 'CUSTOMER_LIST'
  /** Find a customer by e-mail. */
  | 'CUSTOMER_LOOKUP_EMAIL'
  /** Find a customer by phone. */
  | 'CUSTOMER_LOOKUP_PHONE'
  /** Read one customer by id. */
  | 'CUSTOMER_READ'
  /** Read many customers by id with one vendor call. */
  | 'CUSTOMER_READ_MANY'
  /** Read the segments a customer is in. */
  | 'CUSTOMER_SEGMENTS_READ'
  /** Put tags on a customer. */
  | 'CUSTOMER_TAGS_ADD'
  /** Read the tags on a customer. */
  | 'CUSTOMER_TAGS_READ'
  /** Take tags off a customer. */
  | 'CUSTOMER_TAGS_REMOVE'
  /** Make a customer carry exactly these tags. */
  | 'CUSTOMER_TAGS_REPLACE'
  /** Change a customer. */
  | 'CUSTOMER_UPDATE'
  /** Make a customer, or change the one there is. */
  | 'CUSTOMER_UPSERT'
  /** List the custom fields that exist. */
  | 'CUSTOM_FIELD_DEFINITION_LIST'
  /** List events over all customers. */
  | 'EVENT_LIST'
  /** Make a segment. */
  | 'SEGMENT_CREATE'
  /** Put customers into a segment. */
  | 'SEGMENT_CUSTOMERS_ADD'
  /** Take customers out of a segment. */
  | 'SEGMENT_CUSTOMERS_REMOVE'
  /** List segments. */
  | 'SEGMENT_LIST'
  /** Read one segment with its members. */
  | 'SEGMENT_READ'
  /** Make a tag by itself. */
  | 'TAG_CREATE'
  /** List the account's tags. */
  | 'TAG_LIST';

/** How much of what a CRM shows about customers was read. */
export type Completeness =
  /** Everything this CRM's reads ever show. */
  | 'FULL'
  /** The CRM has no read. Only the keys are known, and not whether the customer exists. */
  | 'KEYS_ONLY'
  /** The CRM shows more elsewhere: in the read of a single customer, or only in answers to writes. */
  | 'PARTIAL';

/** How far `totalCount` can be trusted. */
export type CountAccuracy =
  /** At least one account failed, cannot list or does not count, so there may be more. */
  | 'AT_LEAST'
  /** Every account that was asked counted its matches. */
  | 'EXACT'
  /** No account counts; `totalCount` is null. */
  | 'UNKNOWN';

/** One set of credentials at one CRM. Every record belongs to exactly one account. */
export type CrmAccount = {
  readonly __typename?: 'CrmAccount';
  /** What this account can be asked to do. Anything else is refused before a vendor call, naming the capability. */
  readonly capabilities: ReadonlyArray<Capability>;
  /** Which fields of a customer the CRM takes and demands, by kind of write: what a form needs to know. */
  readonly customerWrites: ReadonlyArray<CustomerWrite>;
  /** How the account has been doing since this service started. */
  readonly health: AccountHealth;
  /** Chosen by whoever connected it; stable. */
  readonly id: Scalars['ID']['output'];
  /** Name for people. */
  readonly label: Scalars['String']['output'];
  /** Home country (ISO 3166 alpha-2): phones without a country code are read by its rules. */
  readonly region: Scalars['String']['output'];
  /** Time zone (IANA) of time stamps that the CRM gives without one. */
  readonly timeZone: Scalars['String']['output'];
  /** The CRM product. */
  readonly vendor: CrmVendor;
};

/** A member of the company's team, as the CRM knows them. */
export type CrmAgent = {
  readonly __typename?: 'CrmAgent';
  /** The account the agent belongs to. */
  readonly account: CrmAccount;
  /** E-mail the agent signs in with. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Given name. */
  readonly firstName?: Maybe<Scalars['String']['output']>;
  /** Whether the agent may sign in; null where the CRM does not say. */
  readonly isActive?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the agent administers the account; null where the CRM does not say. */
  readonly isAdmin?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the agent serves customers; null where the CRM does not say. */
  readonly isAgent?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the agent supervises others; null where the CRM does not say. */
  readonly isSupervisor?: Maybe<Scalars['Boolean']['output']>;
  /** Family name. */
  readonly lastName?: Maybe<Scalars['String']['output']>;
  /** The CRM's own id. */
  readonly vendorId: Scalars['ID']['output'];
};

/** A page of agents (Relay). */
export type CrmAgentConnection = {
  readonly __typename?: 'CrmAgentConnection';
  /** Agents with their cursors. */
  readonly edges: ReadonlyArray<CrmAgentEdge>;
  /** The agents themselves, in the same order. */
  readonly nodes: ReadonlyArray<CrmAgent>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** What became of each account's part. */
  readonly sources: ReadonlyArray<Source>;
  /** Agents over all pages, as far as it is known. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /** How far `totalCount` can be trusted. */
  readonly totalCountAccuracy: CountAccuracy;
};

/** An agent and its place in the list. */
export type CrmAgentEdge = {
  readonly __typename?: 'CrmAgentEdge';
  /** Give it as `after` to continue behind this agent. */
  readonly cursor: Scalars['String']['output'];
  /** The agent. */
  readonly node: CrmAgent;
};

/** A record that belongs to one CRM account and can be fetched again by its id. */
export type CrmNode = {
  /** The account the record belongs to. */
  readonly account: CrmAccount;
  /** Id of the account the record belongs to. */
  readonly accountId: Scalars['ID']['output'];
  /** Opaque and stable. Do not take it apart. */
  readonly id: Scalars['ID']['output'];
  /** The CRM's own id; encrypted where the CRM has none and an e-mail or phone stands in. */
  readonly vendorId: Scalars['ID']['output'];
};

/** A CRM product. CRMs are data here, not types: a new one changes nothing in this schema. */
export type CrmVendor = {
  readonly __typename?: 'CrmVendor';
  /** Your accounts at this CRM. */
  readonly accounts: ReadonlyArray<CrmAccount>;
  /** What an account at this CRM can be asked to do. */
  readonly capabilities: ReadonlyArray<Capability>;
  /** Fields of `Customer` that this CRM's richest read fills; empty where it has no read. All other fields are always null. */
  readonly customerFields: ReadonlyArray<Scalars['String']['output']>;
  /** Short name in lower case; stable. */
  readonly key: Scalars['ID']['output'];
  /** Name for people. */
  readonly label: Scalars['String']['output'];
};

/**
 * A customer's value in a field that the company added to its CRM. One implementing type per kind of value, so that forms
 * get types: ask for `... on TextCustomField { text }` and so on.
 */
export type CustomField = {
  /** The field's definition; null where the CRM does not tell one, or has none any more. */
  readonly definition?: Maybe<CustomFieldDefinition>;
  /** The value as text for people; null where the field is empty. */
  readonly displayValue?: Maybe<Scalars['String']['output']>;
  /** Name of the field, as writes take it. */
  readonly name: Scalars['String']['output'];
};

/** A field that the company added to its CRM's customers. */
export type CustomFieldDefinition = {
  readonly __typename?: 'CustomFieldDefinition';
  /** The account the field belongs to. */
  readonly account: CrmAccount;
  /** Name of the field, as writes take it. */
  readonly name: Scalars['String']['output'];
  /** Kind of value. */
  readonly type: CustomFieldType;
  /** The CRM's own id; null where it has none. */
  readonly vendorId?: Maybe<Scalars['ID']['output']>;
};

/** A page of custom-field definitions (Relay). */
export type CustomFieldDefinitionConnection = {
  readonly __typename?: 'CustomFieldDefinitionConnection';
  /** Definitions with their cursors. */
  readonly edges: ReadonlyArray<CustomFieldDefinitionEdge>;
  /** The definitions themselves, in the same order. */
  readonly nodes: ReadonlyArray<CustomFieldDefinition>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** What became of each account's part. */
  readonly sources: ReadonlyArray<Source>;
  /** Definitions over all pages, as far as it is known. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /** How far `totalCount` can be trusted. */
  readonly totalCountAccuracy: CountAccuracy;
};

/** A custom-field definition and its place in the list. */
export type CustomFieldDefinitionEdge = {
  readonly __typename?: 'CustomFieldDefinitionEdge';
  /** Give it as `after` to continue behind this definition. */
  readonly cursor: Scalars['String']['output'];
  /** The definition. */
  readonly node: CustomFieldDefinition;
};

/** A value for a custom field: exactly one of the kinds; null clears the field where the CRM can. */
export type CustomFieldInput = {
  /** Yes or no. */
  readonly boolean?: InputMaybe<Scalars['Boolean']['input']>;
  /** A day or an instant. */
  readonly date?: InputMaybe<Scalars['DateOrDateTime']['input']>;
  /** Any number of texts, at most 100. */
  readonly list?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Name of the field, as `CustomField.name` has it; 1 to 256 characters. */
  readonly name: Scalars['String']['input'];
  /** A number. */
  readonly number?: InputMaybe<Scalars['Decimal']['input']>;
  /** A text. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** Kind of value a custom field holds. */
export type CustomFieldType =
  /** A number that the CRM counts up itself. */
  | 'AUTO_INCREMENT'
  /** Yes or no. */
  | 'BOOLEAN'
  /** Any of some options. */
  | 'CHECKBOXES'
  /** A day or an instant. */
  | 'DATE'
  /** One of some options. */
  | 'DROPDOWN'
  /** A list that grows. */
  | 'LIST'
  /** A number. */
  | 'NUMBER'
  /** One line of text. */
  | 'TEXT'
  /** Several lines of text. */
  | 'TEXT_AREA'
  /** The CRM does not say. */
  | 'UNKNOWN';

/**
 * A customer (contact, audience member) as one CRM account knows them. One person in three CRMs is three customers.
 * A field is null where it is empty, and also where this CRM's read does not carry it: `unreadableFields` tells which.
 */
export type Customer = CrmNode & {
  readonly __typename?: 'Customer';
  /** Whether the customer agreed to marketing. */
  readonly acceptsMarketing?: Maybe<Scalars['Boolean']['output']>;
  /** The account the customer belongs to. */
  readonly account: CrmAccount;
  /** Id of the account the customer belongs to. */
  readonly accountId: Scalars['ID']['output'];
  /** Postal addresses. Costs a vendor call of its own at CRMs that keep them apart. */
  readonly addresses?: Maybe<ReadonlyArray<PostalAddress>>;
  /** Campaign the customer came through. */
  readonly attribution?: Maybe<Attribution>;
  /** Address of a picture. */
  readonly avatarUrl?: Maybe<Scalars['String']['output']>;
  /** Day of birth. */
  readonly birthday?: Maybe<Scalars['Date']['output']>;
  /** Company the customer works for. */
  readonly company?: Maybe<Scalars['String']['output']>;
  /** How much of what the CRM shows about customers was read. */
  readonly completeness: Completeness;
  /** When the record was created. */
  readonly createdAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** Values of the fields the company added. */
  readonly customFields?: Maybe<ReadonlyArray<CustomField>>;
  /** E-mail; addresses that a CRM makes up for customers without one are not shown. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Whether the e-mail was verified. */
  readonly emailVerified?: Maybe<Scalars['Boolean']['output']>;
  /** What happened to the customer, newest first. Costs a vendor call per customer and page. */
  readonly events?: Maybe<CustomerEventConnection>;
  /** The company's own id for the customer, as stored in the CRM. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** When the CRM was asked; null for KEYS_ONLY. */
  readonly fetchedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Given name. */
  readonly firstName?: Maybe<Scalars['String']['output']>;
  /** How the record was come by; null for KEYS_ONLY. In the payload of a write: as the CRM showed it then. */
  readonly freshness?: Maybe<Freshness>;
  /** Full name as the CRM keeps it; given name and family name where it keeps only those. */
  readonly fullName?: Maybe<Scalars['String']['output']>;
  /** Gender, where the CRM keeps one. */
  readonly gender?: Maybe<Gender>;
  /** Opaque and stable; fetch the customer again with it. Do not take it apart. */
  readonly id: Scalars['ID']['output'];
  /** Document the customer is identified by. */
  readonly identityDocument?: Maybe<IdentityDocument>;
  /** Channels on which the customer has been in touch, in the CRM's own words. */
  readonly interactionChannels?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Whether the CRM marks the record as deleted. */
  readonly isDeleted?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the record was merged from others. */
  readonly isMerged?: Maybe<Scalars['Boolean']['output']>;
  /** Position there. */
  readonly jobTitle?: Maybe<Scalars['String']['output']>;
  /** What the customer is to the company. */
  readonly kind?: Maybe<CustomerKind>;
  /** Language, as the CRM spells it. */
  readonly language?: Maybe<Scalars['String']['output']>;
  /** When the customer was last in touch. */
  readonly lastInteractionAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** Family name. */
  readonly lastName?: Maybe<Scalars['String']['output']>;
  /** Points the company gives for interest. */
  readonly leadScore?: Maybe<Scalars['Float']['output']>;
  /** Membership level and points. */
  readonly membership?: Maybe<Membership>;
  /** The customer's identities on messaging platforms. */
  readonly messagingChannels?: Maybe<ReadonlyArray<MessagingChannel>>;
  /** Free text that the staff keeps. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** Orders and visits in figures. */
  readonly orderStatistics?: Maybe<OrderStatistics>;
  /** Agent in charge of the customer. Costs one vendor call per account for all owners together. */
  readonly owner?: Maybe<CrmAgent>;
  /** Phone as the CRM spells it. */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** The same phone in E.164 (`+84363000000`), read by the rules of the account's region; null if it can be no number. */
  readonly phoneE164?: Maybe<Scalars['String']['output']>;
  /** The customer's code for referring others. */
  readonly referralCode?: Maybe<Scalars['String']['output']>;
  /** Segments the customer is in. */
  readonly segments?: Maybe<ReadonlyArray<Segment>>;
  /** The customer's profiles on social networks. */
  readonly socialProfiles?: Maybe<ReadonlyArray<SocialProfile>>;
  /** Where the record came from, in the CRM's own words. */
  readonly source?: Maybe<Scalars['String']['output']>;
  /** State of the record in the CRM's own words. */
  readonly status?: Maybe<Scalars['String']['output']>;
  /** Labels on the customer. No further vendor call unless names are selected where the CRM shows only ids. */
  readonly tags?: Maybe<ReadonlyArray<Tag>>;
  /** Names of the fields of this type that this read does not carry: their null (or empty list of events) says nothing. */
  readonly unreadableFields: ReadonlyArray<Scalars['String']['output']>;
  /** When the record was last changed. */
  readonly updatedAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** The CRM's own JSON of this record, for what has no field here. Needs the scope `vendor-data:read`. */
  readonly vendorData?: Maybe<Scalars['JSON']['output']>;
  /** The CRM's own id; encrypted where the CRM has none and an e-mail or phone stands in. */
  readonly vendorId: Scalars['ID']['output'];
  /** Codes of vouchers the customer holds. */
  readonly vouchers?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Website. */
  readonly website?: Maybe<Scalars['String']['output']>;
  /** Whether the customer agreed to be written to on WhatsApp. */
  readonly whatsappOptIn?: Maybe<Scalars['Boolean']['output']>;
};


/**
 * A customer (contact, audience member) as one CRM account knows them. One person in three CRMs is three customers.
 * A field is null where it is empty, and also where this CRM's read does not carry it: `unreadableFields` tells which.
 */
export type CustomerEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of customers (Relay). */
export type CustomerConnection = {
  readonly __typename?: 'CustomerConnection';
  /** Customers with their cursors. */
  readonly edges: ReadonlyArray<CustomerEdge>;
  /** The customers themselves, in the same order. */
  readonly nodes: ReadonlyArray<Customer>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** What became of each account's part. */
  readonly sources: ReadonlyArray<Source>;
  /** Customers over all pages, as far as it is known. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /** How far `totalCount` can be trusted. */
  readonly totalCountAccuracy: CountAccuracy;
};

/** A new customer. */
export type CustomerCreateInput = {
  /** Id of the account to write to. */
  readonly accountId: Scalars['ID']['input'];
  /** What to store. */
  readonly customer: CustomerInput;
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of a new customer. */
export type CustomerCreatePayload = WritePayload & {
  readonly __typename?: 'CustomerCreatePayload';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Values for custom fields of a customer. */
export type CustomerCustomFieldsSetInput = {
  /** 1 to 100 values. */
  readonly customFields: ReadonlyArray<CustomFieldInput>;
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the customer. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Who the customer is, for CRMs that want to be told on every write (`customerWrites { identityFields }`). */
  readonly identity?: InputMaybe<CustomerIdentityInput>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of values for custom fields. */
export type CustomerCustomFieldsSetPayload = WritePayload & {
  readonly __typename?: 'CustomerCustomFieldsSetPayload';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A customer to delete. */
export type CustomerDeleteInput = {
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the customer. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a customer to delete. */
export type CustomerDeletePayload = WritePayload & {
  readonly __typename?: 'CustomerDeletePayload';
  /** Global id of the customer that is gone; null where it was not deleted. */
  readonly deletedCustomerId?: Maybe<Scalars['ID']['output']>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A customer and its place in the list. */
export type CustomerEdge = {
  readonly __typename?: 'CustomerEdge';
  /** Give it as `after` to continue behind this customer. */
  readonly cursor: Scalars['String']['output'];
  /** The customer. */
  readonly node: Customer;
};

/** Something that happened to a customer. A field that does not belong to the event's kind is null. */
export type CustomerEvent = {
  readonly __typename?: 'CustomerEvent';
  /** The account the event belongs to. */
  readonly account: CrmAccount;
  /** The CRM's id of the campaign an OUTBOUND_MESSAGE belongs to. */
  readonly campaignId?: Maybe<Scalars['ID']['output']>;
  /** Address of that campaign. */
  readonly campaignUrl?: Maybe<Scalars['String']['output']>;
  /** When the CRM stored it. */
  readonly createdAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** The customer, where the CRM links the event to one. Costs a vendor call only if more than keys is selected. */
  readonly customer?: Maybe<Customer>;
  /** When it was delivered. */
  readonly deliveredAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** Why an OUTBOUND_MESSAGE failed. */
  readonly errorMessage?: Maybe<Scalars['String']['output']>;
  /** Further fields of a CONTACT_FORM message. */
  readonly formFields?: Maybe<ReadonlyArray<FormField>>;
  /** What kind of event it is. */
  readonly kind: CustomerEventKind;
  /** When the customer was last in a chat. */
  readonly lastChatInteractionAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** Name of a NAMED event. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** When it happened, by the best evidence the CRM gives. */
  readonly occurredAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** What became of an OUTBOUND_MESSAGE, in the CRM's own words. */
  readonly outboundStatus?: Maybe<Scalars['String']['output']>;
  /** JSON text recorded with a NAMED event. */
  readonly payload?: Maybe<Scalars['String']['output']>;
  /** When it was read. */
  readonly readAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** E-mail that the sender of a CONTACT_FORM message gave. */
  readonly senderEmail?: Maybe<Scalars['String']['output']>;
  /** Name that the sender of a CONTACT_FORM message gave. */
  readonly senderName?: Maybe<Scalars['String']['output']>;
  /** Phone that the sender of a CONTACT_FORM message gave. */
  readonly senderPhone?: Maybe<Scalars['String']['output']>;
  /** When an OUTBOUND_MESSAGE was sent. */
  readonly sentAt?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** Text of the event, where the CRM has one. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** The CRM's own id of the event; null where it gives none. */
  readonly vendorId?: Maybe<Scalars['ID']['output']>;
};

/** A page of events (Relay). */
export type CustomerEventConnection = {
  readonly __typename?: 'CustomerEventConnection';
  /** Events with their cursors. */
  readonly edges: ReadonlyArray<CustomerEventEdge>;
  /** The events themselves, in the same order. */
  readonly nodes: ReadonlyArray<CustomerEvent>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** What became of each account's part. */
  readonly sources: ReadonlyArray<Source>;
  /** Events over all pages, as far as it is known. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /** How far `totalCount` can be trusted. */
  readonly totalCountAccuracy: CountAccuracy;
};

/** An event and its place in the list. */
export type CustomerEventEdge = {
  readonly __typename?: 'CustomerEventEdge';
  /** Give it as `after` to continue behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: CustomerEvent;
};

/** Which events a list is to hold; all given conditions must hold. An account that cannot honour one is UNSUPPORTED. */
export type CustomerEventFilter = {
  /** Stored at this instant or later. */
  readonly createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Stored at this instant or earlier. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** E-mail that the sender gave. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
};

/** Something that happened to a customer: with a `name` an event of your own, without one the fate of an outbound message. */
export type CustomerEventInput = {
  /** Campaign the message belongs to. */
  readonly campaignId?: InputMaybe<Scalars['ID']['input']>;
  /** Address of the campaign. */
  readonly campaignUrl?: InputMaybe<Scalars['String']['input']>;
  /** When it was delivered. */
  readonly deliveredAt?: InputMaybe<Scalars['DateOrDateTime']['input']>;
  /** Why the message failed. */
  readonly errorMessage?: InputMaybe<Scalars['String']['input']>;
  /** When the customer last wrote in the chat. */
  readonly lastChatInteractionAt?: InputMaybe<Scalars['DateOrDateTime']['input']>;
  /** Name of your own for what happened; 1 to 256 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** When it happened. */
  readonly occurredAt?: InputMaybe<Scalars['DateOrDateTime']['input']>;
  /** Fate of the message, in the CRM's own words, for example `sent` or `error`. */
  readonly outboundStatus?: InputMaybe<Scalars['String']['input']>;
  /** JSON text that belongs to it, at most 10,000 characters. Only with a `name`. */
  readonly payload?: InputMaybe<Scalars['String']['input']>;
  /** When it was read. */
  readonly readAt?: InputMaybe<Scalars['DateOrDateTime']['input']>;
  /** When the message was sent. */
  readonly sentAt?: InputMaybe<Scalars['DateOrDateTime']['input']>;
};

/** What kind of event it is. */
export type CustomerEventKind =
  /** What a visitor wrote into a contact form. */
  | 'CONTACT_FORM'
  /** An event recorded under a name of the company's own. */
  | 'NAMED'
  /** What became of a message sent to the customer. */
  | 'OUTBOUND_MESSAGE';

/** An event to record. */
export type CustomerEventRecordInput = {
  /** Global id of the customer. */
  readonly customerId: Scalars['ID']['input'];
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** What happened. */
  readonly event: CustomerEventInput;
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of an event to record. */
export type CustomerEventRecordPayload = WritePayload & {
  readonly __typename?: 'CustomerEventRecordPayload';
  /** The event as it was recorded; null where it was not. */
  readonly customerEvent?: Maybe<CustomerEvent>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/**
 * Which customers a list is to hold; all given conditions must hold. An account that cannot honour one of them answers
 * nothing and says UNSUPPORTED: a condition is never ignored.
 */
export type CustomerFilter = {
  /** Holding this coupon: the CRM's own id of it. */
  readonly coupon?: InputMaybe<Scalars['String']['input']>;
  /** Not holding this coupon: the CRM's own id of it. */
  readonly couponExclude?: InputMaybe<Scalars['String']['input']>;
  /** Created on this day or later. */
  readonly createdFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Created on this day or earlier. */
  readonly createdTo?: InputMaybe<Scalars['Date']['input']>;
  /** With an identity document of this number. */
  readonly identityDocumentNumber?: InputMaybe<Scalars['String']['input']>;
  /** With an identity document of this kind. */
  readonly identityDocumentType?: InputMaybe<IdentityDocumentType>;
  /** Exactly these customers, at most 100. Accounts none of them belongs to are SKIPPED. */
  readonly ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Reached on this messaging platform. */
  readonly platform?: InputMaybe<MessagingPlatform>;
  /** In this segment. All other accounts are SKIPPED. */
  readonly segment?: InputMaybe<Scalars['ID']['input']>;
  /** Not in this segment. All other accounts are SKIPPED. */
  readonly segmentExclude?: InputMaybe<Scalars['ID']['input']>;
  /** Carrying any of these tags, at most 100. Accounts none of them belongs to are SKIPPED. */
  readonly tags?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** Part of name, e-mail or phone, in any case; at most 256 characters. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** Who a customer is, for CRMs that want to be told on every write and have no read to find it out. */
export type CustomerIdentityInput = {
  /** E-mail. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Full name. */
  readonly fullName?: InputMaybe<Scalars['String']['input']>;
  /** Phone. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
};

/**
 * What is to be stored about a customer. A field that is left out is left alone; null clears it; an empty text or list is
 * stored empty. What an account takes, demands and can clear is in `CrmAccount.customerWrites`; anything else is refused
 * before the CRM is asked. A text has at most 10,000 characters and is trimmed.
 */
export type CustomerInput = {
  /** Whether the customer agreed to marketing. */
  readonly acceptsMarketing?: InputMaybe<Scalars['Boolean']['input']>;
  /** Postal addresses, at most 20. CRMs that keep one replace it; CRMs that keep a list add these to it. */
  readonly addresses?: InputMaybe<ReadonlyArray<PostalAddressInput>>;
  /** Day of birth. */
  readonly birthday?: InputMaybe<Scalars['Date']['input']>;
  /** Company the customer works for. */
  readonly company?: InputMaybe<Scalars['String']['input']>;
  /** Values for fields the company added, at most 100. */
  readonly customFields?: InputMaybe<ReadonlyArray<CustomFieldInput>>;
  /** E-mail; at most 254 characters. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** The company's own id for the customer. */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /** Given name, for CRMs that keep names in parts. */
  readonly firstName?: InputMaybe<Scalars['String']['input']>;
  /** Full name, for CRMs that keep one. */
  readonly fullName?: InputMaybe<Scalars['String']['input']>;
  /** Gender. */
  readonly gender?: InputMaybe<Gender>;
  /** Document the customer is identified by. */
  readonly identityDocument?: InputMaybe<IdentityDocumentInput>;
  /** Channels on which the customer has been in touch, in the CRM's own words; at most 100. */
  readonly interactionChannels?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Position there. */
  readonly jobTitle?: InputMaybe<Scalars['String']['input']>;
  /** What the customer is to the company. */
  readonly kind?: InputMaybe<CustomerKind>;
  /** Family name, for CRMs that keep names in parts. */
  readonly lastName?: InputMaybe<Scalars['String']['input']>;
  /** Points the company gives for interest. */
  readonly leadScore?: InputMaybe<Scalars['Float']['input']>;
  /** The CRM's id of the membership level. */
  readonly membershipLevelId?: InputMaybe<Scalars['ID']['input']>;
  /** Free text for the staff. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** The CRM's id of the agent in charge (`CrmAgent.vendorId`). */
  readonly ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether the customer may pay later. Only effective where the shop has that extension; no read shows it. */
  readonly payLater?: InputMaybe<PayLaterInput>;
  /** Phone, with country code or as it is dialled in the account's region; at most 64 characters. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** The customer's code for referring others. */
  readonly referralCode?: InputMaybe<Scalars['String']['input']>;
  /** Code of whoever referred the customer. */
  readonly referrerCode?: InputMaybe<Scalars['String']['input']>;
  /** Profiles on social networks, at most 20. */
  readonly socialProfiles?: InputMaybe<ReadonlyArray<SocialProfileInput>>;
  /** Where the record came from. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
  /** Tags to put on, at most 100; those it carries stay. Not in updates: tags have writes of their own. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** Website. */
  readonly website?: InputMaybe<Scalars['String']['input']>;
};

/** What a customer is to the company. */
export type CustomerKind =
  /** Brings customers for a share. */
  | 'AFFILIATE'
  /** Sells against the company. */
  | 'COMPETITOR'
  /** Buys. */
  | 'CUSTOMER'
  /** May buy. */
  | 'LEAD'
  /** Anything else. */
  | 'OTHER'
  /** Works with the company. */
  | 'PARTNER'
  /** Sells the company's goods. */
  | 'RESELLER'
  /** Buys and is treated with special care. */
  | 'VIP';

/** Customers found by a key, and what became of each account that was asked. */
export type CustomerLookup = {
  readonly __typename?: 'CustomerLookup';
  /** At most one customer per account. */
  readonly matches: ReadonlyArray<Customer>;
  /** What became of each account's part. */
  readonly sources: ReadonlyArray<Source>;
};

/** What to look a customer up by: exactly one field. */
export type CustomerLookupBy =
  /** E-mail; case does not matter. */
  { readonly email: Scalars['String']['input']; readonly phone?: never; readonly vendorId?: never; }
  |  /**
   * Phone, best with its country code (`+84363000000`). CRMs that compare numbers as they are stored are asked in the usual
   * spellings of it; one stored in an unusual way is not found.
   */
  { readonly email?: never; readonly phone: Scalars['String']['input']; readonly vendorId?: never; }
  |  /** The CRM's own id, as in `Customer.vendorId`. */
  { readonly email?: never; readonly phone?: never; readonly vendorId: Scalars['ID']['input']; };

/** Tags to put on a customer. */
export type CustomerTagsAddInput = {
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the customer. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Who the customer is, for CRMs that want to be told on every write (`customerWrites { identityFields }`). */
  readonly identity?: InputMaybe<CustomerIdentityInput>;
  /** 1 to 100 tags. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of tags to put on. */
export type CustomerTagsAddPayload = WritePayload & {
  readonly __typename?: 'CustomerTagsAddPayload';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Tags to take off a customer. */
export type CustomerTagsRemoveInput = {
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the customer. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Who the customer is, for CRMs that want to be told on every write (`customerWrites { identityFields }`). */
  readonly identity?: InputMaybe<CustomerIdentityInput>;
  /** 1 to 100 tags. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of tags to take off. */
export type CustomerTagsRemovePayload = WritePayload & {
  readonly __typename?: 'CustomerTagsRemovePayload';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The tags a customer is to carry. */
export type CustomerTagsReplaceInput = {
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the customer. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Who the customer is, for CRMs that want to be told on every write (`customerWrites { identityFields }`). */
  readonly identity?: InputMaybe<CustomerIdentityInput>;
  /** 0 to 100 tags. */
  readonly tags: ReadonlyArray<TagInput>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of the tags of a customer. */
export type CustomerTagsReplacePayload = WritePayload & {
  readonly __typename?: 'CustomerTagsReplacePayload';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** Tags it carried before and no longer does; null where nothing was written, where the answer was lost and nothing else tells, or without the scope `customers:read`. */
  readonly removedTags?: Maybe<ReadonlyArray<Tag>>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes to a customer. */
export type CustomerUpdateInput = {
  /** What to change. */
  readonly customer: CustomerInput;
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the customer. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Who the customer is, for CRMs that want to be told on every write (`customerWrites { identityFields }`). */
  readonly identity?: InputMaybe<CustomerIdentityInput>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of changes to a customer. */
export type CustomerUpdatePayload = WritePayload & {
  readonly __typename?: 'CustomerUpdatePayload';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A customer to make or to change. */
export type CustomerUpsertInput = {
  /** Id of the account to write to. */
  readonly accountId: Scalars['ID']['input'];
  /** What to store. */
  readonly customer: CustomerInput;
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of a customer to make or to change. */
export type CustomerUpsertPayload = WritePayload & {
  readonly __typename?: 'CustomerUpsertPayload';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One way in which a CRM takes a customer, and the fields it takes. A kind that is not listed is one the CRM does not have. */
export type CustomerWrite = {
  readonly __typename?: 'CustomerWrite';
  /** Which of these null or an empty text clears; for any other that is refused. */
  readonly clearableFields: ReadonlyArray<Scalars['String']['output']>;
  /** What writes on an existing customer must give as `identity`, because the CRM has no read; empty elsewhere. */
  readonly identityFields: ReadonlyArray<Scalars['String']['output']>;
  /** What is done to the customer. */
  readonly kind: CustomerWriteKind;
  /** Of each group at least one field must be given. */
  readonly requiredFields: ReadonlyArray<RequiredFields>;
  /** Names of the fields of `CustomerInput` that it takes; any other is refused. */
  readonly writableFields: ReadonlyArray<Scalars['String']['output']>;
};

/** What a write does to a customer. */
export type CustomerWriteKind =
  /** Makes a new customer. */
  | 'CREATE'
  /** Changes an existing customer, named by its id. */
  | 'UPDATE'
  /** Makes a customer, or changes the one that the same e-mail or phone leads to. */
  | 'UPSERT';

/** Customers of one account to make or to change. */
export type CustomersUpsertInput = {
  /** Id of the account to write to. */
  readonly accountId: Scalars['ID']['input'];
  /** 1 to 100 customers. Several that share an e-mail or phone are written in their order. */
  readonly customers: ReadonlyArray<CustomerInput>;
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of a batch. With an `idempotencyKey`, repeating the batch does only what was not done. */
export type CustomersUpsertPayload = {
  readonly __typename?: 'CustomersUpsertPayload';
  /** One for each customer of the input, in its order; empty where the whole batch was refused. */
  readonly results: ReadonlyArray<CustomersUpsertResult>;
  /** What kept the whole batch from being tried; empty otherwise. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What became of one customer of a batch. */
export type CustomersUpsertResult = WritePayload & {
  readonly __typename?: 'CustomersUpsertResult';
  /** The customer as the CRM shows it after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly customer?: Maybe<Customer>;
  /** Its place in the input, from 0. */
  readonly index: Scalars['Int']['output'];
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A day or an instant. */
export type DateCustomField = CustomField & {
  readonly __typename?: 'DateCustomField';
  /** The day or instant; null where the field is empty. */
  readonly date?: Maybe<Scalars['DateOrDateTime']['output']>;
  /** The field's definition; null where the CRM does not tell one, or has none any more. */
  readonly definition?: Maybe<CustomFieldDefinition>;
  /** The value as text for people; null where the field is empty. */
  readonly displayValue?: Maybe<Scalars['String']['output']>;
  /** Name of the field, as writes take it. */
  readonly name: Scalars['String']['output'];
};

/**
 * Every error code of this service, for all CRMs; the GraphQL language itself adds GRAPHQL_PARSE_FAILED and
 * GRAPHQL_VALIDATION_FAILED, and HTTP adds BAD_REQUEST. In `errors` it is `extensions.code`, beside `vendor`, `account`, `retryable`,
 * `retryAfter` (seconds) and the CRM's own words in `vendorCode` and `vendorMessage`.
 */
export type ErrorCode =
  /** An argument is not valid; the message names it. */
  | 'BAD_USER_INPUT'
  /** You have no requests to CRMs left for now. Nothing was asked; ask again after `retryAfter` seconds. */
  | 'CALL_BUDGET_SPENT'
  /** The record is in a state that does not allow this. */
  | 'CONFLICT'
  /** You lack the scope this needs. */
  | 'FORBIDDEN'
  /** A defect on our side; report it with `correlationId`. */
  | 'INTERNAL_SERVER_ERROR'
  /** The time ran out before the CRM was asked. */
  | 'NOT_ATTEMPTED'
  /** The record to be changed does not exist. */
  | 'NOT_FOUND'
  /** This CRM cannot do that. Ask `account { capabilities }` first. */
  | 'NOT_SUPPORTED_BY_VENDOR'
  /** The operation could take too many requests to CRMs. Nothing was asked; the message holds the numbers. Ask for smaller pages or fewer levels. */
  | 'OPERATION_TOO_EXPENSIVE'
  /** The document or its operation is larger than what is taken. Nothing was asked; the message says in what, and the limit. */
  | 'OPERATION_TOO_LARGE'
  /** A write was sent and nobody knows whether it was carried out. Look the record up before you send it again. */
  | 'OUTCOME_UNKNOWN'
  /** Only operations of the safelist run here, and this is none. Nothing was asked; send one of them, exactly as listed. */
  | 'PERSISTED_QUERY_NOT_IN_LIST'
  /** Who you are is not known. Send a valid credential as `Authorization: Bearer ...`. */
  | 'UNAUTHENTICATED'
  /** The CRM refused the account's credentials. Whoever runs this service must correct them. */
  | 'VENDOR_AUTH'
  /** The CRM answered something outside its contract. */
  | 'VENDOR_BAD_RESPONSE'
  /** The CRM takes no more requests for now. Try again after `retryAfter` seconds. */
  | 'VENDOR_RATE_LIMITED'
  /** The CRM refused the request; `vendorMessage` holds its words. */
  | 'VENDOR_REJECTED'
  /** The CRM did not answer in time. Try again later or allow more time. */
  | 'VENDOR_TIMEOUT'
  /** The CRM could not be reached or failed on its own side. Try again later. */
  | 'VENDOR_UNAVAILABLE';

/** One field of a contact form. */
export type FormField = {
  readonly __typename?: 'FormField';
  /** Label of the field. */
  readonly name: Scalars['String']['output'];
  /** What was typed or chosen. */
  readonly value?: Maybe<Scalars['String']['output']>;
};

/** How a record was come by. */
export type Freshness =
  /** Read before and kept; not older than the account's settings and `FreshnessInput.maxAge` allow. */
  | 'CACHED'
  /** The CRM was asked, for this answer or by the same question of somebody else who was still waiting. */
  | 'LIVE'
  /** Older than that, because the CRM could not be asked and `FreshnessInput.staleIfError` allows it. Never anything from before a write of this service's process to the account. */
  | 'STALE';

/**
 * How old an answer may be. It matters for accounts whose settings keep answers; without that all is LIVE. Root fields of one
 * operation share their reads, so the strictest of all of them holds for the whole operation. A root field that does not say
 * has the defaults, and so has `_entities`. That a record does not exist is never answered from what is kept.
 */
export type FreshnessInput = {
  /** Seconds; older answers are asked for anew. 0 asks the CRM. Without it, as old as each account's settings allow. */
  readonly maxAge?: InputMaybe<Scalars['Int']['input']>;
  /**
   * Seconds; where the CRM cannot be reached, does not answer in time or takes no more requests, an answer kept not longer
   * than this is given, marked as STALE, as far as the account's settings allow. Addresses that a CRM keeps apart and owners
   * of customers cannot be marked, and are never older than `maxAge`.
   */
  readonly staleIfError?: InputMaybe<Scalars['Int']['input']>;
};

/** Gender as CRMs keep it. */
export type Gender =
  /** Female. */
  | 'FEMALE'
  /** Male. */
  | 'MALE';

/** A document the customer is identified by. */
export type IdentityDocument = {
  readonly __typename?: 'IdentityDocument';
  /** Number on it. */
  readonly number?: Maybe<Scalars['String']['output']>;
  /** Kind of document. */
  readonly type?: Maybe<IdentityDocumentType>;
};

/** A document a customer is identified by. */
export type IdentityDocumentInput = {
  /** Number on it. */
  readonly number?: InputMaybe<Scalars['String']['input']>;
  /** Kind of document. */
  readonly type?: InputMaybe<IdentityDocumentType>;
};

/** Kind of identity document. */
export type IdentityDocumentType =
  /** National identity card. */
  | 'CEDULA'
  /** Any other document. */
  | 'OTHER'
  /** Passport. */
  | 'PASSPORT'
  /** Tax register of companies (RUC). */
  | 'RUC'
  /** Tax number (RUT). */
  | 'RUT';

/** Any number of texts, for lists, check boxes and drop-downs. */
export type ListCustomField = CustomField & {
  readonly __typename?: 'ListCustomField';
  /** The field's definition; null where the CRM does not tell one, or has none any more. */
  readonly definition?: Maybe<CustomFieldDefinition>;
  /** The value as text for people; null where the field is empty. */
  readonly displayValue?: Maybe<Scalars['String']['output']>;
  /** The texts; empty where the field is empty. */
  readonly list: ReadonlyArray<Scalars['String']['output']>;
  /** Name of the field, as writes take it. */
  readonly name: Scalars['String']['output'];
};

/** Membership level and points. */
export type Membership = {
  readonly __typename?: 'Membership';
  /** Level, as the CRM names it. */
  readonly level?: Maybe<Scalars['String']['output']>;
  /** Points that can be spent. */
  readonly points?: Maybe<Scalars['Int']['output']>;
  /** Points ever earned. */
  readonly totalPoints?: Maybe<Scalars['Int']['output']>;
};

/** One identity of the customer on a messaging platform. */
export type MessagingChannel = {
  readonly __typename?: 'MessagingChannel';
  /** The customer's name there. */
  readonly displayName?: Maybe<Scalars['String']['output']>;
  /** Whether it is the first one to use. */
  readonly isPrimary?: Maybe<Scalars['Boolean']['output']>;
  /** The company's page or official account there. */
  readonly pageId?: Maybe<Scalars['ID']['output']>;
  /** The platform in lower case, for example `zalo` or `facebook`. */
  readonly platform: Scalars['String']['output'];
  /** The customer's id there. */
  readonly userId?: Maybe<Scalars['ID']['output']>;
};

/** A messaging platform that customers are reached on. */
export type MessagingPlatform =
  /** Instagram. */
  | 'INSTAGRAM'
  /** Facebook Messenger. */
  | 'MESSENGER'
  /** WhatsApp. */
  | 'WHATSAPP';

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Makes a new customer. Where the CRM finds it has one of that e-mail or phone, it refuses. */
  readonly customerCreate?: Maybe<CustomerCreatePayload>;
  /** Sets custom fields of a customer; those not named keep their values. Checked against the definitions where the CRM tells them. */
  readonly customerCustomFieldsSet?: Maybe<CustomerCustomFieldsSetPayload>;
  /** Deletes a customer at the CRM. Needs the scope `customers:delete`. */
  readonly customerDelete?: Maybe<CustomerDeletePayload>;
  /** Records something that happened to a customer. Recording it twice makes two events. */
  readonly customerEventRecord?: Maybe<CustomerEventRecordPayload>;
  /** Puts tags on a customer; those it carries stay. */
  readonly customerTagsAdd?: Maybe<CustomerTagsAddPayload>;
  /** Takes tags off a customer; all others stay. */
  readonly customerTagsRemove?: Maybe<CustomerTagsRemovePayload>;
  /** Makes a customer carry exactly these tags and tells which others it took off. */
  readonly customerTagsReplace?: Maybe<CustomerTagsReplacePayload>;
  /** Changes what the input names, and nothing else. */
  readonly customerUpdate?: Maybe<CustomerUpdatePayload>;
  /**
   * Makes a customer, or changes the one that the given e-mail or phone leads to. If they lead to several customers, nothing
   * is written and the CONFLICT lists them.
   */
  readonly customerUpsert?: Maybe<CustomerUpsertPayload>;
  /**
   * The same for up to 100 customers of one account, eight at a time. One that fails harms no other; what the time does not
   * suffice for is NOT_ATTEMPTED.
   */
  readonly customersUpsert?: Maybe<CustomersUpsertPayload>;
  /** Makes an empty segment. Titles need not be unique: asking twice makes two. */
  readonly segmentCreate?: Maybe<SegmentCreatePayload>;
  /** Puts customers into a segment; those that are in it stay. */
  readonly segmentCustomersAdd?: Maybe<SegmentCustomersAddPayload>;
  /** Takes customers out of a segment; all others stay. */
  readonly segmentCustomersRemove?: Maybe<SegmentCustomersRemovePayload>;
  /** Makes a tag; UNCHANGED if the account has one of that name. */
  readonly tagCreate?: Maybe<TagCreatePayload>;
};


export type MutationCustomerCreateArgs = {
  input: CustomerCreateInput;
};


export type MutationCustomerCustomFieldsSetArgs = {
  input: CustomerCustomFieldsSetInput;
};


export type MutationCustomerDeleteArgs = {
  input: CustomerDeleteInput;
};


export type MutationCustomerEventRecordArgs = {
  input: CustomerEventRecordInput;
};


export type MutationCustomerTagsAddArgs = {
  input: CustomerTagsAddInput;
};


export type MutationCustomerTagsRemoveArgs = {
  input: CustomerTagsRemoveInput;
};


export type MutationCustomerTagsReplaceArgs = {
  input: CustomerTagsReplaceInput;
};


export type MutationCustomerUpdateArgs = {
  input: CustomerUpdateInput;
};


export type MutationCustomerUpsertArgs = {
  input: CustomerUpsertInput;
};


export type MutationCustomersUpsertArgs = {
  input: CustomersUpsertInput;
};


export type MutationSegmentCreateArgs = {
  input: SegmentCreateInput;
};


export type MutationSegmentCustomersAddArgs = {
  input: SegmentCustomersAddInput;
};


export type MutationSegmentCustomersRemoveArgs = {
  input: SegmentCustomersRemoveInput;
};


export type MutationTagCreateArgs = {
  input: TagCreateInput;
};

/** A number. */
export type NumberCustomField = CustomField & {
  readonly __typename?: 'NumberCustomField';
  /** The field's definition; null where the CRM does not tell one, or has none any more. */
  readonly definition?: Maybe<CustomFieldDefinition>;
  /** The value as text for people; null where the field is empty. */
  readonly displayValue?: Maybe<Scalars['String']['output']>;
  /** Name of the field, as writes take it. */
  readonly name: Scalars['String']['output'];
  /** The number; null where the field is empty. */
  readonly number?: Maybe<Scalars['Decimal']['output']>;
};

/** Orders and visits in figures; what the CRM does not count is null. */
export type OrderStatistics = {
  readonly __typename?: 'OrderStatistics';
  /** Checkouts left without an order. */
  readonly abandonedCheckouts?: Maybe<Scalars['Int']['output']>;
  /** Average value of an order. */
  readonly averageOrderValue?: Maybe<Scalars['Decimal']['output']>;
  /** Orders cancelled. */
  readonly cancelledOrders?: Maybe<Scalars['Int']['output']>;
  /** Value of the orders cancelled. */
  readonly cancelledOrdersValue?: Maybe<Scalars['Decimal']['output']>;
  /** Currency of the amounts (ISO 4217); null where the CRM does not say. */
  readonly currency?: Maybe<Scalars['String']['output']>;
  /** The CRM's id of the last order. */
  readonly lastOrderId?: Maybe<Scalars['ID']['output']>;
  /** When the last order was paid. */
  readonly lastOrderPaidAt?: Maybe<Scalars['DateTime']['output']>;
  /** Place the customer orders from. */
  readonly location?: Maybe<Scalars['String']['output']>;
  /** Orders placed. */
  readonly orders?: Maybe<Scalars['Int']['output']>;
  /** Value of the orders placed. */
  readonly ordersValue?: Maybe<Scalars['Decimal']['output']>;
  /** Orders paid. */
  readonly paidOrders?: Maybe<Scalars['Int']['output']>;
  /** Value of the orders paid. */
  readonly paidOrdersValue?: Maybe<Scalars['Decimal']['output']>;
  /** Orders waiting. */
  readonly pendingOrders?: Maybe<Scalars['Int']['output']>;
  /** Value of the orders waiting. */
  readonly pendingOrdersValue?: Maybe<Scalars['Decimal']['output']>;
  /** Kind of device used most. */
  readonly preferredDevice?: Maybe<Scalars['String']['output']>;
  /** Customers brought by this one. */
  readonly referredCustomers?: Maybe<Scalars['Int']['output']>;
  /** What they spent. */
  readonly referredCustomersValue?: Maybe<Scalars['Decimal']['output']>;
  /** Visits to the shop. */
  readonly visits?: Maybe<Scalars['Int']['output']>;
  /** Visits per day. */
  readonly visitsPerDay?: Maybe<Scalars['Decimal']['output']>;
};

/** Where a page lies within its list (Relay). */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Give it as `after` to continue; keeps every account's position, also of accounts that failed on this page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /**
   * True while asking with `after: endCursor` can bring more. A page that brought nothing because all that is left belongs
   * to accounts that fail says false, so that loops end; its `endCursor` still continues there once they work again.
   */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Always false: lists are walked forwards only. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first record of this page; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Whether a customer may pay later. */
export type PayLaterInput = {
  /** Whether at all. */
  readonly enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Credit tier. */
  readonly level?: InputMaybe<Scalars['Int']['input']>;
};

/** A postal address; what the CRM does not keep is null. */
export type PostalAddress = {
  readonly __typename?: 'PostalAddress';
  /** City. */
  readonly city?: Maybe<Scalars['String']['output']>;
  /** Company. */
  readonly company?: Maybe<Scalars['String']['output']>;
  /** Country as the CRM spells it. */
  readonly country?: Maybe<Scalars['String']['output']>;
  /** Country, ISO 3166 alpha-2. */
  readonly countryCode?: Maybe<Scalars['String']['output']>;
  /** District. */
  readonly district?: Maybe<Scalars['String']['output']>;
  /** E-mail of whoever receives. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Who receives. */
  readonly fullName?: Maybe<Scalars['String']['output']>;
  /** Whether it is the main address. */
  readonly isDefault?: Maybe<Scalars['Boolean']['output']>;
  /** Street and number. */
  readonly line1?: Maybe<Scalars['String']['output']>;
  /** Second line. */
  readonly line2?: Maybe<Scalars['String']['output']>;
  /** Phone of whoever receives. */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** Postal code. */
  readonly postalCode?: Maybe<Scalars['String']['output']>;
  /** Province or state. */
  readonly province?: Maybe<Scalars['String']['output']>;
  /** Ward (a quarter of a district). */
  readonly ward?: Maybe<Scalars['String']['output']>;
};

/** A postal address; give the parts this CRM keeps, any other is refused. */
export type PostalAddressInput = {
  /** City. */
  readonly city?: InputMaybe<Scalars['String']['input']>;
  /** Company. */
  readonly company?: InputMaybe<Scalars['String']['input']>;
  /** Country as the CRM spells it. */
  readonly country?: InputMaybe<Scalars['String']['input']>;
  /** Country, ISO 3166 alpha-2. */
  readonly countryCode?: InputMaybe<Scalars['String']['input']>;
  /** District. */
  readonly district?: InputMaybe<Scalars['String']['input']>;
  /** E-mail of whoever receives. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Who receives. */
  readonly fullName?: InputMaybe<Scalars['String']['input']>;
  /** Whether it is to be the main address. */
  readonly isDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** Street and number. */
  readonly line1?: InputMaybe<Scalars['String']['input']>;
  /** Second line. */
  readonly line2?: InputMaybe<Scalars['String']['input']>;
  /** Phone of whoever receives. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** Postal code. */
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
  /** Province or state. */
  readonly province?: InputMaybe<Scalars['String']['input']>;
  /** Ward (a quarter of a district). */
  readonly ward?: InputMaybe<Scalars['String']['input']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** One of your accounts by its id; null if you have none of that id. Costs no vendor call. */
  readonly account?: Maybe<CrmAccount>;
  /** The CRM accounts you may use. Costs no vendor call. */
  readonly accounts: ReadonlyArray<CrmAccount>;
  /** The team's members over all accounts that list them. */
  readonly agents?: Maybe<CrmAgentConnection>;
  /** Any record by its id; null if there is none. */
  readonly crmNode?: Maybe<CrmNode>;
  /** Records by their ids, in the same order; null at the place of one that does not exist. */
  readonly crmNodes: ReadonlyArray<Maybe<CrmNode>>;
  /** The custom fields that exist, over all accounts that list them or let them be read off a record. */
  readonly customFieldDefinitions?: Maybe<CustomFieldDefinitionConnection>;
  /**
   * A customer by id; null if there is none. Costs one vendor call, many ids at once fewer where the CRM can, and none
   * while only keys are selected: existence is checked only when more is asked for.
   */
  readonly customer?: Maybe<Customer>;
  /** Events over all accounts that list them without naming a customer. A customer's own events are `Customer.events`. */
  readonly customerEvents?: Maybe<CustomerEventConnection>;
  /** Asks every account that can look customers up by this key. Costs one vendor call per account, at some CRMs up to three. */
  readonly customerLookup?: Maybe<CustomerLookup>;
  /**
   * Customers over all accounts that can list them. Records are dealt one account after the other (first of account A,
   * first of account B, second of account A, ...), accounts in the order of `accounts { id }`, each in its CRM's order.
   * A failing account costs nobody else's records: see `sources`, and go on with `endCursor` to catch up.
   * Who is there from the first page to the last comes once, whatever is created or deleted meanwhile, as long as the CRM
   * keeps the others in their order; who is created meanwhile may be left out. A record that its CRM moves to the front
   * because it was changed may be left out too if it was not listed yet.
   */
  readonly customers?: Maybe<CustomerConnection>;
  /** A segment by its id; null if it does not exist. Costs no vendor call while only keys are selected. */
  readonly segment?: Maybe<Segment>;
  /** Segments over all accounts that list them. */
  readonly segments?: Maybe<SegmentConnection>;
  /**
   * A tag by its id; null if it does not exist. Costs no vendor call where the id says it all, and none while only keys are
   * selected.
   */
  readonly tag?: Maybe<Tag>;
  /** Tags over all accounts that list them. */
  readonly tags?: Maybe<TagConnection>;
  /** Every CRM product this service can speak to, connected or not. */
  readonly vendors: ReadonlyArray<CrmVendor>;
};


export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAgentsArgs = {
  accounts?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  freshness?: InputMaybe<FreshnessInput>;
};


export type QueryCrmNodeArgs = {
  freshness?: InputMaybe<FreshnessInput>;
  id: Scalars['ID']['input'];
};


export type QueryCrmNodesArgs = {
  freshness?: InputMaybe<FreshnessInput>;
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type QueryCustomFieldDefinitionsArgs = {
  accounts?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  freshness?: InputMaybe<FreshnessInput>;
};


export type QueryCustomerArgs = {
  freshness?: InputMaybe<FreshnessInput>;
  id: Scalars['ID']['input'];
};


export type QueryCustomerEventsArgs = {
  accounts?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  freshness?: InputMaybe<FreshnessInput>;
};


export type QueryCustomerLookupArgs = {
  accounts?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  by: CustomerLookupBy;
  freshness?: InputMaybe<FreshnessInput>;
};


export type QueryCustomersArgs = {
  accounts?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  freshness?: InputMaybe<FreshnessInput>;
  timeout?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySegmentArgs = {
  freshness?: InputMaybe<FreshnessInput>;
  id: Scalars['ID']['input'];
};


export type QuerySegmentsArgs = {
  accounts?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  freshness?: InputMaybe<FreshnessInput>;
};


export type QueryTagArgs = {
  freshness?: InputMaybe<FreshnessInput>;
  id: Scalars['ID']['input'];
};


export type QueryTagsArgs = {
  accounts?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  freshness?: InputMaybe<FreshnessInput>;
};

/** What became of one input field. */
export type ReceiptEntry = {
  readonly __typename?: 'ReceiptEntry';
  /** The input field, as a path below `input`. */
  readonly field: ReadonlyArray<Scalars['String']['output']>;
  /** What became of it. */
  readonly status: ReceiptStatus;
  /** For COERCED: what the CRM stored instead; texts as they are, anything else as JSON. Null without the scope `customers:read`. */
  readonly stored?: Maybe<Scalars['String']['output']>;
};

/** What became of one input field. */
export type ReceiptStatus =
  /** Stored as given. */
  | 'APPLIED'
  /** Had to be sent along although nothing tells what it held; what was there before may be gone. Also for fields you did not name. */
  | 'AT_RISK'
  /** Stored differently: see `stored`. */
  | 'COERCED'
  /** Not stored. */
  | 'IGNORED'
  /** Neither the CRM's answer nor a read shows it. */
  | 'UNVERIFIED';

/** What became of a request to the CRM. */
export type RequestState =
  /** Answered with success. */
  | 'DONE'
  /** Part of a dry run: what a write would send, or a read behind one. */
  | 'PLANNED'
  /** Certainly not carried out. */
  | 'REFUSED'
  /** Sent, and nobody knows. */
  | 'UNKNOWN';

/** A group of fields of which at least one must be given. */
export type RequiredFields = {
  readonly __typename?: 'RequiredFields';
  /** Names of fields of `CustomerInput`. */
  readonly anyOf: ReadonlyArray<Scalars['String']['output']>;
};

/** A list of customers that the company keeps in its CRM. */
export type Segment = CrmNode & {
  readonly __typename?: 'Segment';
  /** The account the segment belongs to. */
  readonly account: CrmAccount;
  /** Id of the account the segment belongs to. */
  readonly accountId: Scalars['ID']['output'];
  /**
   * The members. The CRM sends a segment whole, so this costs one vendor call per segment, and none where the list of
   * segments carried them; for pages of a very large segment use `customers(filter: { segment: ... })`.
   */
  readonly customers?: Maybe<CustomerConnection>;
  /**
   * When the CRM was asked for the title; costs a vendor call where the title does. Null where no read brought it: in the
   * payload of a write. The members say for themselves when they were read.
   */
  readonly fetchedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How the title was come by; null where `fetchedAt` is. */
  readonly freshness?: Maybe<Freshness>;
  /** Opaque and stable; fetch the segment again with it. Do not take it apart. */
  readonly id: Scalars['ID']['output'];
  /** The segment's title. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** The CRM's own id. */
  readonly vendorId: Scalars['ID']['output'];
};


/** A list of customers that the company keeps in its CRM. */
export type SegmentCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of segments (Relay). */
export type SegmentConnection = {
  readonly __typename?: 'SegmentConnection';
  /** Segments with their cursors. */
  readonly edges: ReadonlyArray<SegmentEdge>;
  /** The segments themselves, in the same order. */
  readonly nodes: ReadonlyArray<Segment>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** What became of each account's part. */
  readonly sources: ReadonlyArray<Source>;
  /** Segments over all pages, as far as it is known. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /** How far `totalCount` can be trusted. */
  readonly totalCountAccuracy: CountAccuracy;
};

/** A new segment. */
export type SegmentCreateInput = {
  /** Id of the account to write to. */
  readonly accountId: Scalars['ID']['input'];
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its title; 1 to 256 characters. */
  readonly title: Scalars['String']['input'];
};

/** What became of a new segment. */
export type SegmentCreatePayload = WritePayload & {
  readonly __typename?: 'SegmentCreatePayload';
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** The segment after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly segment?: Maybe<Segment>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Customers to put into a segment. */
export type SegmentCustomersAddInput = {
  /** Global ids of 1 to 100 customers of the same account. */
  readonly customerIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the segment. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of customers to put into a segment. */
export type SegmentCustomersAddPayload = WritePayload & {
  readonly __typename?: 'SegmentCustomersAddPayload';
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** The segment after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly segment?: Maybe<Segment>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Customers to take out of a segment. */
export type SegmentCustomersRemoveInput = {
  /** Global ids of 1 to 100 customers of the same account. */
  readonly customerIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Global id of the segment. */
  readonly id: Scalars['ID']['input'];
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Whether to read the record back although the CRM's answer shows it. */
  readonly verify?: InputMaybe<Verify>;
};

/** What became of customers to take out of a segment. */
export type SegmentCustomersRemovePayload = WritePayload & {
  readonly __typename?: 'SegmentCustomersRemovePayload';
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** The segment after the write; null where nothing was written, or without the scope `customers:read`. */
  readonly segment?: Maybe<Segment>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A segment and its place in the list. */
export type SegmentEdge = {
  readonly __typename?: 'SegmentEdge';
  /** Give it as `after` to continue behind this segment. */
  readonly cursor: Scalars['String']['output'];
  /** The segment. */
  readonly node: Segment;
};

/** A profile on a social network. */
export type SocialProfile = {
  readonly __typename?: 'SocialProfile';
  /** The network in lower case. */
  readonly network: Scalars['String']['output'];
  /** Address or account name, as the CRM keeps it. */
  readonly value: Scalars['String']['output'];
};

/** A profile on a social network. */
export type SocialProfileInput = {
  /** The network in lower case, as `SocialProfile.network` has it. */
  readonly network: Scalars['String']['input'];
  /** Address or account name. */
  readonly value: Scalars['String']['input'];
};

/**
 * The report of one account's part in an answer that covers several accounts. A failing account never removes another
 * account's records, and its failure is here as data, not in `errors`.
 */
export type Source = {
  readonly __typename?: 'Source';
  /** The account this report is about. */
  readonly account: CrmAccount;
  /** Requests sent to the CRM for this part. */
  readonly calls: Scalars['Int']['output'];
  /** Why it failed; null where it did not. */
  readonly error?: Maybe<SourceError>;
  /** When the CRM was asked for the oldest part of it; null where it did not answer, or where a lookup found nobody. */
  readonly fetchedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Time it took, in milliseconds. */
  readonly milliseconds: Scalars['Int']['output'];
  /** Of this, the time its requests waited for their turn on our side. */
  readonly queuedMilliseconds: Scalars['Int']['output'];
  /** Records it put on this page. */
  readonly records: Scalars['Int']['output'];
  /** Seconds to wait before asking again, where the CRM says so. */
  readonly retryAfter?: Maybe<Scalars['Int']['output']>;
  /** What became of its part. */
  readonly state: SourceState;
  /** Rows left out because they had no usable id. */
  readonly unreadable: Scalars['Int']['output'];
};

/** Why one account's part failed. */
export type SourceError = {
  readonly __typename?: 'SourceError';
  /** For programs. */
  readonly code: ErrorCode;
  /** For people: one sentence that says what to do. */
  readonly message: Scalars['String']['output'];
};

/** What became of one account's part in an answer that covers several accounts. */
export type SourceState =
  /** The CRM refused the request or answered something unreadable; see `error`. */
  | 'FAILED'
  /** The time ran out before it was asked. Its records come when you continue from the cursor. */
  | 'NOT_ATTEMPTED'
  /** Answered; its records are complete up to this page. */
  | 'OK'
  /** The CRM takes no more requests from this account for now; see `retryAfter`. */
  | 'RATE_LIMITED'
  /** Left out on purpose: by the `accounts` argument, or because the filter names a tag, segment or customer of another account. */
  | 'SKIPPED'
  /** It could not be asked, so older data was given as `FreshnessInput.staleIfError` allows: at least part of its records are STALE. */
  | 'STALE'
  /** No answer in time. */
  | 'TIMED_OUT'
  /** The CRM refused the account's credentials. */
  | 'UNAUTHORIZED'
  /** Not reachable, or failing on its own side. */
  | 'UNAVAILABLE'
  /** This CRM cannot do this at all, or cannot honour a condition of the filter. It was not asked. */
  | 'UNSUPPORTED';

/** A label on customers. */
export type Tag = CrmNode & {
  readonly __typename?: 'Tag';
  /** The account the tag belongs to. */
  readonly account: CrmAccount;
  /** Id of the account the tag belongs to. */
  readonly accountId: Scalars['ID']['output'];
  /** When the tag was created; null where the CRM does not say. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * When the CRM was asked for what is shown of the tag; costs what `name` costs. Null where no read brought it: its id says
   * it all, or it is in the payload of a write.
   */
  readonly fetchedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How that was come by; null where `fetchedAt` is. */
  readonly freshness?: Maybe<Freshness>;
  /** Opaque and stable; fetch the tag again with it. Do not take it apart. */
  readonly id: Scalars['ID']['output'];
  /** The tag's name. Costs a vendor call where the CRM shows only ids on customers, one for many tags. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** When the tag was last changed; null where the CRM does not say. */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the CRM's own writes take: an id where it has one, else the exact name. */
  readonly vendorId: Scalars['ID']['output'];
};

/** A page of tags (Relay). */
export type TagConnection = {
  readonly __typename?: 'TagConnection';
  /** Tags with their cursors. */
  readonly edges: ReadonlyArray<TagEdge>;
  /** The tags themselves, in the same order. */
  readonly nodes: ReadonlyArray<Tag>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** What became of each account's part. */
  readonly sources: ReadonlyArray<Source>;
  /** Tags over all pages, as far as it is known. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
  /** How far `totalCount` can be trusted. */
  readonly totalCountAccuracy: CountAccuracy;
};

/** A new tag. */
export type TagCreateInput = {
  /** Id of the account to write to. */
  readonly accountId: Scalars['ID']['input'];
  /** Answer the requests that would be sent to the CRM and send no write. Reads are sent; `idempotencyKey` is not used up. */
  readonly dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * 1 to 255 characters of your choice. The same key with the same input answers the first result for 24 hours and sends
   * nothing; with another input it is a CONFLICT. While the first call still runs, the second waits for its result.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its name; 1 to 256 characters. */
  readonly name: Scalars['String']['input'];
};

/** What became of a new tag. */
export type TagCreatePayload = WritePayload & {
  readonly __typename?: 'TagCreatePayload';
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** The tag; null where it does not exist. */
  readonly tag?: Maybe<Tag>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A tag and its place in the list. */
export type TagEdge = {
  readonly __typename?: 'TagEdge';
  /** Give it as `after` to continue behind this tag. */
  readonly cursor: Scalars['String']['output'];
  /** The tag. */
  readonly node: Tag;
};

/** A tag: exactly one of the two. What the CRM needs is looked up. */
export type TagInput = {
  /** Global id of a tag of the same account. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** Its exact name; 1 to 256 characters. Where a write adds a name that no tag has, the tag is made. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** A text, or a value whose kind the CRM does not tell. */
export type TextCustomField = CustomField & {
  readonly __typename?: 'TextCustomField';
  /** The field's definition; null where the CRM does not tell one, or has none any more. */
  readonly definition?: Maybe<CustomFieldDefinition>;
  /** The value as text for people; null where the field is empty. */
  readonly displayValue?: Maybe<Scalars['String']['output']>;
  /** Name of the field, as writes take it. */
  readonly name: Scalars['String']['output'];
  /** The text; null where the field is empty. */
  readonly text?: Maybe<Scalars['String']['output']>;
};

/** Why a write did not end as asked for. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** For CONFLICT: the customers that the given e-mail and phone lead to. */
  readonly candidates?: Maybe<ReadonlyArray<Customer>>;
  /** For NOT_SUPPORTED_BY_VENDOR: what the account would have to be able to do. */
  readonly capability?: Maybe<Capability>;
  /** For programs. */
  readonly code: ErrorCode;
  /** The input field it is about, as a path below `input`; null where it is about no single field. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** For people: one sentence that says what to do. */
  readonly message: Scalars['String']['output'];
  /** Seconds to wait before trying again, where that is known. */
  readonly retryAfter?: Maybe<Scalars['Int']['output']>;
  /** Whether the same write may succeed later without anybody changing anything. */
  readonly retryable: Scalars['Boolean']['output'];
  /** For OUTCOME_UNKNOWN: whether sending it again makes no second record. It may still start the CRM's automations twice. */
  readonly safeToRepeat?: Maybe<Scalars['Boolean']['output']>;
  /** The CRM's own code. */
  readonly vendorCode?: Maybe<Scalars['String']['output']>;
  /** The CRM's own words, with secrets and personal data taken out. */
  readonly vendorMessage?: Maybe<Scalars['String']['output']>;
};

/** One request to the CRM. Headers, and credentials with them, are never shown. */
export type VendorRequest = {
  readonly __typename?: 'VendorRequest';
  /** The JSON sent; null where there is none, or without the scope `customers:read`. */
  readonly body?: Maybe<Scalars['JSON']['output']>;
  /** Whether it changes something at the CRM. */
  readonly isWrite: Scalars['Boolean']['output'];
  /** HTTP method. */
  readonly method: Scalars['String']['output'];
  /** Path with query below the account's base URL. `{customerId}` stands for a value that only an earlier answer gives. */
  readonly path: Scalars['String']['output'];
  /** What became of it. */
  readonly state: RequestState;
};

/** Whether a write is read back. */
export type Verify =
  /** Always, where the CRM has a read. */
  | 'ALWAYS'
  /** Only where the CRM's answer does not show the stored record. */
  | 'AUTO';

/** What happened at the CRM. */
export type WriteOutcome =
  /** A new record was made. */
  | 'CREATED'
  /** Done; the CRM does not say whether a record was made or changed. */
  | 'CREATED_OR_UPDATED'
  /** The record was deleted. */
  | 'DELETED'
  /** Nothing was written. */
  | 'NOT_EXECUTED'
  /** Some of the requests were carried out and a later one was not: `requests` tells which. */
  | 'PARTLY_EXECUTED'
  /** The record was as asked for already; no write was sent. */
  | 'UNCHANGED'
  /** A request was sent and nobody knows whether it was carried out, not even after looking the record up. It is never sent again by this service. */
  | 'UNKNOWN'
  /** An existing record was changed. */
  | 'UPDATED';

/**
 * What every write answers. What a user or a CRM's rules caused is in `userErrors`; `errors` holds only faults of the
 * request or of this service. Writes of one operation run one after the other; a failed one does not stop those behind it.
 */
export type WritePayload = {
  /** What happened at the CRM. */
  readonly outcome: WriteOutcome;
  /** What the CRM really stored of each input; empty for dry runs and writes that were not carried out. */
  readonly receipt: ReadonlyArray<ReceiptEntry>;
  /** The CRM requests of this write, in order: sent ones, or with `dryRun` those that would be sent. */
  readonly requests: ReadonlyArray<VendorRequest>;
  /** Why it did not end as asked for; empty when it did. */
  readonly userErrors: ReadonlyArray<UserError>;
};

export type WithIndex<TObject> = TObject & Record<string, any>;
export type ResolversObject<TObject> = WithIndex<TObject>;

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = ResolversObject<{
  Customer: Customer;
  Segment: Segment;
  Tag: Tag;
}>;

/** Mapping of federation reference types */
export type FederationReferenceTypes = ResolversObject<{
  Customer:
    ( { __typename: 'Customer' }
    & ( GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"accountId":true,"vendorId":true}> ) );
  Segment:
    ( { __typename: 'Segment' }
    & ( GraphQLRecursivePick<FederationTypes['Segment'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Segment'], {"accountId":true,"vendorId":true}> ) );
  Tag:
    ( { __typename: 'Tag' }
    & ( GraphQLRecursivePick<FederationTypes['Tag'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Tag'], {"accountId":true,"vendorId":true}> ) );
}>;


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = ResolversObject<{
  CrmNode:
    | ( CustomerModel )
    | ( SegmentModel )
    | ( TagModel )
  ;
  CustomField:
    | ( BooleanField )
    | ( DateField )
    | ( ListField )
    | ( NumberField )
    | ( TextField )
  ;
  WritePayload:
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( BatchResultModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
    | ( WriteModel )
  ;
}>;

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = ResolversObject<{
  AccountHealth: ResolverTypeWrapper<Health>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Attribution: ResolverTypeWrapper<Attribution>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  BooleanCustomField: ResolverTypeWrapper<BooleanField>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BreakerState: BreakerState;
  Capability: Capability;
  Completeness: Completeness;
  CountAccuracy: CountAccuracy;
  CrmAccount: ResolverTypeWrapper<Account>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CrmAgent: ResolverTypeWrapper<CrmAgentModel>;
  CrmAgentConnection: ResolverTypeWrapper<ConnectionModel<CrmAgentModel>>;
  CrmAgentEdge: ResolverTypeWrapper<EdgeModel<CrmAgentModel>>;
  CrmNode: ResolverTypeWrapper<NodeModel>;
  CrmVendor: ResolverTypeWrapper<VendorModel>;
  CustomField: ResolverTypeWrapper<CustomFieldValue>;
  CustomFieldDefinition: ResolverTypeWrapper<DefinitionModel>;
  CustomFieldDefinitionConnection: ResolverTypeWrapper<ConnectionModel<DefinitionModel>>;
  CustomFieldDefinitionEdge: ResolverTypeWrapper<EdgeModel<DefinitionModel>>;
  CustomFieldInput: CustomFieldInput;
  CustomFieldType: CustomFieldType;
  Customer: ResolverTypeWrapper<CustomerModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  CustomerConnection: ResolverTypeWrapper<ConnectionModel<CustomerModel>>;
  CustomerCreateInput: CustomerCreateInput;
  CustomerCreatePayload: ResolverTypeWrapper<WriteModel>;
  CustomerCustomFieldsSetInput: CustomerCustomFieldsSetInput;
  CustomerCustomFieldsSetPayload: ResolverTypeWrapper<WriteModel>;
  CustomerDeleteInput: CustomerDeleteInput;
  CustomerDeletePayload: ResolverTypeWrapper<WriteModel>;
  CustomerEdge: ResolverTypeWrapper<EdgeModel<CustomerModel>>;
  CustomerEvent: ResolverTypeWrapper<CustomerEventModel>;
  CustomerEventConnection: ResolverTypeWrapper<ConnectionModel<CustomerEventModel>>;
  CustomerEventEdge: ResolverTypeWrapper<EdgeModel<CustomerEventModel>>;
  CustomerEventFilter: CustomerEventFilter;
  CustomerEventInput: CustomerEventInput;
  CustomerEventKind: CustomerEventKind;
  CustomerEventRecordInput: CustomerEventRecordInput;
  CustomerEventRecordPayload: ResolverTypeWrapper<WriteModel>;
  CustomerFilter: CustomerFilter;
  CustomerIdentityInput: CustomerIdentityInput;
  CustomerInput: CustomerInput;
  CustomerKind: CustomerKind;
  CustomerLookup: ResolverTypeWrapper<Omit<CustomerLookup, 'matches' | 'sources'> & { matches: ReadonlyArray<ResolversTypes['Customer']>, sources: ReadonlyArray<ResolversTypes['Source']> }>;
  CustomerLookupBy: CustomerLookupBy;
  CustomerTagsAddInput: CustomerTagsAddInput;
  CustomerTagsAddPayload: ResolverTypeWrapper<WriteModel>;
  CustomerTagsRemoveInput: CustomerTagsRemoveInput;
  CustomerTagsRemovePayload: ResolverTypeWrapper<WriteModel>;
  CustomerTagsReplaceInput: CustomerTagsReplaceInput;
  CustomerTagsReplacePayload: ResolverTypeWrapper<WriteModel>;
  CustomerUpdateInput: CustomerUpdateInput;
  CustomerUpdatePayload: ResolverTypeWrapper<WriteModel>;
  CustomerUpsertInput: CustomerUpsertInput;
  CustomerUpsertPayload: ResolverTypeWrapper<WriteModel>;
  CustomerWrite: ResolverTypeWrapper<CustomerWrite>;
  CustomerWriteKind: CustomerWriteKind;
  CustomersUpsertInput: CustomersUpsertInput;
  CustomersUpsertPayload: ResolverTypeWrapper<BatchModel>;
  CustomersUpsertResult: ResolverTypeWrapper<BatchResultModel>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateCustomField: ResolverTypeWrapper<DateField>;
  DateOrDateTime: ResolverTypeWrapper<Scalars['DateOrDateTime']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  ErrorCode: ErrorCode;
  FormField: ResolverTypeWrapper<FormField>;
  Freshness: Freshness;
  FreshnessInput: FreshnessInput;
  Gender: Gender;
  IdentityDocument: ResolverTypeWrapper<IdentityDocument>;
  IdentityDocumentInput: IdentityDocumentInput;
  IdentityDocumentType: IdentityDocumentType;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  ListCustomField: ResolverTypeWrapper<ListField>;
  Membership: ResolverTypeWrapper<Membership>;
  MessagingChannel: ResolverTypeWrapper<MessagingChannel>;
  MessagingPlatform: MessagingPlatform;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NumberCustomField: ResolverTypeWrapper<NumberField>;
  OrderStatistics: ResolverTypeWrapper<OrderStatistics>;
  PageInfo: ResolverTypeWrapper<PageInfoModel>;
  PayLaterInput: PayLaterInput;
  PostalAddress: ResolverTypeWrapper<PostalAddress>;
  PostalAddressInput: PostalAddressInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReceiptEntry: ResolverTypeWrapper<ReceiptEntryModel>;
  ReceiptStatus: ReceiptStatus;
  RequestState: RequestState;
  RequiredFields: ResolverTypeWrapper<RequiredFields>;
  Segment: ResolverTypeWrapper<SegmentModel>;
  SegmentConnection: ResolverTypeWrapper<ConnectionModel<SegmentModel>>;
  SegmentCreateInput: SegmentCreateInput;
  SegmentCreatePayload: ResolverTypeWrapper<WriteModel>;
  SegmentCustomersAddInput: SegmentCustomersAddInput;
  SegmentCustomersAddPayload: ResolverTypeWrapper<WriteModel>;
  SegmentCustomersRemoveInput: SegmentCustomersRemoveInput;
  SegmentCustomersRemovePayload: ResolverTypeWrapper<WriteModel>;
  SegmentEdge: ResolverTypeWrapper<EdgeModel<SegmentModel>>;
  SocialProfile: ResolverTypeWrapper<SocialProfile>;
  SocialProfileInput: SocialProfileInput;
  Source: ResolverTypeWrapper<SourceModel>;
  SourceError: ResolverTypeWrapper<SourceError>;
  SourceState: SourceState;
  Tag: ResolverTypeWrapper<TagModel>;
  TagConnection: ResolverTypeWrapper<ConnectionModel<TagModel>>;
  TagCreateInput: TagCreateInput;
  TagCreatePayload: ResolverTypeWrapper<WriteModel>;
  TagEdge: ResolverTypeWrapper<EdgeModel<TagModel>>;
  TagInput: TagInput;
  TextCustomField: ResolverTypeWrapper<TextField>;
  UserError: ResolverTypeWrapper<UserErrorModel>;
  VendorRequest: ResolverTypeWrapper<LoggedRequest>;
  Verify: Verify;
  WriteOutcome: WriteOutcome;
  WritePayload: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['WritePayload']>;
}>;

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = ResolversObject<{
  AccountHealth: Health;
  Int: Scalars['Int']['output'];
  Attribution: Attribution;
  String: Scalars['String']['output'];
  BooleanCustomField: BooleanField;
  Boolean: Scalars['Boolean']['output'];
  CrmAccount: Account;
  ID: Scalars['ID']['output'];
  CrmAgent: CrmAgentModel;
  CrmAgentConnection: ConnectionModel<CrmAgentModel>;
  CrmAgentEdge: EdgeModel<CrmAgentModel>;
  CrmNode: NodeModel;
  CrmVendor: VendorModel;
  CustomField: CustomFieldValue;
  CustomFieldDefinition: DefinitionModel;
  CustomFieldDefinitionConnection: ConnectionModel<DefinitionModel>;
  CustomFieldDefinitionEdge: EdgeModel<DefinitionModel>;
  CustomFieldInput: CustomFieldInput;
  Customer: CustomerModel;
  Float: Scalars['Float']['output'];
  CustomerConnection: ConnectionModel<CustomerModel>;
  CustomerCreateInput: CustomerCreateInput;
  CustomerCreatePayload: WriteModel;
  CustomerCustomFieldsSetInput: CustomerCustomFieldsSetInput;
  CustomerCustomFieldsSetPayload: WriteModel;
  CustomerDeleteInput: CustomerDeleteInput;
  CustomerDeletePayload: WriteModel;
  CustomerEdge: EdgeModel<CustomerModel>;
  CustomerEvent: CustomerEventModel;
  CustomerEventConnection: ConnectionModel<CustomerEventModel>;
  CustomerEventEdge: EdgeModel<CustomerEventModel>;
  CustomerEventFilter: CustomerEventFilter;
  CustomerEventInput: CustomerEventInput;
  CustomerEventRecordInput: CustomerEventRecordInput;
  CustomerEventRecordPayload: WriteModel;
  CustomerFilter: CustomerFilter;
  CustomerIdentityInput: CustomerIdentityInput;
  CustomerInput: CustomerInput;
  CustomerLookup: Omit<CustomerLookup, 'matches' | 'sources'> & { matches: ReadonlyArray<ResolversParentTypes['Customer']>, sources: ReadonlyArray<ResolversParentTypes['Source']> };
  CustomerLookupBy: CustomerLookupBy;
  CustomerTagsAddInput: CustomerTagsAddInput;
  CustomerTagsAddPayload: WriteModel;
  CustomerTagsRemoveInput: CustomerTagsRemoveInput;
  CustomerTagsRemovePayload: WriteModel;
  CustomerTagsReplaceInput: CustomerTagsReplaceInput;
  CustomerTagsReplacePayload: WriteModel;
  CustomerUpdateInput: CustomerUpdateInput;
  CustomerUpdatePayload: WriteModel;
  CustomerUpsertInput: CustomerUpsertInput;
  CustomerUpsertPayload: WriteModel;
  CustomerWrite: CustomerWrite;
  CustomersUpsertInput: CustomersUpsertInput;
  CustomersUpsertPayload: BatchModel;
  CustomersUpsertResult: BatchResultModel;
  Date: Scalars['Date']['output'];
  DateCustomField: DateField;
  DateOrDateTime: Scalars['DateOrDateTime']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  FormField: FormField;
  FreshnessInput: FreshnessInput;
  IdentityDocument: IdentityDocument;
  IdentityDocumentInput: IdentityDocumentInput;
  JSON: Scalars['JSON']['output'];
  ListCustomField: ListField;
  Membership: Membership;
  MessagingChannel: MessagingChannel;
  Mutation: Record<PropertyKey, never>;
  NumberCustomField: NumberField;
  OrderStatistics: OrderStatistics;
  PageInfo: PageInfoModel;
  PayLaterInput: PayLaterInput;
  PostalAddress: PostalAddress;
  PostalAddressInput: PostalAddressInput;
  Query: Record<PropertyKey, never>;
  ReceiptEntry: ReceiptEntryModel;
  RequiredFields: RequiredFields;
  Segment: SegmentModel;
  SegmentConnection: ConnectionModel<SegmentModel>;
  SegmentCreateInput: SegmentCreateInput;
  SegmentCreatePayload: WriteModel;
  SegmentCustomersAddInput: SegmentCustomersAddInput;
  SegmentCustomersAddPayload: WriteModel;
  SegmentCustomersRemoveInput: SegmentCustomersRemoveInput;
  SegmentCustomersRemovePayload: WriteModel;
  SegmentEdge: EdgeModel<SegmentModel>;
  SocialProfile: SocialProfile;
  SocialProfileInput: SocialProfileInput;
  Source: SourceModel;
  SourceError: SourceError;
  Tag: TagModel;
  TagConnection: ConnectionModel<TagModel>;
  TagCreateInput: TagCreateInput;
  TagCreatePayload: WriteModel;
  TagEdge: EdgeModel<TagModel>;
  TagInput: TagInput;
  TextCustomField: TextField;
  UserError: UserErrorModel;
  VendorRequest: LoggedRequest;
  WritePayload: ResolversInterfaceTypes<ResolversParentTypes>['WritePayload'];
}>;

export type AccountHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountHealth'] = ResolversParentTypes['AccountHealth']> = ResolversObject<{
  breaker?: Resolver<ResolversTypes['BreakerState'], ParentType, ContextType>;
  inFlight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastErrorCode?: Resolver<Maybe<ResolversTypes['ErrorCode']>, ParentType, ContextType>;
  lastFailureAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastSuccessAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  queued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quotaLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
}>;

export type AttributionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attribution'] = ResolversParentTypes['Attribution']> = ResolversObject<{
  campaignContent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  campaignMedium?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  campaignName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  campaignSource?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  campaignTerm?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sourceName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type BooleanCustomFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BooleanCustomField'] = ResolversParentTypes['BooleanCustomField']> = ResolversObject<{
  boolean?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  definition?: Resolver<Maybe<ResolversTypes['CustomFieldDefinition']>, ParentType, ContextType>;
  displayValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CrmAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CrmAccount'] = ResolversParentTypes['CrmAccount']> = ResolversObject<{
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['Capability']>, ParentType, ContextType>;
  customerWrites?: Resolver<ReadonlyArray<ResolversTypes['CustomerWrite']>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['AccountHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  vendor?: Resolver<ResolversTypes['CrmVendor'], ParentType, ContextType>;
}>;

export type CrmAgentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CrmAgent'] = ResolversParentTypes['CrmAgent']> = ResolversObject<{
  account?: Resolver<ResolversTypes['CrmAccount'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isActive?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isAdmin?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isAgent?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isSupervisor?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
}>;

export type CrmAgentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CrmAgentConnection'] = ResolversParentTypes['CrmAgentConnection']> = ResolversObject<{
  edges?: Resolver<ReadonlyArray<ResolversTypes['CrmAgentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CrmAgent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountAccuracy?: Resolver<ResolversTypes['CountAccuracy'], ParentType, ContextType>;
}>;

export type CrmAgentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CrmAgentEdge'] = ResolversParentTypes['CrmAgentEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CrmAgent'], ParentType, ContextType>;
}>;

export type CrmNodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CrmNode'] = ResolversParentTypes['CrmNode']> = ResolversObject<{
  __resolveType: TypeResolveFn<'Customer' | 'Segment' | 'Tag', ParentType, ContextType>;
}>;

export type CrmVendorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CrmVendor'] = ResolversParentTypes['CrmVendor']> = ResolversObject<{
  accounts?: Resolver<ReadonlyArray<ResolversTypes['CrmAccount']>, ParentType, ContextType>;
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['Capability']>, ParentType, ContextType>;
  customerFields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type CustomFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomField'] = ResolversParentTypes['CustomField']> = ResolversObject<{
  __resolveType: TypeResolveFn<'BooleanCustomField' | 'DateCustomField' | 'ListCustomField' | 'NumberCustomField' | 'TextCustomField', ParentType, ContextType>;
}>;

export type CustomFieldDefinitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomFieldDefinition'] = ResolversParentTypes['CustomFieldDefinition']> = ResolversObject<{
  account?: Resolver<ResolversTypes['CrmAccount'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CustomFieldType'], ParentType, ContextType>;
  vendorId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
}>;

export type CustomFieldDefinitionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomFieldDefinitionConnection'] = ResolversParentTypes['CustomFieldDefinitionConnection']> = ResolversObject<{
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomFieldDefinitionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CustomFieldDefinition']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountAccuracy?: Resolver<ResolversTypes['CountAccuracy'], ParentType, ContextType>;
}>;

export type CustomFieldDefinitionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomFieldDefinitionEdge'] = ResolversParentTypes['CustomFieldDefinitionEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CustomFieldDefinition'], ParentType, ContextType>;
}>;

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acceptsMarketing?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  account?: Resolver<ResolversTypes['CrmAccount'], ParentType, ContextType>;
  accountId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  addresses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['PostalAddress']>>, ParentType, ContextType>;
  attribution?: Resolver<Maybe<ResolversTypes['Attribution']>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  birthday?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  customFields?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CustomField']>>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['CustomerEventConnection']>, ParentType, ContextType, RequireFields<CustomerEventsArgs, 'first'>>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fetchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  freshness?: Resolver<Maybe<ResolversTypes['Freshness']>, ParentType, ContextType>;
  fullName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gender?: Resolver<Maybe<ResolversTypes['Gender']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identityDocument?: Resolver<Maybe<ResolversTypes['IdentityDocument']>, ParentType, ContextType>;
  interactionChannels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  isDeleted?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isMerged?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['CustomerKind']>, ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastInteractionAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  leadScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  membership?: Resolver<Maybe<ResolversTypes['Membership']>, ParentType, ContextType>;
  messagingChannels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['MessagingChannel']>>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orderStatistics?: Resolver<Maybe<ResolversTypes['OrderStatistics']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['CrmAgent']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phoneE164?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  referralCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  segments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Segment']>>, ParentType, ContextType>;
  socialProfiles?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SocialProfile']>>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Tag']>>, ParentType, ContextType>;
  unreadableFields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  vendorData?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  vouchers?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  website?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  whatsappOptIn?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = ResolversObject<{
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Customer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountAccuracy?: Resolver<ResolversTypes['CountAccuracy'], ParentType, ContextType>;
}>;

export type CustomerCreatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerCreatePayload'] = ResolversParentTypes['CustomerCreatePayload']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerCustomFieldsSetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerCustomFieldsSetPayload'] = ResolversParentTypes['CustomerCustomFieldsSetPayload']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerDeletePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerDeletePayload'] = ResolversParentTypes['CustomerDeletePayload']> = ResolversObject<{
  deletedCustomerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
}>;

export type CustomerEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEvent'] = ResolversParentTypes['CustomerEvent']> = ResolversObject<{
  account?: Resolver<ResolversTypes['CrmAccount'], ParentType, ContextType>;
  campaignId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  campaignUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  errorMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  formFields?: Resolver<Maybe<ReadonlyArray<ResolversTypes['FormField']>>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CustomerEventKind'], ParentType, ContextType>;
  lastChatInteractionAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  outboundStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payload?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  senderEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  senderName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  senderPhone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendorId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
}>;

export type CustomerEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEventConnection'] = ResolversParentTypes['CustomerEventConnection']> = ResolversObject<{
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerEventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CustomerEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountAccuracy?: Resolver<ResolversTypes['CountAccuracy'], ParentType, ContextType>;
}>;

export type CustomerEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEventEdge'] = ResolversParentTypes['CustomerEventEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CustomerEvent'], ParentType, ContextType>;
}>;

export type CustomerEventRecordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEventRecordPayload'] = ResolversParentTypes['CustomerEventRecordPayload']> = ResolversObject<{
  customerEvent?: Resolver<Maybe<ResolversTypes['CustomerEvent']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerLookupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerLookup'] = ResolversParentTypes['CustomerLookup']> = ResolversObject<{
  matches?: Resolver<ReadonlyArray<ResolversTypes['Customer']>, ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
}>;

export type CustomerTagsAddPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerTagsAddPayload'] = ResolversParentTypes['CustomerTagsAddPayload']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerTagsRemovePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerTagsRemovePayload'] = ResolversParentTypes['CustomerTagsRemovePayload']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerTagsReplacePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerTagsReplacePayload'] = ResolversParentTypes['CustomerTagsReplacePayload']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  removedTags?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Tag']>>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerUpdatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerUpdatePayload'] = ResolversParentTypes['CustomerUpdatePayload']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerUpsertPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerUpsertPayload'] = ResolversParentTypes['CustomerUpsertPayload']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CustomerWriteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerWrite'] = ResolversParentTypes['CustomerWrite']> = ResolversObject<{
  clearableFields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  identityFields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CustomerWriteKind'], ParentType, ContextType>;
  requiredFields?: Resolver<ReadonlyArray<ResolversTypes['RequiredFields']>, ParentType, ContextType>;
  writableFields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type CustomersUpsertPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomersUpsertPayload'] = ResolversParentTypes['CustomersUpsertPayload']> = ResolversObject<{
  results?: Resolver<ReadonlyArray<ResolversTypes['CustomersUpsertResult']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type CustomersUpsertResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomersUpsertResult'] = ResolversParentTypes['CustomersUpsertResult']> = ResolversObject<{
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type DateCustomFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DateCustomField'] = ResolversParentTypes['DateCustomField']> = ResolversObject<{
  date?: Resolver<Maybe<ResolversTypes['DateOrDateTime']>, ParentType, ContextType>;
  definition?: Resolver<Maybe<ResolversTypes['CustomFieldDefinition']>, ParentType, ContextType>;
  displayValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export interface DateOrDateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateOrDateTime'], any> {
  name: 'DateOrDateTime';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type FormFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FormField'] = ResolversParentTypes['FormField']> = ResolversObject<{
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type IdentityDocumentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdentityDocument'] = ResolversParentTypes['IdentityDocument']> = ResolversObject<{
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['IdentityDocumentType']>, ParentType, ContextType>;
}>;

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type ListCustomFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListCustomField'] = ResolversParentTypes['ListCustomField']> = ResolversObject<{
  definition?: Resolver<Maybe<ResolversTypes['CustomFieldDefinition']>, ParentType, ContextType>;
  displayValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  list?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type MembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Membership'] = ResolversParentTypes['Membership']> = ResolversObject<{
  level?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  points?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
}>;

export type MessagingChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessagingChannel'] = ResolversParentTypes['MessagingChannel']> = ResolversObject<{
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isPrimary?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  pageId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  platform?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  userId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
}>;

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = ResolversObject<{
  customerCreate?: Resolver<Maybe<ResolversTypes['CustomerCreatePayload']>, ParentType, ContextType, RequireFields<MutationCustomerCreateArgs, 'input'>>;
  customerCustomFieldsSet?: Resolver<Maybe<ResolversTypes['CustomerCustomFieldsSetPayload']>, ParentType, ContextType, RequireFields<MutationCustomerCustomFieldsSetArgs, 'input'>>;
  customerDelete?: Resolver<Maybe<ResolversTypes['CustomerDeletePayload']>, ParentType, ContextType, RequireFields<MutationCustomerDeleteArgs, 'input'>>;
  customerEventRecord?: Resolver<Maybe<ResolversTypes['CustomerEventRecordPayload']>, ParentType, ContextType, RequireFields<MutationCustomerEventRecordArgs, 'input'>>;
  customerTagsAdd?: Resolver<Maybe<ResolversTypes['CustomerTagsAddPayload']>, ParentType, ContextType, RequireFields<MutationCustomerTagsAddArgs, 'input'>>;
  customerTagsRemove?: Resolver<Maybe<ResolversTypes['CustomerTagsRemovePayload']>, ParentType, ContextType, RequireFields<MutationCustomerTagsRemoveArgs, 'input'>>;
  customerTagsReplace?: Resolver<Maybe<ResolversTypes['CustomerTagsReplacePayload']>, ParentType, ContextType, RequireFields<MutationCustomerTagsReplaceArgs, 'input'>>;
  customerUpdate?: Resolver<Maybe<ResolversTypes['CustomerUpdatePayload']>, ParentType, ContextType, RequireFields<MutationCustomerUpdateArgs, 'input'>>;
  customerUpsert?: Resolver<Maybe<ResolversTypes['CustomerUpsertPayload']>, ParentType, ContextType, RequireFields<MutationCustomerUpsertArgs, 'input'>>;
  customersUpsert?: Resolver<Maybe<ResolversTypes['CustomersUpsertPayload']>, ParentType, ContextType, RequireFields<MutationCustomersUpsertArgs, 'input'>>;
  segmentCreate?: Resolver<Maybe<ResolversTypes['SegmentCreatePayload']>, ParentType, ContextType, RequireFields<MutationSegmentCreateArgs, 'input'>>;
  segmentCustomersAdd?: Resolver<Maybe<ResolversTypes['SegmentCustomersAddPayload']>, ParentType, ContextType, RequireFields<MutationSegmentCustomersAddArgs, 'input'>>;
  segmentCustomersRemove?: Resolver<Maybe<ResolversTypes['SegmentCustomersRemovePayload']>, ParentType, ContextType, RequireFields<MutationSegmentCustomersRemoveArgs, 'input'>>;
  tagCreate?: Resolver<Maybe<ResolversTypes['TagCreatePayload']>, ParentType, ContextType, RequireFields<MutationTagCreateArgs, 'input'>>;
}>;

export type NumberCustomFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NumberCustomField'] = ResolversParentTypes['NumberCustomField']> = ResolversObject<{
  definition?: Resolver<Maybe<ResolversTypes['CustomFieldDefinition']>, ParentType, ContextType>;
  displayValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type OrderStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderStatistics'] = ResolversParentTypes['OrderStatistics']> = ResolversObject<{
  abandonedCheckouts?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  averageOrderValue?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  cancelledOrders?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  cancelledOrdersValue?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastOrderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  lastOrderPaidAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  ordersValue?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  paidOrders?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  paidOrdersValue?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  pendingOrders?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  pendingOrdersValue?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  preferredDevice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  referredCustomers?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  referredCustomersValue?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  visits?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  visitsPerDay?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
}>;

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = ResolversObject<{
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type PostalAddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostalAddress'] = ResolversParentTypes['PostalAddress']> = ResolversObject<{
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  countryCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  district?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fullName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isDefault?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  line1?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  province?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ward?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = ResolversObject<{
  account?: Resolver<Maybe<ResolversTypes['CrmAccount']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['CrmAccount']>, ParentType, ContextType>;
  agents?: Resolver<Maybe<ResolversTypes['CrmAgentConnection']>, ParentType, ContextType, RequireFields<QueryAgentsArgs, 'first'>>;
  crmNode?: Resolver<Maybe<ResolversTypes['CrmNode']>, ParentType, ContextType, RequireFields<QueryCrmNodeArgs, 'id'>>;
  crmNodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['CrmNode']>>, ParentType, ContextType, RequireFields<QueryCrmNodesArgs, 'ids'>>;
  customFieldDefinitions?: Resolver<Maybe<ResolversTypes['CustomFieldDefinitionConnection']>, ParentType, ContextType, RequireFields<QueryCustomFieldDefinitionsArgs, 'first'>>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customerEvents?: Resolver<Maybe<ResolversTypes['CustomerEventConnection']>, ParentType, ContextType, RequireFields<QueryCustomerEventsArgs, 'first'>>;
  customerLookup?: Resolver<Maybe<ResolversTypes['CustomerLookup']>, ParentType, ContextType, RequireFields<QueryCustomerLookupArgs, 'by'>>;
  customers?: Resolver<Maybe<ResolversTypes['CustomerConnection']>, ParentType, ContextType, RequireFields<QueryCustomersArgs, 'first'>>;
  segment?: Resolver<Maybe<ResolversTypes['Segment']>, ParentType, ContextType, RequireFields<QuerySegmentArgs, 'id'>>;
  segments?: Resolver<Maybe<ResolversTypes['SegmentConnection']>, ParentType, ContextType, RequireFields<QuerySegmentsArgs, 'first'>>;
  tag?: Resolver<Maybe<ResolversTypes['Tag']>, ParentType, ContextType, RequireFields<QueryTagArgs, 'id'>>;
  tags?: Resolver<Maybe<ResolversTypes['TagConnection']>, ParentType, ContextType, RequireFields<QueryTagsArgs, 'first'>>;
  vendors?: Resolver<ReadonlyArray<ResolversTypes['CrmVendor']>, ParentType, ContextType>;
}>;

export type ReceiptEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceiptEntry'] = ResolversParentTypes['ReceiptEntry']> = ResolversObject<{
  field?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReceiptStatus'], ParentType, ContextType>;
  stored?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type RequiredFieldsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequiredFields'] = ResolversParentTypes['RequiredFields']> = ResolversObject<{
  anyOf?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type SegmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Segment'] = ResolversParentTypes['Segment'], FederationReferenceType extends FederationReferenceTypes['Segment'] = FederationReferenceTypes['Segment']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Segment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['CrmAccount'], ParentType, ContextType>;
  accountId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customers?: Resolver<Maybe<ResolversTypes['CustomerConnection']>, ParentType, ContextType, RequireFields<SegmentCustomersArgs, 'first'>>;
  fetchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  freshness?: Resolver<Maybe<ResolversTypes['Freshness']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type SegmentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentConnection'] = ResolversParentTypes['SegmentConnection']> = ResolversObject<{
  edges?: Resolver<ReadonlyArray<ResolversTypes['SegmentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Segment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountAccuracy?: Resolver<ResolversTypes['CountAccuracy'], ParentType, ContextType>;
}>;

export type SegmentCreatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentCreatePayload'] = ResolversParentTypes['SegmentCreatePayload']> = ResolversObject<{
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['Segment']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type SegmentCustomersAddPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentCustomersAddPayload'] = ResolversParentTypes['SegmentCustomersAddPayload']> = ResolversObject<{
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['Segment']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type SegmentCustomersRemovePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentCustomersRemovePayload'] = ResolversParentTypes['SegmentCustomersRemovePayload']> = ResolversObject<{
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['Segment']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type SegmentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentEdge'] = ResolversParentTypes['SegmentEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Segment'], ParentType, ContextType>;
}>;

export type SocialProfileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SocialProfile'] = ResolversParentTypes['SocialProfile']> = ResolversObject<{
  network?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type SourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source']> = ResolversObject<{
  account?: Resolver<ResolversTypes['CrmAccount'], ParentType, ContextType>;
  calls?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['SourceError']>, ParentType, ContextType>;
  fetchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  milliseconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queuedMilliseconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  records?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceState'], ParentType, ContextType>;
  unreadable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type SourceErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceError'] = ResolversParentTypes['SourceError']> = ResolversObject<{
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type TagResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag'], FederationReferenceType extends FederationReferenceTypes['Tag'] = FederationReferenceTypes['Tag']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tag']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['CrmAccount'], ParentType, ContextType>;
  accountId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fetchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  freshness?: Resolver<Maybe<ResolversTypes['Freshness']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  vendorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type TagConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TagConnection'] = ResolversParentTypes['TagConnection']> = ResolversObject<{
  edges?: Resolver<ReadonlyArray<ResolversTypes['TagEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountAccuracy?: Resolver<ResolversTypes['CountAccuracy'], ParentType, ContextType>;
}>;

export type TagCreatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TagCreatePayload'] = ResolversParentTypes['TagCreatePayload']> = ResolversObject<{
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  receipt?: Resolver<ReadonlyArray<ResolversTypes['ReceiptEntry']>, ParentType, ContextType>;
  requests?: Resolver<ReadonlyArray<ResolversTypes['VendorRequest']>, ParentType, ContextType>;
  tag?: Resolver<Maybe<ResolversTypes['Tag']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type TagEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TagEdge'] = ResolversParentTypes['TagEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Tag'], ParentType, ContextType>;
}>;

export type TextCustomFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextCustomField'] = ResolversParentTypes['TextCustomField']> = ResolversObject<{
  definition?: Resolver<Maybe<ResolversTypes['CustomFieldDefinition']>, ParentType, ContextType>;
  displayValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = ResolversObject<{
  candidates?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Customer']>>, ParentType, ContextType>;
  capability?: Resolver<Maybe<ResolversTypes['Capability']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  safeToRepeat?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  vendorCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  vendorMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type VendorRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VendorRequest'] = ResolversParentTypes['VendorRequest']> = ResolversObject<{
  body?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  isWrite?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RequestState'], ParentType, ContextType>;
}>;

export type WritePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WritePayload'] = ResolversParentTypes['WritePayload']> = ResolversObject<{
  __resolveType: TypeResolveFn<'CustomerCreatePayload' | 'CustomerCustomFieldsSetPayload' | 'CustomerDeletePayload' | 'CustomerEventRecordPayload' | 'CustomerTagsAddPayload' | 'CustomerTagsRemovePayload' | 'CustomerTagsReplacePayload' | 'CustomerUpdatePayload' | 'CustomerUpsertPayload' | 'CustomersUpsertResult' | 'SegmentCreatePayload' | 'SegmentCustomersAddPayload' | 'SegmentCustomersRemovePayload' | 'TagCreatePayload', ParentType, ContextType>;
}>;

export type Resolvers<ContextType = Context> = ResolversObject<{
  AccountHealth?: AccountHealthResolvers<ContextType>;
  Attribution?: AttributionResolvers<ContextType>;
  BooleanCustomField?: BooleanCustomFieldResolvers<ContextType>;
  CrmAccount?: CrmAccountResolvers<ContextType>;
  CrmAgent?: CrmAgentResolvers<ContextType>;
  CrmAgentConnection?: CrmAgentConnectionResolvers<ContextType>;
  CrmAgentEdge?: CrmAgentEdgeResolvers<ContextType>;
  CrmNode?: CrmNodeResolvers<ContextType>;
  CrmVendor?: CrmVendorResolvers<ContextType>;
  CustomField?: CustomFieldResolvers<ContextType>;
  CustomFieldDefinition?: CustomFieldDefinitionResolvers<ContextType>;
  CustomFieldDefinitionConnection?: CustomFieldDefinitionConnectionResolvers<ContextType>;
  CustomFieldDefinitionEdge?: CustomFieldDefinitionEdgeResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerCreatePayload?: CustomerCreatePayloadResolvers<ContextType>;
  CustomerCustomFieldsSetPayload?: CustomerCustomFieldsSetPayloadResolvers<ContextType>;
  CustomerDeletePayload?: CustomerDeletePayloadResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  CustomerEvent?: CustomerEventResolvers<ContextType>;
  CustomerEventConnection?: CustomerEventConnectionResolvers<ContextType>;
  CustomerEventEdge?: CustomerEventEdgeResolvers<ContextType>;
  CustomerEventRecordPayload?: CustomerEventRecordPayloadResolvers<ContextType>;
  CustomerLookup?: CustomerLookupResolvers<ContextType>;
  CustomerTagsAddPayload?: CustomerTagsAddPayloadResolvers<ContextType>;
  CustomerTagsRemovePayload?: CustomerTagsRemovePayloadResolvers<ContextType>;
  CustomerTagsReplacePayload?: CustomerTagsReplacePayloadResolvers<ContextType>;
  CustomerUpdatePayload?: CustomerUpdatePayloadResolvers<ContextType>;
  CustomerUpsertPayload?: CustomerUpsertPayloadResolvers<ContextType>;
  CustomerWrite?: CustomerWriteResolvers<ContextType>;
  CustomersUpsertPayload?: CustomersUpsertPayloadResolvers<ContextType>;
  CustomersUpsertResult?: CustomersUpsertResultResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateCustomField?: DateCustomFieldResolvers<ContextType>;
  DateOrDateTime?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  FormField?: FormFieldResolvers<ContextType>;
  IdentityDocument?: IdentityDocumentResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  ListCustomField?: ListCustomFieldResolvers<ContextType>;
  Membership?: MembershipResolvers<ContextType>;
  MessagingChannel?: MessagingChannelResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NumberCustomField?: NumberCustomFieldResolvers<ContextType>;
  OrderStatistics?: OrderStatisticsResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PostalAddress?: PostalAddressResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReceiptEntry?: ReceiptEntryResolvers<ContextType>;
  RequiredFields?: RequiredFieldsResolvers<ContextType>;
  Segment?: SegmentResolvers<ContextType>;
  SegmentConnection?: SegmentConnectionResolvers<ContextType>;
  SegmentCreatePayload?: SegmentCreatePayloadResolvers<ContextType>;
  SegmentCustomersAddPayload?: SegmentCustomersAddPayloadResolvers<ContextType>;
  SegmentCustomersRemovePayload?: SegmentCustomersRemovePayloadResolvers<ContextType>;
  SegmentEdge?: SegmentEdgeResolvers<ContextType>;
  SocialProfile?: SocialProfileResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceError?: SourceErrorResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  TagConnection?: TagConnectionResolvers<ContextType>;
  TagCreatePayload?: TagCreatePayloadResolvers<ContextType>;
  TagEdge?: TagEdgeResolvers<ContextType>;
  TextCustomField?: TextCustomFieldResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  VendorRequest?: VendorRequestResolvers<ContextType>;
  WritePayload?: WritePayloadResolvers<ContextType>;
}>;

