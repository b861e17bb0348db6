import { describe, expect, test } from '@jest/globals';
import { ladiflow } from '../../../src/vendors/ladiflow/index.ts';
import { benchFor, differences, type Row, receiptOf } from '../../writes/bench.ts';
import { BODY, FIELDS, FILLED, PLAIN, RECEIPT } from './everyField.ts';

const { emulator, idOf, upsert, held, sent, unasked, perform } = benchFor(ladiflow);

const newest = (): Row => held().at(-1);
const someone = (nth: number): Row => held()[nth];
const tagNamed = (name: string): Row => held('tags').find((tag) => tag.name === name);

describe('upserting', () => {
  test('makes whoever is not there, tags included', async () => {
    const payload = await upsert({ ...PLAIN, customFields: FIELDS, tags: [{ name: 'VIP' }, { name: 'Nhãn mới' }] });
    expect([payload.outcome, payload.userErrors]).toEqual(['CREATED', []]);
    expect(sent('customerCreateOrUpdate')).toEqual([{ ...BODY, tags: [tagNamed('VIP').id, tagNamed('Nhãn mới').id] }]);
    expect(newest()).toMatchObject(FILLED);
    expect(receiptOf(payload)).toEqual({
      ...RECEIPT,
      'customer.tags.0': 'APPLIED',
      'customer.tags.1': 'APPLIED',
    });
  });

  test.each([
    ['e-mail', ({ email }: Row) => ({ email })],
    ['phone', ({ phone }: Row) => ({ phone })],
    ['phone spelled abroad', ({ phone }: Row) => ({ phone: `+84${phone.slice(1)}` })],
    ['both', ({ email, phone }: Row) => ({ email, phone })],
  ])('changes whom the %s leads to', async (_name, keysOf) => {
    const before = held();
    const payload = await upsert({ ...keysOf(someone(0)), jobTitle: 'Thủ kho' });
    expect([payload.outcome, payload.customer.vendorId]).toEqual(['UPDATED', someone(0)._id]);
    expect(differences(before, held()).map(({ alias: _, ...rest }) => rest)).toEqual([{ job_title: 'Thủ kho' }]);
  });

  test('writes nothing where e-mail and phone lead to two people', async () => {
    const [one, two] = [someone(0), someone(3)];
    const payload = await upsert({
      email: one.email,
      phone: two.phone,
      firstName: 'X',
      tags: [{ name: 'never made' }],
    });
    expect(payload).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'CONFLICT', candidates: [{ vendorId: one._id }, { vendorId: two._id }] }],
    });
    const writes = ['customerCreateOrUpdate', 'customerCreateTag', 'customerUpdate', 'customerCreate'];
    expect(writes.map((operation) => emulator().count(operation))).toEqual([0, 0, 0, 0]);
  });

  test('needs an e-mail or a phone', async () => {
    expect(await unasked('customerUpsert', { accountId: 'ladiflow', customer: { firstName: 'X' } })).toEqual([
      'BAD_USER_INPUT customer.email',
    ]);
  });
});

describe('tags', () => {
  /** Somebody who carries tags. */
  const carrier = (): Row => held().find(({ tags, is_delete }) => (tags as string[]).length > 1 && is_delete === false);

  test.each(['merge', 'replace'])('stay when others are put on, where tags in a write %s', async (writtenTags) => {
    emulator().quirks.writtenTags = writtenTags;
    const { _id, tags, email } = carrier();
    const before = held();
    const payload = await perform('customerTagsAdd', { id: await idOf(_id), tags: [{ name: 'Nhãn mới' }] });
    expect([payload.outcome, receiptOf(payload)]).toEqual(['UPDATED', { 'tags.0': 'APPLIED' }]);
    const all = [...tags, tagNamed('Nhãn mới').id];
    expect(sent('customerUpdate')).toEqual([{ _id, email, tags: all }]);
    expect(differences(before, held())).toEqual([{ tags: all }]);
    await upsert({ email, tags: [{ name: 'VIP' }, { name: 'Nhãn khác' }] });
    const after = held().find((record) => record._id === _id)?.tags;
    expect(after).toEqual([...new Set([...all, tagNamed('VIP').id, tagNamed('Nhãn khác').id])]);
  });

  test('that are there already cost no write', async () => {
    const { _id, tags } = carrier();
    const { name } = held('tags').find(({ id }) => id === tags[0]) ?? {};
    const id = await idOf(_id);
    for (const tag of [{ name }, { id: await idOf(tags[0], 'Tag') }]) {
      const payload = await perform('customerTagsAdd', { id, tags: [tag] });
      expect([payload.outcome, receiptOf(payload)]).toEqual(['UNCHANGED', { 'tags.0': 'APPLIED' }]);
    }
    expect(emulator().count('customerUpdate')).toBe(0);
  });

  test('of unknown ids vanish at the vendor, and the answer says so; what can be no id is refused unasked', async () => {
    const id = await idOf(carrier()._id);
    const unknown = await idOf('eeeeeeeeeeeeeeeeeeeeeeee', 'Tag');
    const payload = await perform('customerTagsAdd', { id, tags: [{ id: unknown }] });
    expect(receiptOf(payload)).toEqual({ 'tags.0': 'IGNORED' });
    const tags = [{ name: 'a' }, { id: await idOf('VIP', 'Tag') }];
    expect(await unasked('customerTagsAdd', { id, tags })).toEqual(['BAD_USER_INPUT tags.1']);
  });

  test.each(['id', 'empty'])('are made once, the answer holding the %s', async (createdTagId) => {
    emulator().quirks.createdTagId = createdTagId;
    const input = { accountId: 'ladiflow', name: ' Nhãn riêng ' };
    const made = await perform('tagCreate', input);
    const { id } = tagNamed('Nhãn riêng');
    expect(made).toMatchObject({ outcome: 'CREATED', tag: { vendorId: id, name: 'Nhãn riêng' } });
    expect(sent('customerCreateTag')).toEqual([{ name: 'Nhãn riêng' }]);
    const again = await perform('tagCreate', input);
    expect(again).toMatchObject({ outcome: 'UNCHANGED', tag: { vendorId: id } });
    expect(emulator().count('customerCreateTag')).toBe(1);
    expect(await unasked('tagCreate', { accountId: 'ladiflow', name: '  ' })).toEqual(['BAD_USER_INPUT name']);
  });

  test('cannot be taken off: no call does it', async () => {
    const id = await idOf(carrier()._id);
    for (const mutation of ['customerTagsRemove', 'customerTagsReplace']) {
      expect(await unasked(mutation, { id, tags: [{ name: 'VIP' }] })).toEqual(['NOT_SUPPORTED_BY_VENDOR']);
    }
  });
});
