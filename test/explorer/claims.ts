import { expect } from '@jest/globals';

// What each example promises, and how the demo must keep it.

// biome-ignore lint/suspicious/noExplicitAny: the shape follows from the example
type Data = any;
/** What `extensions.crm.calls` says. */
interface Calls {
  readonly predicted: number;
  readonly made: number;
}
type Claim = (data: Data, calls: Calls) => void;

const names = (list: Data) => list.nodes.map(({ fullName }: Data) => fullName);
const stateOf = (list: Data, account: string) =>
  list.sources.find((source: Data) => source.account.id === account)?.state;
const statuses = ({ receipt }: Data) => receipt.map(({ status }: Data) => status);
const written = (payload: Data, outcome: string) => {
  expect(payload).toMatchObject({ outcome, userErrors: [] });
};
const planned = ({ requests }: Data) =>
  requests.filter(({ state }: Data) => state === 'PLANNED').map(({ method, path }: Data) => `${method} ${path}`);

const VERONICA = 'Verónica Montoya Ruiz';
const BAO_TRAN = 'Nguyễn Bảo Trân';

export const CLAIMS: Readonly<Record<string, Claim>> = {
  'start-here/first-customers': ({ customers }) => {
    expect(names(customers)).toHaveLength(9);
    expect(new Set(customers.nodes.map(({ account }: Data) => account.label)).size).toBe(3);
    expect(stateOf(customers, 'salekit')).toBe('UNSUPPORTED');
  },
  'start-here/who-can-do-what': ({ vendors }, { made }) => {
    expect(vendors).toHaveLength(5);
    expect(vendors.every(({ capabilities }: Data) => capabilities.length > 0)).toBe(true);
    expect(made).toBe(0);
  },
  'start-here/your-accounts': ({ accounts }) => expect(accounts).toHaveLength(5),
  'start-here/where-ids-come-from': ({ customers, tags, segments }) => {
    for (const { nodes } of [customers, tags, segments])
      for (const { id, vendorId } of nodes) expect([id, vendorId]).toEqual([expect.any(String), expect.any(String)]);
  },

  'find-a-customer/by-email': ({ customerLookup }) => {
    expect(customerLookup.matches.map(({ account }: Data) => account.label)).toEqual([
      'LadiFlow (demo)',
      'Mercately (demo)',
    ]);
  },
  'find-a-customer/by-phone': ({ customerLookup }) => {
    expect(customerLookup.matches).toHaveLength(2);
    for (const { phoneE164 } of customerLookup.matches) expect(phoneE164).toBe('+84363000000');
  },
  'find-a-customer/by-the-crms-own-id': ({ customerLookup }, { made }) => {
    expect(customerLookup.matches).toMatchObject([{ vendorId: '3', fullName: VERONICA }]);
    expect(made).toBe(1);
  },
  'find-a-customer/by-id': ({ customer }) => expect(customer).toMatchObject({ fullName: BAO_TRAN }),
  'find-a-customer/by-part-of-the-name': ({ customers }) => {
    for (const name of names(customers)) expect(name).toMatch(/Bảo Trân/);
    expect(stateOf(customers, 'mercately')).toBe('UNSUPPORTED');
  },
  'find-a-customer/any-record': ({ crmNode }) =>
    expect(crmNode).toMatchObject({ __typename: 'Segment', title: '高价值客户' }),
  'find-a-customer/many-records': ({ crmNodes }, { made }) => {
    expect(crmNodes.map((node: Data) => node?.fullName ?? node?.name ?? node?.title ?? node)).toEqual([
      BAO_TRAN,
      'VIP',
      VERONICA,
      null,
      '老客户',
    ]);
    expect(made).toBe(3);
  },

  'list-across-crms/page-by-page': ({ customers }) => {
    expect(names(customers)).toHaveLength(5);
    expect(customers.pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) });
  },
  'list-across-crms/one-account': ({ account, customers }, { made }) => {
    expect(account.label).toBe('Mercately (demo)');
    expect(customers.totalCount).toBe(500);
    expect(made).toBe(1);
  },
  'list-across-crms/created-in-a-month': ({ customers }) => {
    for (const { createdAt } of customers.nodes) expect(createdAt).toMatch(/^2024-01-/);
    expect([stateOf(customers, 'mercately'), stateOf(customers, 'ladiflow')]).toEqual(['OK', 'UNSUPPORTED']);
  },
  'list-across-crms/by-identity-document': ({ customers }) => {
    expect(names(customers)).toHaveLength(5);
    for (const { identityDocument } of customers.nodes) expect(identityDocument.type).toBe('CEDULA');
  },
  'list-across-crms/how-many': ({ everywhere, inOneCrm }) => {
    expect(everywhere).toEqual({ totalCount: 1500, totalCountAccuracy: 'AT_LEAST' });
    expect(inOneCrm).toEqual({ totalCount: 500, totalCountAccuracy: 'EXACT' });
  },
  'list-across-crms/the-team': ({ agents }) => expect(agents.nodes).toHaveLength(3),

  'look-at-one-customer/what-null-means': ({ customer }) => {
    expect(customer).toMatchObject({ fullName: BAO_TRAN, company: null, completeness: 'PARTIAL' });
    expect(customer.unreadableFields).toContain('company');
    expect(customer.unreadableFields).not.toContain('note');
  },
  'look-at-one-customer/contact': ({ customer }) => {
    expect(customer.addresses).toHaveLength(1);
    expect(customer.messagingChannels).not.toEqual([]);
    expect(customer.socialProfiles).not.toEqual([]);
  },
  'look-at-one-customer/custom-fields': ({ customer }) => {
    expect(customer.customFields).toContainEqual(expect.objectContaining({ name: 'point', number: '10' }));
    expect(customer.customFields).toContainEqual(expect.objectContaining({ name: 'wants_samples', boolean: false }));
    expect(customer.customFields).toContainEqual(expect.objectContaining({ list: ['173672'] }));
    expect(customer.customFields.some(({ date }: Data) => date)).toBe(true);
  },
  'look-at-one-customer/events': ({ customer }) => {
    expect(customer.events.totalCount).toBe(39);
    expect(new Set(customer.events.nodes.map(({ kind }: Data) => kind))).toEqual(
      new Set(['OUTBOUND_MESSAGE', 'NAMED']),
    );
    expect(customer.owner.firstName).toBe('Carmen');
  },
  'look-at-one-customer/orders': ({ customer }) => {
    expect(customer.orderStatistics).toMatchObject({ orders: 5, ordersValue: '750000', currency: null });
    expect(customer.vouchers).toHaveLength(2);
  },
  'look-at-one-customer/in-the-crms-own-words': ({ customer }) =>
    expect(customer.vendorData).toMatchObject({ id: '1713qanzz1353', id_type: 'pasaporte' }),

  'segments-and-tags/segments': ({ segments }, { made }) => {
    expect(segments.nodes).toHaveLength(5);
    expect(names(segments.nodes[0].customers)).toHaveLength(3);
    expect(made).toBe(1);
  },
  'segments-and-tags/one-segment': ({ segment }) => {
    expect(segment.customers.totalCount).toBe(100);
    for (const { segments } of segment.customers.nodes) expect(segments).toContainEqual({ title: segment.title });
  },
  'segments-and-tags/in-one-and-not-the-other': ({ customers }) => {
    expect(customers.nodes).not.toEqual([]);
    for (const { segments } of customers.nodes) {
      expect(segments).toContainEqual({ title: '高价值客户' });
      expect(segments).not.toContainEqual({ title: '女性客户' });
    }
    expect(stateOf(customers, 'ladiflow')).toBe('SKIPPED');
  },
  'segments-and-tags/tags': ({ tags }) => expect(tags.nodes).toContainEqual(expect.objectContaining({ name: 'VIP' })),
  'segments-and-tags/one-tag': ({ tag }) => expect(tag.name).toBe('VIP'),
  'segments-and-tags/customers-with-a-tag': ({ customers }) => {
    for (const { tags } of customers.nodes) expect(tags).toContainEqual({ name: 'VIP' });
    expect(customers.sources.filter(({ calls }: Data) => calls > 0)).toHaveLength(1);
    expect(stateOf(customers, 'heidianer')).toBe('SKIPPED');
  },

  'events-and-custom-fields/contact-forms': ({ customerEvents }) => {
    expect(customerEvents.totalCount).toBe(300);
    expect(customerEvents.nodes.some(({ formFields }: Data) => formFields.length > 0)).toBe(true);
  },
  'events-and-custom-fields/messages-of-one-sender': ({ customerEvents }) => {
    expect(customerEvents.nodes).toHaveLength(3);
    for (const { senderEmail } of customerEvents.nodes)
      expect(senderEmail.toLowerCase()).toBe('baotran.nguyen0@example.vn');
  },
  'events-and-custom-fields/custom-fields-that-exist': ({ customFieldDefinitions }) =>
    expect(customFieldDefinitions.nodes).toContainEqual(expect.objectContaining({ name: 'point', type: 'NUMBER' })),

  'dry-run-first/what-a-form-needs': ({ accounts }, { made }) => {
    for (const { customerWrites } of accounts) expect(customerWrites).not.toEqual([]);
    expect(made).toBe(0);
  },
  'dry-run-first/an-update': ({ customerUpdate }) => {
    expect(planned(customerUpdate)).toEqual(['PUT /api/crm/customer/2/']);
    expect(customerUpdate.requests[1].body).toMatchObject({ note: 'Likes oolong', full_name: '刘丽娟' });
  },
  'dry-run-first/an-upsert': ({ customerUpsert }) =>
    expect(planned(customerUpsert)).toEqual([
      'POST /retailers/api/v1/customers',
      'GET /retailers/api/v1/customers/{customerId}',
    ]),
  'dry-run-first/what-is-missing': ({ customerCreate }, { made }) => {
    expect(customerCreate.userErrors.map(({ field }: Data) => field)).toContainEqual(['customer', 'email']);
    expect(customerCreate.requests).toEqual([]);
    expect(made).toBe(0);
  },
  'dry-run-first/a-deletion': ({ customerDelete }, { made }) => {
    expect(planned(customerDelete)).toEqual(['DELETE /api/crm/customer/5/']);
    expect(customerDelete.deletedCustomerId).toBeNull();
    expect(made).toBe(0);
  },

  'write/create-a-customer': ({ customerCreate }) => {
    written(customerCreate, 'CREATED');
    expect(customerCreate.customer).toMatchObject({ fullName: 'Đào Mai', phoneE164: '+84912345678' });
  },
  'write/change-a-customer': ({ customerUpdate }) => {
    written(customerUpdate, 'UPDATED');
    expect(customerUpdate.customer).toMatchObject({ fullName: '刘丽娟 女士', note: null });
    expect(statuses(customerUpdate)).toContain('APPLIED');
  },
  'write/make-or-change': ({ customerUpsert }) => {
    written(customerUpsert, 'CREATED_OR_UPDATED');
    expect(customerUpsert.customer.completeness).toBe('KEYS_ONLY');
    expect(new Set(statuses(customerUpsert))).toEqual(new Set(['UNVERIFIED']));
  },
  'write/a-batch': ({ customersUpsert }) =>
    expect(customersUpsert.results.map(({ outcome }: Data) => outcome)).toEqual(['CREATED', 'NOT_EXECUTED', 'CREATED']),
  'write/add-tags': ({ customerTagsAdd }) => {
    written(customerTagsAdd, 'UPDATED');
    expect(customerTagsAdd.customer.tags).toEqual([{ name: 'VIP' }, { name: '老客户' }]);
  },
  'write/take-tags-off': ({ customerTagsRemove }) => {
    written(customerTagsRemove, 'UPDATED');
    expect(customerTagsRemove.customer.tags).toEqual([{ name: 'VIP' }, { name: 'Prospecto' }]);
  },
  'write/replace-tags': ({ customerTagsReplace }) => {
    written(customerTagsReplace, 'UPDATED');
    expect(customerTagsReplace.removedTags).toEqual([{ name: 'Đã mua' }, { name: '老客户' }]);
  },
  'write/set-custom-fields': ({ customerCustomFieldsSet }) => {
    written(customerCustomFieldsSet, 'UPDATED');
    expect(statuses(customerCustomFieldsSet)).toEqual(['APPLIED', 'APPLIED']);
  },
  'write/make-a-tag': ({ tagCreate }) => written(tagCreate, 'CREATED'),
  'write/make-a-segment': ({ segmentCreate }) => written(segmentCreate, 'CREATED'),
  'write/put-into-a-segment': ({ segmentCustomersAdd }) => {
    written(segmentCustomersAdd, 'UPDATED');
    expect(names(segmentCustomersAdd.segment.customers)).toEqual([BAO_TRAN, VERONICA]);
  },
  'write/take-out-of-a-segment': ({ segmentCustomersRemove }) => {
    written(segmentCustomersRemove, 'UPDATED');
    expect(segmentCustomersRemove.segment.customers.totalCount).toBe(107);
  },
  'write/record-an-event': ({ customerEventRecord }) => {
    written(customerEventRecord, 'CREATED');
    expect(customerEventRecord.customerEvent).toMatchObject({ kind: 'NAMED', name: 'order_completed' });
  },
  'write/delete-a-customer': ({ customerDelete }) => {
    written(customerDelete, 'DELETED');
    expect(customerDelete.deletedCustomerId).toEqual(expect.any(String));
  },

  'when-a-crm-fails/whose-records-are-missing': ({ customers }) => {
    expect(names(customers)).toHaveLength(10);
    expect(customers.sources.filter(({ state }: Data) => state === 'OK')).toHaveLength(3);
  },
  'when-a-crm-fails/do-not-wait': ({ customers }) => {
    expect(names(customers)).toHaveLength(10);
    expect(customers.pageInfo.endCursor).toEqual(expect.any(String));
  },
  'when-a-crm-fails/absent-is-not-failed': ({ customer }, { made }) => {
    expect(customer).toBeNull();
    expect(made).toBe(1);
  },
  'when-a-crm-fails/how-are-they-doing': ({ accounts }) => {
    for (const { health } of accounts) expect(health).toMatchObject({ breaker: 'CLOSED', lastErrorCode: null });
  },
  'when-a-crm-fails/refused-unasked': ({ customerDelete }, { made }) => {
    expect(customerDelete.userErrors).toMatchObject([
      { code: 'NOT_SUPPORTED_BY_VENDOR', capability: 'CUSTOMER_DELETE' },
    ]);
    expect(made).toBe(0);
  },
  'when-a-crm-fails/a-conflict': ({ customerUpsert }) => {
    expect(customerUpsert.outcome).toBe('NOT_EXECUTED');
    expect(customerUpsert.userErrors).toMatchObject([{ code: 'CONFLICT', candidates: [{}, {}] }]);
  },

  'costs-and-freshness/keys-cost-nothing': ({ customer }, { predicted, made }) => {
    expect(customer).toMatchObject({ accountId: 'ladiflow', account: { region: 'VN' } });
    expect([predicted, made]).toEqual([0, 0]);
  },
  'costs-and-freshness/asked-twice-sent-once': ({ once, again, andAgain }, { made }) => {
    expect({ ...once, ...again, ...andAgain[0] }).toMatchObject({ fullName: BAO_TRAN, birthday: '1992-06-28' });
    expect(made).toBe(1);
  },
  'costs-and-freshness/five-in-one-call': ({ crmNodes }, { made }) => {
    expect(crmNodes.filter(Boolean)).toHaveLength(5);
    expect(made).toBe(1);
  },
  'costs-and-freshness/ask-the-crm-now': ({ customer }) => expect(customer.freshness).toBe('LIVE'),
  'costs-and-freshness/old-rather-than-nothing': ({ customers }) => expect(names(customers)).toHaveLength(6),

  'federation/the-subgraph': ({ _service }) => expect(_service.sdl).toContain('type Customer'),
  'federation/references': ({ _entities }) =>
    expect(_entities.map(({ fullName, title, name }: Data) => fullName ?? title ?? name)).toEqual([
      BAO_TRAN,
      VERONICA,
      '老客户',
      'Đã mua',
    ]),
  'federation/the-five-types': ({ customer, customField, customerEvent, tag, segment }) => {
    expect(customer.fields.length).toBeGreaterThan(30);
    expect(customField.possibleTypes).toHaveLength(5);
    for (const { description } of [customerEvent, tag, segment]) expect(description).toEqual(expect.any(String));
  },
};
