import type { AccountFacts } from '../../crm/account.ts';
import type { Adapter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { Customer } from '../../crm/customer.ts';
import type { CustomerInput, CustomerTarget, EventInput, TagRef } from '../../crm/customerInput.ts';
import type { WrittenCustomer, WrittenEvent } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import { usable } from '../../crm/record.ts';
import { placeholder } from '../../crm/requests.ts';
import { type Body, customerBody, eventBody, tagChanges, tagNames } from './bodies.ts';
import { type Ask, outcomeUnknown } from './client.ts';
import { isId, type Lookups, looksLikePhone } from './lookups.ts';
import { eventReader } from './map.ts';
import { createdCustomer, recordedEvent, updatedCustomer } from './wire.ts';

/**
 * The writes. None of their answers is taken for the stored record, so that it is read again: what an update answers is
 * not documented (section 4.4), and an unknown custom field is dropped without a word (section 7).
 */
export function createWrites(account: AccountFacts, ask: Ask, lookups: Lookups) {
  const readEvent = eventReader(account);

  async function create(body: Body, call: Call): Promise<WrittenCustomer> {
    const answer = await ask(
      {
        method: 'POST',
        path: '/retailers/api/v1/customers',
        body,
        repeatable: false,
        write: {
          statusDecides: true,
          dryAnswer: { message: 'Customer created successfully', customer: { id: placeholder('customerId') } },
        },
      },
      createdCustomer,
      call,
    );
    return { vendorId: answer === undefined ? undefined : String(answer.customer.id), outcome: 'CREATED' };
  }

  async function update(id: string, body: Body, call: Call): Promise<WrittenCustomer> {
    await checkAddress(id, call);
    return put(id, body, call);
  }

  async function put(id: string, body: Body, call: Call): Promise<WrittenCustomer> {
    if (Object.keys(body).length === 0) return { vendorId: id, outcome: 'UNCHANGED' };
    const answer = await ask(
      {
        method: 'PUT',
        path: '/retailers/api/v1/customers/{identifier}',
        pathValues: { identifier: id },
        body,
        repeatable: false,
        write: { statusDecides: true, dryAnswer: { message: 'Customer updated successfully' } },
      },
      updatedCustomer,
      call,
    );
    const shown = answer?.customer;
    if (shown !== undefined && shown !== null && String(shown.id) !== id) throw outcomeUnknown();
    return { vendorId: id, outcome: 'UPDATED' };
  }

  /** An id that could be meant as a phone is looked at first: else somebody else's record might be written to. */
  async function checkAddress(id: string, call: Call): Promise<void> {
    if (!isId(id)) throw notFound();
    if (looksLikePhone(id)) await existing(id, call);
  }

  async function existing(id: string, call: Call): Promise<Customer> {
    const found = await lookups.customerById(id, call);
    if (found === null) throw notFound();
    if (found.vendorId !== id) throw somebodyElse();
    return found;
  }

  /** Whom phone and e-mail lead to, phone first (section 14). */
  async function holder({ phone, email }: CustomerInput, call: Call): Promise<string | undefined> {
    const byPhone = phone ? await lookups.customerByPhone(phone, call) : null;
    const byEmail = email ? await lookups.customerByEmail(email, call) : null;
    if (byEmail !== null && email && !sameEmail(email, byEmail.email)) throw somebodyElse();
    const [id, other] = new Set([byPhone, byEmail].flatMap((found) => (found === null ? [] : [found.vendorId])));
    if (id !== undefined && other !== undefined) {
      throw new CrmError('CONFLICT', {
        message: 'Phone and e-mail belong to two different customers; give only that of the one you mean.',
        candidates: [id, other],
        executed: 'no',
      });
    }
    return id;
  }

  return {
    async customerCreate(input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      return create(customerBody(input), call);
    },

    async customerUpdate(target: CustomerTarget, input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      return update(target.id, customerBody(input), call);
    },

    /** Composed, as the vendor has none (section 14). */
    async customerUpsert(input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      const body = customerBody(input);
      const id = await holder(input, call);
      if (id !== undefined) return update(id, body, call);
      try {
        return await create(body, call);
      } catch (error) {
        if (!isInvalid(error)) throw error;
        // Somebody may have created the customer meanwhile (question 9).
        const meanwhile = await holder(input, call);
        if (meanwhile === undefined) throw error;
        return update(meanwhile, body, call);
      }
    },

    async customerTagsAdd(target: CustomerTarget, tags: readonly TagRef[], call: Call): Promise<WrittenCustomer> {
      return update(target.id, tagChanges(tagNames(tags).map((name) => [name, true])), call);
    },

    async customerTagsRemove(target: CustomerTarget, tags: readonly TagRef[], call: Call): Promise<WrittenCustomer> {
      return update(target.id, tagChanges(tagNames(tags).map((name) => [name, false])), call);
    },

    async customerTagsReplace(target: CustomerTarget, tags: readonly TagRef[], call: Call): Promise<WrittenCustomer> {
      const wanted = tagNames(tags);
      const before = await existing(target.id, call);
      const held = tagsHeld(before);
      const body = tagChanges([
        ...wanted.filter((name) => !held.includes(name)).map((name) => [name, true] as const),
        ...held.filter((name) => !wanted.includes(name)).map((name) => [name, false] as const),
      ]);
      const written = await put(target.id, body, call);
      return written.outcome === 'UNCHANGED' ? { ...written, before, record: before } : { ...written, before };
    },

    async customerEventRecord(target: CustomerTarget, event: EventInput, call: Call): Promise<WrittenEvent> {
      const body = eventBody(event, account.timeZone);
      await checkAddress(target.id, call);
      await ask(
        {
          method: 'POST',
          path: '/retailers/api/v1/customers/{id}/events',
          pathValues: { id: target.id },
          body,
          repeatable: false,
          write: { statusDecides: true, dryAnswer: { messages: 'Customer event created successfully' } },
        },
        recordedEvent,
        call,
      );
      return { event: usable(readEvent(target.id, body)) };
    },
  } satisfies Partial<Adapter>;
}

/** Without a list of tags nobody knows which ones to take off. */
function tagsHeld({ tags, vendorData }: Customer): readonly string[] {
  if (!Array.isArray(vendorData.tags)) throw new CrmError('VENDOR_BAD_RESPONSE', { executed: 'no' });
  return (tags ?? []).map(({ vendorId }) => vendorId.trim());
}

const sameEmail = (asked: string, found: string | null | undefined): boolean =>
  asked.trim().toLowerCase() === found?.trim().toLowerCase();

const isInvalid = (error: unknown): boolean =>
  error instanceof CrmError && error.code === 'VENDOR_REJECTED' && error.facts.status === 422;

const notFound = (): CrmError => new CrmError('NOT_FOUND', { executed: 'no' });

/** Nothing is written to a record that is not the one asked for. */
const somebodyElse = (): CrmError => new CrmError('VENDOR_BAD_RESPONSE', { executed: 'no' });
