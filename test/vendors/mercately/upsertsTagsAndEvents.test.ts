import { describe, expect, test } from '@jest/globals';
import { mercately } from '../../../src/vendors/mercately/index.ts';
import { allOf, benchFor, complaints, differences, type Row, receiptOf } from '../../writes/bench.ts';

const { emulator, ask, idOf, create, upsert, held, sent, unasked, perform } = benchFor(mercately);

const newest = (): Row => held().at(-1);
const someone = (nth: number): Row => held()[nth];
const last = (operation: string): Row => sent(operation).at(-1);

describe('upserting is composed', () => {
  const counts = () =>
    ['getCustomer', 'createCustomer', 'updateCustomer'].map((operation) => emulator().count(operation));

  test('of looking for phone and e-mail and making whoever is not there', async () => {
    const payload = await upsert({ email: 'nueva@example.ec', phone: '+593987654321', tags: [{ name: 'VIP' }] });
    expect(payload.outcome).toBe('CREATED');
    expect(newest()).toMatchObject({ email: 'nueva@example.ec', tags: [{ tag: 'VIP' }] });
    expect(counts().slice(1)).toEqual([1, 0]);
  });

  test.each([
    ['phone', (of: Row) => ({ phone: of.phone })],
    ['e-mail', (of: Row) => ({ email: String(of.email).toUpperCase() })],
    ['both', (of: Row) => ({ phone: of.phone, email: of.email })],
  ])('of changing whom the %s leads to', async (_name, keysOf) => {
    const before = held();
    const person = someone(3);
    const payload = await upsert({ ...keysOf(person), note: 'changed', tags: [{ name: 'Nueva' }] });
    expect([payload.outcome, payload.userErrors]).toEqual(['UPDATED', []]);
    expect(payload.customer.vendorId).toBe(person.id);
    expect(held()).toHaveLength(60);
    expect(someone(3)).toMatchObject({ notes: 'changed', tags: [...person.tags, { tag: 'Nueva' }] });
    expect(differences(before, held())).toHaveLength(1);
    expect(counts().slice(1)).toEqual([0, 1]);
  });

  test('and of writing nothing where phone and e-mail lead to two people', async () => {
    const [one, two] = [someone(3), someone(4)];
    const payload = await upsert({ phone: one.phone, email: two.email, note: 'x' });
    expect(payload).toMatchObject({
      outcome: 'NOT_EXECUTED',
      customer: null,
      userErrors: [{ code: 'CONFLICT', candidates: [{ vendorId: one.id }, { vendorId: two.id }], retryable: false }],
    });
    expect(counts().slice(1)).toEqual([0, 0]);
  });

  test('changes somebody who came up between looking and making', async () => {
    const person = someone(3);
    // Both look-ups are too early to see the record.
    emulator().fault({
      kind: 'status',
      status: 404,
      operation: 'getCustomer',
      when: () => emulator().count('createCustomer') === 0,
    });
    const payload = await upsert({ phone: person.phone, note: 'after all' });
    expect([payload.outcome, payload.userErrors, payload.customer.vendorId]).toEqual(['UPDATED', [], person.id]);
    expect(counts().slice(1)).toEqual([1, 1]);
    expect(someone(3).notes).toBe('after all');
    expect(held()).toHaveLength(60);
  });

  test('and gives up where there is still nobody', async () => {
    emulator().fault({ kind: 'status', status: 404, operation: 'getCustomer' });
    const payload = await upsert({ phone: someone(3).phone, note: 'x' });
    expect([payload.outcome, complaints(payload)]).toEqual(['NOT_EXECUTED', ['VENDOR_REJECTED']]);
    expect(counts().slice(1)).toEqual([1, 0]);
  });
});

describe('tags', () => {
  const asTags = (...names: readonly string[]) => names.map((name) => ({ name }));
  const tagged = async (): Promise<string> => {
    await create({ email: 't@example.ec', tags: asTags('a', 'b', 'c') });
    return idOf(newest().id);
  };
  const carried = (): string[] => newest().tags.map(({ tag }: Row) => tag);

  test('go on with true and off with false, by name and by id', async () => {
    const id = await tagged();
    const webId = newest().tags[0].web_id;
    await perform('customerTagsAdd', { id, tags: asTags('新', 'a') });
    expect(last('updateCustomer')).toEqual({
      tags: [
        { name: '新', value: true },
        { name: 'a', value: true },
      ],
    });
    expect(carried()).toEqual(['a', 'b', 'c', '新']);
    const { customer } = await ask('query ($id: ID!) { customer(id: $id) { tags { id name } } }', { id });
    const tags = [{ id: customer.tags[0].id }, { name: 'never carried' }];
    const payload = await perform('customerTagsRemove', { id, tags });
    expect(last('updateCustomer')).toEqual({
      tags: [
        { name: 'a', value: false },
        { name: 'never carried', value: false },
      ],
    });
    expect(receiptOf(payload)).toEqual(allOf('APPLIED', tags, 'tags'));
    expect(carried()).toEqual(['b', 'c', '新']);
    await perform('customerTagsAdd', { id, tags: asTags('a') });
    expect(newest().tags.at(-1)).toEqual({ tag: 'a', web_id: webId });
  });

  test('are replaced by what differs alone', async () => {
    const id = await tagged();
    const payload = await perform('customerTagsReplace', { id, tags: asTags('b', 'd') });
    expect(last('updateCustomer')).toEqual({
      tags: [
        { name: 'd', value: true },
        { name: 'a', value: false },
        { name: 'c', value: false },
      ],
    });
    expect([carried(), payload.removedTags.map(({ name }: Row) => name)]).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
    const same = await perform('customerTagsReplace', { id, tags: asTags('d', 'b') });
    expect([same.outcome, same.removedTags, emulator().count('updateCustomer')]).toEqual(['UNCHANGED', [], 1]);
  });
});

