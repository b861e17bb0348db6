import {
  globalId,
  HEIDIANER,
  heidianerScalars,
  heidianerSegmentKeys,
  MERCATELY,
  membersOf,
  mercatelyEvent,
  mercatelyScalars,
} from './mapping.ts';
import { heidianerCustomers, heidianerSegments, mercatelyCustomers, mercatelyEvents } from './records.ts';

/** One request of a shape and the only right answer to it. */
export interface Variant {
  readonly variables: Readonly<Record<string, unknown>>;
  /** The canonical `data`. */
  readonly data: unknown;
}

export interface Shape {
  readonly name: string;
  readonly what: string;
  readonly query: string;
  /** Asked in turn, so that no contender can answer from what the request before brought. */
  readonly variants: readonly Variant[];
  /** The fewest requests to the CRMs that one request takes. */
  readonly upstreamCalls: number;
  /** How often our graph must do the baseline's work for the same processor time, and how often it wants to. */
  readonly must: number;
  readonly aim: number;
}

const SCALARS = 'id vendorId fullName email phone gender birthday note acceptsMarketing createdAt';
const EVENT = 'vendorId kind outboundStatus campaignId campaignUrl errorMessage occurredAt createdAt sentAt readAt';
const WITH_EVENTS = `id fullName email phone note createdAt events { nodes { ${EVENT} } }`;
export const LIST = 20;
export const FIRST_MEMBERS = 5;
export const LISTED_WITH_EVENTS = 5;
export const ALIASES = 20;
export const DISTINCT = 10;

const listed = heidianerCustomers.slice(0, LIST);

const Q1: Shape = {
  name: 'Q1',
  what: 'one Heidianer customer by id, 10 scalars and its segments',
  query: `query One($id: ID!) { customer(id: $id) { ${SCALARS} segments { id title } } }`,
  variants: listed.map((row) => ({
    variables: { id: globalId('c', HEIDIANER, String(row.id)) },
    data: { customer: { ...heidianerScalars(row), segments: heidianerSegmentKeys(row) } },
  })),
  upstreamCalls: 1,
  must: 1.5,
  aim: 3.5,
};

const Q2: Shape = {
  name: 'Q2',
  what: 'a list of 20 Heidianer customers, 10 scalars each',
  query: `query List($accounts: [ID!]) { customers(first: ${LIST}, accounts: $accounts) { nodes { ${SCALARS} } } }`,
  variants: [
    {
      variables: { accounts: [HEIDIANER] },
      data: { customers: { nodes: listed.map((row) => heidianerScalars(row)) } },
    },
  ],
  upstreamCalls: 1,
  must: 2.5,
  aim: 3.5,
};

const Q3: Shape = {
  name: 'Q3',
  what: 'a list of 20 with 40 references to 5 segments, and 5 members of each',
  query: `query Segments($accounts: [ID!]) {
    customers(first: ${LIST}, accounts: $accounts) {
      nodes { id fullName segments { id title customers(first: ${FIRST_MEMBERS}) { nodes { id } } } }
    }
  }`,
  variants: [
    {
      variables: { accounts: [HEIDIANER] },
      data: {
        customers: {
          nodes: listed.map((row) => ({
            id: globalId('c', HEIDIANER, String(row.id)),
            fullName: row.full_name,
            segments: row.segments.map(({ id, title }) => ({
              id: globalId('s', HEIDIANER, String(id)),
              title,
              customers: {
                nodes: heidianerSegments
                  .filter((segment) => segment.id === id)
                  .flatMap((segment) => membersOf(segment, FIRST_MEMBERS)),
              },
            })),
          })),
        },
      },
    },
  ],
  upstreamCalls: 6,
  must: 3,
  aim: 6,
};

const places = Array.from({ length: ALIASES }, (_, index) => index);

const Q4: Shape = {
  name: 'Q4',
  what: '20 aliased Heidianer customers by id, 10 distinct ids',
  query: `query Aliases(${places
    .slice(0, DISTINCT)
    .map((place) => `$i${place}: ID!`)
    .join(
      ', ',
    )}) { ${places.map((place) => `c${place}: customer(id: $i${place % DISTINCT}) { ${SCALARS} }`).join(' ')} }`,
  variants: [0, DISTINCT].map((offset) => {
    const rows = listed.slice(offset, offset + DISTINCT);
    return {
      variables: Object.fromEntries(
        rows.map(({ id }, place) => [`i${place}`, globalId('c', HEIDIANER, String(id))] as const),
      ),
      data: Object.fromEntries([...rows, ...rows].map((row, place) => [`c${place}`, heidianerScalars(row)] as const)),
    };
  }),
  upstreamCalls: 1,
  must: 1.8,
  aim: 3.5,
};

const withEvents = (place: number) =>
  mercatelyCustomers.slice(place, place + 1).map((row) => ({
    ...mercatelyScalars(row),
    events: { nodes: (mercatelyEvents[place] ?? []).map(mercatelyEvent) },
  }))[0];

const Q5: Shape = {
  name: 'Q5',
  what: 'one Mercately customer with its events beside five listed ones with theirs',
  query: `query Events($id: ID!, $accounts: [ID!]) {
    customer(id: $id) { ${WITH_EVENTS} }
    customers(first: ${LISTED_WITH_EVENTS}, accounts: $accounts) { nodes { ${WITH_EVENTS} } }
  }`,
  // Not one of the listed: equal reads would be one.
  variants: Array.from({ length: 20 }, (_, index) => LISTED_WITH_EVENTS + index).map((place) => ({
    variables: { id: globalId('c', MERCATELY, mercatelyCustomers[place]?.id ?? ''), accounts: [MERCATELY] },
    data: {
      customer: withEvents(place),
      customers: { nodes: places.slice(0, LISTED_WITH_EVENTS).map(withEvents) },
    },
  })),
  upstreamCalls: 8,
  must: 2.5,
  aim: 3.5,
};

export const SHAPES: readonly Shape[] = [Q1, Q2, Q3, Q4, Q5];
