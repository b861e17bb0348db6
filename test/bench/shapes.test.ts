import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { vendors } from '../../src/vendors/index.ts';
import { type Graph, startGraph } from '../support/graph.ts';
import { HEIDIANER, MERCATELY } from './mapping.ts';
import { SHAPES } from './shapes.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { HEIDIANER_TOKEN, MERCATELY_KEY } from './vendorAnswers.ts';

// What the benchmark measures is the right answer, for as few requests to the CRMs as there can be.

const CREDENTIALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [HEIDIANER]: { accessToken: HEIDIANER_TOKEN },
  [MERCATELY]: { apiKey: MERCATELY_KEY },
};

let upstream: Upstream;
let graph: Graph;
beforeAll(async () => {
  upstream = await startUpstream();
  graph = await startGraph({
    vendors: vendors.filter(({ key }) => key in CREDENTIALS),
    customers: 1,
    accounts: (demo) =>
      demo.map((account) => ({
        ...account,
        baseUrl: new URL(upstream.origin),
        credentials: CREDENTIALS[account.vendor] ?? {},
      })),
  });
});
afterAll(async () => {
  await graph.stop();
  await upstream.close();
});

test.each([
  ['Q1', 1],
  ['Q2', 1],
  ['Q3', 6],
  ['Q4', 1],
  ['Q5', 8],
])('%s has the canonical answer, for so many requests to the CRMs: %i', async (name, calls) => {
  const shape = SHAPES.find((each) => each.name === name);
  expect(shape?.upstreamCalls).toBe(calls);
  expect(shape?.variants).not.toHaveLength(0);
  for (const { variables, data } of shape?.variants ?? []) {
    const before = upstream.calls();
    expect(await graph.ask(shape?.query ?? '', { ...variables })).toEqual({ data, extensions: expect.anything() });
    expect(upstream.calls() - before).toBe(calls);
  }
  expect(upstream.failures()).toBe(0);
});