describe('events', () => {
  const record = async (event: object) =>
    perform(
      'customerEventRecord',
      { customerId: await idOf(someone(0).id), event },
      'customerEvent { vendorId kind name payload occurredAt }',
    );
  function newestEvent(): Row {
    const { id } = someone(0);
    return held('customer_events').findLast(({ customer_id }) => customer_id === id);
  }

  test('carry every fact of a message', async () => {
    const before = held();
    const event = {
      outboundStatus: 'error',
      campaignId: '40',
      campaignUrl: 'https://example.com/campaign/40',
      errorMessage: 'Invalid media type',
      occurredAt: '2026-03-01',
      sentAt: '2026-03-02',
      deliveredAt: '2026-03-03',
      readAt: '2026-03-04',
      lastChatInteractionAt: '2026-03-05',
    };
    const payload = await record(event);
    const body = {
      outbound_status: 'error',
      campaign_id: 40,
      campaign_url: 'https://example.com/campaign/40',
      error_message: 'Invalid media type',
      creation_date: '2026-03-01',
      sent_at: '2026-03-02',
      delivered_at: '2026-03-03',
      read_at: '2026-03-04',
      last_chat_interaction: '2026-03-05',
    };
    expect(emulator().exchanges.find(({ url, method }) => method === 'POST' && url.endsWith('/events'))?.body).toEqual(
      body,
    );
    expect(newestEvent()).toMatchObject(body);
    expect(receiptOf(payload)).toEqual(allOf('APPLIED', event, 'event'));
    expect(payload.customerEvent).toMatchObject({ kind: 'OUTBOUND_MESSAGE', vendorId: String(newestEvent().id) });
    expect(differences(before, held())).toEqual([]);
  });

  test('carry a name and a payload in custom fields, and nothing of the customer', async () => {
    const event = {
      name: 'Đã mua hàng',
      payload: '{"order":1001,"note":"señal ✓"}',
      occurredAt: '2026-03-04T03:00:00Z',
    };
    const payload = await record(event);
    const { id: _, customer_id: __, created_at: ___, ...posted } = newestEvent();
    expect(posted).toEqual({
      // A day of the account's own calendar.
      creation_date: '2026-03-03',
      custom_fields: [
        { field_name: 'event_name', field_content: 'Đã mua hàng' },
        { field_name: 'event_payload', field_content: '{"order":1001,"note":"señal ✓"}' },
      ],
    });
    expect(payload.customerEvent).toMatchObject({ kind: 'NAMED', name: event.name, payload: event.payload });
    expect(receiptOf(payload)['event.name']).toBe('APPLIED');
  });

  test.each([
    ['nothing', {}, 'BAD_USER_INPUT event'],
    ['an empty name', { name: ' ' }, 'BAD_USER_INPUT event.name'],
    ['a payload of no event', { payload: '{}' }, 'BAD_USER_INPUT event.payload'],
    ['a payload that is no JSON', { name: 'a', payload: '{' }, 'BAD_USER_INPUT event.payload'],
    ['a campaign by name', { campaignId: 'summer' }, 'BAD_USER_INPUT event.campaignId'],
  ])('of %s are refused unasked', async (_name, event, complaint) => {
    const customerId = await idOf(someone(0).id);
    expect(await unasked('customerEventRecord', { customerId, event })).toEqual([complaint]);
  });

  test('of nobody are refused', async () => {
    const customerId = await idOf('1999zzzzz9999');
    const payload = await perform('customerEventRecord', { customerId, event: { name: 'a' } });
    expect([payload.outcome, complaints(payload), payload.customerEvent]).toEqual([
      'NOT_EXECUTED',
      ['NOT_FOUND'],
      null,
    ]);
  });
});
