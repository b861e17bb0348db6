import type { Places, Records } from '../writes.ts';
import { heldBy, isNew, list, named, type Plan, textOf } from './plan.ts';

const mobileOf = (mark: number): string => `1880000${1_000 + mark}`;

export function heidianer(places: Places): readonly Plan[] {
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
