import { describe, expect, test } from '@jest/globals';
import { createGlobalIds } from '../../../src/ids/globalIds.ts';
import { deriveKeys } from '../../../src/ids/secret.ts';
import { salekit } from '../../../src/vendors/salekit/index.ts';
import { allOf, benchFor, differences, type Row, receiptOf } from '../../writes/bench.ts';

const SECRET = 'the secret that ids are sealed with here';
const { seal } = createGlobalIds(deriveKeys([SECRET]));
const { emulator, idOf, upsert, held, sent, unasked, perform } = benchFor(salekit, SECRET);

const EVERYTHING = {
  fullName: 'Khách hàng 01',
  email: 'KhachHang01@Example.vn',
  phone: '+84 900 000 000',
  tags: [{ name: 'Đã mua' }, { name: ' Khách hàng mới ' }, { name: 'Đã mua' }],
  source: 'chatbot',
  referrerCode: '8a3dfbc1',
  gender: 'FEMALE',
  addresses: [
    { line1: 'Số 1', line2: 'Ngõ 2', ward: 'Dịch Vọng', district: 'Cầu Giấy', city: 'Hà Nội', province: 'Hà Nội' },
  ],
  note: 'Khách hàng mới\ndòng hai',
  customFields: [
    { name: 'madon', number: '12345' },
    { name: 'nguon', boolean: true },
    { name: 'size', date: '2026-01-02' },
  ],
  kind: 'CUSTOMER',
};

/** Somebody the vendor knows by e-mail, and what each write on an existing contact is given. */
async function known(): Promise<Row> {
  const customer = { fullName: 'Nguyễn Văn Demo', email: 'demo@example.vn', phone: '0911222333', note: 'cũ' };
  const payload = await upsert({ ...customer, tags: [{ name: 'VIP' }, { name: 'vip' }] });
  return { id: payload.customer.id, identity: { fullName: customer.fullName, email: customer.email } };
}
const lastBody = (): Row => sent('upsertAudience').at(-1);
const contact = (email: string): Row => held().find((record) => record.email === email);

describe('upserting', () => {
  test('stores every field that there is', async () => {
    const payload = await upsert(EVERYTHING, 'customer { vendorId completeness email fullName }');
    expect(payload.outcome).toBe('CREATED_OR_UPDATED');
    const body = {
      full_name: 'Khách hàng 01',
      email: 'KhachHang01@Example.vn',
      phone: '0900000000',
      tag: 'Đã mua,Khách hàng mới',
      src: 'chatbot',
      cid: '8a3dfbc1',
      gender: 'Nữ'.normalize('NFC'),
      address: 'Số 1 - Ngõ 2 - Dịch Vọng - Cầu Giấy - Hà Nội - Hà Nội',
      note: 'Khách hàng mới\ndòng hai',
      custom_field: { madon: '12345', nguon: 'true', size: '2026-01-02' },
      type: 0,
    };
    expect(sent('upsertAudience')).toEqual([body]);
    expect(held()).toHaveLength(61);
    expect(held().at(-1)).toEqual({ ...body, tag: ['Đã mua', 'Khách hàng mới'] });
    expect(payload.customer).toMatchObject({ completeness: 'KEYS_ONLY', email: null, fullName: null });
    expect(JSON.stringify(payload.customer)).not.toMatch(/khachhang01/i);
    const { tags: _, customFields: __, ...plain } = EVERYTHING;
    expect(receiptOf(payload)).toEqual({
      ...allOf('UNVERIFIED', plain),
      ...allOf('UNVERIFIED', EVERYTHING.tags, 'customer.tags'),
      ...allOf('UNVERIFIED', EVERYTHING.customFields, 'customer.customFields'),
    });
  });

  test('is the same customer whatever the case of the e-mail', async () => {
    const first = await upsert({ fullName: 'A', email: 'case@example.vn', note: 'giữ' });
    const second = await upsert({ fullName: 'B', email: 'CASE@Example.vn' });
    expect(second.customer.id).toBe(first.customer.id);
    expect(held()).toHaveLength(61);
    expect(held().at(-1)).toMatchObject({ full_name: 'B', note: 'giữ' });
  });

  test.each([
    ['0912345678', '0912345678'],
    ['+84912345678', '0912345678'],
    ['0084 912 345 678', '0912345678'],
    ['+593 99 123 4567', '+593991234567'],
  ])('spells the phone %s as %s', async (phone, spelled) => {
    await upsert({ fullName: 'A', email: 'phone@example.vn', phone });
    expect(lastBody().phone).toBe(spelled);
  });

  test('needs a name and an e-mail, and says both unasked', async () => {
    const customer = { phone: '0912345678', fullName: null };
    const refused = await unasked('customerUpsert', { accountId: 'salekit', customer });
    expect([...refused].sort()).toEqual([
      'BAD_USER_INPUT customer.email',
      'BAD_USER_INPUT customer.fullName',
      'NOT_SUPPORTED_BY_VENDOR customer.fullName',
    ]);
  });
});

