import type { JsonRecord } from '../../../src/emulation/emulator.ts';
import type { Places, Records } from '../writes.ts';
import { emailOf, heldBy, isNew, list, named, type Plan, textOf } from './plan.ts';

export function ladiflow(places: Places): readonly Plan[] {
  const { accountId, person, records: seeded } = places;
  const held = heldBy('_id', places);
  const customer = (mark: number) => ({ email: emailOf(mark), jobTitle: textOf(mark) });
  const upsert = { operation: 'customerCreateOrUpdate', settled: 'CREATED_OR_UPDATED', safeToRepeat: true } as const;
  const update = { operation: 'customerUpdate', done: 'UPDATED', settled: 'UPDATED', isAddressed: true } as const;
  const absentTag = (mark: number) => seeded.tags?.find(({ id }) => !list(person(mark).record.tags).includes(id));
  const carries = (records: Records, mark: number, tag: JsonRecord | undefined) =>
    tag !== undefined && list(held(records, mark)?.tags).includes(tag.id);
  const newTag: Omit<Plan, 'operation' | 'name'> = {
    mutation: 'customerTagsAdd',
    reads: ['customerShow', 'customerListTag'],
    done: 'UPDATED',
    input: (mark) => ({ id: person(mark).id, tags: [{ name: textOf(mark) }] }),
    isStored: (records, mark) =>
      carries(
        records,
        mark,
        records.tags?.find(({ name }) => name === textOf(mark)),
      ),
  };
  return [
    {
      mutation: 'customerCreate',
      operation: 'customerCreate',
      done: 'CREATED',
      settled: 'CREATED',
      input: (mark) => ({ accountId, customer: customer(mark) }),
      isStored: isNew('email', emailOf),
    },
    {
      ...upsert,
      mutation: 'customerUpsert',
      done: 'CREATED',
      input: (mark) => ({ accountId, customer: customer(mark) }),
      isStored: isNew('email', emailOf),
    },
    {
      ...upsert,
      name: 'customerUpsert of somebody known',
      mutation: 'customerUpsert',
      foundBy: 'email',
      done: 'UPDATED',
      input: (mark) => ({ accountId, customer: { ...customer(mark), email: person(mark).record.email } }),
      isStored: (records, mark) => held(records, mark)?.job_title === textOf(mark),
    },
    {
      ...upsert,
      mutation: 'customersUpsert',
      done: 'CREATED',
      input: (mark) => ({ accountId, customers: [customer(mark)] }),
      isStored: isNew('email', emailOf),
    },
    {
      ...update,
      mutation: 'customerUpdate',
      reads: ['customerShow'],
      input: (mark) => ({ id: person(mark).id, customer: { jobTitle: textOf(mark) } }),
      isStored: (records, mark) => held(records, mark)?.job_title === textOf(mark),
    },
    {
      ...update,
      mutation: 'customerTagsAdd',
      reads: ['customerShow', 'customerListTag'],
      input: (mark) => ({ id: person(mark).id, tags: [{ name: absentTag(mark)?.name }] }),
      isStored: (records, mark) => carries(records, mark, absentTag(mark)),
    },
    { ...newTag, name: 'customerTagsAdd of a tag to make', operation: 'customerCreateTag', part: 'first' },
    { ...newTag, ...update, name: 'customerTagsAdd of a tag just made', part: 'second' },
    {
      ...update,
      mutation: 'customerCustomFieldsSet',
      reads: ['customerList', 'customerShow'],
      input: (mark) => ({ id: person(mark).id, customFields: [{ name: 'last_order_id', text: textOf(mark) }] }),
      isStored: (records, mark) => named('value', held(records, mark)?.custom_fields, textOf(mark)),
    },
    {
      mutation: 'tagCreate',
      operation: 'customerCreateTag',
      reads: ['customerListTag'],
      done: 'CREATED',
      settled: 'CREATED',
      input: (mark) => ({ accountId, name: textOf(mark) }),
      isStored: (records, mark) => named('name', records.tags, textOf(mark)),
    },
  ];
}
