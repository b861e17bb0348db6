import { describe, expect, test } from '@jest/globals';
import { heidianer } from '../../../src/vendors/heidianer/index.ts';
import { allOf, benchFor, complaints, type Row, receiptOf } from '../../writes/bench.ts';

const { emulator, ask, idOf, create, held, sent, unasked, perform } = benchFor(heidianer);

const WRITTEN = [
  'mobile',
  'full_name',
  'gender',
  'email',
  'birthday',
  'note',
  'accepts_marketing',
  'referral_code',
  'tags',
];

/** What a PUT holds of a record: the nine fields that are written. */
const writtenOf = (record: Row): Row => Object.fromEntries(WRITTEN.map((name) => [name, record[name]]));
const lastPut = (): Row => sent('replaceCustomer').at(-1);
const customer = (id: number): Row => held().find((record) => record.id === id);

describe('tags', () => {
  const names = (tags: readonly string[]) => tags.map((name) => ({ name }));
  const tagged = async (): Promise<Row> =>
    (await create({ phone: '13999990009', note: 'giữ', tags: names(['a', 'b', 'c']) })).customer;

  test('are added behind those there are', async () => {
    const { id } = await tagged();
    const payload = await perform('customerTagsAdd', { id, tags: names(['b', '新', '新']) });
    expect(payload.outcome).toBe('UPDATED');
    expect(customer(61)).toMatchObject({ tags: ['a', 'b', 'c', '新'], note: 'giữ' });
    expect(lastPut()).toEqual(writtenOf(customer(61)));
    const again = await perform('customerTagsAdd', { id, tags: names(['新']) });
    expect([again.outcome, receiptOf(again), emulator().count('replaceCustomer')]).toEqual([
      'UNCHANGED',
      { 'tags.0': 'APPLIED' },
      1,
    ]);
  });

  test('are removed by name and by id, and none that is not there', async () => {
    const { id } = await tagged();
    const { customer: shown } = await ask('query ($id: ID!) { customer(id: $id) { tags { id name } } }', { id });
    const tags = [{ id: shown.tags[0].id }, { name: 'c' }, { name: 'nobody has this' }];
    const payload = await perform('customerTagsRemove', { id, tags });
    expect(receiptOf(payload)).toEqual(allOf('APPLIED', tags, 'tags'));
    expect(customer(61).tags).toEqual(['b']);
    const none = await perform('customerTagsRemove', { id, tags: names(['never']) });
    expect([none.outcome, emulator().count('replaceCustomer')]).toEqual(['UNCHANGED', 1]);
  });

  test('are replaced: those that stay keep their places, and those that go are named', async () => {
    const { id } = await tagged();
    const payload = await perform('customerTagsReplace', { id, tags: names(['z', 'c', 'a']) });
    expect(customer(61).tags).toEqual(['a', 'c', 'z']);
    expect(payload.removedTags).toEqual([{ name: 'b', vendorId: 'b' }]);
    const same = await perform('customerTagsReplace', { id, tags: names(['z', 'a', 'c']) });
    expect([same.outcome, same.removedTags, emulator().count('replaceCustomer')]).toEqual(['UNCHANGED', [], 1]);
    const emptied = await perform('customerTagsReplace', { id, tags: [] });
    expect(emptied.removedTags.map(({ name }: Row) => name)).toEqual(['a', 'c', 'z']);
    expect(customer(61).tags).toEqual([]);
  });
});

describe('deleting', () => {
  test('takes the customer out of everything, once', async () => {
    const id = await idOf('1');
    const payload = await perform('customerDelete', { id });
    expect(payload).toMatchObject({ outcome: 'DELETED', deletedCustomerId: id, userErrors: [] });
    expect(held()).toHaveLength(59);
    expect(held('segments').every(({ customers }) => !(customers as number[]).includes(1))).toBe(true);
    const again = await perform('customerDelete', { id });
    expect([again.outcome, again.deletedCustomerId, complaints(again)]).toEqual(['NOT_EXECUTED', null, ['NOT_FOUND']]);
    expect(await unasked('customerDelete', { id: await idOf('abc') })).toEqual(['NOT_FOUND']);
  });
});

