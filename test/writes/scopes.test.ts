import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, dataOf } from '../support/graph.ts';
import { as, CALLERS, graphWithCallers, SCOPES, type Who } from './callers.ts';
import { mutate, payloadOf } from './mutations.ts';

// Who may write, and to what.

const { graph, idOf } = graphWithCallers();
const ids: Record<string, string> = {};
beforeAll(async () => {
  ids.customer = await idOf('heidianer', '1');
  ids.segment = await idOf('heidianer', '1', 'Segment');
  ids.tag = await idOf('heidianer', 'VIP', 'Tag');
  ids.contact = await idOf('mercately', '1713abcde1352');
  ids.theirs = await idOf('theirs', '1', 'Customer', 'stranger');
});

const customer = { phone: '13900000001', fullName: 'A', email: 'a@example.cn' };
/** One call of every mutation. */
const EVERY: Readonly<Record<string, () => Record<string, unknown>>> = {
  customerCreate: () => ({ accountId: 'heidianer', customer }),
  customerUpdate: () => ({ id: ids.customer, customer: { note: 'x' } }),
  customerUpsert: () => ({ accountId: 'mercately', customer: { phone: '+593990000001' } }),
  customersUpsert: () => ({ accountId: 'mercately', customers: [{ phone: '+593990000001' }] }),
  customerDelete: () => ({ id: ids.customer }),
  customerTagsAdd: () => ({ id: ids.customer, tags: [{ name: 'a' }] }),
  customerTagsRemove: () => ({ id: ids.customer, tags: [{ id: ids.tag }] }),
  customerTagsReplace: () => ({ id: ids.customer, tags: [] }),
  customerCustomFieldsSet: () => ({ id: ids.contact, customFields: [{ name: 'a', text: 'b' }] }),
  tagCreate: () => ({ accountId: 'ladiflow', name: 'a' }),
  segmentCreate: () => ({ accountId: 'heidianer', title: 'a' }),
  segmentCustomersAdd: () => ({ id: ids.segment, customerIds: [ids.customer] }),
  segmentCustomersRemove: () => ({ id: ids.segment, customerIds: [ids.customer] }),
  customerEventRecord: () => ({ customerId: ids.contact, event: { name: 'a' } }),
};
const MUTATIONS = Object.keys(EVERY);

const VENDORS = ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'];
async function callsOf(action: () => Promise<unknown>): Promise<number> {
  const count = () => VENDORS.reduce((sum, vendor) => sum + graph().emulator(vendor).count(), 0);
  const before = count();
  await action();
  return count() - before;
}

/** Asks for no more than whether it worked. */
const call = (who: Who, mutation: string, input = EVERY[mutation]?.() ?? {}): Promise<Answer> =>
  mutation === 'customersUpsert'
    ? graph().ask(
        `mutation ($input: CustomersUpsertInput!) { customersUpsert(input: $input) {
          userErrors { code field } results { outcome userErrors { code field } } } }`,
        { input },
        as(who),
      )
    : mutate(graph(), mutation, input, '', as(who));

test('there is no other mutation', async () => {
  const query = '{ __schema { mutationType { fields { name } } } }';
  const { __schema } = await dataOf(graph().ask(query, {}, as('reader')));
  expect(__schema.mutationType.fields.map(({ name }: { name: string }) => name).sort()).toEqual(MUTATIONS.toSorted());
});

describe.each(MUTATIONS)('%s', (mutation) => {
  const scope = mutation === 'customerDelete' ? 'customers:delete' : 'customers:write';

  test.each(CALLERS.filter((who) => !SCOPES[who].includes(scope)))(
    'is forbidden for the %s, and no vendor hears of it',
    async (who) => {
      const calls = await callsOf(async () => {
        const { data, errors } = await call(who, mutation);
        expect(data).toEqual({ [mutation]: null });
        expect(errors).toHaveLength(1);
        expect(errors?.[0]).toMatchObject({ path: [mutation], extensions: { code: 'FORBIDDEN' } });
        expect(errors?.[0]?.message).toContain(scope);
      });
      expect(calls).toBe(0);
    },
  );

  test("knows none of another tenant's records and accounts, and no vendor hears of it", async () => {
    const calls = await callsOf(async () => {
      const payload = (await dataOf(call('stranger', mutation)))[mutation];
      expect(payload.userErrors.map(({ code }: { code: string }) => code)).toEqual(['NOT_FOUND']);
      expect(['accountId', 'id', 'customerId']).toContain(payload.userErrors[0].field.join('.'));
      if (mutation === 'customersUpsert') expect(payload.results).toEqual([]);
      else expect(payload).toMatchObject({ outcome: 'NOT_EXECUTED', requests: [], receipt: [] });
    });
    expect(calls).toBe(0);
  });
});

test("another tenant's customers and tags cannot be named beside one's own", async () => {
  const calls = await callsOf(async () => {
    const codes = async (who: Who, mutation: string, input: Record<string, unknown>) =>
      (await dataOf(call(who, mutation, input)))[mutation].userErrors.map(
        ({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`,
      );
    const member = { id: ids.segment, customerIds: [ids.customer, ids.theirs] };
    expect(await codes('all', 'segmentCustomersAdd', member)).toEqual(['NOT_FOUND customerIds.1']);
    const tagged = { id: ids.theirs, tags: [{ name: 'a' }, { id: ids.tag }] };
    expect(await codes('stranger', 'customerTagsAdd', tagged)).toEqual(['BAD_USER_INPUT tags.1.id']);
  });
  expect(calls).toBe(0);
});

test('who may write need not be allowed to delete, nor the other way round', async () => {
  const { customer: made } = await payloadOf(
    graph(),
    'customerCreate',
    EVERY.customerCreate?.() ?? {},
    undefined,
    as('all'),
  );
  const deleted = await payloadOf(graph(), 'customerDelete', { id: made.id }, undefined, as('deleter'));
  expect(deleted).toMatchObject({ outcome: 'DELETED', deletedCustomerId: made.id });
  const updated = await payloadOf(
    graph(),
    'customerUpdate',
    { id: ids.customer, customer: { note: 'y' } },
    undefined,
    as('writer'),
  );
  expect([updated.outcome, updated.userErrors]).toEqual(['UPDATED', []]);
});

test('a key of one caller is not the key of another', async () => {
  const input = { accountId: 'ladiflow', name: 'by key', idempotencyKey: 'one and the same' };
  const first = await payloadOf(graph(), 'tagCreate', input, '', as('all'));
  const second = await payloadOf(graph(), 'tagCreate', { ...input, name: 'by another' }, '', as('writer'));
  expect([first.outcome, second.outcome]).toEqual(['CREATED', 'CREATED']);
});
