import { describe, expect, test } from '@jest/globals';
import { ladiflow } from '../../../src/vendors/ladiflow/index.ts';
import { allOf, benchFor, complaints, differences, type Row, receiptOf } from '../../writes/bench.ts';
import { BODY, FIELDS, FILLED, PLAIN, RECEIPT } from './everyField.ts';

const { emulator, idOf, create, update, held, sent, unasked, perform } = benchFor(ladiflow);

const newest = (): Row => held().at(-1);
const someone = (nth: number): Row => held()[nth];
const tagNamed = (name: string): Row => held('tags').find((tag) => tag.name === name);
const last = (operation: string): Row => sent(operation).at(-1);
/** Made up by the vendor from the phone of somebody without an e-mail. */
const SYNTHETIC = 4;

describe('creating', () => {
  test('stores every field that there is, with tags by name, by id and still to be made', async () => {
    const existing = tagNamed('Đã mua');
    const tags = [
      { name: 'VIP' },
      { name: ' Nhãn mới ' },
      { id: await idOf(existing.id, 'Tag') },
      { name: 'Nhãn mới' },
    ];
    const payload = await create({ ...PLAIN, customFields: FIELDS, tags });
    expect([payload.outcome, payload.userErrors]).toEqual(['CREATED', []]);
    expect(sent('customerCreateTag')).toEqual([{ name: 'Nhãn mới' }]);
    const ids = [tagNamed('VIP').id, tagNamed('Nhãn mới').id, existing.id];
    expect(sent('customerCreate')).toEqual([{ ...BODY, tags: ids }]);
    expect(held()).toHaveLength(64);
    expect(newest()).toMatchObject({ ...FILLED, tags: ids });
    expect(
      Object.fromEntries(newest().custom_fields.map(({ name, value, values }: Row) => [name, value ?? values])),
    ).toEqual({
      point: 120,
      last_order_id: 'DH1',
      wants_samples: 'true',
      last_order_created_at: '2026-03-04T05:06:07.000Z',
      channel_urls: ['1', '2'],
      ldprb: ['Vàng'],
    });
    expect(receiptOf(payload)).toEqual({ ...RECEIPT, ...allOf('APPLIED', tags, 'customer.tags') });
    // Everything is looked up and made before the customer is.
    const order = emulator().exchanges.map(({ operation }) => operation);
    expect(order.indexOf('customerCreate')).toBeGreaterThan(order.lastIndexOf('customerCreateTag'));
  });

  test('needs an e-mail or a phone, and makes up the other', async () => {
    const customer = { firstName: 'A', email: null, phone: ' ' };
    expect(await unasked('customerCreate', { accountId: 'ladiflow', customer })).toEqual([
      'BAD_USER_INPUT customer.email',
    ]);
    const payload = await create({ phone: '0900000002' }, 'customer { email phone phoneE164 }');
    expect(newest()).toMatchObject({ phone: '0900000002', email: '0900000002.ladiflow@ladimail.com' });
    expect(payload.customer).toEqual({ email: null, phone: '0900000002', phoneE164: '+84900000002' });
  });

  test.each(['mirror', 'body-only'])('passes on that there is one, the failure told by %s', async (statusMode) => {
    emulator().quirks.statusMode = statusMode;
    const payload = await create({ email: someone(0).email, firstName: 'X' });
    expect(payload).toMatchObject({ outcome: 'NOT_EXECUTED', userErrors: [{ code: 'CONFLICT', retryable: false }] });
    expect(held()).toHaveLength(63);
    expect(emulator().exchanges.at(-1)?.status).toBe(statusMode === 'mirror' ? 409 : 200);
  });

  test('counts what the vendor hands back as not stored', async () => {
    emulator().distort = (operation, body) => {
      const { company: _, ...rest } = body as Row;
      return operation === 'customerCreate' ? rest : body;
    };
    emulator().fault({
      kind: 'altered',
      operation: 'customerCreate',
      alter: (body) => {
        const { data, ...envelope } = body as Row;
        const external_data = [{ name: 'company', value: 'Lạc' }, ...data.external_data];
        return { ...envelope, data: { ...data, external_data } };
      },
    });
    emulator().fault({ kind: 'status', status: 500, operation: 'customerShow' });
    const payload = await create({ email: 'a@example.vn', company: 'Lạc', jobTitle: 'Kế toán' });
    expect(payload.outcome).toBe('CREATED');
    expect(receiptOf(payload)).toMatchObject({ 'customer.company': 'IGNORED' });
    expect(newest().company).toBeUndefined();
  });
});

