import { describe, expect, test } from '@jest/globals';
import { mercately } from '../../../src/vendors/mercately/index.ts';
import { allOf, benchFor, complaints, differences, type Row, receiptOf } from '../../writes/bench.ts';

const { emulator, idOf, create, update, held, sent, unasked, perform } = benchFor(mercately);

const PLAIN = {
  firstName: 'María José',
  lastName: 'Ñacato Vera',
  email: 'Maria.Jose@example.ec',
  phone: '+593 98 765 4321',
  note: 'Prefiere WhatsApp\nsegunda línea',
  identityDocument: { type: 'PASSPORT', number: 'P-123' },
  ownerId: '10',
};
const ADDRESSES = [
  { line1: 'Rambla Alfredo 72', city: 'Quito', province: 'Pichincha', postalCode: '170207' },
  { line1: 'Calle Larga 5', isDefault: true },
];
const FIELDS = [
  { name: 'puntos', number: '300' },
  { name: '生日礼物', text: '茶叶' },
  { name: 'rerum', boolean: true },
  { name: 'Cumpleaños del niño', date: '2019-08-24' },
];
const BODY = {
  first_name: 'María José',
  last_name: 'Ñacato Vera',
  email: 'Maria.Jose@example.ec',
  phone: '+593 98 765 4321',
  notes: 'Prefiere WhatsApp\nsegunda línea',
  id_type: 'pasaporte',
  id_number: 'P-123',
  agent_id: 10,
  customer_addresses_attributes: [
    { address: 'Rambla Alfredo 72', city: 'Quito', state: 'Pichincha', zip_code: '170207' },
    { address: 'Calle Larga 5', main: true },
  ],
  custom_fields: [
    { field_name: 'puntos', field_content: '300' },
    { field_name: '生日礼物', field_content: '茶叶' },
    { field_name: 'rerum', field_content: 'true' },
    { field_name: 'Cumpleaños del niño', field_content: '2019-08-24' },
  ],
};
const { customer_addresses_attributes: _addresses, ...STORED } = BODY;
const RECEIPT = {
  ...allOf('APPLIED', { ...PLAIN, addresses: ADDRESSES }),
  'customer.customFields.0': 'COERCED 300',
  'customer.customFields.1': 'APPLIED',
  'customer.customFields.2': 'COERCED true',
  'customer.customFields.3': 'COERCED 2019-08-24',
};

const newest = (): Row => held().at(-1);
const someone = (nth: number): Row => held()[nth];
const last = (operation: string): Row => sent(operation).at(-1);

describe('creating', () => {
  test('stores every field that there is', async () => {
    const tags = [{ name: 'Mayorista' }, { name: ' Nueva 标签 ' }, { name: 'Mayorista' }];
    const payload = await create({ ...PLAIN, addresses: ADDRESSES, customFields: FIELDS, tags });
    expect([payload.outcome, payload.userErrors]).toEqual(['CREATED', []]);
    expect(sent('createCustomer')).toEqual([
      { ...BODY, tags: ['Mayorista', 'Nueva 标签'].map((name) => ({ name, value: true })) },
    ]);
    expect(held()).toHaveLength(61);
    expect(newest()).toMatchObject({
      ...STORED,
      customer_addresses: [
        { address: 'Rambla Alfredo 72', city: 'Quito', state: 'Pichincha', zip_code: '170207', main: false },
        { address: 'Calle Larga 5', main: true },
      ],
      tags: [{ tag: 'Mayorista' }, { tag: 'Nueva 标签', web_id: expect.any(String) }],
    });
    expect(held('tags')).toContainEqual({ tag: 'Nueva 标签', web_id: newest().tags[1].web_id });
    expect(receiptOf(payload)).toEqual({ ...RECEIPT, ...allOf('APPLIED', tags, 'customer.tags') });
    expect([emulator().count('getCustomer'), emulator().count()]).toEqual([1, 2]);
  });

  test('needs an e-mail or a phone, and either will do', async () => {
    const customer = { firstName: 'Ana', email: '', phone: null };
    expect(await unasked('customerCreate', { accountId: 'mercately', customer })).toEqual([
      'BAD_USER_INPUT customer.email',
    ]);
    expect((await create({ email: 'only@example.ec' })).outcome).toBe('CREATED');
    expect((await create({ phone: '+593987650001', note: null })).outcome).toBe('CREATED');
    expect(sent('createCustomer')).toEqual([{ email: 'only@example.ec' }, { phone: '+593987650001' }]);
  });

  test('passes on that the phone is taken, however it is written', async () => {
    const phone = String(someone(0).phone).replace(/\D/g, '');
    const payload = await create({ phone: `+${phone}` });
    expect(payload).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'VENDOR_REJECTED', vendorMessage: expect.stringContaining('Phone') }],
    });
    expect(held()).toHaveLength(60);
  });

  test('says what was dropped without a word', async () => {
    const payload = await create({ email: 'a@example.ec', customFields: [{ name: 'desconocido', text: 'x' }] });
    expect(receiptOf(payload)).toEqual({ 'customer.email': 'APPLIED', 'customer.customFields.0': 'IGNORED' });
  });
});

