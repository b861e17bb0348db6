import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CUSTOMER_INPUT_FIELDS } from '../../src/crm/customerInput.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 10 });
});
afterAll(() => graph.stop());

interface Write {
  readonly kind: string;
  readonly requiredFields: { readonly anyOf: readonly string[] }[];
  readonly writableFields: readonly string[];
}

test('every account says which fields its writes take and demand, before anything is written', async () => {
  const { accounts } = await dataOf(
    graph.ask('{ accounts { id customerWrites { kind requiredFields { anyOf } writableFields } } }'),
  );
  const kinds = Object.fromEntries(
    accounts.map(({ id, customerWrites }: { id: string; customerWrites: Write[] }) => [
      id,
      customerWrites.map(({ kind }) => kind),
    ]),
  );
  expect(kinds).toEqual({
    salekit: ['UPDATE', 'UPSERT'],
    ladiflow: ['CREATE', 'UPDATE', 'UPSERT'],
    fecify: ['CREATE', 'UPDATE'],
    mercately: ['CREATE', 'UPDATE', 'UPSERT'],
    heidianer: ['CREATE', 'UPDATE'],
  });
  for (const { requiredFields, writableFields } of accounts.flatMap(
    ({ customerWrites }: { customerWrites: Write[] }) => customerWrites,
  )) {
    for (const { anyOf } of requiredFields) for (const field of anyOf) expect(writableFields).toContain(field);
    for (const field of writableFields) expect(CUSTOMER_INPUT_FIELDS).toContain(field);
  }
  const salekit = accounts.find(({ id }: { id: string }) => id === 'salekit');
  const upsert = salekit.customerWrites.find(({ kind }: Write) => kind === 'UPSERT');
  expect(upsert.requiredFields).toEqual([{ anyOf: ['fullName'] }, { anyOf: ['email'] }]);
});

test('an account by its id; an unknown one is null without an error', async () => {
  const data = await dataOf(
    graph.ask(
      '{ known: account(id: "fecify") { label vendor { label accounts { id } } timeZone region } unknown: account(id: "nobody") { id } }',
    ),
  );
  expect(data.known).toEqual({
    label: 'Fecify (demo)',
    vendor: { label: 'Fecify', accounts: [{ id: 'fecify' }] },
    timeZone: 'Asia/Shanghai',
    region: 'CN',
  });
  expect(data.unknown).toBeNull();
});