describe('updating', () => {
  test('changes every field that there is, and nobody else', async () => {
    const before = held();
    const payload = await update(someone(1)._id, { ...PLAIN, customFields: FIELDS });
    expect([payload.outcome, payload.userErrors]).toEqual(['UPDATED', []]);
    expect(sent('customerUpdate')).toEqual([{ _id: someone(1)._id, ...BODY }]);
    expect(differences(before, held())).toHaveLength(1);
    expect(someone(1)).toMatchObject({ ...FILLED, tags: before[1]?.tags });
    expect(receiptOf(payload)).toEqual(RECEIPT);
  });

  test.each([
    ['a true e-mail', 0, /@example/],
    ['one made up from the phone', SYNTHETIC, /\.ladiflow@ladimail\.com$/],
    ['one made up from the Zalo id', 9, /@zalo\.com$/],
  ])('says who it is with %s', async (_name, nth, pattern) => {
    const { _id, email } = someone(nth);
    expect(email).toMatch(pattern);
    const before = held();
    await update(_id, { lastName: 'Đỗ' });
    expect(last('customerUpdate')).toEqual({ _id, email, last_name: 'Đỗ' });
    const [changed, ...others] = differences(before, held());
    expect([others, changed.last_name, Object.keys(changed).sort()]).toEqual([[], 'Đỗ', ['last_name', 'name']]);
  });

  test.each(['mirror', 'body-only'])('writes nothing to nobody, told by %s', async (statusMode) => {
    emulator().quirks.statusMode = statusMode;
    const payload = await update('ffffffffffffffffffffffff', { firstName: 'X' });
    expect([payload.outcome, complaints(payload), emulator().count('customerUpdate')]).toEqual([
      'NOT_EXECUTED',
      ['NOT_FOUND'],
      0,
    ]);
    const direct = await update('ffffffffffffffffffffffff', { email: 'x@example.vn' });
    expect([direct.outcome, complaints(direct), emulator().count('customerUpdate')]).toEqual([
      'NOT_EXECUTED',
      ['NOT_FOUND'],
      1,
    ]);
    const id = await idOf('no id');
    expect(await unasked('customerUpdate', { id, customer: { firstName: 'X' } })).toEqual(['NOT_FOUND']);
  });

  const address = (part: object) => ({ addresses: [{ line1: 'a', ...part }] });
  const profile = (...profiles: readonly (readonly [string, string])[]) => ({
    socialProfiles: profiles.map(([network, value]) => ({ network, value })),
  });
  test.each([
    ['a cleared company', { company: null }, 'NOT_SUPPORTED_BY_VENDOR customer.company'],
    ['an emptied company', { company: '' }, 'NOT_SUPPORTED_BY_VENDOR customer.company'],
    ['a cleared e-mail', { email: null }, 'NOT_SUPPORTED_BY_VENDOR customer.email'],
    ['no gender', { gender: null }, 'NOT_SUPPORTED_BY_VENDOR customer.gender'],
    ['no channels', { interactionChannels: [] }, 'NOT_SUPPORTED_BY_VENDOR customer.interactionChannels'],
    ['a cleared ward', address({ ward: null }), 'NOT_SUPPORTED_BY_VENDOR customer.addresses.0.ward'],
    ['an emptied city', address({ city: '' }), 'NOT_SUPPORTED_BY_VENDOR customer.addresses.0.city'],
    ['a province', address({ province: 'a' }), 'NOT_SUPPORTED_BY_VENDOR customer.addresses.0.province'],
    ['a postal code with a zero', address({ postalCode: '010107' }), 'BAD_USER_INPUT customer.addresses.0.postalCode'],
    ['two addresses', { addresses: [{ line1: 'a' }, { line1: 'b' }] }, 'NOT_SUPPORTED_BY_VENDOR customer.addresses.1'],
    ['another network', profile(['tiktok', 'a']), 'NOT_SUPPORTED_BY_VENDOR customer.socialProfiles.0.network'],
    [
      'a network twice',
      profile(['zalo', 'a'], ['zalo', 'b']),
      'NOT_SUPPORTED_BY_VENDOR customer.socialProfiles.1.network',
    ],
    ['an emptied profile', profile(['zalo', '']), 'NOT_SUPPORTED_BY_VENDOR customer.socialProfiles.0.value'],
    ['a score below zero', { leadScore: -1 }, 'BAD_USER_INPUT customer.leadScore'],
    ['a phone without digits', { phone: 'none' }, 'BAD_USER_INPUT customer.phone'],
    ['an e-mail the vendor cannot take', { email: 'khách@example.vn' }, 'BAD_USER_INPUT customer.email'],
    ['a full name, which it drops', { fullName: 'A B' }, 'NOT_SUPPORTED_BY_VENDOR customer.fullName'],
    ['a note', { note: 'x' }, 'NOT_SUPPORTED_BY_VENDOR customer.note'],
    ['tags', { tags: [{ name: 'a' }] }, 'NOT_SUPPORTED_BY_VENDOR customer.tags'],
    ['no change', {}, 'BAD_USER_INPUT customer'],
    ['no change of custom fields', { customFields: [] }, 'BAD_USER_INPUT customer'],
  ])('refuses %s, unasked', async (_name, customer, complaint) => {
    expect(await unasked('customerUpdate', { id: await idOf(someone(0)._id), customer })).toEqual([complaint]);
  });
});