describe('updating', () => {
  test.each(['customer', 'message'])(
    'changes every field that there is and nobody else, answered with a %s',
    async (updateReply) => {
      emulator().quirks.updateReply = updateReply;
      const before = held();
      const { id, customer_addresses } = someone(1);
      const payload = await update(id, { ...PLAIN, addresses: ADDRESSES, customFields: FIELDS });
      expect([payload.outcome, payload.userErrors]).toEqual(['UPDATED', []]);
      expect(sent('updateCustomer')).toEqual([BODY]);
      expect(receiptOf(payload)).toEqual(RECEIPT);
      const [changed, ...others] = differences(before, held());
      expect(others).toEqual([]);
      const { custom_fields, ...plain } = STORED;
      expect(someone(1)).toMatchObject(plain);
      for (const field of custom_fields) expect(someone(1).custom_fields).toContainEqual(field);
      // Appended, and one main address.
      expect(changed.customer_addresses).toHaveLength(customer_addresses.length + 2);
      expect(changed.customer_addresses.filter(({ main }: Row) => main)).toEqual([
        { address: 'Calle Larga 5', main: true },
      ]);
      expect(someone(1).tags).toEqual(before[1]?.tags);
    },
  );

  test.each([
    ['firstName', 'Íñigo', { first_name: 'Íñigo' }],
    ['firstName', null, { first_name: null }],
    ['firstName', '', { first_name: null }],
    ['lastName', null, { last_name: null }],
    ['email', null, { email: null }],
    ['phone', null, { phone: null }],
    ['phone', '', { phone: null }],
    ['note', null, { notes: null }],
    ['ownerId', null, { agent_id: null }],
    ['ownerId', '', { agent_id: null }],
    ['identityDocument', null, { id_type: null, id_number: null }],
    ['identityDocument', { number: null }, { id_number: null }],
    ['identityDocument', { type: 'RUC' }, { id_type: 'ruc' }],
  ])('%s: %j is sent alone and leaves everything else', async (field, value, body) => {
    await create({ ...PLAIN, addresses: ADDRESSES, customFields: FIELDS });
    const before = held();
    const payload = await update(newest().id, { [field]: value });
    expect([payload.outcome, payload.userErrors]).toEqual(['UPDATED', []]);
    expect(sent('updateCustomer')).toEqual([body]);
    expect(differences(before, held())).toEqual([body]);
    expect(receiptOf(payload)).toEqual({ [`customer.${field}`]: 'APPLIED' });
  });

  test('writes nothing to nobody, and asks for no id that cannot be', async () => {
    const nobody = await update('1999zzzzz9999', { note: 'x' });
    expect([nobody.outcome, complaints(nobody)]).toEqual(['NOT_EXECUTED', ['NOT_FOUND']]);
    const byEmail = await idOf(String(someone(0).email));
    expect(await unasked('customerUpdate', { id: byEmail, customer: { note: 'x' } })).toEqual(['NOT_FOUND']);
  });

  test('never takes digits for an id and writes to whoever has that phone', async () => {
    const before = held();
    const payload = await update(String(someone(0).phone).replace(/\D/g, ''), { note: 'x' });
    expect([payload.outcome, complaints(payload)]).toEqual(['NOT_EXECUTED', ['NOT_FOUND']]);
    expect([emulator().count('updateCustomer'), differences(before, held())]).toEqual([0, []]);
  });

  const address = (...parts: readonly object[]) => ({ addresses: parts });
  test.each([
    ['no addresses', { addresses: [] }, 'NOT_SUPPORTED_BY_VENDOR customer.addresses'],
    ['cleared addresses', { addresses: null }, 'NOT_SUPPORTED_BY_VENDOR customer.addresses'],
    ['a ward', address({ line1: 'a', ward: 'b' }), 'NOT_SUPPORTED_BY_VENDOR customer.addresses.0.ward'],
    [
      'a country',
      address({ line1: 'a' }, { line1: 'a', countryCode: 'EC' }),
      'NOT_SUPPORTED_BY_VENDOR customer.addresses.1.countryCode',
    ],
    [
      'two main addresses',
      address({ line1: 'a', isDefault: true }, { line1: 'b', isDefault: true }),
      'BAD_USER_INPUT customer.addresses.1.isDefault',
    ],
    ['an address of no parts', address({ isDefault: true }), 'BAD_USER_INPUT customer.addresses.0'],
    ['an agent by name', { ownerId: 'Ana' }, 'BAD_USER_INPUT customer.ownerId'],
    ['an agent with zeros', { ownerId: '007' }, 'BAD_USER_INPUT customer.ownerId'],
    [
      'a list in a custom field',
      { customFields: [{ name: 'rerum', list: ['a', 'b'] }] },
      'NOT_SUPPORTED_BY_VENDOR customer.customFields.0',
    ],
    [
      'a field twice',
      {
        customFields: [
          { name: 'rerum', text: 'a' },
          { name: 'rerum', text: 'b' },
        ],
      },
      'BAD_USER_INPUT customer.customFields.1.name',
    ],
    ['one name for all', { fullName: 'Ana Mena' }, 'NOT_SUPPORTED_BY_VENDOR customer.fullName'],
    ['tags', { tags: [{ name: 'a' }] }, 'NOT_SUPPORTED_BY_VENDOR customer.tags'],
    ['no change', {}, 'BAD_USER_INPUT customer'],
  ])('refuses %s, unasked', async (_name, customer, complaint) => {
    expect(await unasked('customerUpdate', { id: await idOf(someone(0).id), customer })).toEqual([complaint]);
  });
});