describe('segments', () => {
  const members = (id: number): unknown => held('segments').find((segment) => segment.id === id)?.customers;
  const idsOf = (ids: readonly string[]) => Promise.all(ids.map((id) => idOf(id)));

  test('are made with a title', async () => {
    const payload = await perform('segmentCreate', { accountId: 'heidianer', title: ' 新客户 ' });
    expect(payload).toMatchObject({ outcome: 'CREATED', segment: { vendorId: '7', title: '新客户' } });
    expect(receiptOf(payload)).toEqual({ title: 'APPLIED' });
    expect(held('segments').at(-1)).toEqual({ id: 7, title: '新客户', customers: [] });
    const nameless = await unasked('segmentCreate', { accountId: 'heidianer', title: ' ' });
    expect(nameless).toEqual(['BAD_USER_INPUT title']);
  });

  test('take customers as a list of numbers, each once', async () => {
    const [one = '', two = ''] = await idsOf(['5', '9']);
    const id = await idOf('6', 'Segment');
    const payload = await perform('segmentCustomersAdd', { id, customerIds: [one, two, one] });
    expect(sent('addSegmentCustomers')).toEqual([[{ customer_id: 5 }, { customer_id: 9 }]]);
    expect(members(6)).toEqual([5, 9]);
    expect(receiptOf(payload)).toEqual(allOf('APPLIED', [one, two, one], 'customerIds'));
  });

  test('lose those that are named, and nobody else', async () => {
    const id = await idOf('2', 'Segment');
    const before = members(2) as number[];
    const customerIds = await idsOf([String(before[0]), String(before[1]), '2']);
    const payload = await perform('segmentCustomersRemove', { id, customerIds });
    expect(emulator().exchanges.at(-1)?.query).toEqual({ customer__in: `${before[0]},${before[1]},2` });
    expect(members(2)).toEqual(before.slice(2));
    expect(payload.outcome).toBe('UPDATED');
    expect(receiptOf(payload)).toEqual(allOf('APPLIED', customerIds, 'customerIds'));
  });

  test('refuse nobody in particular, too many, and what is no customer, unasked', async () => {
    const id = await idOf('2', 'Segment');
    const one = await idOf('5');
    for (const mutation of ['segmentCustomersAdd', 'segmentCustomersRemove']) {
      expect(await unasked(mutation, { id, customerIds: [] })).toEqual(['BAD_USER_INPUT customerIds']);
      const many = Array.from({ length: 101 }, () => one);
      expect(await unasked(mutation, { id, customerIds: many })).toEqual(['BAD_USER_INPUT customerIds']);
      expect(await unasked(mutation, { id, customerIds: [one, id] })).toEqual(['BAD_USER_INPUT customerIds.1']);
      expect(await unasked(mutation, { id, customerIds: [one, await idOf('abc')] })).toEqual([
        'NOT_FOUND customerIds.1',
      ]);
      expect(await unasked(mutation, { id: one, customerIds: [one] })).toEqual(['BAD_USER_INPUT id']);
    }
  });

  test('pass on that a customer or the segment does not exist', async () => {
    const customerIds = await idsOf(['999999']);
    const stranger = await perform('segmentCustomersAdd', { id: await idOf('6', 'Segment'), customerIds });
    expect([stranger.outcome, complaints(stranger), members(6)]).toEqual(['NOT_EXECUTED', ['VENDOR_REJECTED'], []]);
    const nowhere = await perform('segmentCustomersAdd', { id: await idOf('99', 'Segment'), customerIds });
    expect(complaints(nowhere)).toEqual(['NOT_FOUND']);
  });
});
