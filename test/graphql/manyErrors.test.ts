import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';

// A CRM that breaks its contract in every field of every record must not fill an answer with errors.

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 120 });
});
afterAll(() => graph.stop());

const FIELDS =
  'fullName email phone gender birthday note company jobTitle website acceptsMarketing createdAt updatedAt leadScore';
const BOTH = ['ladiflow', 'heidianer'] as const;
const ALL = `{ ${BOTH.map((id) => `${id}: customers(first: 100, accounts: ["${id}"]) { nodes { id ${FIELDS} } }`).join(' ')} }`;

test('of more than a thousand errors the last one says how many are not told', async () => {
  for (const vendor of BOTH) graph.emulator(vendor).fault({ kind: 'wrong-types' });
  // The second answer comes from a plan.
  for (const path of ['Apollo', 'plan']) {
    const { data, errors = [] } = await graph.ask(ALL);
    expect([path, data.ladiflow.nodes.length, errors.length]).toEqual([path, 100, 1_000]);
    const last = errors[999];
    expect(last?.extensions).toEqual({ code: 'VENDOR_BAD_RESPONSE', omitted: expect.any(Number) });
    expect(last?.message).toMatch(/^There are \d+ more errors like these; ask for fewer records to see each\.$/);
    expect(errors[0]).toMatchObject({ path: [expect.any(String), 'nodes', 0, expect.any(String)] });
  }
});
