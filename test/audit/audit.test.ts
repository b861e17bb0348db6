import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditResult, serverAudits } from 'graphql-http';
import { type Answer, type Graph, startGraph } from '../support/graph.ts';

// The audits of the GraphQL-over-HTTP specification, as its reference implementation publishes them.

/** Sends what the audits send; over GET with the header that keeps other sites' forms out. */
const fetchFn = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'audit' } });

async function failuresOf(graph: Graph): Promise<readonly { id: string; name: string; status: string }[]> {
  const failures: { id: string; name: string; status: string }[] = [];
  for (const audit of serverAudits({ url: graph.url, fetchFn })) {
    const result: AuditResult = await audit.fn();
    if (result.status !== 'ok') failures.push({ id: result.id, name: result.name, status: result.status });
  }
  return failures;
}

const named = (word: string): number =>
  serverAudits({ url: 'http://localhost' }).filter(({ name }) => name.startsWith(`${word} `)).length;

test('there are 13 audits of what a server must do, and 23 of what it should', () => {
  expect([named('MUST'), named('SHOULD')]).toEqual([13, 23]);
});

describe('with introspection on', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ vendors: [], customers: 1 });
  });
  afterAll(() => graph.stop());

  test('every audit passes', async () => {
    expect(await failuresOf(graph)).toEqual([]);
  });
});

describe('in production', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ vendors: [], customers: 1, config: { production: true } });
  });
  afterAll(() => graph.stop());

  test('only those fail that introspect to make their point: one MUST, one SHOULD, two MAY', async () => {
    expect((await failuresOf(graph)).map(({ id, name }) => [id, name.split(' ', 1)[0]])).toEqual([
      ['2EA1', 'SHOULD'],
      ['28B9', 'MUST'],
      ['D6D5', 'MAY'],
      ['6A70', 'MAY'],
    ]);
  });
});

describe('a refused operation', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ customers: 5, config: { callerCallsPerMinute: 1 } });
  });
  afterAll(() => graph.stop());

  const ask = async (query: string, accept: string) => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
    });
    const { errors } = (await response.json()) as Answer;
    return [response.status, errors?.[0]?.extensions.code, response.headers.get('retry-after') !== null];
  };
  const OLD = 'application/json';
  const NEW = 'application/graphql-response+json';

  test.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ ${'a: __typename '.repeat(31)} }`, 'OPERATION_TOO_LARGE'],
    [`{ ${'__typename '.repeat(21)} }`, 'OPERATION_TOO_LARGE'],
  ])('has the status 200 for clients of the older media type: %s', async (query, code) => {
    expect(await ask(query, OLD)).toEqual([200, code, false]);
    expect(await ask(query, NEW)).toEqual([400, code, false]);
  });

  test('says when to come back once the budget is spent', async () => {
    const query = '{ customers(first: 1, accounts: ["heidianer"]) { nodes { id } } }';
    expect(await ask(query, OLD)).toEqual([200, undefined, false]);
    expect(await ask(query, OLD)).toEqual([200, 'CALL_BUDGET_SPENT', true]);
    expect(await ask(query, NEW)).toEqual([429, 'CALL_BUDGET_SPENT', true]);
  });
});