describe('updating', () => {
  const { email: _, tags: __, ...CHANGES } = EVERYTHING;

  test('changes every field that there is, and nobody else', async () => {
    const { id } = await known();
    const before = held();
    // The name is among the changes, and the e-mail is who the customer is: nothing more is needed.
    const payload = await perform('customerUpdate', { id, customer: { ...CHANGES, kind: 'OTHER' } });
    expect([payload.outcome, payload.userErrors, payload.customer.id]).toEqual(['CREATED_OR_UPDATED', [], id]);
    expect(differences(before, held())).toEqual([
      {
        full_name: 'Khách hàng 01',
        phone: '0900000000',
        src: 'chatbot',
        cid: '8a3dfbc1',
        gender: 'Nữ',
        address: 'Số 1 - Ngõ 2 - Dịch Vọng - Cầu Giấy - Hà Nội - Hà Nội',
        note: 'Khách hàng mới\ndòng hai',
        custom_field: { madon: '12345', nguon: 'true', size: '2026-01-02' },
        type: 7,
      },
    ]);
  });

  test('sends the identity and what is named, nothing else', async () => {
    const target = await known();
    const before = held();
    await perform('customerUpdate', { ...target, customer: { source: 'zalo' } });
    expect(lastBody()).toEqual({ full_name: 'Nguyễn Văn Demo', email: 'demo@example.vn', src: 'zalo' });
    expect(differences(before, held())).toEqual([{ src: 'zalo' }]);
  });

  test('numbers the eight kinds from 0', async () => {
    const target = await known();
    const kinds = ['CUSTOMER', 'VIP', 'LEAD', 'PARTNER', 'RESELLER', 'COMPETITOR', 'AFFILIATE', 'OTHER'];
    for (const [type, kind] of [...kinds.entries()].reverse()) {
      await perform('customerUpdate', { ...target, customer: { kind } });
      expect([kind, lastBody().type, contact('demo@example.vn').type]).toEqual([kind, type, type]);
    }
  });

  test.each([
    ['MALE', 'Nam'],
    ['FEMALE', 'N\u1eef'],
  ])('spells the gender %s in composed letters', async (gender, word) => {
    await perform('customerUpdate', { ...(await known()), customer: { gender } });
    expect(lastBody().gender).toBe(word);
  });

  test('an unknown custom field is dropped by the vendor without a word, and never called stored', async () => {
    const payload = await perform('customerCustomFieldsSet', {
      ...(await known()),
      customFields: [{ name: 'khongco', text: 'x' }],
    });
    expect(receiptOf(payload)).toEqual({ 'customFields.0': 'UNVERIFIED' });
    expect(contact('demo@example.vn').custom_field).toEqual({});
  });
});

describe('who the customer is', () => {
  const WRITES: readonly (readonly [string, Record<string, unknown>])[] = [
    ['customerUpdate', { customer: { note: 'x' } }],
    ['customerTagsAdd', { tags: [{ name: 'x' }] }],
    ['customerTagsRemove', { tags: [{ name: 'x' }] }],
    ['customerCustomFieldsSet', { customFields: [{ name: 'madon', text: 'x' }] }],
  ];

  test.each(WRITES)('%s needs the name, as no read can find it out', async (mutation, input) => {
    const { id } = await known();
    expect(await unasked(mutation, { id, ...input })).toEqual(['BAD_USER_INPUT identity.fullName']);
    const identity = { fullName: '' };
    expect(await unasked(mutation, { id, identity, ...input })).toEqual(['BAD_USER_INPUT identity.fullName']);
  });

  test.each(WRITES)('%s refuses the e-mail of somebody else', async (mutation, input) => {
    const { id, identity } = await known();
    const other = { ...identity, email: 'other@example.vn' };
    expect(await unasked(mutation, { id, identity: other, ...input })).toEqual(['BAD_USER_INPUT identity.email']);
  });

  test('somebody known by phone alone needs an e-mail too, and keeps the phone', async () => {
    const id = await idOf(seal('salekit', '0911222333'));
    const identity = { fullName: 'A' };
    const customer = { note: 'x' };
    expect(await unasked('customerUpdate', { id, identity, customer })).toEqual(['BAD_USER_INPUT identity.email']);
    const whole = { ...identity, email: 'demo@example.vn' };
    const moved = { id, identity: whole, customer: { phone: '0999999999' } };
    expect(await unasked('customerUpdate', moved)).toEqual(['BAD_USER_INPUT customer.phone']);
    const stranger = { id, identity: { ...whole, phone: '0999999999' }, customer };
    expect(await unasked('customerUpdate', stranger)).toEqual(['BAD_USER_INPUT identity.phone']);
    expect((await perform('customerUpdate', { id, identity: whole, customer })).userErrors).toEqual([]);
    expect(lastBody()).toEqual({ full_name: 'A', email: 'demo@example.vn', phone: '0911222333', note: 'x' });
  });
});

