import type { z } from 'zod';
import type { AccountFacts } from '../../crm/account.ts';
import type { Call } from '../../crm/call.ts';
import type { Clock } from '../../crm/clock.ts';
import type { Customer } from '../../crm/customer.ts';
import type { CustomerInput, CustomerTarget, TagRef } from '../../crm/customerInput.ts';
import type { Written, WrittenCustomer } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import type { JsonObject } from '../../crm/json.ts';
import { usable } from '../../crm/record.ts';
import { placeholder } from '../../crm/requests.ts';
import { type Ask, outcomeUnknown } from './client.ts';
import { type BodyPart, partsOf, withoutEmptyAddressParts } from './customerBody.ts';
import type { Lookups } from './lookups.ts';
import { readableInWrites, writtenCustomer } from './map.ts';
import { refuseBadTagIds, type Tags } from './tags.ts';
import { isId, writeAnswer } from './wire.ts';

/** One of the three writes to a customer. */
interface Order {
  readonly path: string;
  /** The customer that must come back; undefined where the vendor decides. */
  readonly id?: string | undefined;
  /** By what the vendor is to know the customer, beside the id. */
  readonly identity?: JsonObject | undefined;
  readonly parts: readonly BodyPart[];
  readonly tags: readonly string[];
  readonly safeToRepeat?: true;
  outcome(answer: z.output<typeof writeAnswer>): Written;
}

/**
 * The writes to customers. Each sends its reads first and creates missing tags next; the write itself comes last. Tags go
 * by id: that names given with `import_by_tag_name` become tags is no more than an assumption (12), and one write takes
 * them only.
 */
export function createWrites(account: AccountFacts, ask: Ask, clock: Clock, lookups: Lookups, tags: Tags) {
  const readWritten = writtenCustomer(account);

  async function send(order: Order, call: Call): Promise<WrittenCustomer> {
    const { path, id, identity, parts, safeToRepeat } = order;
    const body: JsonObject = {
      ...(id === undefined ? {} : { _id: id }),
      ...identity,
      ...Object.assign({}, ...parts.map((part) => part.body)),
      ...(order.tags.length === 0 ? {} : { tags: order.tags }),
    };
    const write = {
      ...(safeToRepeat && { safeToRepeat }),
      dryAnswer: { data: { ...body, _id: id ?? placeholder('customerId') }, code: 201 },
    };
    const answer = await ask({ path, body, repeatable: false, write }, writeAnswer, call);
    if (id !== undefined && answer._id !== id) throw outcomeUnknown(write);
    return {
      vendorId: answer._id,
      outcome: order.outcome(answer),
      record: showsAll(answer, body, parts) ? usable(readWritten(answer, clock.now())) : undefined,
      ignored: ignoredIn(answer, parts),
    };
  }

  async function existing(id: string, call: Call): Promise<Customer> {
    const customer = await lookups.byId(id, call);
    if (customer === null) throw new CrmError('NOT_FOUND', { executed: 'no' });
    if (customer.vendorId !== id) throw new CrmError('VENDOR_BAD_RESPONSE', { executed: 'no' });
    return customer;
  }

  /**
   * Whom e-mail and phone lead to. The vendor itself finds people by e-mail, and by phone only those whose e-mail it
   * made up from that (assumption 8). So it needs no help with an e-mail alone, unless tags are to stay.
   */
  async function holder({ email, phone, tags: refs = [] }: CustomerInput, call: Call): Promise<Customer | undefined> {
    if (!phone && refs.length === 0) return undefined;
    const byEmail = email ? await lookups.byEmail(email, call) : null;
    const byPhone = phone ? await lookups.byPhone(phone, call) : null;
    if (byEmail !== null && byPhone !== null && byEmail.vendorId !== byPhone.vendorId) {
      throw new CrmError('CONFLICT', {
        message: 'E-mail and phone belong to two different customers; give only that of the one you mean.',
        candidates: [byEmail.vendorId, byPhone.vendorId],
        executed: 'no',
      });
    }
    return byEmail ?? byPhone ?? undefined;
  }

  return {
    async customerCreate(input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      const { tags: refs = [] } = input;
      const parts = partsOf(withoutEmptyAddressParts(input));
      refuseBadTagIds(refs);
      const made = await tags.make(await tags.find(refs, call), call);
      const order: Order = { path: '/customer/create', parts, tags: distinct(made.tagIds), outcome: created };
      return { ...(await send(order, call)), ...made };
    },

    /**
     * The e-mail goes along with the id: the one of the input or else the stored one, as it is what the vendor knows
     * customers by, and nobody says what becomes of it in a write without.
     */
    async customerUpdate({ id }: CustomerTarget, input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      const parts = partsOf(input);
      if (!isId(id)) throw new CrmError('NOT_FOUND', { executed: 'no' });
      const before = input.email ? undefined : await existing(id, call);
      const identity = before && identityOf(before);
      const written = await send({ path: '/customer/update', id, identity, parts, tags: [], outcome: updated }, call);
      return { ...written, before };
    },

    /** Whoever was found is named by id: then it does not matter how the vendor looks for people. */
    async customerUpsert(input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      const { tags: refs = [] } = input;
      const parts = partsOf(input);
      refuseBadTagIds(refs);
      const before = await holder(input, call);
      const carried = refs.length === 0 ? [] : carriedBy(before);
      const made = await tags.make(await tags.find(refs, call), call);
      const written = await send(
        {
          path: '/customer/create-or-update',
          id: before?.vendorId,
          identity: before === undefined || input.email ? undefined : identityOf(before),
          parts,
          tags: distinct([...carried, ...made.tagIds]),
          safeToRepeat: true,
          outcome: upserted,
        },
        call,
      );
      return { ...written, before, ...made };
    },

    /** Nobody says whether tags in a write replace or add: with those that are there, both come to the same (question 11). */
    async customerTagsAdd({ id }: CustomerTarget, refs: readonly TagRef[], call: Call): Promise<WrittenCustomer> {
      refuseBadTagIds(refs);
      const before = await existing(id, call);
      const carried = carriedBy(before);
      const made = await tags.make(await tags.find(refs, call), call);
      if (made.tagIds.every((tagId) => carried.includes(tagId))) {
        return { vendorId: id, outcome: 'UNCHANGED', record: before, before, ...made };
      }
      const identity = identityOf(before);
      const all = distinct([...carried, ...made.tagIds]);
      const order: Order = { path: '/customer/update', id, identity, parts: [], tags: all, outcome: updated };
      return { ...(await send(order, call)), before, ...made };
    },
  };
}

