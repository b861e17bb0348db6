import { describe, expect, test } from '@jest/globals';
import { fecify } from '../../../src/vendors/fecify/index.ts';
import { allOf, benchFor, complaints, differences, receiptOf } from '../../writes/bench.ts';

const { emulator, idOf, create, update, held, sent, unasked, perform } = benchFor(fecify);

const EVERYTHING = {
  email: 'Demo.Li@Example.com',
  firstName: '小明',
  lastName: 'Lý',
  phone: '+86 139 1234 5678',
  acceptsMarketing: true,
  payLater: { enabled: true, level: 3 },
};
const NODE = 'customer { vendorId fullName email phone note acceptsMarketing status membership { level } }';

describe('creating', () => {
  test('stores every field that the store takes', async () => {
    const payload = await create(EVERYTHING, NODE);
    expect(payload.outcome).toBe('CREATED');
    expect(sent('createCustomer')).toEqual([
      {
        email: 'Demo.Li@Example.com',
        first_name: '小明',
        last_name: 'Lý',
        phone: '+86 13912345678',
        numberCode: '86',
        accepts_marketing: 1,
        payafteruse_status: 1,
        payafteruse_level: 3,
      },
    ]);
    expect(held()).toHaveLength(61);
    expect(held().at(-1)).toMatchObject({
      id: 61,
      email: 'Demo.Li@Example.com',
      first_name: '小明',
      last_name: 'Lý',
      phone: '+86 13912345678',
      numberCode: '86',
      status: 5,
      note: '',
      accepts_marketing: 1,
      payafteruse_status: 1,
      payafteruse_level: 3,
    });
    expect(payload.customer).toEqual({
      vendorId: '61',
      fullName: '小明 Lý',
      email: 'Demo.Li@Example.com',
      phone: '+86 13912345678',
      note: null,
      acceptsMarketing: true,
      status: '5',
      membership: null,
    });
    expect(receiptOf(payload)).toEqual({
      ...allOf('APPLIED', EVERYTHING),
      'customer.phone': 'COERCED +86 13912345678',
      'customer.payLater': 'UNVERIFIED',
    });
    expect(emulator().count()).toBe(1);
  });

  test('says no as 2, and takes a phone that can be no number as it is', async () => {
    const { email, firstName, lastName } = EVERYTHING;
    const names = { email, firstName, lastName };
    await create({ ...names, phone: 'ext. 5', acceptsMarketing: false, payLater: { enabled: false } });
    expect(sent('createCustomer')).toEqual([
      {
        email,
        first_name: firstName,
        last_name: lastName,
        phone: 'ext. 5',
        accepts_marketing: 2,
        payafteruse_status: 2,
      },
    ]);
  });

  test('knows nothing to clear: null and empty are as good as left out', async () => {
    const payload = await create({ ...EVERYTHING, phone: '', note: null, payLater: null });
    expect(payload.outcome).toBe('CREATED');
    expect(held().at(-1)).toMatchObject({ phone: '', numberCode: '', note: '', payafteruse_status: 2 });
    expect(Object.keys(receiptOf(payload)).sort()).toEqual([
      'customer.acceptsMarketing',
      'customer.email',
      'customer.firstName',
      'customer.lastName',
    ]);
  });

  test('names everything that is missing and everything that cannot be set, unasked', async () => {
    const customer = {
      phone: '13912345678',
      lastName: ' ',
      note: 'VIP',
      membershipLevelId: '3',
      tags: [{ name: 'a' }],
    };
    const refused = await unasked('customerCreate', { accountId: 'fecify', customer });
    expect([...refused].sort()).toEqual([
      'BAD_USER_INPUT customer.email',
      'BAD_USER_INPUT customer.firstName',
      'BAD_USER_INPUT customer.lastName',
      'NOT_SUPPORTED_BY_VENDOR customer.membershipLevelId',
      'NOT_SUPPORTED_BY_VENDOR customer.note',
      'NOT_SUPPORTED_BY_VENDOR customer.tags',
    ]);
  });

  test.each(['ok', 'mirror'])('passes on that there is one of that e-mail, with the HTTP status %s', async (status) => {
    emulator().quirks.failureStatus = status;
    const email = String(held()[0]?.email).toUpperCase();
    const payload = await create({ ...EVERYTHING, email });
    expect(payload).toMatchObject({
      outcome: 'NOT_EXECUTED',
      customer: null,
      userErrors: [
        { code: 'VENDOR_REJECTED', retryable: false, vendorCode: '400', vendorMessage: 'email already exists' },
      ],
      requests: [{ isWrite: true, state: 'REFUSED' }],
    });
    expect(held()).toHaveLength(60);
  });
});

