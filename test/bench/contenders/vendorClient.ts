import { Pool } from 'undici';
import type { HeidianerCustomer, HeidianerSegment, MercatelyCustomer, MercatelyEvent } from '../records.ts';
import { HEIDIANER_TOKEN, MERCATELY_KEY } from '../vendorAnswers.ts';

/** The CRMs as the contenders written by hand ask them: no guards, no retries, no checks. */
export type VendorClient = ReturnType<typeof createVendorClient>;

const CONNECTIONS = 64;

const HEIDIANER_HEADERS = { authorization: `Bearer ${HEIDIANER_TOKEN}` };
const MERCATELY_HEADERS = { 'api-key': MERCATELY_KEY };

/** @param get how a path is read */
export function createVendorClient(get: (path: string, headers: Record<string, string>) => Promise<unknown>) {
  const heidianer = (path: string) => get(`/api/crm/${path}`, HEIDIANER_HEADERS);
  const mercately = (path: string) => get(`/retailers/api/v1/customers${path}`, MERCATELY_HEADERS);
  return {
    heidianerCustomer: async (id: string) => (await heidianer(`customer/${id}/`)) as HeidianerCustomer,
    async heidianerCustomers(first: number) {
      const { results } = (await heidianer(`customer/?page=1&page_size=${first}`)) as Results;
      return results;
    },
    async heidianerCustomersById(ids: readonly string[]) {
      const { results } = (await heidianer(`customer/?id__in=${ids.join(',')}&page=1&page_size=100`)) as Results;
      return results;
    },
    heidianerSegment: async (id: string) => (await heidianer(`segment/${id}/`)) as HeidianerSegment,
    async mercatelyCustomer(id: string) {
      const { customer } = (await mercately(`/${id}`)) as { customer: MercatelyCustomer };
      return customer;
    },
    async mercatelyCustomers() {
      const { customers } = (await mercately('?page=1')) as { customers: MercatelyCustomer[] };
      return customers;
    },
    async mercatelyEvents(id: string) {
      const { customer_events } = (await mercately(`/${id}/customer_events_history?page=1&results_per_page=20`)) as {
        customer_events: MercatelyEvent[];
      };
      return customer_events;
    },
  };
}

interface Results {
  readonly results: HeidianerCustomer[];
}

/** As an application does it: undici's `request`, and its own JSON. */
export function requesting(origin: string) {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  return async (path: string, headers: Record<string, string>): Promise<unknown> => {
    const { body } = await pool.request({ method: 'GET', path, headers });
    return body.json();
  };
}

/** With as little as undici needs: `dispatch`, without streams. */
export function dispatching(origin: string) {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  return (path: string, headers: Record<string, string>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      pool.dispatch(
        { method: 'GET', path, headers },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData(_, chunk) {
            chunks.push(chunk);
          },
          onResponseEnd() {
            const [only] = chunks;
            resolve(JSON.parse(chunks.length === 1 && only ? only.toString() : Buffer.concat(chunks).toString()));
          },
          onResponseError(_, error) {
            reject(error);
          },
        },
      );
    });
}
