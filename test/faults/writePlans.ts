import type { JsonRecord } from '../../src/emulation/emulator.ts';
import type { Places, Records, Write } from './writes.ts';

// Every write that each vendor has, with valid input.

type Needed = 'mutation' | 'operation' | 'done' | 'input' | 'isStored';
export type Plan = Pick<Write, Needed> & Partial<Omit<Write, Needed | 'vendor'>>;

const textOf = (mark: number): string => `Mark ${mark}`;
const emailOf = (mark: number): string => `mark-${mark}@example.com`;
const mobileOf = (mark: number): string => `1880000${1_000 + mark}`;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const named = (key: string, rows: unknown, name: string): boolean =>
  list(rows).some((row) => (row as JsonRecord)[key] === name);
const isNew = (key: string, textFor: (mark: number) => string) => (records: Records, mark: number) =>
  named(key, records.customers, textFor(mark));

/** The person of the mark as the vendor holds it now, found by a key that writes leave alone. */
const heldBy =
  (key: string, { person }: Places) =>
  (records: Records, mark: number) =>
    records.customers?.find((row) => row[key] === person(mark).record[key]);

/** What is known of the person: some writes must be told. */
const identityOf = ({ record }: { readonly record: JsonRecord }) => ({ fullName: record.full_name });

export const PLANS: Readonly<Record<string, (places: Places) => readonly Plan[]>> = {
  salekit: (places) => salekit(places).map((plan) => ({ ...plan, safeToRepeat: true })),
  ladiflow,
  fecify,
  mercately,
  heidianer,
};

function salekit(places: Places): readonly Plan[] {
  const { accountId, person } = places;
  const held = heldBy('email', places);
  const common = { operation: 'upsertAudience', done: 'CREATED_OR_UPDATED' } as const;
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

function ladiflow(places: Places): readonly Plan[] {
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
    { ...newTag, name: 'customerTagsAdd, making the tag', operation: 'customerCreateTag' },
    { ...newTag, ...update, name: 'customerTagsAdd, tag made', comesSecond: true },
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

function fecify(places: Places): readonly Plan[] {
  const { accountId, person } = places;
  const held = heldBy('id', places);
  return [
    {
      mutation: 'customerCreate',
      operation: 'createCustomer',
      done: 'CREATED',
      input: (mark) => ({
        accountId,
        customer: { email: emailOf(mark), firstName: textOf(mark), lastName: 'Li', acceptsMarketing: true },
      }),
      isStored: isNew('email', emailOf),
    },
    {
      mutation: 'customerUpdate',
      operation: 'updateCustomer',
      done: 'UPDATED',
      isAddressed: true,
      input: (mark) => ({ id: person(mark).id, customer: { firstName: textOf(mark), note: textOf(mark) } }),
      isStored: (records, mark) => held(records, mark)?.note === textOf(mark),
    },
  ];
}

function mercately(places: Places): readonly Plan[] {
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

function heidianer(places: Places): readonly Plan[] {
  const { accountId, person, records: seeded, segment } = places;
  const held = heldBy('id', places);
  const replace = {
    operation: 'replaceCustomer',
    reads: ['getCustomer'],
    done: 'UPDATED',
    settled: 'UPDATED',
    isAddressed: true,
  } as const;
  const firstTag = (mark: number) => list(person(mark).record.tags)[0];
  const tags = (records: Records, mark: number) => list(held(records, mark)?.tags);
  const own = (mark: number) =>
    String(seeded.segments?.find(({ customers }) => list(customers).includes(person(mark).record.id))?.title);
  const isMember = (records: Records, mark: number, title: string) =>
    list(records.segments?.find((each) => each.title === title)?.customers).includes(person(mark).record.id);
  const members = { done: 'UPDATED', settled: 'UPDATED', isAddressed: true } as const;
  return [
    {
      mutation: 'customerCreate',
      operation: 'createCustomer',
      done: 'CREATED',
      input: (mark) => ({ accountId, customer: { phone: mobileOf(mark), note: textOf(mark) } }),
      isStored: isNew('mobile', mobileOf),
    },
    {
      ...replace,
      mutation: 'customerUpdate',
      input: (mark) => ({ id: person(mark).id, customer: { note: textOf(mark) } }),
      isStored: (records, mark) => held(records, mark)?.note === textOf(mark),
    },
    {
      mutation: 'customerDelete',
      operation: 'deleteCustomer',
      done: 'DELETED',
      settled: 'DELETED',
      isBodiless: true,
      input: (mark) => ({ id: person(mark).id }),
      isStored: (records, mark) => held(records, mark) === undefined,
    },
    {
      ...replace,
      mutation: 'customerTagsAdd',
      input: (mark) => ({ id: person(mark).id, tags: [{ name: textOf(mark) }] }),
      isStored: (records, mark) => tags(records, mark).includes(textOf(mark)),
    },
    {
      ...replace,
      mutation: 'customerTagsRemove',
      input: (mark) => ({ id: person(mark).id, tags: [{ name: firstTag(mark) }] }),
      isStored: (records, mark) => !tags(records, mark).includes(firstTag(mark)),
    },
    {
      ...replace,
      mutation: 'customerTagsReplace',
      input: (mark) => ({ id: person(mark).id, tags: [{ name: textOf(mark) }] }),
      isStored: (records, mark) => tags(records, mark).join() === textOf(mark),
    },
    {
      mutation: 'segmentCreate',
      operation: 'createSegment',
      done: 'CREATED',
      needsAnswer: true,
      input: (mark) => ({ accountId, title: textOf(mark) }),
      isStored: (records, mark) => named('title', records.segments, textOf(mark)),
    },
    {
      ...members,
      mutation: 'segmentCustomersAdd',
      operation: 'addSegmentCustomers',
      input: (mark) => ({ id: segment('空分组'), customerIds: [person(mark).id] }),
      isStored: (records, mark) => isMember(records, mark, '空分组'),
    },
    {
      ...members,
      mutation: 'segmentCustomersRemove',
      operation: 'removeSegmentCustomers',
      input: (mark) => ({ id: segment(own(mark)), customerIds: [person(mark).id] }),
      isStored: (records, mark) => !isMember(records, mark, own(mark)),
    },
  ];
}
