import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { EventFilter } from '../crm/adapter.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError } from '../crm/errors.ts';
import type { RecordType } from '../crm/globalIds.ts';
import type { ReadCosts } from '../crm/readCosts.ts';
import type { Context } from './context.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from './costs.ts';
import { planFilter } from './customerFilter.ts';
import { cursorSize, type Part, vendorPageSize } from './fanOut.ts';
import { honoursEvents } from './resolvers/customerEvent.ts';
import { included, selectsBeyondKeys } from './selection.ts';

// How many requests each account can cost at most, from the operation alone. Retries and the renewal of a token come on
// top; everything else stays below, as long as the CRMs keep the page sizes of their contracts.

/** How many entries a customer's short lists are taken for, and how many distinct ones an account has of them. */
const SEGMENTS_OF_A_CUSTOMER = 5;
const SEGMENTS_OF_AN_ACCOUNT = 100;

/** Requests of one write at most: look-ups, the write, reading back, and finding out about a lost answer. */
const REQUESTS_OF_A_WRITE = 16;
/** Each tag by name is looked up, and made where there is none. */
const REQUESTS_OF_A_TAG = 2;

/** Fields of `Segment` that need its title. */
const OF_THE_TITLE: ReadonlySet<string> = new Set(['title', 'fetchedAt', 'freshness']);

/** How many records of a type there are at most for each account, and what was read with them. */
interface Parents {
  readonly counts: ReadonlyMap<Account, number>;
  /** Where they come from decides what a further field costs. */
  readonly from: 'list' | 'key' | 'member' | 'customer';
}

const HANDLED_TYPES = ['Customer', 'CustomerEvent', 'Tag', 'Segment'] as const;

type Handler = (field: Field) => void;

/** One selected field with its arguments, for all of its parents. */
interface Field {
  readonly node: FieldNode;
  readonly args: Readonly<Record<string, unknown>>;
  readonly parents: Parents;
}