describe('custom fields are held against what the store defines', () => {
  const set = async (...customFields: readonly object[]) =>
    perform('customerCustomFieldsSet', { id: await idOf(someone(0)._id), customFields });

  test('and stored beside those there are', async () => {
    const before = held();
    const payload = await set({ name: 'point', number: '7' }, { name: 'last_order_product_names', text: 'Áo thun' });
    expect(receiptOf(payload)).toEqual({ 'customFields.0': 'APPLIED', 'customFields.1': 'APPLIED' });
    const [changed, ...others] = differences(before, held());
    expect([Object.keys(changed), others]).toEqual([['custom_fields'], []]);
    const heldIn = (record: Row, name: string) => {
      const field = record.custom_fields.find((each: Row) => each.name === name);
      return field?.value ?? field?.values;
    };
    for (const { name } of (before[0] as Row).custom_fields) {
      const expected = { point: 7, last_order_product_names: ['Áo thun'] }[String(name)] ?? heldIn(before[0], name);
      expect([name, heldIn(someone(0), name)]).toEqual([name, expected]);
    }
  });

  test.each([
    ['an unknown name', { name: 'khong_co', text: 'x' }, 'BAD_USER_INPUT customFields.0.name'],
    ['a text for a number', { name: 'point', text: 'x' }, 'BAD_USER_INPUT customFields.0'],
    ['a number for a date', { name: 'last_order_created_at', number: '1' }, 'BAD_USER_INPUT customFields.0'],
    ['what the store counts up itself', { name: 'tudongtang', number: '1' }, 'BAD_USER_INPUT customFields.0.name'],
    ['a cleared one', { name: 'point', number: null }, 'NOT_SUPPORTED_BY_VENDOR customFields.0'],
    ['an emptied list', { name: 'channel_urls', list: [] }, 'NOT_SUPPORTED_BY_VENDOR customFields.0'],
  ])('which refuses %s before anything is written', async (_name, field, complaint) => {
    const payload = await set(field);
    expect([payload.outcome, complaints(payload)]).toEqual(['NOT_EXECUTED', [complaint]]);
    expect(emulator().exchanges.map(({ operation }) => operation)).toEqual(['customerList']);
  });
});
