import type { Answer, Graph } from '../support/graph.ts';

/** One documented read of a vendor, asked through the graph. */
export interface Read {
  readonly name: string;
  readonly vendor: string;
  /** The contract's name of the vendor call that fails. */
  readonly operation: string;
  readonly shape: 'single' | 'many' | 'list';
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where the record, the records or the connection is in the answer. */
  readonly path: readonly (string | number)[];
}

const CUSTOMER = `
  id vendorId completeness fullName firstName lastName email phone phoneE164 gender birthday note company jobTitle
  language website avatarUrl acceptsMarketing whatsappOptIn emailVerified kind status source externalId referralCode
  leadScore interactionChannels vouchers isDeleted isMerged createdAt updatedAt lastInteractionAt
  identityDocument { type number } messagingChannels { platform userId } socialProfiles { network value }
  orderStatistics { orders ordersValue averageOrderValue } tags { vendorId name } segments { vendorId title }
  customFields { name displayValue }`;
const ADDRESSES = 'addresses { fullName phone line1 city province postalCode countryCode isDefault }';
const EVENT = `vendorId kind name payload outboundStatus campaignId errorMessage senderName senderEmail senderPhone text
  formFields { name value } occurredAt createdAt sentAt deliveredAt readAt lastChatInteractionAt`;
const SOURCES = `sources { account { id } state calls records unreadable queuedMilliseconds retryAfter
  error { code message } }`;

/** All documented reads; ids are looked up first, while everybody is well. */
export async function readsOf(graph: Graph, vendor: string): Promise<readonly Read[]> {
  const page = (name: string, fields: string) =>
    `query ($accounts: [ID!]) { ${name}(first: 100, accounts: $accounts) { nodes { ${fields} } ${SOURCES} } }`;
  const accounts = [vendor];
  const list = (name: string, operation: string, fields: string): Read => ({
    name,
    vendor,
    operation,
    shape: 'list',
    query: page(name, fields),
    variables: { accounts },
    path: [name],
  });
  const idsOf = async (name: string): Promise<readonly string[]> => {
    const { data } = await graph.ask(page(name, 'id'), { accounts });
    return data[name].nodes.map(({ id }: { id: string }) => id);
  };
  const one = (name: string, operation: string, id: string | undefined, fields: string): Read => ({
    name,
    vendor,
    operation,
    shape: 'single',
    query: `query ($id: ID!) { ${name}(id: $id) { ${fields} } }`,
    variables: { id },
    path: [name],
  });

  if (vendor === 'fecify') {
    const addresses: Read = {
      name: 'addresses',
      vendor,
      operation: 'listCustomerAddresses',
      shape: 'single',
      query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { vendorId ${ADDRESSES} } } }`,
      variables: { r: [{ __typename: 'Customer', accountId: vendor, vendorId: '4' }] },
      path: ['_entities', 0, 'addresses'],
    };
    return [addresses, list('customerEvents', 'listContactMessages', EVENT)];
  }
  const [first, second] = await idsOf('customers');
  if (vendor === 'ladiflow') {
    return [
      one('customer', 'customerShow', first, CUSTOMER),
      list('customers', 'customerList', CUSTOMER),
      list('tags', 'customerListTag', 'id vendorId name createdAt updatedAt'),
    ];
  }
  if (vendor === 'mercately') {
    const history: Read = {
      name: 'events',
      vendor,
      operation: 'listCustomerEvents',
      shape: 'list',
      query: `query ($id: ID!) { customer(id: $id) { events(first: 100) { nodes { ${EVENT} } ${SOURCES} } } }`,
      variables: { id: first },
      path: ['customer', 'events'],
    };
    return [
      one('customer', 'getCustomer', first, `${CUSTOMER} ${ADDRESSES}`),
      list('customers', 'listCustomers', `${CUSTOMER} ${ADDRESSES}`),
      history,
      list('agents', 'listAgents', 'vendorId firstName lastName email isActive isAgent isAdmin isSupervisor'),
    ];
  }
  const [segment] = await idsOf('segments');
  const many: Read = {
    name: 'many ids',
    vendor,
    operation: 'listCustomers',
    shape: 'many',
    query: `query ($ids: [ID!]!) { crmNodes(ids: $ids) { ... on Customer { ${CUSTOMER} } } }`,
    variables: { ids: [first, second] },
    path: ['crmNodes'],
  };
  const SEGMENT = `id vendorId title customers(first: 100) { nodes { vendorId fullName email createdAt } }`;
  return [
    one('customer', 'getCustomer', first, CUSTOMER),
    many,
    list('customers', 'listCustomers', CUSTOMER),
    list('segments', 'listSegments', SEGMENT),
    one('segment', 'getSegment', segment, SEGMENT),
  ];
}

export const valueAt = (answer: Answer, path: readonly (string | number)[]): unknown =>
  // biome-ignore lint/suspicious/noExplicitAny: the shape follows from the query
  path.reduce<any>((value, step) => value?.[step], answer.data);
