import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newKey } from '../../src/callers/apiKeys.ts';
import type { AccountConfig } from '../../src/config.ts';
import { heidianer } from '../../src/vendors/heidianer/index.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import { KEEPING, startCachedGraph } from './cachedGraph.ts';

// Accounts at one vendor, and so the same records: whatever is kept or shared of one would fit the others too well.

const folder = mkdtempSync(join(tmpdir(), 'callers-'));
const callersFile = join(folder, 'callers.json');
const caller = { ours: newKey(), theirs: newKey() };

let graph: Graph;
beforeAll(async () => {
  const callers = Object.entries(caller).map(([tenant, { digest }]) => ({
    id: tenant,
    tenant,
    scopes: ['customers:read', 'customers:write'],
    keys: [digest],
  }));
  writeFileSync(callersFile, JSON.stringify({ callers }));
  graph = await startCachedGraph(
    { ...KEEPING, shareInFlight: true },
    {
      vendors: [heidianer],
      customers: 10,
      config: { authentication: { mode: 'keys', callersFile } },
      accounts: ([demo]) => {
        const account = demo as AccountConfig;
        const { refreshToken: _, ...credentials } = account.credentials;
        return [
          { ...account, id: 'ours', tenant: 'ours' },
          { ...account, id: 'ours-2', tenant: 'ours' },
          // A credential that the CRM does not know, and no way to renew it.
          { ...account, id: 'ours-3', tenant: 'ours', credentials: { ...credentials, accessToken: 'another' } },
          { ...account, id: 'theirs', tenant: 'theirs' },
        ];
      },
    },
  );
});
afterEach(() => graph.reset());
afterAll(async () => {
  await graph.stop();
  rmSync(folder, { recursive: true });
});

const QUERY =
  'query ($a: [ID!], $f: FreshnessInput) { customers(first: 5, accounts: $a, freshness: $f) { nodes { accountId freshness } sources { account { id } state } } }';
const ask = (tenant: keyof typeof caller, accounts: readonly string[], f?: object) =>
  dataOf(graph.ask(QUERY, { a: accounts, f }, { authorization: `Bearer ${caller[tenant].key}` }));
const stateOf = (data: Awaited<ReturnType<typeof ask>>, account: string): string =>
  data.customers.sources.find((source: { account: { id: string } }) => source.account.id === account).state;

test('each account is asked for itself, in its own tenant and in another', async () => {
  const emulator = graph.emulator('heidianer');
  let calls = 0;
  for (const [tenant, account] of [
    ['ours', 'ours'],
    ['ours', 'ours-2'],
    ['theirs', 'theirs'],
  ] as const) {
    const { customers } = await ask(tenant, [account]);
    calls += 1;
    expect(
      new Set(customers.nodes.map(({ accountId, freshness }: Record<string, string>) => `${accountId} ${freshness}`)),
    ).toEqual(new Set([`${account} LIVE`]));
    expect(emulator.count()).toBe(calls);
  }
  await ask('ours', ['ours']);
  await ask('theirs', ['theirs']);
  expect(emulator.count()).toBe(calls);
});

test('an account with a wrong credential gets nothing of what others read, not even stale', async () => {
  await ask('ours', ['ours', 'ours-2']);
  for (const f of [undefined, { staleIfError: 3_600 }]) {
    const data = await ask('ours', ['ours-3'], f);
    expect(data.customers.nodes).toEqual([]);
    expect(stateOf(data, 'ours-3')).toBe('UNAUTHORIZED');
  }
});

test('equal reads at the same time are shared within an account only', async () => {
  const emulator = graph.emulator('heidianer');
  emulator.latency = 2_000;
  const asked = (['ours', 'ours-2', 'ours-3'] as const).flatMap((account) =>
    Array.from({ length: 20 }, () => ask('ours', [account])),
  );
  asked.push(...Array.from({ length: 20 }, () => ask('theirs', ['theirs'])));
  await Promise.all(asked);
  expect(emulator.count()).toBe(4);
  const tokens = emulator.exchanges.map(({ headers }) => headers.authorization);
  expect(tokens.filter((token) => String(token).includes('another'))).toHaveLength(1);
});