/** Requests at most, by account id; accounts that cost nothing are left out. */
export function predictCalls(
  context: Context,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, number> {
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables).coerced ?? {};
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  const info = { fragments, variableValues: coerced, schema };
  const bounds = new Map<string, number>();
  const keys = new Map<string, { account: Account; type: RecordType; ids: Set<string> }>();
  const walked = new Set<Account>();

  const add = (account: Account, calls: number): void => {
    if (calls > 0) bounds.set(account.id, (bounds.get(account.id) ?? 0) + calls);
  };
  const own = [...context.ownAccounts.values()];
  const { names } = context;
  const originals = new Map(HANDLED_TYPES.map((name) => [names.type(name), name]));
  const nobody: Parents = { counts: new Map(), from: 'list' };

  function walk(selectionSet: SelectionSetNode | undefined, typeName: string, parents: Parents): void {
    for (const selection of selectionSet?.selections ?? []) {
      if (!included(selection, info)) continue;
      if (selection.kind === Kind.FIELD) walkField(selection, typeName, parents);
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
        const condition = fragment?.typeCondition?.name.value ?? typeName;
        if (fragment !== undefined && canBe(typeName, condition)) walk(fragment.selectionSet, condition, parents);
      }
    }
  }

  /** Two object types never meet in one record. */
  const canBe = (typeName: string, condition: string): boolean =>
    typeName === condition || !isObjectType(schema.getType(typeName)) || !isObjectType(schema.getType(condition));

  function walkField(node: FieldNode, typeName: string, parents: Parents): void {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[node.name.value];
    if (field === undefined) return;
    const args = getArgumentValues(field, node, coerced) as Readonly<Record<string, unknown>>;
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    const fieldName = isRoot ? names.originalRootField(node.name.value) : node.name.value;
    const handler =
      type === schema.getMutationType() ? writes : HANDLERS[`${originals.get(typeName) ?? typeName}.${fieldName}`];
    if (handler !== undefined) unlessWrong(() => handler({ node, args, parents }));
    else walk(node.selectionSet, getNamedType(field.type).name, parents);
  }

  /** A list over accounts: the pages of each, and its records at most. */
  function list(
    { node, args }: Field,
    nodeType: string,
    part: (account: Account) => Part<never> | unknown,
    pageSize: (costs: ReadCosts) => number | undefined,
    name: Parameters<typeof cursorSize>[3],
    listed: Parents['from'] = 'list',
  ): void {
    const { first, after, accounts } = args as { first?: number; after?: string; accounts?: readonly string[] };
    const size = Math.min(Math.max(first ?? DEFAULT_PAGE, 1), LARGEST_PAGE);
    const counts = new Map<Account, number>();
    for (const account of own) {
      if (accounts && !accounts.includes(account.id)) continue;
      if (typeof part(account) === 'string') continue;
      const asked = after ? (cursorSize(context, after, accounts, name) ?? size) : vendorPageSize(size);
      const rows = Math.min(asked, pageSize(account.adapter.costs ?? {}) ?? LARGEST_PAGE);
      // From the middle of a page on, one more is touched.
      add(account, Math.ceil(size / rows) + (after ? 1 : 0));
      counts.set(account, size);
    }
    connection(node.selectionSet, nodeType, { counts, from: listed });
  }

  /** The nodes of a connection, however they are asked for. */
  function connection(selectionSet: SelectionSetNode | undefined, nodeType: string, parents: Parents): void {
    for (const node of fieldsIn(selectionSet)) {
      if (node.name.value === 'nodes') walk(node.selectionSet, names.type(nodeType), parents);
      if (node.name.value !== 'edges') continue;
      for (const inner of fieldsIn(node.selectionSet)) {
        if (inner.name.value === 'node') walk(inner.selectionSet, names.type(nodeType), parents);
      }
    }
  }

  function* fieldsIn(selectionSet: SelectionSetNode | undefined): Generator<FieldNode> {
    for (const selection of selectionSet?.selections ?? []) {
      if (!included(selection, info)) continue;
      if (selection.kind === Kind.FIELD) yield selection;
      else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsIn(selection.selectionSet);
      else yield* fieldsIn(fragments[selection.name.value]?.selectionSet);
    }
  }

  /** Records by key; equal keys of the whole operation count once. */
  function byKey(type: RecordType, accountId: string, vendorId: string, node: FieldNode): void {
    const account = context.ownAccounts.get(accountId);
    if (account === undefined) return;
    if (selectsBeyondKeys({ ...info, fieldNodes: [node] }, names.type(type))) want(account, type, vendorId);
    walk(node.selectionSet, names.type(type), { counts: new Map([[account, 1]]), from: 'key' });
  }

  function want(account: Account, type: RecordType, vendorId: string): void {
    const name = `${type} ${account.id}`;
    const wanted = keys.get(name) ?? { account, type, ids: new Set<string>() };
    keys.set(name, wanted);
    wanted.ids.add(vendorId);
  }

  function byId(node: FieldNode, id: unknown): void {
    const decoded = typeof id === 'string' ? context.ids.decode(id) : undefined;
    if (decoded !== undefined) byKey(decoded.type, decoded.account, decoded.vendorId, node);
  }

  const loadKeys = (account: Account, type: RecordType, distinct: number): void => {
    const { customerById, customersByIds, customersByIdsLimit = 1, segmentById } = account.adapter;
    if (type === 'Tag') walkTags(account);
    else if (type === 'Segment') add(account, segmentById === undefined ? 0 : distinct);
    else if (customersByIds !== undefined) add(account, Math.ceil(distinct / customersByIdsLimit));
    else if (customerById !== undefined) add(account, distinct);
  };

  /** Names of tags are read for the whole operation together. */
  function walkTags(account: Account): void {
    if (account.adapter.tagsByIds === undefined || walked.has(account)) return;
    walked.add(account);
    add(account, account.adapter.costs?.tagsByIds ?? 1);
  }

  const each = (parents: Parents, calls: (account: Account, count: number) => number): void => {
    for (const [account, count] of parents.counts) add(account, calls(account, count));
  };

  const writes: Handler = ({ node, args }) => {
    const input = args.input as Readonly<Record<string, unknown>>;
    const { customers, accountId } = input as { customers?: readonly unknown[]; accountId?: string };
    const id = input.id ?? input.customerId;
    const named = typeof id === 'string' ? context.ids.decode(id)?.account : accountId;
    const account = named === undefined ? undefined : context.ownAccounts.get(named);
    if (account === undefined) return;
    const items = customers ?? [input.customer ?? input];
    for (const item of items) {
      const { tags } = item as { tags?: readonly unknown[] | null };
      const tagCalls = REQUESTS_OF_A_TAG * (account.adapter.costs?.tagsByIds ?? 1);
      add(account, REQUESTS_OF_A_WRITE + (tags?.length ?? 0) * tagCalls);
    }
    const root = schema.getMutationType()?.getFields()[node.name.value];
    const parents: Parents = { counts: new Map([[account, items.length]]), from: 'member' };
    if (root !== undefined) walk(node.selectionSet, getNamedType(root.type).name, parents);
  };

  const HANDLERS: Readonly<Record<string, Handler>> = {
    'Query.customer': ({ node, args }) => byId(node, args.id),
    'Query.tag': ({ node, args }) => byId(node, args.id),
    'Query.segment': ({ node, args }) => byId(node, args.id),
    'Query.crmNode': ({ node, args }) => byId(node, args.id),
    'Query.crmNodes': ({ node, args }) => {
      for (const id of args.ids as readonly unknown[]) byId(node, id);
    },
    'Query._entities': ({ node, args }) => {
      for (const reference of args.representations as readonly Readonly<Record<string, unknown>>[]) {
        const { __typename: type, id, accountId, vendorId } = reference ?? {};
        if (typeof id === 'string') byId(node, id);
        else if (originals.has(String(type)) && typeof accountId === 'string' && typeof vendorId === 'string') {
          byKey(originals.get(String(type)) as RecordType, accountId, vendorId, node);
        }
      }
    },
    'Query.customerLookup': ({ node, args }) => {
      const { by, accounts } = args as { by: Readonly<Record<string, unknown>>; accounts?: readonly string[] };
      const counts = new Map<Account, number>();
      for (const account of own) {
        if (accounts && !accounts.includes(account.id)) continue;
        const { customerByEmail, customerByPhone, customerById, costs } = account.adapter;
        if (by.email && customerByEmail) add(account, costs?.customerByEmail ?? 1);
        if (by.phone && customerByPhone) add(account, costs?.customerByPhone ?? 1);
        if (by.vendorId && customerById) add(account, 1);
        counts.set(account, 1);
      }
      for (const inner of fieldsIn(node.selectionSet)) {
        if (inner.name.value === 'matches') walk(inner.selectionSet, names.type('Customer'), { counts, from: 'key' });
      }
    },
    'Query.customers': (field) => {
      const planned = planFilter(context, field.args.filter as Parameters<typeof planFilter>[1]);
      const part = (account: Account) =>
        account.adapter.customerList === undefined ? 'UNSUPPORTED' : planned.of(account);
      list(field, 'Customer', part, ({ pageSizes }) => pageSizes?.customerList, ['customers', planned.digest]);
    },
    'Query.customerEvents': (field) => {
      const conditions = Object.fromEntries(
        Object.entries((field.args.filter ?? {}) as EventFilter).filter(([, value]) => value !== null),
      );
      const part = ({ adapter }: Account) =>
        adapter.eventList === undefined || !honoursEvents(adapter, conditions) ? 'UNSUPPORTED' : adapter.eventList;
      list(field, 'CustomerEvent', part, ({ pageSizes }) => pageSizes?.eventList, ['customerEvents', conditions]);
    },
    'Query.tags': (field) =>
      list(
        field,
        'Tag',
        ({ adapter }) => adapter.tagList ?? '',
        ({ pageSizes }) => pageSizes?.tagList,
        'tags',
      ),
    'Query.segments': (field) =>
      list(
        field,
        'Segment',
        ({ adapter }) => adapter.segmentList ?? '',
        ({ pageSizes }) => pageSizes?.segmentList,
        'segments',
      ),
    'Query.agents': (field) =>
      list(
        field,
        'CrmAgent',
        ({ adapter }) => adapter.agentList ?? '',
        () => LARGEST_PAGE,
        'agents',
      ),
    'Query.customFieldDefinitions': (field) =>
      list(
        field,
        'CustomFieldDefinition',
        ({ adapter }) => adapter.customFieldDefinitions ?? '',
        () => LARGEST_PAGE,
        'customFieldDefinitions',
      ),
    'Customer.addresses': ({ parents }) =>
      each(parents, ({ adapter }, count) => (adapter.customerAddresses === undefined ? 0 : count)),
    'Customer.owner': ({ parents }) =>
      each(parents, ({ adapter }) => (adapter.readableFields.has('ownerId') && adapter.agentList ? 1 : 0)),
    'Customer.events': (field) => {
      const { first, after } = field.args as { first?: number; after?: string };
      const size = Math.min(Math.max(first ?? DEFAULT_PAGE, 1), LARGEST_PAGE);
      const counts = new Map<Account, number>();
      for (const [account, count] of field.parents.counts) {
        const { customerEvents, costs } = account.adapter;
        if (customerEvents === undefined) continue;
        const rows = Math.min(size, costs?.pageSizes?.customerEvents ?? LARGEST_PAGE);
        add(account, count * (Math.ceil(size / rows) + (after ? 1 : 0)));
        // All events of a customer are of that customer.
        counts.set(account, count);
      }
      connection(field.node.selectionSet, 'CustomerEvent', { counts, from: 'customer' });
    },
    'CustomerEvent.customer': ({ node, parents }) => {
      if (selectsBeyondKeys({ ...info, fieldNodes: [node] }, names.type('Customer'))) {
        for (const [account, count] of parents.counts) loadKeys(account, 'Customer', count);
      }
      walk(node.selectionSet, names.type('Customer'), { ...parents, from: 'key' });
    },
    'Customer.segments': ({ node, parents }) => {
      const counts = new Map<Account, number>();
      for (const [account, count] of parents.counts) {
        if (!account.adapter.readableFields.has('segments')) continue;
        // A member inside a segment comes without its own segments.
        if (parents.from === 'member') loadKeys(account, 'Customer', count);
        counts.set(account, Math.min(count * SEGMENTS_OF_A_CUSTOMER, SEGMENTS_OF_AN_ACCOUNT));
      }
      segments(node.selectionSet, { counts, from: 'customer' });
    },
    'Customer.tags': ({ node, parents }) =>
      walk(node.selectionSet, names.type('Tag'), { ...parents, from: 'customer' }),
    'Tag.name': ({ parents }) => tagField(parents),
    'Tag.createdAt': ({ parents }) => tagField(parents),
    'Tag.updatedAt': ({ parents }) => tagField(parents),
    'Tag.fetchedAt': ({ parents }) => tagField(parents),
    'Tag.freshness': ({ parents }) => tagField(parents),
    'Segment.customers': ({ node, args, parents }) => {
      each(parents, ({ adapter }, count) => {
        if (parents.from === 'key' || adapter.segmentById === undefined) return 0;
        return parents.from === 'list' && adapter.costs?.listedSegmentsAreWhole ? 0 : count;
      });
      const size = Math.min(Math.max((args.first as number | undefined) ?? DEFAULT_PAGE, 1), LARGEST_PAGE);
      const counts = new Map([...parents.counts].map(([account, count]) => [account, count * size]));
      connection(node.selectionSet, 'Customer', { counts, from: 'member' });
    },
  };

  /** Customers' own segments: their titles cost a read each where the customer does not show them. */
  function segments(selectionSet: SelectionSetNode | undefined, parents: Parents): void {
    const readsWhole = [...fieldsIn(selectionSet)].some(({ name }) => name.value === 'customers');
    const readsTitle = [...fieldsIn(selectionSet)].some(({ name }) => OF_THE_TITLE.has(name.value));
    if (readsTitle && !readsWhole) {
      each(parents, ({ adapter }, count) => (adapter.costs?.customersNameSegments || !adapter.segmentById ? 0 : count));
    }
    walk(selectionSet, names.type('Segment'), parents);
  }

  const tagField = (parents: Parents): void => {
    if (parents.from === 'customer') for (const account of parents.counts.keys()) walkTags(account);
  };

  const root = schema.getRootType(operation.operation);
  walk(operation.selectionSet, root?.name ?? 'Query', nobody);
  for (const { account, type, ids } of keys.values()) loadKeys(account, type, ids.size);
  return bounds;
}

/** What is wrong with an argument is told at its own place, and costs nothing there. */
function unlessWrong(count: () => void): void {
  try {
    count();
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
  }
}