describe('updating', () => {
  const CHANGES = {
    firstName: 'José',
    lastName: 'Ñandú',
    phone: '+593 99 123 4567',
    acceptsMarketing: true,
    note: 'VIP from fair\nsecond line',
    membershipLevelId: '3',
    payLater: { enabled: true, level: 2 },
  };

  test('changes every field that the store takes, and nobody else', async () => {
    const before = held();
    const payload = await update('2', CHANGES, NODE);
    expect(payload.outcome).toBe('UPDATED');
    expect(sent('updateCustomer')).toEqual([
      {
        id: 2,
        first_name: 'José',
        last_name: 'Ñandú',
        phone: '+593 991234567',
        phone_prefix: '593',
        accepts_marketing: 1,
        note: 'VIP from fair\nsecond line',
        customervip_id: 3,
        payafteruse_status: 1,
        payafteruse_level: 2,
      },
    ]);
    const [changed, ...others] = differences(before, held());
    expect(others).toEqual([]);
    expect(changed).toMatchObject({
      first_name: 'José',
      last_name: 'Ñandú',
      phone: '+593 991234567',
      numberCode: '593',
      note: 'VIP from fair\nsecond line',
      customervip_id: 3,
      payafteruse_status: 1,
      payafteruse_level: 2,
    });
    expect(payload.customer).toMatchObject({ vendorId: '2', fullName: 'José Ñandú', membership: { level: '3' } });
    expect(receiptOf(payload)).toEqual({
      ...allOf('APPLIED', CHANGES),
      'customer.phone': 'COERCED +593 991234567',
      'customer.payLater': 'UNVERIFIED',
    });
  });

  test('says that the level is unverified where the answer ends before it', async () => {
    emulator().quirks.updateShowsLevel = false;
    const payload = await update('2', { membershipLevelId: '3' });
    expect(receiptOf(payload)).toEqual({ 'customer.membershipLevelId': 'UNVERIFIED' });
    expect(held()[1]).toMatchObject({ customervip_id: 3 });
  });

  test.each([
    ['firstName', 'Ana', { first_name: 'Ana' }, { first_name: 'Ana' }],
    ['acceptsMarketing', false, { accepts_marketing: 2 }, { accepts_marketing: 2 }],
    ['payLater', { level: 7 }, { payafteruse_level: 7 }, { payafteruse_level: 7 }],
    ['note', null, { note: '' }, { note: '' }],
    ['note', '', { note: '' }, { note: '' }],
    ['phone', null, { phone: '' }, { phone: '' }],
    ['phone', '', { phone: '' }, { phone: '' }],
  ])('%s: %j is sent alone and leaves everything else', async (field, value, body, stored) => {
    await update('7', { note: 'a note', acceptsMarketing: true });
    const before = held();
    const payload = await update('7', { [field]: value });
    expect(payload.userErrors).toEqual([]);
    expect(sent('updateCustomer').at(-1)).toEqual({ id: 7, ...body });
    expect(differences(before, held())).toEqual([stored]);
  });

  test.each([
    ['the e-mail', { email: 'new@example.com' }, 'NOT_SUPPORTED_BY_VENDOR customer.email'],
    ['a cleared name', { firstName: null }, 'NOT_SUPPORTED_BY_VENDOR customer.firstName'],
    ['an emptied name', { lastName: '' }, 'NOT_SUPPORTED_BY_VENDOR customer.lastName'],
    ['a cleared consent', { acceptsMarketing: null }, 'NOT_SUPPORTED_BY_VENDOR customer.acceptsMarketing'],
    ['no level', { membershipLevelId: null }, 'NOT_SUPPORTED_BY_VENDOR customer.membershipLevelId'],
    [
      'an empty level, which would mean unchanged',
      { membershipLevelId: '' },
      'NOT_SUPPORTED_BY_VENDOR customer.membershipLevelId',
    ],
    ['a level by name', { membershipLevelId: 'gold' }, 'BAD_USER_INPUT customer.membershipLevelId'],
    ['level 0', { membershipLevelId: '0' }, 'BAD_USER_INPUT customer.membershipLevelId'],
    ['half of a cleared credit', { payLater: { enabled: null, level: 1 } }, 'BAD_USER_INPUT customer.payLater.enabled'],
    ['a cleared tier', { payLater: { level: null } }, 'BAD_USER_INPUT customer.payLater.level'],
    ['nothing at all', {}, 'BAD_USER_INPUT customer'],
  ])('refuses %s, unasked', async (_name, customer, complaint) => {
    expect(await unasked('customerUpdate', { id: await idOf('2'), customer })).toEqual([complaint]);
  });

  test('passes on that there is nobody of that id, and does not ask for an id that cannot be', async () => {
    const nobody = await update('999999', { note: 'x' });
    expect([nobody.outcome, complaints(nobody)]).toEqual(['NOT_EXECUTED', ['VENDOR_REJECTED']]);
    expect(await unasked('customerUpdate', { id: await idOf('abc'), customer: { note: 'x' } })).toEqual(['NOT_FOUND']);
  });

  test("takes an answer that shows somebody else's record for no answer", async () => {
    emulator().fault({
      kind: 'altered',
      operation: 'updateCustomer',
      alter: (body) => JSON.parse(JSON.stringify(body).replace('"id":2,', '"id":3,')),
    });
    const payload = await update('2', { note: 'x' });
    expect(payload).toMatchObject({
      outcome: 'UNKNOWN',
      customer: null,
      userErrors: [{ code: 'OUTCOME_UNKNOWN', safeToRepeat: false, retryable: false }],
    });
    expect(emulator().count('updateCustomer')).toBe(1);
  });
});

test('cannot upsert, delete or tag: it says so unasked', async () => {
  const id = await idOf('1');
  const refused = [
    await unasked('customerUpsert', { accountId: 'fecify', customer: EVERYTHING }),
    await unasked('customerDelete', { id }),
    await unasked('customerTagsAdd', { id, tags: [{ name: 'a' }] }),
  ];
  expect(refused).toEqual([1, 2, 3].map(() => ['NOT_SUPPORTED_BY_VENDOR']));
  expect((await perform('customerTagsReplace', { id, tags: [] })).userErrors[0].capability).toBe(
    'CUSTOMER_TAGS_REPLACE',
  );
});
