import { describe, expect, test } from '@jest/globals';
import { heidianer } from '../../../src/vendors/heidianer/index.ts';
import { allOf, benchFor, complaints, differences, type Row, receiptOf } from '../../writes/bench.ts';

const { emulator, idOf, create, update, held, sent, unasked, perform } = benchFor(heidianer);

const EVERYTHING = {
  phone: '+86 139 9999 0001',
  fullName: '欧阳 Nguyễn',
  gender: 'FEMALE',
  email: 'Demo.New@example.cn',
  birthday: '1986-05-24',
  note: '下午联系\n第二行',
  acceptsMarketing: true,
  referralCode: 'HD-77',
};
const STORED = {
  mobile: '13999990001',
  full_name: '欧阳 Nguyễn',
  gender: 'female',
  email: 'Demo.New@example.cn',
  birthday: '1986-05-24',
  note: '下午联系\n第二行',
  accepts_marketing: true,
  referral_code: 'HD-77',
};
const WRITTEN = [...Object.keys(STORED), 'tags'];

/** What a PUT holds of a record: the nine fields that are written. */
const writtenOf = (record: Row): Row => Object.fromEntries(WRITTEN.map((name) => [name, record[name]]));
const lastPut = (): Row => sent('replaceCustomer').at(-1);
const customer = (id: number): Row => held().find((record) => record.id === id);
/** The code of somebody whom nobody here wrote to: there are some with one and some without. */
const RISK = { 'customer.referralCode': 'AT_RISK' };

describe('creating', () => {
  test('stores all nine fields, and shows what only the answer shows', async () => {
    const tags = [{ name: '老客户' }, { name: 'Khách sỉ' }, { name: '老客户' }];
    const payload = await create(
      { ...EVERYTHING, tags },
      'customer { vendorId completeness referralCode updatedAt tags { name } membership { points } }',
    );
    expect(payload.outcome).toBe('CREATED');
    expect(sent('createCustomer')).toEqual([{ ...STORED, tags: ['老客户', 'Khách sỉ'] }]);
    expect(held()).toHaveLength(61);
    expect(customer(61)).toMatchObject({ ...STORED, tags: ['老客户', 'Khách sỉ'] });
    expect(payload.customer).toEqual({
      vendorId: '61',
      completeness: 'FULL',
      referralCode: 'HD-77',
      updatedAt: expect.any(String),
      tags: [{ name: '老客户' }, { name: 'Khách sỉ' }],
      membership: { points: 0 },
    });
    expect(receiptOf(payload)).toEqual({
      ...allOf('APPLIED', EVERYTHING),
      ...allOf('APPLIED', tags, 'customer.tags'),
      'customer.phone': 'COERCED 13999990001',
    });
    expect(emulator().count()).toBe(1);
  });

  test('needs a phone only, and sends nothing that is null or empty', async () => {
    await create({ phone: '13999990002', email: '', birthday: null, tags: [] });
    expect(sent('createCustomer')).toEqual([{ mobile: '13999990002' }]);
    expect(await unasked('customerCreate', { accountId: 'heidianer', customer: { email: 'a@example.cn' } })).toEqual([
      'BAD_USER_INPUT customer.phone',
    ]);
  });

  test('passes on that there is one of that phone', async () => {
    const payload = await create({ phone: String(customer(3).mobile) });
    expect(payload).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'VENDOR_REJECTED', vendorMessage: expect.stringContaining('already exists') }],
      requests: [{ state: 'REFUSED' }],
    });
    expect(held()).toHaveLength(60);
  });
});

