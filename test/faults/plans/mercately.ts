import type { JsonRecord } from '../../../src/emulation/emulator.ts';
import type { Places } from '../writes.ts';
import { emailOf, heldBy, isNew, list, named, type Plan, textOf } from './plan.ts';

export function mercately(places: Places): readonly Plan[] {
  const { accountId, person } = places;
  const held = heldBy('id', places);
  const customer = (mark: number) => ({ email: emailOf(mark), note: textOf(mark) });
  const create = { operation: 'createCustomer', done: 'CREATED', isStored: isNew('email', emailOf) } as const;
  const update = { operation: 'updateCustomer', done: 'UPDATED', settled: 'UPDATED', isAddressed: true } as const;
  const tagNames = (row: JsonRecord | undefined) => list(row?.tags).map((tag) => (tag as JsonRecord).tag);
  const firstTag = (mark: number) => tagNames(person(mark).record)[0];
  return [
    {
      ...create,
      mutation: 'customerCreate',
      settled: 'CREATED',
      input: (mark) => ({ accountId, customer: customer(mark) }),
    },
    {
      ...create,
      mutation: 'customerUpsert',
      reads: ['getCustomer'],
      settled: 'CREATED_OR_UPDATED',
      input: (mark) => ({ accountId, customer: customer(mark) }),
    },
    {
      ...create,
      mutation: 'customersUpsert',
      reads: ['getCustomer'],
      settled: 'CREATED_OR_UPDATED',
      input: (mark) => ({ accountId, customers: [customer(mark)] }),
    },
    {
      ...update,
      name: 'customerUpsert of somebody known',
      mutation: 'customerUpsert',
      foundBy: 'email',
      reads: ['getCustomer'],
      settled: 'CREATED_OR_UPDATED',
      input: (mark) => ({ accountId, customer: { ...customer(mark), email: person(mark).record.email } }),
      isStored: (records, mark) => held(records, mark)?.notes === textOf(mark),
    },
    {
      ...update,
      mutation: 'customerUpdate',
      input: (mark) => ({ id: person(mark).id, customer: { note: textOf(mark) } }),
      isStored: (records, mark) => held(records, mark)?.notes === textOf(mark),
    },
    {
      ...update,
      mutation: 'customerTagsAdd',
      input: (mark) => ({ id: person(mark).id, tags: [{ name: textOf(mark) }] }),
      isStored: (records, mark) => tagNames(held(records, mark)).includes(textOf(mark)),
    },
    {
      ...update,
      mutation: 'customerTagsRemove',
      input: (mark) => ({ id: person(mark).id, tags: [{ name: firstTag(mark) }] }),
      isStored: (records, mark) => !tagNames(held(records, mark)).includes(firstTag(mark)),
    },
    {
      ...update,
      mutation: 'customerTagsReplace',
      reads: ['getCustomer'],
      input: (mark) => ({ id: person(mark).id, tags: [{ name: textOf(mark) }] }),
      isStored: (records, mark) => tagNames(held(records, mark)).join() === textOf(mark),
    },
    {
      ...update,
      mutation: 'customerCustomFieldsSet',
      input: (mark) => ({ id: person(mark).id, customFields: [{ name: 'puntos', text: textOf(mark) }] }),
      isStored: (records, mark) => named('field_content', held(records, mark)?.custom_fields, textOf(mark)),
    },
    {
      mutation: 'customerEventRecord',
      operation: 'createCustomerEvent',
      done: 'CREATED',
      input: (mark) => ({ customerId: person(mark).id, event: { name: textOf(mark) } }),
      isStored: (records, mark) =>
        list(records.customer_events).some((event) =>
          named('field_content', (event as JsonRecord).custom_fields, textOf(mark)),
        ),
    },
  ];
}