/** A duplicate is refused (assumption 7); should it be taken as an update after all, the answer says so. */
const created = ({ isNewSubscriber }: z.output<typeof writeAnswer>): Written =>
  isNewSubscriber === false ? 'UPDATED' : 'CREATED';

const updated = (): Written => 'UPDATED';

/** Assumption 21. */
function upserted({ isNewSubscriber }: z.output<typeof writeAnswer>): Written {
  if (typeof isNewSubscriber !== 'boolean') return 'CREATED_OR_UPDATED';
  return isNewSubscriber ? 'CREATED' : 'UPDATED';
}

/** The e-mail the vendor knows a customer by, made-up ones included; it is never empty (contract, Identity). */
function identityOf({ vendorData: { email, phone } }: Customer): JsonObject {
  if (typeof email === 'string' && email !== '') return { email };
  if (typeof phone === 'string' && phone !== '') return { phone };
  throw new CrmError('VENDOR_BAD_RESPONSE', { executed: 'no' });
}

const carriedBy = (customer: Customer | undefined): readonly string[] =>
  (customer?.tags ?? []).map(({ vendorId }) => vendorId);

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/**
 * Whether the answer shows all that was sent. A missing key may mean that it was not stored or that answers to writes
 * never have it: only a read can tell.
 */
const showsAll = (answer: object, body: JsonObject, parts: readonly BodyPart[]): boolean =>
  parts.every(({ field }) => readableInWrites.has(field)) && Object.keys(body).every((key) => key in answer);

/** `external_data` names inputs that were not stored, besides what the server adds on its own. */
function ignoredIn({ external_data }: z.output<typeof writeAnswer>, parts: readonly BodyPart[]) {
  const unused = new Set((external_data ?? []).map(({ name }) => name));
  return parts.filter(({ body }) => Object.keys(body).every((key) => unused.has(key))).map(({ field }) => field);
}
