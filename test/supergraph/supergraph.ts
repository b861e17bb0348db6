import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKey } from '../../src/callers/apiKeys.ts';
import type { Scope } from '../../src/crm/caller.ts';
import { skippingClock } from '../support/clock.ts';
import { dataOf, type Graph, startGraph } from '../support/graph.ts';
import { startLoyalty } from './loyalty.ts';
import { type CustomerKeys, startOrders } from './orders.ts';
import type { RunningSubgraph, Subgraph } from './subgraph.ts';

/** Who asks; each has a key of its own. */
export const CALLERS = {
  reader: { tenant: 'default', scopes: ['customers:read'] },
  owner: { tenant: 'default', scopes: ['customers:read', 'customers:write', 'customers:delete', 'vendor-data:read'] },
  writer: { tenant: 'default', scopes: ['customers:write'] },
  nosy: { tenant: 'default', scopes: [] },
  stranger: { tenant: 'other', scopes: ['customers:read'] },
} as const satisfies Record<string, { tenant: string; scopes: readonly Scope[] }>;
export type CallerName = keyof typeof CALLERS;

/** What operations need to know of the seeded records. */
export interface Known {
  /** Customers by account, in the CRM's order. */
  readonly customers: Readonly<Record<string, readonly CustomerKeys[]>>;
  readonly tags: readonly { readonly id: string; readonly vendorId: string; readonly accountId: string }[];
  readonly segments: readonly { readonly id: string; readonly vendorId: string }[];
}

export interface Supergraph {
  readonly crm: Graph;
  readonly orders: RunningSubgraph;
  readonly loyalty: RunningSubgraph;
  readonly subgraphs: readonly Subgraph[];
  readonly known: Known;
  /** What a client sends. */
  credentialOf(caller: CallerName | 'nobody'): string | undefined;
  /** What a router adds for the CRM subgraph. */
  readonly routerCredential: string;
  /** Asks with a CRM out of order, or with one that is changed by it, and leaves everything as it was. */
  during<Result>(
    trouble: { down?: string | undefined; writes?: true | undefined },
    ask: () => Promise<Result>,
  ): Promise<Result>;
  stop(): Promise<void>;
}

const ROUTER_SECRET = 'the-routers-own-secret-is-long-enough-for-a-test';
const MANY = 1_000;
/** After that long an account that failed is tried again; after so many good answers all is forgotten. */
const BREAKER_REST_MS = 120_000;
const GOOD_ANSWERS = 25;