describe('updating reads, merges and sends all nine fields back', () => {
  test.each([
    ['phone', '13999990003', { mobile: '13999990003' }],
    ['fullName', 'Lý Thị Ánh', { full_name: 'Lý Thị Ánh' }],
    ['gender', 'MALE', { gender: 'male' }],
    ['email', 'x@example.cn', { email: 'x@example.cn' }],
    ['birthday', '2001-12-31', { birthday: '2001-12-31' }],
    ['note', 'new', { note: 'new' }],
    ['acceptsMarketing', true, { accepts_marketing: true }],
    ['fullName', null, { full_name: '' }],
    ['fullName', '', { full_name: '' }],
    ['gender', null, { gender: 'unknown' }],
    ['email', null, { email: '' }],
    ['birthday', null, { birthday: null }],
    ['note', null, { note: '' }],
    ['note', '', { note: '' }],
  ])('%s: %j', async (field, value, stored) => {
    // Somebody with every field filled and a code that we know.
    const opposite = { ...EVERYTHING, acceptsMarketing: field !== 'acceptsMarketing', tags: [{ name: '会员' }] };
    const { vendorId } = (await create(opposite)).customer;
    const before = held();
    const payload = await update(vendorId, { [field]: value });
    expect(payload).toMatchObject({ outcome: 'UPDATED', userErrors: [] });
    expect(receiptOf(payload)).toEqual({ [`customer.${field}`]: 'APPLIED' });
    expect(lastPut()).toEqual({ ...writtenOf(before.at(-1)), ...stored });
    expect(differences(before, held())).toEqual([stored]);
    expect([emulator().count('getCustomer'), emulator().count('replaceCustomer')]).toEqual([1, 1]);
  });

  test.each(['text', 'object'])('also of somebody who was there before, with tags as %s', async (tagElements) => {
    Object.assign(emulator().quirks, { tagElements, emptyValues: 'null' });
    for (const id of [2, 7, 12, 14]) {
      const before = held();
      await update(String(id), { note: `note ${id}` });
      expect(differences(before, held()).map(({ referral_code: _, ...rest }) => rest)).toEqual([
        { note: `note ${id}` },
      ]);
      expect(lastPut()).toEqual({ ...writtenOf(before[id - 1]), note: `note ${id}`, referral_code: '' });
    }
  });

  test('several fields at once', async () => {
    const before = held();
    const payload = await update('2', EVERYTHING);
    expect(receiptOf(payload)).toEqual({ ...allOf('APPLIED', EVERYTHING), 'customer.phone': 'COERCED 13999990001' });
    expect(differences(before, held())).toHaveLength(1);
    expect(customer(2)).toMatchObject({ ...STORED, tags: before[1]?.tags });
  });

  test('nothing that is so already: no write is sent', async () => {
    const { mobile, full_name, gender, note } = customer(4);
    const same = { phone: mobile, fullName: full_name, gender: gender === 'male' ? 'MALE' : 'FEMALE', note };
    const payload = await update('4', same);
    expect([payload.outcome, payload.userErrors]).toEqual(['UNCHANGED', []]);
    expect(receiptOf(payload)).toEqual(allOf('APPLIED', same));
    expect([emulator().count('getCustomer'), emulator().count()]).toEqual([1, 1]);
  });

  test('nobody where there is nobody', async () => {
    const payload = await update('999999', { note: 'x' });
    expect([payload.outcome, complaints(payload), emulator().count('replaceCustomer')]).toEqual([
      'NOT_EXECUTED',
      ['NOT_FOUND'],
      0,
    ]);
    expect(await unasked('customerUpdate', { id: await idOf('../1'), customer: { note: 'x' } })).toEqual(['NOT_FOUND']);
  });

  test.each([
    ['a cleared phone', { phone: null }, 'NOT_SUPPORTED_BY_VENDOR customer.phone'],
    ['an emptied phone', { phone: ' ' }, 'NOT_SUPPORTED_BY_VENDOR customer.phone'],
    ['no consent and no refusal', { acceptsMarketing: null }, 'NOT_SUPPORTED_BY_VENDOR customer.acceptsMarketing'],
    ['tags', { tags: [{ name: 'a' }] }, 'NOT_SUPPORTED_BY_VENDOR customer.tags'],
    ['parts of a name', { firstName: '伟' }, 'NOT_SUPPORTED_BY_VENDOR customer.firstName'],
    ['a custom field', { customFields: [{ name: 'a', text: 'b' }] }, 'NOT_SUPPORTED_BY_VENDOR customer.customFields'],
    ['no change', {}, 'BAD_USER_INPUT customer'],
  ])('refuses %s, unasked', async (_name, input, complaint) => {
    expect(await unasked('customerUpdate', { id: await idOf('2'), customer: input })).toEqual([complaint]);
  });
});

describe('the referral code, which no read shows', () => {
  test('is said to be at risk where nobody here ever saw it', async () => {
    expect(customer(1).referral_code).toBe('HD1000');
    const payload = await update('1', { note: 'x' });
    expect(receiptOf(payload)).toEqual({ 'customer.note': 'APPLIED', ...RISK });
    expect(lastPut().referral_code).toBe('');
  });

  test('is kept once an answer has shown it', async () => {
    expect(receiptOf(await update('1', { referralCode: 'HD1000', note: 'x' }))).not.toMatchObject(RISK);
    const kept = await update('1', { note: 'y' });
    expect(receiptOf(kept)).toEqual({ 'customer.note': 'APPLIED' });
    await perform('customerTagsAdd', { id: await idOf('1'), tags: [{ name: 'z' }] });
    expect(customer(1)).toMatchObject({ referral_code: 'HD1000', note: 'y' });
  });

  test('is what the vendor stored, not what was sent', async () => {
    emulator().distort = (_operation, body) => ({ ...(body as object), referral_code: 'OTHER' });
    const made = await create({ ...EVERYTHING, referralCode: 'MINE' });
    expect(receiptOf(made)['customer.referralCode']).toBe('COERCED OTHER');
    emulator().distort = undefined;
    await update(made.customer.vendorId, { note: 'x' });
    expect(lastPut().referral_code).toBe('OTHER');
  });

  test.each([null, ''])('is cleared by %j', async (nothing) => {
    const { vendorId } = (await create(EVERYTHING)).customer;
    const payload = await update(vendorId, { referralCode: nothing });
    expect(receiptOf(payload)).toEqual({ 'customer.referralCode': 'APPLIED' });
    expect(customer(61).referral_code).toBe('');
  });

  test('is at risk in changes of tags too', async () => {
    const payload = await perform('customerTagsAdd', { id: await idOf('3'), tags: [{ name: 'z' }] });
    expect(receiptOf(payload)).toEqual({ 'tags.0': 'APPLIED', referralCode: 'AT_RISK' });
  });
});
