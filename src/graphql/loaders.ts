import DataLoader from 'dataloader';
import type { CrmAgent } from '../crm/agent.ts';
import type { Call } from '../crm/call.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type { Address, Customer } from '../crm/customer.ts';
import { CrmError } from '../crm/errors.ts';
import { USUAL_FRESHNESS } from '../crm/freshness.ts';
import type { Segment } from '../crm/segment.ts';
import type { Tag } from '../crm/tag.ts';
import { ask, failureAt } from './ask.ts';
import type { OperationCalls } from './calls.ts';

/** Single reads under way at once for one account and operation. */
const IN_FLIGHT = 10;

/**
 * One operation's reads, by account: equal keys cost one vendor call, a vendor with a many-ids read is asked in
 * batches, all others once per key with a bound on how many at once. Null is "no such record"; an error belongs to its
 * own key only.
 */
export interface Loaders {
  customer(account: Account, vendorId: string): Promise<Customer | null>;
  customerByEmail(account: Account, email: string): Promise<Customer | null>;
  customerByPhone(account: Account, phone: string): Promise<Customer | null>;
  addresses(account: Account, customerId: string): Promise<readonly Address[] | null>;
  tag(account: Account, vendorId: string): Promise<Tag | null>;
  segment(account: Account, vendorId: string): Promise<Segment | null>;
  agent(account: Account, vendorId: string): Promise<CrmAgent | null>;
  /** What `read` answers, which is asked once for each name: pages of lists, which aliases may ask for twice. */
  page<Answer>(account: Account, name: string, read: () => Promise<Answer>): Promise<Answer>;
  /** Forgets such an answer: nobody will ask for it again. */
  forgetPage(account: Account, name: string): void;
  /** A list of this name begins; lists of equal names ask for the same pages. */
  beginList(name: string): void;
  /** Whether more than one list of this name has begun. */
  isShared(name: string): boolean;
  /** Forgets everything read so far: a write may have changed any of it. */
  forget(): void;
}

type Loader<Value> = DataLoader<string, Value>;

const MAKE = {
  customers: customerLoader,
  tags: tagLoader,
  segments: (account: Account, call: Call) => singly(account, call, 'segmentById'),
  emails: (account: Account, call: Call) => singly(account, call, 'customerByEmail'),
  phones: (account: Account, call: Call) => singly(account, call, 'customerByPhone'),
  addresses: (account: Account, call: Call) => singly(account, neverStale(call), 'customerAddresses'),
  agents: (account: Account, call: Call) => agentLoader(account, neverStale(call)),
} as const;
type Kind = keyof typeof MAKE;

export const createLoaders = (calls: Pick<OperationCalls, 'callFor'>): Loaders => new OperationLoaders(calls);

/** A class, as most operations use two or three of the methods: closures would be made for all. */
class OperationLoaders implements Loaders {
  readonly #calls: Pick<OperationCalls, 'callFor'>;
  /** By kind and account. Made when first needed: most operations touch few accounts and few kinds of records. */
  readonly #made = new Map<Kind, Map<string, Loader<unknown>>>();
  /** By account and name. */
  readonly #pages = new Map<string, Map<string, Promise<unknown>>>();
  /** How many lists have begun, by name. */
  readonly #lists = new Map<string, number>();

  constructor(calls: Pick<OperationCalls, 'callFor'>) {
    this.#calls = calls;
  }

