import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Exchange } from '../../src/emulation/emulator.ts';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { ladiflow } from '../../src/vendors/ladiflow/index.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';
import { contractOf } from './openApi.ts';

let graph: Graph;
let list: Exchange;
let show: Exchange;
const heidianerContract = contractOf('heidianer');
const ladiflowContract = contractOf('ladiflow');

beforeAll(async () => {
  graph = await startGraph({ vendors: [heidianer, ladiflow], customers: 3 });
  await dataOf(graph.ask('{ customers(accounts: ["heidianer"]) { nodes { id } } }'));
  await dataOf(graph.ask('{ customerLookup(by: { email: "nobody@example.com" }) { matches { id } } }'));
  [list, show] = [graph.emulator('heidianer').exchanges[0], graph.emulator('ladiflow').exchanges[0]] as [
    Exchange,
    Exchange,
  ];
});
afterAll(() => graph.stop());

test('a true exchange has no problem', () => {
  expect(heidianerContract(list)).toEqual([]);
  expect(ladiflowContract(show)).toEqual([]);
});

test('a query parameter the document does not know is a problem', () => {
  expect(heidianerContract({ ...list, query: { email: 'a@example.com' } })).toEqual([
    'GET /api/crm/customer/: query must NOT have additional properties (email)',
  ]);
});

test('a query parameter of the wrong type is a problem, and a number written as text is none', () => {
  expect(heidianerContract({ ...list, query: { page: '2' } })).toEqual([]);
  expect(heidianerContract({ ...list, query: { page: 'two' } })).toEqual([
    'GET /api/crm/customer/: query/page must be integer (integer)',
  ]);
});

test('a path value of the wrong type is a problem', () => {
  const get = { ...list, route: '/api/crm/customer/{key}/', query: {}, pathValues: { key: 'two' }, status: 418 };
  expect(heidianerContract(get)).toEqual(['GET /api/crm/customer/{key}/: path/0 must be integer (integer)']);
});

test('a request body of the wrong type and a missing one are problems', () => {
  expect(ladiflowContract({ ...show, body: { email: 7 } })).not.toEqual([]);
  expect(ladiflowContract({ ...show, body: undefined })).not.toEqual([]);
});

test('an answer without a required field, or with one of the wrong type, is a problem', () => {
  const { count, ...rest } = list.answer as { count: number };
  expect(heidianerContract({ ...list, answer: rest })).toEqual([
    "GET /api/crm/customer/: answer 200 must have required property 'count' (count)",
  ]);
  expect(heidianerContract({ ...list, answer: { ...rest, count: String(count) } })).toEqual([
    'GET /api/crm/customer/: answer 200/count must be integer (integer)',
  ]);
});

test('an address the document does not have is a problem', () => {
  expect(heidianerContract({ ...list, method: 'PATCH' })).toEqual(['PATCH /api/crm/customer/ is not in the document']);
});

test('played faults and statuses the document does not list are not judged', () => {
  expect(heidianerContract({ ...list, fault: 'empty', status: undefined, answer: undefined })).toEqual([]);
  expect(heidianerContract({ ...list, status: 502, answer: 'Bad gateway' })).toEqual([]);
});
