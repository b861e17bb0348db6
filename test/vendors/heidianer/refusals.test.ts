import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../../support/graph.ts';

// What this vendor may say was wrong with the input: for each field a list of texts, or what nobody foresaw.

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 3 });
});
afterAll(() => graph.stop());

test.each([
  ['{"mobile":["Too short.","Not Chinese."],"note":["No."]}', 'mobile: Too short. Not Chinese.; note: No.'],
  ['{"note":{"toString":"x","valueOf":1}}', null],
  ['{"note":[null,"No.",[{"then":2}]]}', 'note: No.'],
  // Somebody's record, whyever it came with a failure.
  ['{"id":1,"full_name":"浩然 黄","address":{"city":"上海市"},"note":"No."}', null],
])('%s', async (body, words) => {
  const rewrite = () => ({ status: 400, headers: {}, bytes: Buffer.from(body) });
  const stop = graph.emulator('heidianer').fault({ kind: 'rewritten', rewrite });
  const { errors } = await graph.ask('{ customerLookup(by: { vendorId: "1" }) { matches { fullName } } }');
  const { data } = await graph.ask(
    `mutation { customerCreate(input: { accountId: "heidianer", customer: { phone: "13800001111" } }) {
      userErrors { code vendorMessage } } }`,
  );
  stop();
  expect(errors).toBeUndefined();
  expect(data.customerCreate.userErrors).toEqual([{ code: 'VENDOR_REJECTED', vendorMessage: words }]);
});