/** Our subgraph with callers and a router that must be known, beside the subgraphs of two other teams. */
export async function startSupergraph({ schemaPrefix }: { readonly schemaPrefix?: string } = {}): Promise<Supergraph> {
  const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
  const callersFile = join(folder, 'callers.json');
  const keys = new Map(Object.keys(CALLERS).map((name) => [name, newKey()]));
  const callers = Object.entries(CALLERS).map(([id, caller]) => ({ id, ...caller, keys: [keys.get(id)?.digest] }));
  writeFileSync(callersFile, JSON.stringify({ callers }));
  const clock = skippingClock();
  const crm = await startGraph({
    customers: MANY,
    clock,
    config: {
      authentication: { mode: 'keys', callersFile },
      routerSecrets: [ROUTER_SECRET],
      schemaPrefix,
    },
  });
  const credentialOf = (caller: CallerName | 'nobody') => {
    const key = caller === 'nobody' ? undefined : keys.get(caller)?.key;
    return key === undefined ? undefined : `Bearer ${key}`;
  };
  const routerCredential = `Bearer ${ROUTER_SECRET}`;
  const asRouter = { authorization: credentialOf('owner') ?? '', 'router-authorization': routerCredential };
  const { _service } = await dataOf(crm.ask('{ _service { sdl } }', {}, asRouter));
  const known = schemaPrefix === undefined ? await learn(crm, asRouter) : { customers: {}, tags: [], segments: [] };
  const orders = await startOrders(shopsOf(known));
  const loyalty = await startLoyalty(membersOf(known));
  return {
    crm,
    orders,
    loyalty,
    subgraphs: [{ name: 'crm', url: crm.url, sdl: _service.sdl }, orders, loyalty],
    known,
    credentialOf,
    routerCredential,
    async during({ down, writes }, ask) {
      if (down !== undefined) crm.emulator(down).fault({ kind: 'status', status: 500 });
      try {
        return await ask();
      } finally {
        // The service goes on, because gateways keep their connections to it.
        if (writes === true)
          for (const account of ['ladiflow', 'mercately', 'heidianer']) crm.emulator(account).reset();
        if (down !== undefined) {
          crm.emulator(down).reset();
          clock.skip(BREAKER_REST_MS);
          for (let good = 0; good < GOOD_ANSWERS; good += 1) {
            await dataOf(
              crm.ask(
                'query ($a: [ID!]) { customers(first: 1, accounts: $a) { nodes { id } } }',
                { a: [down] },
                asRouter,
              ),
            );
          }
        }
      }
    },
    async stop() {
      await Promise.all([orders.stop(), loyalty.stop()]);
      await crm.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function learn(crm: Graph, headers: Record<string, string>): Promise<Known> {
  const customers: Record<string, CustomerKeys[]> = {};
  for (const account of ['ladiflow', 'mercately']) {
    const { customers: page } = await dataOf(
      crm.ask(
        'query ($a: [ID!]) { customers(first: 20, accounts: $a) { nodes { id accountId vendorId } } }',
        { a: [account] },
        headers,
      ),
    );
    customers[account] = page.nodes;
  }
  const references = (accountId: string, vendorIds: readonly string[]) =>
    vendorIds.map((vendorId) => ({ __typename: 'Customer', accountId, vendorId }));
  // Keys cost no call, and say nothing about who exists: 99999 does not.
  const { many, more, tags, segments } = await dataOf(
    crm.ask(
      `query ($many: [_Any!]!, $more: [_Any!]!) {
        many: _entities(representations: $many) { ... on Customer { id accountId vendorId } }
        more: _entities(representations: $more) { ... on Customer { id accountId vendorId } }
        tags(first: 5) { nodes { id vendorId accountId } }
        segments(first: 3) { nodes { id vendorId } }
      }`,
      {
        many: references(
          'heidianer',
          Array.from({ length: MANY }, (_, index) => String(index + 1)),
        ),
        more: [...references('fecify', ['574']), ...references('heidianer', ['99999'])],
      },
      headers,
    ),
  );
  return {
    customers: { ...customers, heidianer: many, fecify: more.slice(0, 1), nowhere: more.slice(1) },
    tags: tags.nodes,
    segments: segments.nodes,
  };
}

function shopsOf({ customers, tags }: Known) {
  const { heidianer = [], ladiflow = [], mercately = [], fecify = [], nowhere = [] } = customers;
  const one = heidianer.slice(0, 1);
  const malformed = { id: 'nonsense', accountId: 'heidianer', vendorId: 'nonsense' };
  const mixed = Array.from({ length: 10 }, (_, index) => [ladiflow[index], mercately[index], heidianer[index]])
    .flat()
    .filter((customer) => customer !== undefined);
  const shops = {
    many: heidianer,
    mixed,
    same: Array.from({ length: 500 }, () => one).flat(),
    keysOnly: fecify,
    gone: [...one, ...nowhere, ...one],
    malformed: [...one, malformed, ...one],
    empty: [],
  };
  return Object.fromEntries(
    Object.entries(shops).map(([shop, buyers]) => [
      shop,
      buyers.map((customer, index) => {
        const label = shop === 'mixed' ? tags[index % tags.length] : undefined;
        return label === undefined ? { customer } : { customer, label };
      }),
    ]),
  );
}

const membersOf = ({ customers: { heidianer = [], ladiflow = [], mercately = [] } }: Known): CustomerKeys[] => [
  ...heidianer.slice(0, 10),
  ...ladiflow.slice(0, 10),
  ...mercately.slice(0, 10),
  { id: '', accountId: 'heidianer', vendorId: '99999' },
  { id: '', accountId: 'nobody', vendorId: '1' },
];
