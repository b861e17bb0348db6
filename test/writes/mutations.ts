import { type Answer, dataOf, type Graph } from '../support/graph.ts';

/** What every payload can be asked for. */
export const RESULT = `outcome
  userErrors { field code message retryable retryAfter safeToRepeat capability candidates { vendorId } vendorCode vendorMessage }
  receipt { field status stored }
  requests { method path body isWrite state }`;

/** The node each mutation answers, as far as tests look at it. */
const NODES: Readonly<Record<string, string>> = {
  customerCreate: 'customer { id vendorId email phone }',
  customerUpdate: 'customer { id vendorId email phone }',
  customerUpsert: 'customer { id vendorId email phone }',
  customerDelete: 'deletedCustomerId',
  customerTagsAdd: 'customer { id vendorId tags { name } }',
  customerTagsRemove: 'customer { id vendorId tags { name } }',
  customerTagsReplace: 'customer { id vendorId tags { name } } removedTags { name vendorId }',
  customerCustomFieldsSet: 'customer { id vendorId customFields { name displayValue } }',
  tagCreate: 'tag { id vendorId name }',
  segmentCreate: 'segment { id vendorId title }',
  segmentCustomersAdd: 'segment { id vendorId }',
  segmentCustomersRemove: 'segment { id vendorId }',
  customerEventRecord: 'customerEvent { name payload outboundStatus }',
};

const typeOf = (mutation: string): string => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;

/** Performs one mutation; `node` replaces what is asked of what was written. */
export function mutate(
  graph: Pick<Graph, 'ask'>,
  mutation: string,
  input: Record<string, unknown>,
  node = NODES[mutation] ?? '',
  headers: Record<string, string> = {},
): Promise<Answer> {
  return graph.ask(
    `mutation ($input: ${typeOf(mutation)}) { ${mutation}(input: $input) { ${node} ${RESULT} } }`,
    { input },
    headers,
  );
}

/** The payload of a mutation that must not end in `errors`. */
export async function payloadOf(...args: Parameters<typeof mutate>): Promise<Answer['data']> {
  return (await dataOf(mutate(...args)))[args[1]];
}

/** The global id of a record of a vendor's account, which has the vendor's key as its id. */
export async function globalId(graph: Graph, account: string, vendorId: string): Promise<string> {
  const query =
    'query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Customer { id } ... on Segment { id } ... on Tag { id } } }';
  const keys = [{ __typename: 'Customer', accountId: account, vendorId }];
  return (await dataOf(graph.ask(query, { keys })))._entities[0].id;
}
