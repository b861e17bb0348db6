import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 30 });
});
afterAll(() => graph.stop());

const page = async (): Promise<string> => (await fetch(graph.url, { headers: { accept: 'text/html' } })).text();

test('a browser that opens the endpoint gets the Sandbox', async () => {
  expect(await page()).toMatch(/embeddable-sandbox/);
});

test('in production there is no explorer and no introspection', async () => {
  const production = await startGraph({ customers: 5, config: { production: true } });
  try {
    const answer = await fetch(production.url, { headers: { accept: 'text/html' } });
    expect(await answer.text()).not.toMatch(/sandbox|<html/i);
    const { errors } = await production.ask('{ __schema { types { name } } }');
    expect(errors?.[0]?.message).toMatch(/introspection/);
    const wrong = await production.ask('{ custmers { nodes { id } } }');
    expect(wrong.errors?.[0]?.message).not.toMatch(/did you mean/i);
  } finally {
    await production.stop();
  }
});

test('the explorer says for every field, filter and capability which CRMs are behind it', async () => {
  const { data } = await graph.ask(`{
    customer: __type(name: "Customer") { fields { name description } }
    filter: __type(name: "CustomerFilter") { inputFields { name description } }
    capability: __type(name: "Capability") { enumValues { name description } }
    query: __type(name: "Query") { fields { name description } }
    vendors { label capabilities customerFields }
  }`);
  const described = (list: { name: string; description: string }[], name: string) =>
    list.find((entry) => entry.name === name)?.description;
  for (const { label, capabilities, customerFields } of data.vendors) {
    for (const capability of capabilities) expect(described(data.capability.enumValues, capability)).toContain(label);
    for (const field of customerFields) expect(described(data.customer.fields, field)).toContain(label);
  }
  expect(described(data.filter.inputFields, 'coupon')).toMatch(/Honoured by: Heidianer/);
  expect(described(data.query.fields, 'customers')).toMatch(/Asked: .*CUSTOMER_LIST/);
  expect(described(data.customer.fields, 'vouchers')).not.toContain('Mercately');
});
