import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';

// Every combination of vendors that are down: the others answer in full, and nobody is mistaken for "no such record".

const VENDORS = ['salekit', 'ladiflow', 'fecify', 'mercately', 'heidianer'];
/** Those that list customers. */
const LISTING = ['ladiflow', 'mercately', 'heidianer'];
const EACH = 8;
const COMBINATIONS = Array.from({ length: 32 }, (_, bits) => VENDORS.filter((_vendor, place) => bits & (1 << place)));

const QUERY = `query ($ids: [ID!]!, $r: [_Any!]!) {
  customers(first: 100) { nodes { id accountId fullName email } sources { account { id } state records error { code } } }
  customerEvents(first: 5) { nodes { vendorId text } sources { account { id } state error { code } } }
  segments(first: 100) { nodes { vendorId title } sources { account { id } state } }
  tags(first: 100) { nodes { vendorId name } sources { account { id } state } }
  agents(first: 100) { nodes { vendorId email } sources { account { id } state } }
  crmNodes(ids: $ids) { ... on Customer { vendorId fullName } }
  _entities(representations: $r) { ... on Customer { vendorId addresses { city } } }
}`;

let graph: Graph;
let ids: Record<string, string> = {};
beforeAll(async () => {
  graph = await startGraph({ customers: EACH });
  const { data } = await graph.ask('{ customers(first: 100) { nodes { id accountId } } }');
  ids = Object.fromEntries(
    data.customers.nodes.map(({ id, accountId }: { id: string; accountId: string }) => [accountId, id]),
  );
});
afterEach(() => graph.reset());
afterAll(() => graph.stop());

const variables = () => ({
  ids: LISTING.map((vendor) => ids[vendor]),
  r: [{ __typename: 'Customer', accountId: 'fecify', vendorId: '4' }],
});

test.each(COMBINATIONS.map((down) => [down.join(' and ') || 'nobody', down] as const))(
  'with %s down, everybody else answers in full',
  async (_, down) => {
    const { data: whole } = await graph.ask(QUERY, variables());
    for (const vendor of down) graph.emulator(vendor).fault({ kind: 'reset-before' });
    const { data, errors = [] } = await graph.ask(QUERY, variables());
    const isUp = (vendor: string) => !down.includes(vendor);
    const states = (list: string, able: readonly string[]) =>
      expect(
        data[list].sources.map(({ account, state }: { account: { id: string }; state: string }) => [account.id, state]),
      ).toEqual(
        VENDORS.map((vendor) => [vendor, !able.includes(vendor) ? 'UNSUPPORTED' : isUp(vendor) ? 'OK' : 'UNAVAILABLE']),
      );

    states('customers', LISTING);
    states('customerEvents', ['fecify']);
    states('segments', ['heidianer']);
    states('tags', ['ladiflow']);
    states('agents', ['mercately']);
    expect(data.customers.nodes).toEqual(
      whole.customers.nodes.filter(({ accountId }: { accountId: string }) => isUp(accountId)),
    );
    expect(data.customers.nodes).toHaveLength(EACH * LISTING.filter(isUp).length);
    for (const { error, state } of data.customers.sources) {
      expect(error?.code ?? null).toBe(state === 'UNAVAILABLE' ? 'VENDOR_UNAVAILABLE' : null);
    }
    for (const [list, vendor] of [
      ['customerEvents', 'fecify'],
      ['segments', 'heidianer'],
      ['tags', 'ladiflow'],
      ['agents', 'mercately'],
    ] as const) {
      expect(data[list].nodes).toEqual(isUp(vendor) ? whole[list].nodes : []);
    }
    // "Could not ask" is null with an error, at its own place.
    expect(data.crmNodes).toEqual(LISTING.map((vendor, index) => (isUp(vendor) ? whole.crmNodes[index] : null)));
    expect(data._entities).toEqual(isUp('fecify') ? whole._entities : [{ vendorId: '4', addresses: null }]);
    const places = LISTING.flatMap((vendor, index) => (isUp(vendor) ? [] : [`crmNodes.${index}`]));
    if (!isUp('fecify')) places.push('_entities.0.addresses');
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual(places.sort());
    for (const { extensions } of errors) {
      expect(extensions).toMatchObject({ code: 'VENDOR_UNAVAILABLE', retryable: true, account: expect.any(String) });
    }
  },
);

test('with a vendor down, none of a thousand look-ups says that there is no such customer', async () => {
  graph.emulator('ladiflow').fault({ kind: 'reset-before' });
  for (let turn = 0; turn < 10; turn += 1) {
    const aliases = Array.from({ length: 100 }, (_, index) => {
      const vendorId = (turn * 100 + index).toString(16).padStart(24, '0');
      return { __typename: 'Customer', accountId: 'ladiflow', vendorId };
    });
    const { data, errors = [] } = await graph.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { fullName } } }',
      { r: aliases },
    );
    expect(data._entities).toEqual(aliases.map(() => null));
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions } of errors) expect(extensions).toMatchObject({ retryable: true, account: 'ladiflow' });
  }
});
