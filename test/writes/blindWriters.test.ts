import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, dataOf } from '../support/graph.ts';
import { as, graphWithCallers } from './callers.ts';
import { payloadOf, RESULT } from './mutations.ts';

const { graph, idOf } = graphWithCallers();
const ids: Record<string, string> = {};
beforeAll(async () => {
  ids.customer = await idOf('heidianer', '1');
  ids.segment = await idOf('heidianer', '1', 'Segment');
});

describe('who may write and not read sees nothing that the vendor holds', () => {
  const STORED = 'Geheim 机密';
  const write = (mutation: string, input: Record<string, unknown>, node?: string) =>
    payloadOf(graph(), mutation, input, node, as('writer'));
  /** Writes tell what became of them, and hold no stored value. */
  function expectBlind(payload: Answer['data'], status: string): void {
    expect(payload.userErrors).toEqual([]);
    expect(payload.receipt.length).toBeGreaterThan(0);
    for (const entry of payload.receipt) expect(entry).toMatchObject({ status: expect.any(String), stored: null });
    expect(payload.receipt[0].status).toBe(status);
    expect(payload.requests.length).toBeGreaterThan(0);
    for (const { body } of payload.requests) expect(body).toBeNull();
    expect(JSON.stringify(payload)).not.toContain(STORED);
  }
  /** Puts a note and a tag on the customer that the writer never named. */
  async function hide(): Promise<void> {
    const id = ids.customer;
    await payloadOf(graph(), 'customerUpdate', { id, customer: { note: STORED } }, undefined, as('all'));
    await payloadOf(graph(), 'customerTagsAdd', { id, tags: [{ name: STORED }] }, undefined, as('all'));
  }

  test('after a change of a customer', async () => {
    await hide();
    const payload = await write('customerUpdate', { id: ids.customer, customer: { phone: '+86 139 0000 0002' } });
    expectBlind(payload, 'COERCED');
    expect(payload).toMatchObject({ outcome: 'UPDATED', customer: null });
  });

  test('after changes of tags, those taken off included', async () => {
    await hide();
    const input = { id: ids.customer, tags: [{ name: 'neu' }] };
    const added = await write('customerTagsAdd', input);
    expectBlind(added, 'APPLIED');
    expect(added.customer).toBeNull();
    // At this vendor the id of a tag is its name.
    const replaced = await write('customerTagsReplace', input, 'customer { id } removedTags { vendorId }');
    expect([replaced.customer, replaced.removedTags]).toEqual([null, null]);
    expectBlind(replaced, 'APPLIED');
  });

  test('after changes of a segment', async () => {
    await hide();
    const payload = await write('segmentCustomersAdd', { id: ids.segment, customerIds: [ids.customer] });
    expectBlind(payload, 'APPLIED');
    expect(payload.segment).toBeNull();
  });

  test('after an event', async () => {
    const records = graph().emulator('mercately').records().customers ?? [];
    const customerId = await idOf('mercately', String(records[0]?.id));
    const payload = await write('customerEventRecord', { customerId, event: { name: 'a' } });
    expectBlind(payload, 'APPLIED');
    expect(payload.customerEvent).toBeNull();
  });

  test('after a batch', async () => {
    const input = { accountId: 'mercately', customers: [{ phone: '+593990000077', note: 'n' }] };
    const { customersUpsert } = await dataOf(
      graph().ask(
        `mutation ($input: CustomersUpsertInput!) { customersUpsert(input: $input) {
          results { customer { id } ${RESULT} } } }`,
        { input },
        as('writer'),
      ),
    );
    const [result] = customersUpsert.results;
    expectBlind(result, 'APPLIED');
    expect(result).toMatchObject({ outcome: 'CREATED', customer: null });
  });

  test('in a dry run', async () => {
    await hide();
    const payload = await write('customerUpdate', { id: ids.customer, dryRun: true, customer: { fullName: 'Neu' } });
    expect(payload.requests.length).toBeGreaterThan(1);
    for (const { body } of payload.requests) expect(body).toBeNull();
    expect(JSON.stringify(payload)).not.toContain(STORED);
  });

  test('in the candidates of a conflict', async () => {
    const [one, two] = graph().emulator('mercately').records().customers ?? [];
    const input = { accountId: 'mercately', customer: { phone: one?.phone, email: two?.email } };
    const answer = await graph().ask(
      `mutation ($input: CustomerUpsertInput!) { customerUpsert(input: $input) {
        userErrors { code candidates { vendorId fullName note } } } }`,
      { input },
      as('writer'),
    );
    const [error] = answer.data.customerUpsert.userErrors;
    expect(error.code).toBe('CONFLICT');
    for (const candidate of error.candidates ?? [])
      expect([candidate?.fullName ?? null, candidate?.note ?? null]).toEqual([null, null]);
  });

  test('in the words of a refusal', async () => {
    const [one] = graph().emulator('heidianer').records().customers ?? [];
    const payload = await write('customerCreate', { accountId: 'heidianer', customer: { phone: one?.mobile } });
    expect(payload).toMatchObject({
      outcome: 'NOT_EXECUTED',
      customer: null,
      userErrors: [{ code: 'VENDOR_REJECTED' }],
    });
  });
});
