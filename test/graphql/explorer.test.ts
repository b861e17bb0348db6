import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 30 });
});
afterAll(() => graph.stop());

const page = async (): Promise<string> => (await fetch(graph.url, { headers: { accept: 'text/html' } })).text();

test('a browser that opens the endpoint gets the Sandbox, which tells nobody about its use', async () => {
  const html = await page();
  expect(html).toMatch(/embeddable-sandbox/);
  expect(html).toContain('"runTelemetry":false');
  expect(html).toContain('<a href="/explorer">This explorer needs no network.</a>');
});

describe('the Sandbox at studio.apollographql.com', () => {
  const STUDIO = 'https://studio.apollographql.com';
  const SENT = 'apollographql-client-name,apollographql-client-version,authorization,content-type';
  const preflight = (url: string, headers = SENT) =>
    fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: STUDIO,
        'access-control-request-method': 'POST',
        'access-control-request-headers': headers,
      },
    });
  const question = {
    method: 'POST',
    headers: {
      origin: STUDIO,
      'content-type': 'application/json',
      accept: '*/*',
      'apollographql-client-name': 'apollo-sandbox',
      'apollographql-client-version': '1',
    },
    body: JSON.stringify({
      operationName: 'IntrospectionQuery',
      query: 'query IntrospectionQuery { __schema { queryType { name } } }',
      variables: {},
    }),
  };

  test('connects where its origin is allowed', async () => {
    const open = await startGraph({ customers: 5, config: { corsOrigins: [STUDIO] } });
    try {
      const allowed = await preflight(open.url);
      expect(allowed.status).toBe(204);
      expect(allowed.headers.get('access-control-allow-origin')).toBe(STUDIO);
      expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
      const headers = (allowed.headers.get('access-control-allow-headers') ?? '').split(', ');
      expect(SENT.split(',').filter((name) => !headers.includes(name))).toEqual([]);
      const answer = await fetch(open.url, question);
      expect(answer.headers.get('access-control-allow-origin')).toBe(STUDIO);
      expect(await answer.json()).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
    } finally {
      await open.stop();
    }
  });

  test('is told nothing elsewhere', async () => {
    expect((await preflight(graph.url)).status).toBe(403);
    expect((await fetch(graph.url, question)).headers.get('access-control-allow-origin')).toBeNull();
  });
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
