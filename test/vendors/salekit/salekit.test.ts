import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createGlobalIds } from '../../../src/ids/globalIds.ts';
import { deriveKeys } from '../../../src/ids/secret.ts';
import { salekit } from '../../../src/vendors/salekit/index.ts';
import { entities } from '../../contracts/subject.ts';
import { dataOf, type Graph, startGraph } from '../../support/graph.ts';

const SECRET = 'a secret for the ids of this file, long enough';
const EMAIL = 'tran.thi.hoa@example.vn';
const { seal } = createGlobalIds(deriveKeys([SECRET]));
const vendorId = seal('salekit', EMAIL);

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ vendors: [salekit], config: { secrets: [SECRET] } });
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const subject = () => ({ graph, vendor: salekit });

test('an account can be told things and asked for nothing, and says so', async () => {
  const data = await dataOf(graph.ask('{ accounts { capabilities } vendors { capabilities customerFields } }'));
  const capabilities = [
    'CUSTOMER_UPDATE',
    'CUSTOMER_UPSERT',
    'CUSTOMER_TAGS_ADD',
    'CUSTOMER_TAGS_REMOVE',
    'CUSTOMER_CUSTOM_FIELDS_SET',
  ];
  expect(data).toEqual({ accounts: [{ capabilities }], vendors: [{ capabilities, customerFields: [] }] });
});

test('a customer is known by its keys only, whether it exists or not', async () => {
  const fields = 'id vendorId completeness unreadableFields fetchedAt email phone';
  const { records } = await entities(subject(), 'Customer', [vendorId], fields);
  expect(records).toMatchObject([{ vendorId, completeness: 'KEYS_ONLY', fetchedAt: null, email: null, phone: null }]);
  expect(records[0].unreadableFields).toEqual(expect.arrayContaining(['fullName', 'email', 'phone', 'tags', 'events']));
  expect(graph.emulator('salekit').count()).toBe(0);
});

test('neither the id nor the vendor id of a customer shows the e-mail it stands for', async () => {
  const { records } = await entities(subject(), 'Customer', [vendorId], 'id vendorId');
  for (const id of [records[0].id, records[0].vendorId] as string[]) {
    const layers = [id, Buffer.from(id, 'base64url').toString('latin1')];
    // An id holds the vendor id, which is encoded once more.
    layers.push(
      ...(layers[1]?.match(/[\w-]{20,}/g) ?? []).map((text) => Buffer.from(text, 'base64url').toString('latin1')),
    );
    expect(layers.length).toBeGreaterThan(id === records[0].id ? 2 : 1);
    for (const text of layers) {
      for (const part of ['tran', 'thi.hoa', 'example']) expect(text).not.toContain(part);
    }
  }
});

test('an e-mail in clear, or one sealed for another account, is nobody', async () => {
  const { records, errors } = await entities(subject(), 'Customer', [EMAIL, seal('other', EMAIL)], 'id');
  expect(errors).toBeUndefined();
  expect(records).toEqual([null, null]);
});

test.each([
  ['badTokenStatus', 200],
  ['badTokenStatus', 401],
  ['errorType', 'boolean'],
  ['errorType', 'text'],
  ['errorType', 'number'],
  ['strayBytes', true],
])('nothing is asked of the vendor, with %s at %s as with any other', async (quirk, value) => {
  graph.emulator('salekit').quirks[quirk] = value;
  const data = await dataOf(
    graph.ask(`{
      customers { sources { state calls } } tags { sources { state calls } } segments { sources { state calls } }
      customerEvents { sources { state calls } } agents { sources { state calls } }
      customerLookup(by: { email: "${EMAIL}" }) { sources { state calls } }
    }`),
  );
  for (const { sources } of Object.values<{ sources: unknown }>(data)) {
    expect(sources).toEqual([{ state: 'UNSUPPORTED', calls: 0 }]);
  }
  expect(graph.emulator('salekit').count()).toBe(0);
});
