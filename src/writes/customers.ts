import type { Call } from '../crm/call.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type { Customer } from '../crm/customer.ts';
import type { CustomerInput, CustomerTarget, TagRef } from '../crm/customerInput.ts';
import type { WrittenCustomer } from '../crm/customerWrites.ts';
import { CrmError } from '../crm/errors.ts';
import type { Tag } from '../crm/tag.ts';
import type { Command, ReceiptEntry, WriteOrder } from '../crm/writer.ts';
import { type Effect, ifReadable, type Operation, Refused } from './operation.ts';
import { type KnownOfWrite, provesWrite, receiptOf, tagEntries, tagsShown } from './receipt.ts';
import { customFieldRefusals, identityRefusals, inputRefusals, knownIdentity, withoutEmpty } from './refusals.ts';

/** Clocks differ, and some vendors tell the day only: who is older than this was not made just now. */
const NEW_FOR_MS = 24 * 60 * 60 * 1_000;

type Store = Command<'customerCreate'> | Command<'customerUpsert'> | Command<'customerUpdate'>;

/** Creates, changes or upserts a customer. */
export function storeCustomer(command: Store, order: WriteOrder, now: () => number): Operation {
  const { account, capability } = order;
  const { adapter } = account;
  const startedAt = now();
  const kind = KINDS[command.kind];
  const input = kind === 'CREATE' ? withoutEmpty(command.input) : command.input;
  const target = command.kind === 'customerUpdate' ? targetOf(account, command.target) : undefined;

  function send(call: Call): Promise<WrittenCustomer> {
    if (target !== undefined) return done(adapter.customerUpdate)(target, input, call);
    return done(kind === 'CREATE' ? adapter.customerCreate : adapter.customerUpsert)(input, call);
  }

  const receipt = (shown: readonly Customer[], written: KnownOfWrite) =>
    receiptOf(input, shown, written, order.inputPath);

  return {
    refusals: [
      ...inputRefusals(account, kind, capability, input),
      ...(target === undefined ? [] : identityRefusals(account, target, input)),
    ],
    locks: target === undefined ? naturalLocks(account, input) : [customerLock(account, target.id)],
    subjects: subjectsOf(input, target),
    async run(call) {
      const refusals = await customFieldRefusals(account, input.customFields, call);
      if (refusals.length > 0) throw new Refused(refusals);
      return customerEffect(order, await send(call), input.tags, call, receipt);
    },
    async settle(call) {
      const found =
        target === undefined ? await lookUp(account, input, call) : await readCustomer(account, target.id, call);
      if (found === undefined || (kind === 'CREATE' && isOlder(found, startedAt))) return undefined;
      const entries = receipt([found], await tagIdsOf(account, input.tags ?? [], call));
      if (!provesWrite(entries)) return undefined;
      const outcome = kind === 'CREATE' ? 'CREATED' : kind === 'UPDATE' ? 'UPDATED' : 'CREATED_OR_UPDATED';
      return { outcome, receipt: entries, customer: found };
    },
  };
}

const KINDS = { customerCreate: 'CREATE', customerUpdate: 'UPDATE', customerUpsert: 'UPSERT' } as const;

/** Puts tags on a customer, takes them off, or both until it carries exactly these. */
export function changeTags(
  command: Command<'customerTagsAdd' | 'customerTagsRemove' | 'customerTagsReplace'>,
  order: WriteOrder,
): Operation {
  const { account } = order;
  const { tags } = command;
  const target = targetOf(account, command.target);
  const path = ['tags'];

  function receipt(shown: readonly Customer[], written: KnownOfWrite): ReceiptEntry[] {
    const wanted = command.kind === 'customerTagsRemove' ? 'gone' : 'carried';
    const risks = (written.atRisk ?? []).map((field) => ({ field: [field], status: 'AT_RISK' as const }));
    const entries = [...tagEntries(tags, wanted, shown, written, path), ...risks];
    if (command.kind !== 'customerTagsReplace') return entries;
    const carried = tagsShown(shown);
    if (carried === undefined || carried.length <= tags.length) return entries;
    return [...entries, { field: path, status: 'COERCED', stored: carried.map(nameOf).join(', ') }];
  }

  return {
    refusals: identityRefusals(account, target),
    locks: [customerLock(account, target.id)],
    subjects: subjectsOf({}, target),
    async run(call) {
      const written = await done(account.adapter[command.kind])(target, tags, call);
      const effect = await customerEffect(order, written, tags, call, receipt);
      return command.kind === 'customerTagsReplace' ? { ...effect, removedTags: removed(written, tags) } : effect;
    },
    async settle(call) {
      const found = await readCustomer(account, target.id, call);
      if (found === undefined) return undefined;
      const entries = receipt([found], await tagIdsOf(account, tags, call));
      return provesWrite(entries) ? { outcome: 'UPDATED', receipt: entries, customer: found } : undefined;
    },
  };
}

/** Deletes a customer. */
export function deleteCustomer({ id }: Command<'customerDelete'>, { account }: WriteOrder): Operation {
  const gone: Effect = { outcome: 'DELETED', receipt: [], deletedId: id };
  return {
    refusals: [],
    locks: [customerLock(account, id)],
    subjects: [id],
    async run(call) {
      await done(account.adapter.customerDelete)(id, call);
      return gone;
    },
    async settle(call) {
      const { customerById } = account.adapter;
      if (customerById === undefined) return undefined;
      return (await ifReadable(() => customerById(id, call))) === null ? gone : undefined;
    },
  };
}

