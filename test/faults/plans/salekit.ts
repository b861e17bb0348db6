import type { JsonRecord } from '../../../src/emulation/emulator.ts';
import type { Places } from '../writes.ts';
import { emailOf, heldBy, isNew, list, type Plan, textOf } from './plan.ts';

/** What is known of the person: some writes must be told. */
const identityOf = ({ record }: { readonly record: JsonRecord }) => ({ fullName: record.full_name });

export function salekit(places: Places): readonly Plan[] {
  const { accountId, person } = places;
  const held = heldBy('email', places);
  const common = { operation: 'upsertAudience', done: 'CREATED_OR_UPDATED', safeToRepeat: true } as const;
  const customer = (mark: number) => ({ fullName: textOf(mark), email: emailOf(mark) });
  const target = (mark: number) => ({ id: person(mark).id, identity: identityOf(person(mark)) });
  const firstTag = (mark: number) => list(person(mark).record.tag)[0];
  return [
    {
      ...common,
      mutation: 'customerUpsert',
      input: (mark) => ({ accountId, customer: customer(mark) }),
      isStored: isNew('email', emailOf),
    },
    {
      ...common,
      mutation: 'customersUpsert',
      input: (mark) => ({ accountId, customers: [customer(mark)] }),
      isStored: isNew('email', emailOf),
    },
    {
      ...common,
      mutation: 'customerUpdate',
      input: (mark) => ({ ...target(mark), customer: { note: textOf(mark) } }),
      isStored: (records, mark) => held(records, mark)?.note === textOf(mark),
    },
    {
      ...common,
      mutation: 'customerTagsAdd',
      input: (mark) => ({ ...target(mark), tags: [{ name: textOf(mark) }] }),
      isStored: (records, mark) => list(held(records, mark)?.tag).includes(textOf(mark)),
    },
    {
      ...common,
      mutation: 'customerTagsRemove',
      input: (mark) => ({ ...target(mark), tags: [{ name: firstTag(mark) }] }),
      isStored: (records, mark) => !list(held(records, mark)?.tag).includes(firstTag(mark)),
    },
    {
      ...common,
      mutation: 'customerCustomFieldsSet',
      input: (mark) => ({ ...target(mark), customFields: [{ name: 'madon', text: textOf(mark) }] }),
      isStored: (records, mark) =>
        (held(records, mark)?.custom_field as JsonRecord | undefined)?.madon === textOf(mark),
    },
  ];
}
