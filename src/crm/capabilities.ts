import type { Adapter } from './adapter.ts';

/** What each capability is read off: the adapter's own methods and the fields its reads carry. */
const EVIDENCE = {
  CUSTOMER_READ: (adapter) => adapter.customerById !== undefined,
  CUSTOMER_READ_MANY: (adapter) => adapter.customersByIds !== undefined,
  CUSTOMER_LOOKUP_EMAIL: (adapter) => adapter.customerByEmail !== undefined,
  CUSTOMER_LOOKUP_PHONE: (adapter) => adapter.customerByPhone !== undefined,
  CUSTOMER_LIST: (adapter) => adapter.customerList !== undefined,
  CUSTOMER_ADDRESSES_READ: (adapter) =>
    adapter.customerAddresses !== undefined || adapter.readableFields.has('addresses'),
  CUSTOMER_TAGS_READ: (adapter) => adapter.readableFields.has('tags'),
  CUSTOMER_SEGMENTS_READ: (adapter) => adapter.readableFields.has('segments'),
  CUSTOMER_CUSTOM_FIELDS_READ: (adapter) => adapter.readableFields.has('customFields'),
  CUSTOMER_EVENTS_READ: (adapter) => adapter.customerEvents !== undefined,
  EVENT_LIST: (adapter) => adapter.eventList !== undefined,
  TAG_LIST: (adapter) => adapter.tagList !== undefined,
  SEGMENT_LIST: (adapter) => adapter.segmentList !== undefined,
  SEGMENT_READ: (adapter) => adapter.segmentById !== undefined,
  CUSTOM_FIELD_DEFINITION_LIST: (adapter) => adapter.customFieldDefinitions !== undefined,
  AGENT_LIST: (adapter) => adapter.agentList !== undefined,
  CUSTOMER_CREATE: (adapter) => adapter.customerCreate !== undefined,
  CUSTOMER_UPDATE: (adapter) => adapter.customerUpdate !== undefined,
  CUSTOMER_UPSERT: (adapter) => adapter.customerUpsert !== undefined,
  CUSTOMER_DELETE: (adapter) => adapter.customerDelete !== undefined,
  CUSTOMER_TAGS_ADD: (adapter) => adapter.customerTagsAdd !== undefined,
  CUSTOMER_TAGS_REMOVE: (adapter) => adapter.customerTagsRemove !== undefined,
  CUSTOMER_TAGS_REPLACE: (adapter) => adapter.customerTagsReplace !== undefined,
  CUSTOMER_CUSTOM_FIELDS_SET: (adapter) =>
    adapter.customerUpdate !== undefined && !!adapter.customerWrites?.UPDATE?.writable.includes('customFields'),
  TAG_CREATE: (adapter) => adapter.tagCreate !== undefined,
  SEGMENT_CREATE: (adapter) => adapter.segmentCreate !== undefined,
  SEGMENT_CUSTOMERS_ADD: (adapter) => adapter.segmentCustomersAdd !== undefined,
  SEGMENT_CUSTOMERS_REMOVE: (adapter) => adapter.segmentCustomersRemove !== undefined,
  CUSTOMER_EVENT_RECORD: (adapter) => adapter.customerEventRecord !== undefined,
} as const satisfies Record<string, (adapter: Adapter) => boolean>;

/** One thing an account can be asked to do. */
export type Capability = keyof typeof EVIDENCE;

/** What an adapter can do, in the order of the list above. */
export function capabilitiesOf(adapter: Adapter): readonly Capability[] {
  return (Object.keys(EVIDENCE) as Capability[]).filter((capability) => EVIDENCE[capability](adapter));
}
