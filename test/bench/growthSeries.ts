import type { Contender } from './contenders/contender.ts';
import { type AccountEntry, type CallerEntry, graphWith, heidianerAccount } from './contenders/graph.ts';
import type { LoadRequest } from './load.ts';
import { globalId, HEIDIANER } from './mapping.ts';
import type { Entry } from './measure.ts';
import { heidianerCustomers } from './records.ts';

/** Something that grows around an operation whose cost should stay what it is. */
export interface Series {
  readonly name: string;
  readonly sizes: readonly number[];
  at(size: number): Entry;
}

const LIST = 20;
const [CUSTOMER] = heidianerCustomers;
const FIELDS = 'fullName email';
const picked = ({ full_name, email }: { readonly full_name: string; readonly email: string }) => ({
  fullName: full_name,
  email,
});

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const graph = (accounts: readonly AccountEntry[], callers?: readonly CallerEntry[]): Contender =>
  graphWith('graph', '', {
    accounts,
    ...(callers === undefined ? {} : { callers }),
    // So many that nobody is refused: what is measured is the counting.
    environment: { CALLER_CALLS_PER_MINUTE: '1000000' },
  });

interface Asking {
  readonly account?: string;
  readonly key?: string;
  /** Sets documents apart that ask for the same. */
  readonly operation?: string;
}

const request = (query: string, variables: object, data: object, key: string | undefined): LoadRequest => ({
  path: '/graphql',
  ...(key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }),
  body: JSON.stringify({ query, variables }),
  data,
});

const oneCustomer = ({ account = HEIDIANER, key, operation = 'One' }: Asking): LoadRequest =>
  request(
    `query ${operation}($id: ID!) { customer(id: $id) { ${FIELDS} } }`,
    { id: globalId('c', account, '1') },
    { customer: CUSTOMER && picked(CUSTOMER) },
    key,
  );

const aList = ({ account = HEIDIANER, key }: Asking): LoadRequest =>
  request(
    `query List($accounts: [ID!]) { customers(first: ${LIST}, accounts: $accounts) { nodes { ${FIELDS} } } }`,
    { accounts: [account] },
    { customers: { nodes: heidianerCustomers.slice(0, LIST).map(picked) } },
    key,
  );

const accountsOfOneTenant = (count: number): readonly AccountEntry[] =>
  numbers(count).map((index) => heidianerAccount(`shop${index}`));

const tenantOf = (index: number): string => `tenant${index}`;
const keyOf = (index: number): string => `key-of-caller-${index}`.padEnd(43, '-');

/** Each passes once before anything counts. */
const step = (contender: Contender, requests: readonly LoadRequest[], passes = 1): Entry => ({
  contender,
  requests,
  warmupRequests: requests.length * passes,
});

export const SERIES: readonly Series[] = [
  {
    name: 'accounts of one tenant; a customer of each in turn',
    sizes: [1, 100, 1_000],
    at: (size) => {
      const accounts = accountsOfOneTenant(size);
      return step(
        graph(accounts),
        accounts.map(({ id }) => oneCustomer({ account: id })),
      );
    },
  },
  {
    name: 'accounts of one tenant; a list of 20 of each in turn',
    sizes: [1, 100, 1_000],
    at: (size) => {
      const accounts = accountsOfOneTenant(size);
      return step(
        graph(accounts),
        accounts.map(({ id }) => aList({ account: id })),
      );
    },
  },
  {
    name: 'tenants with an account and a caller each; a list of 20 of each in turn',
    sizes: [1, 100, 1_000],
    at: (size) => {
      const accounts = numbers(size).map((index) => ({ ...heidianerAccount(`shop${index}`), tenant: tenantOf(index) }));
      const callers = numbers(size).map((index) => ({ id: 'caller', tenant: tenantOf(index), key: keyOf(index) }));
      return step(
        graph(accounts, callers),
        numbers(size).map((index) => aList({ account: `shop${index}`, key: keyOf(index) })),
      );
    },
  },
  {
    name: 'callers with limits; a customer for each in turn',
    sizes: [1, 100, 10_000],
    at: (size) => {
      const callers = numbers(size).map((index) => ({ id: `caller${index}`, tenant: 'default', key: keyOf(index) }));
      return step(
        graph([heidianerAccount(HEIDIANER)], callers),
        callers.map(({ key }) => oneCustomer({ key })),
      );
    },
  },
  {
    name: 'distinct operations in turn, a customer each',
    sizes: [1, 100, 1_000],
    // Enough for whatever is learned of an operation that comes again.
    at: (size) =>
      step(
        graph([heidianerAccount(HEIDIANER)]),
        numbers(size).map((index) => oneCustomer({ operation: `One${index}` })),
        4,
      ),
  },
];
