import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  heidianerScalars,
  heidianerSegmentKeys,
  membersOf,
  mercatelyEvent,
  mercatelyScalars,
  readGlobalId,
} from '../mapping.ts';
import type { HeidianerCustomer, MercatelyCustomer } from '../records.ts';
import { ALIASES, DISTINCT, FIRST_MEMBERS, LIST, LISTED_WITH_EVENTS } from '../shapes.ts';
import { ready, upstreamOrigin } from './ready.ts';
import { createVendorClient, dispatching } from './vendorClient.ts';

// What plain JavaScript takes at least: no GraphQL, one endpoint for each shape that reads, picks and writes JSON.

const vendors = createVendorClient(dispatching(upstreamOrigin()));

type Variables = Readonly<Record<string, string>>;

const vendorIdOf = (id: string | undefined): string => readGlobalId(id ?? '').vendorId;

async function segmented(rows: readonly HeidianerCustomer[]) {
  const ids = [...new Set(rows.flatMap(({ segments }) => segments.map(({ id }) => id)))];
  const read = await Promise.all(ids.map((id) => vendors.heidianerSegment(String(id))));
  const nodes = new Map(read.map((segment) => [segment.id, membersOf(segment, FIRST_MEMBERS)]));
  return rows.map((row) => {
    const { id, fullName } = heidianerScalars(row);
    const keys = heidianerSegmentKeys(row);
    const segments = row.segments.map((segment, place) => ({
      ...keys[place],
      customers: { nodes: nodes.get(segment.id) },
    }));
    return { id, fullName, segments };
  });
}

async function withEvents(row: MercatelyCustomer) {
  const events = await vendors.mercatelyEvents(row.id);
  return { ...mercatelyScalars(row), events: { nodes: events.map(mercatelyEvent) } };
}

const ENDPOINTS: Readonly<Record<string, (variables: Variables) => Promise<unknown>>> = {
  async '/Q1'({ id }) {
    const row = await vendors.heidianerCustomer(vendorIdOf(id));
    return { customer: { ...heidianerScalars(row), segments: heidianerSegmentKeys(row) } };
  },
  async '/Q2'() {
    return { customers: { nodes: (await vendors.heidianerCustomers(LIST)).map(heidianerScalars) } };
  },
  async '/Q3'() {
    return { customers: { nodes: await segmented(await vendors.heidianerCustomers(LIST)) } };
  },
  async '/Q4'(variables) {
    const ids = Array.from({ length: DISTINCT }, (_, place) => vendorIdOf(variables[`i${place}`]));
    const read = await vendors.heidianerCustomersById(ids);
    const rows = new Map(read.map((row) => [String(row.id), heidianerScalars(row)]));
    return Object.fromEntries(
      Array.from({ length: ALIASES }, (_, place) => [`c${place}`, rows.get(ids[place % DISTINCT] ?? '')]),
    );
  },
  async '/Q5'({ id }) {
    const [customer, nodes] = await Promise.all([
      vendors.mercatelyCustomer(vendorIdOf(id)).then(withEvents),
      vendors
        .mercatelyCustomers()
        .then((rows) => Promise.all(rows.slice(0, LISTED_WITH_EVENTS).map((row) => withEvents(row)))),
    ]);
    return { customer, customers: { nodes } };
  },
};

const bodyOf = (request: IncomingMessage): Promise<Variables> =>
  new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.once('end', () => resolve(JSON.parse(text).variables));
    request.once('error', reject);
  });

const server = createServer(async (request, response) => {
  const endpoint = ENDPOINTS[request.url ?? ''];
  try {
    const data = await endpoint?.(await bodyOf(request));
    const text = JSON.stringify({ data });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