/** Reads back what the vendor's answer does not show, and says what became of each field. */
async function customerEffect(
  { account, verifyAlways }: WriteOrder,
  written: WrittenCustomer,
  tags: readonly TagRef[] | undefined,
  call: Call,
  receipt: (shown: readonly Customer[], written: KnownOfWrite) => ReceiptEntry[],
): Promise<Effect> {
  const { vendorId, outcome, record, before } = written;
  const answered = record ?? (outcome === 'UNCHANGED' ? before : undefined);
  const mustRead = vendorId !== undefined && (answered === undefined || verifyAlways);
  const readBack = mustRead ? await readCustomer(account, vendorId, call) : undefined;
  const shown = [readBack, answered].filter((each) => each !== undefined);
  const [best] = shown;
  const keys = vendorId === undefined ? undefined : { account, vendorId };
  const customer = best ?? keys;
  const misnamed = await misnamedTags(account, written, tags ?? [], call);
  return {
    outcome,
    receipt: receipt(shown, { ...written, misnamed }),
    ...(customer === undefined ? {} : { customer }),
  };
}

/** Tags made for this write that the vendor gave another name: by it they cannot be found again. */
async function misnamedTags(
  { adapter: { tagByName, tagsByIds } }: Account,
  { tagIds = [], madeTags = [] }: WrittenCustomer,
  tags: readonly TagRef[],
  call: Call,
): Promise<ReadonlyMap<string, string>> {
  const misnamed = new Map<string, string>();
  for (const [index, tag] of tags.entries()) {
    const id = tagIds[index];
    if (id === undefined || !('name' in tag) || !madeTags.includes(id) || misnamed.has(id)) continue;
    const found = await ifReadable(async () => tagByName?.(tag.name, call));
    if (found === undefined || found?.vendorId === id) continue;
    const [stored] = (await ifReadable(async () => tagsByIds?.([id], call))) ?? [];
    misnamed.set(id, stored?.name ?? '');
  }
  return misnamed;
}

/** The customer as it is now; undefined where no read shows it. */
async function readCustomer(account: Account, id: string, call: Call): Promise<Customer | undefined> {
  const { customerById } = account.adapter;
  if (customerById === undefined) return undefined;
  const found = await ifReadable(() => customerById(id, call));
  return found?.vendorId === id ? found : undefined;
}

async function lookUp(
  { adapter }: Account,
  { email, phone }: CustomerInput,
  call: Call,
): Promise<Customer | undefined> {
  const { customerByEmail, customerByPhone } = adapter;
  return (
    (await ifReadable(async () => (email && customerByEmail ? customerByEmail(email, call) : null))) ??
    (await ifReadable(async () => (phone && customerByPhone ? customerByPhone(phone, call) : null))) ??
    undefined
  );
}

/** Ids of the tags in their order, '' for a name that no tag has, where customers show their tags by id only. */
async function tagIdsOf(
  { adapter: { tagByName } }: Account,
  tags: readonly TagRef[],
  call: Call,
): Promise<Pick<WrittenCustomer, 'tagIds'>> {
  if (tagByName === undefined) return {};
  const tagIds: string[] = [];
  for (const tag of tags) {
    tagIds.push('vendorId' in tag ? tag.vendorId : ((await tagByName(tag.name, call))?.vendorId ?? ''));
  }
  return { tagIds };
}

function isOlder(found: Customer, startedAt: number): boolean {
  const createdAt = Date.parse(found.createdAt ?? '');
  return Number.isNaN(createdAt) || createdAt < startedAt - NEW_FOR_MS;
}

function removed({ before }: WrittenCustomer, kept: readonly TagRef[]): readonly Tag[] {
  const isKept = ({ vendorId, name }: Tag) =>
    kept.some((tag) => ('vendorId' in tag ? tag.vendorId === vendorId : tag.name === (name ?? vendorId)));
  return (before?.tags ?? []).filter((tag) => !isKept(tag));
}

const nameOf = ({ name, vendorId }: Tag): string => name ?? vendorId;

const targetOf = (account: Account, { id, identity }: CustomerTarget): CustomerTarget => ({
  id,
  identity: knownIdentity(account, id, identity),
});

const customerLock = ({ id: account, adapter }: Account, id: string): string =>
  adapter.naturalKeys ? `${account} ${naturalKey(id)}` : `${account} id ${id}`;

const naturalLocks = ({ id: account }: Account, { email, phone }: CustomerInput): readonly string[] =>
  [email, phone].filter((key) => key !== undefined && key !== null).map((key) => `${account} ${naturalKey(key)}`);

/** E-mails regardless of case, phones regardless of how they are written. */
const naturalKey = (text: string): string => (text.includes('@') ? text.toLowerCase() : text.replace(/\D/g, ''));

const subjectsOf = ({ email, phone }: CustomerInput, target: CustomerTarget | undefined): readonly string[] =>
  [email, phone, target?.id, target?.identity.email, target?.identity.phone].filter(
    (subject) => subject !== undefined && subject !== null,
  );

/** The method is there: the capability was checked before. */
export function done<Method>(method: Method | undefined): Method {
  if (method === undefined) throw new CrmError('NOT_SUPPORTED_BY_VENDOR', { executed: 'no' });
  return method;
}