  #of<K extends Kind>(kind: K, account: Account): ReturnType<(typeof MAKE)[K]> {
    const loaders = innerMap(this.#made, kind);
    let loader = loaders.get(account.id);
    if (loader === undefined) {
      loader = MAKE[kind](account, this.#calls.callFor(account)) as Loader<unknown>;
      loaders.set(account.id, loader);
    }
    return loader as ReturnType<(typeof MAKE)[K]>;
  }

  forget(): void {
    this.#made.clear();
    this.#pages.clear();
  }

  page<Answer>(account: Account, name: string, read: () => Promise<Answer>): Promise<Answer> {
    const pages = innerMap(this.#pages, account.id);
    // A name stands for one kind of answer.
    const known = pages.get(name) as Promise<Answer> | undefined;
    if (known !== undefined) return known;
    const answer = read();
    pages.set(name, answer);
    return answer;
  }

  forgetPage(account: Account, name: string): void {
    this.#pages.get(account.id)?.delete(name);
  }

  beginList(name: string): void {
    this.#lists.set(name, (this.#lists.get(name) ?? 0) + 1);
  }

  isShared(name: string): boolean {
    return (this.#lists.get(name) ?? 0) > 1;
  }

  customer(account: Account, vendorId: string): Promise<Customer | null> {
    return this.#of('customers', account).load(vendorId);
  }
  customerByEmail(account: Account, email: string): Promise<Customer | null> {
    return this.#of('emails', account).load(email);
  }
  customerByPhone(account: Account, phone: string): Promise<Customer | null> {
    return this.#of('phones', account).load(phone);
  }
  addresses(account: Account, customerId: string): Promise<readonly Address[] | null> {
    return this.#of('addresses', account).load(customerId);
  }
  tag(account: Account, vendorId: string): Promise<Tag | null> {
    return this.#of('tags', account).load(vendorId);
  }
  segment(account: Account, vendorId: string): Promise<Segment | null> {
    return this.#of('segments', account).load(vendorId);
  }
  agent(account: Account, vendorId: string): Promise<CrmAgent | null> {
    return this.#of('agents', account).load(vendorId);
  }
}

function innerMap<Outer, Value>(maps: Map<Outer, Map<string, Value>>, key: Outer): Map<string, Value> {
  let inner = maps.get(key);
  if (inner === undefined) {
    inner = new Map();
    maps.set(key, inner);
  }
  return inner;
}

/** For records that cannot say how old they are. */
const neverStale = (call: Call): Call => ({
  ...call,
  freshness: { ...(call.freshness ?? USUAL_FRESHNESS), staleIfError: 0 },
});

function customerLoader(account: Account, call: Call): Loader<Customer | null> {
  const { customerById, customersByIds, customersByIdsLimit } = account.adapter;
  if (customersByIds === undefined || customersByIdsLimit === undefined) return singly(account, call, 'customerById');
  return new DataLoader<string, Customer | null>(
    async (ids) => {
      const [only] = ids;
      if (ids.length === 1 && only !== undefined && customerById !== undefined) {
        return [await readOne(account, call, customerById, only, true)];
      }
      const batch = { ...call, batchSize: ids.length };
      const found = await settle(ask(account, batch, (c) => customersByIds(ids, c)));
      if (found instanceof Error) return byKey(ids, found);
      const asked = new Set(ids);
      // Who sends others than were asked for may not say that the missing ones do not exist.
      const stranger = found.some(({ vendorId }) => !asked.has(vendorId));
      return byKey(ids, found).map((record) => (record === null && stranger ? anotherRecord(account) : record));
    },
    { maxBatchSize: customersByIdsLimit },
  );
}

function tagLoader(account: Account, call: Call): Loader<Tag | null> {
  const { tagFromId, tagsByIds } = account.adapter;
  if (tagsByIds !== undefined) {
    return new DataLoader<string, Tag | null>(async (ids) =>
      byKey(ids, await settle(ask(account, call, (c) => tagsByIds(ids, c)))),
    );
  }
  return new DataLoader<string, Tag | null>(
    async (ids) => ids.map((id) => (tagFromId === undefined ? unsupported(account) : tagFromId(id))),
    {
      batch: false,
    },
  );
}

function agentLoader(account: Account, call: Call): Loader<CrmAgent | null> {
  const { agentList } = account.adapter;
  return new DataLoader<string, CrmAgent | null>(async (ids) =>
    agentList === undefined
      ? ids.map(() => unsupported(account))
      : byKey(ids, await settle(ask(account, call, agentList).then(({ records }) => records))),
  );
}

type SingleRead = 'customerById' | 'customerByEmail' | 'customerByPhone' | 'customerAddresses' | 'segmentById';
type AnswerOf<Method extends SingleRead> = Awaited<ReturnType<NonNullable<Account['adapter'][Method]>>>;

/** One vendor call per distinct key, at most IN_FLIGHT at once. */
function singly<Method extends SingleRead>(account: Account, call: Call, name: Method): Loader<AnswerOf<Method>> {
  // The compiler does not connect a method with its own answer when the name is a variable.
  const method = account.adapter[name] as ((key: string, call: Call) => Promise<AnswerOf<Method>>) | undefined;
  const byId = name === 'customerById' || name === 'segmentById';
  return new DataLoader<string, AnswerOf<Method>>(async (keys) => {
    if (method === undefined) return keys.map(() => unsupported(account));
    const read = (key: string) => readOne(account, call, method, key, byId);
    return keys.length <= IN_FLIGHT ? Promise.all(keys.map(read)) : inTurn(keys, read);
  });
}

/** @param byId the key is the record's id */
async function readOne<Answer>(
  account: Account,
  call: Call,
  method: (key: string, call: Call) => Promise<Answer>,
  key: string,
  byId: boolean,
): Promise<Answer | Error> {
  try {
    const answer = await method(key, call);
    return byId ? identified(account, key, answer) : answer;
  } catch (error) {
    return asError(failureAt(account, error));
  }
}

/** Reads all keys, at most IN_FLIGHT at once. */
async function inTurn<Answer>(keys: readonly string[], read: (key: string) => Promise<Answer>): Promise<Answer[]> {
  const answers = new Array<Answer>(keys.length);
  const rest = keys.entries();
  async function work() {
    for (const [index, key] of rest) answers[index] = await read(key);
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return answers;
}

/** Nobody gets a record he did not ask for, whatever the vendor answers. */
function identified<Answer>(account: Account, id: string, answer: Answer): Answer {
  const other = typeof answer === 'object' && answer !== null && 'vendorId' in answer && answer.vendorId !== id;
  if (other) throw anotherRecord(account);
  return answer;
}

const anotherRecord = (account: Account): CrmError =>
  new CrmError('VENDOR_BAD_RESPONSE', {
    message: 'The CRM answered with another record than the one asked for; report it if it lasts.',
  }).at(account);

/** At each key's place its record, null where there is none, or the error that stopped them all. */
function byKey<Model extends { readonly vendorId: string }>(
  ids: readonly string[],
  found: readonly Model[] | Error,
): (Model | null | Error)[] {
  if (found instanceof Error) return ids.map(() => found);
  const records = new Map(found.map((record) => [record.vendorId, record]));
  return ids.map((id) => records.get(id) ?? null);
}

async function settle<Answer>(answer: Promise<Answer>): Promise<Answer | Error> {
  try {
    return await answer;
  } catch (error) {
    return asError(error);
  }
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('a vendor threw something that is no error', { cause: error });

const unsupported = (account: Account): CrmError =>
  new CrmError('NOT_SUPPORTED_BY_VENDOR', { executed: 'no' }).at(account);