describe('custom fields', () => {
  test.each(['field_content:', 'field_content'])(
    'are set one by one and read back under the key %s',
    async (contentKey) => {
      emulator().quirks.contentKey = contentKey;
      await create({ email: 'f@example.ec', customFields: FIELDS });
      const { id } = newest();
      const customFields = [
        { name: 'puntos', text: '301' },
        { name: 'rerum', text: '' },
      ];
      const payload = await perform('customerCustomFieldsSet', { id: await idOf(id), customFields });
      expect(receiptOf(payload)).toEqual({ 'customFields.0': 'APPLIED', 'customFields.1': 'APPLIED' });
      expect(last('updateCustomer')).toEqual({
        custom_fields: [
          { field_name: 'puntos', field_content: '301' },
          { field_name: 'rerum', field_content: '' },
        ],
      });
      expect(newest().custom_fields).toEqual([
        { field_name: 'puntos', field_content: '301' },
        { field_name: '生日礼物', field_content: '茶叶' },
        { field_name: 'rerum', field_content: '' },
        { field_name: 'Cumpleaños del niño', field_content: '2019-08-24' },
      ]);
    },
  );

  test.each(['text', 'number', 'boolean', 'date', 'list'])('are emptied by null as %s', async (kind) => {
    await create({ email: 'f@example.ec', customFields: FIELDS });
    const customFields = [{ name: 'puntos', [kind]: null }];
    const payload = await perform('customerCustomFieldsSet', { id: await idOf(newest().id), customFields });
    expect(receiptOf(payload)).toEqual({ 'customFields.0': 'APPLIED' });
    expect(newest().custom_fields[0]).toEqual({ field_name: 'puntos', field_content: '' });
  });

  test('that do not exist are a refusal where the vendor says so', async () => {
    emulator().quirks.unknownCustomField = '422';
    const payload = await perform('customerCustomFieldsSet', {
      id: await idOf(someone(0).id),
      customFields: [{ name: 'desconocido', text: 'x' }],
    });
    expect([payload.outcome, complaints(payload)]).toEqual(['NOT_EXECUTED', ['VENDOR_REJECTED']]);
  });
});