describe('tags', () => {
  test('go on and off by name, joined by commas, with regard to case', async () => {
    const target = await known();
    const add = await perform('customerTagsAdd', { ...target, tags: [{ name: 'Đã mua' }, { name: '双十一' }] });
    expect(lastBody()).toEqual({ full_name: 'Nguyễn Văn Demo', email: 'demo@example.vn', tag: 'Đã mua,双十一' });
    expect(contact('demo@example.vn').tag).toEqual(['VIP', 'vip', 'Đã mua', '双十一']);
    expect(receiptOf(add)).toEqual({ 'tags.0': 'UNVERIFIED', 'tags.1': 'UNVERIFIED' });

    const tags = [{ name: 'vip' }, { name: 'never carried' }];
    const remove = await perform('customerTagsRemove', { ...target, tags });
    expect(lastBody()).toEqual({ full_name: 'Nguyễn Văn Demo', email: 'demo@example.vn', un_tag: 'vip,never carried' });
    expect(contact('demo@example.vn').tag).toEqual(['VIP', 'Đã mua', '双十一']);
    expect([remove.outcome, remove.userErrors]).toEqual(['CREATED_OR_UPDATED', []]);
    expect(held('tags')).toContainEqual({ name: '双十一' });
  });

  test('are never made of a name with a comma, which would be two', async () => {
    const target = await known();
    const tags = [{ name: 'good' }, { name: 'a,b' }];
    for (const mutation of ['customerTagsAdd', 'customerTagsRemove']) {
      expect(await unasked(mutation, { ...target, tags })).toEqual(['BAD_USER_INPUT tags.1']);
    }
    const customer = { fullName: 'A', email: 'a@example.vn', tags };
    expect(await unasked('customerUpsert', { accountId: 'salekit', customer })).toEqual([
      'BAD_USER_INPUT customer.tags.1',
    ]);
    expect(await unasked('customerTagsAdd', { ...target, tags: [{ name: ' ' }] })).toEqual([
      'BAD_USER_INPUT tags.0.name',
    ]);
  });

  test('cannot be replaced: nobody can say which there were', async () => {
    expect(await unasked('customerTagsReplace', { ...(await known()), tags: [] })).toEqual(['NOT_SUPPORTED_BY_VENDOR']);
  });
});

describe('what the vendor could not store is refused unasked', () => {
  const address = (part: object) => ({ addresses: [{ line1: 'Số 1', ...part }] });
  test.each([
    ['a cleared note', { note: null }, 'NOT_SUPPORTED_BY_VENDOR customer.note'],
    ['an emptied note', { note: '' }, 'NOT_SUPPORTED_BY_VENDOR customer.note'],
    ['no kind', { kind: null }, 'NOT_SUPPORTED_BY_VENDOR customer.kind'],
    ['no address', { addresses: [] }, 'NOT_SUPPORTED_BY_VENDOR customer.addresses'],
    ['another e-mail', { email: 'x@example.vn' }, 'NOT_SUPPORTED_BY_VENDOR customer.email'],
    ['a birthday', { birthday: '1990-01-01' }, 'NOT_SUPPORTED_BY_VENDOR customer.birthday'],
    ['a postal code', address({ postalCode: '100000' }), 'BAD_USER_INPUT customer.addresses.0.postalCode'],
    ['a main address', address({ isDefault: true }), 'BAD_USER_INPUT customer.addresses.0.isDefault'],
    ['an empty address', { addresses: [{ line1: '' }] }, 'BAD_USER_INPUT customer.addresses.0'],
    ['two addresses', { addresses: [{ line1: 'a' }, { line1: 'b' }] }, 'BAD_USER_INPUT customer.addresses.1'],
    ['a list', { customFields: [{ name: 'size', list: ['S', 'M'] }] }, 'BAD_USER_INPUT customer.customFields.0'],
    [
      'a cleared custom field',
      { customFields: [{ name: 'size', text: null }] },
      'BAD_USER_INPUT customer.customFields.0',
    ],
    ['no change', { customFields: [] }, 'BAD_USER_INPUT customer'],
  ])('%s', async (_name, customer, complaint) => {
    expect(await unasked('customerUpdate', { ...(await known()), customer })).toEqual([complaint]);
  });
});

test.each(['boolean', 'text', 'number'])('a refusal is understood with the flag as %s', async (errorType) => {
  const target = await known();
  emulator().quirks.errorType = errorType;
  expect((await perform('customerUpdate', { ...target, customer: { note: 'được' } })).userErrors).toEqual([]);
  emulator().fault({ kind: 'failing-body', status: 400 });
  const payload = await perform('customerUpdate', { ...target, customer: { note: 'không' } });
  expect(payload).toMatchObject({
    outcome: 'NOT_EXECUTED',
    userErrors: [{ code: 'VENDOR_REJECTED', vendorMessage: 'Yêu cầu không hợp lệ' }],
  });
});
