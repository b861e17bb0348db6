// What the soak brought to light, in its smallest form.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { type Graph, startGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ vendors: [heidianer], customers: 5 });
});
afterAll(() => graph.stop());

test('a read that could not renew its token says that the CRM is not available, and speaks of no write', async () => {
  const emulator = graph.emulator('heidianer');
  emulator.quirks.validToken = 'a token that nobody has';
  emulator.fault({ kind: 'reset-after', operation: 'exchangeToken' });
  const { data } = await graph.ask('{ customers(first: 1) { sources { state error { code } } } }');
  expect(data.customers.sources).toEqual([{ state: 'UNAVAILABLE', error: { code: 'VENDOR_UNAVAILABLE' } }]);
});
