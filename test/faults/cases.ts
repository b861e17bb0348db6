import type { Fault, FaultKind } from '../../src/emulation/faults.ts';
import { MALFORMATIONS } from '../../src/emulation/strangeBodies.ts';
import type { Read } from './reads.ts';

/** `fine`: answered; `empty`: a list without records; `null`: no such record; else the code of the error. */
export type Outcome = string;

export interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly outcome: (read: Read) => Outcome;
  /** Takes as long as a call may take: all reads are asked at once. */
  readonly slow?: boolean;
}

const UNAVAILABLE = 'VENDOR_UNAVAILABLE';
const BAD_RESPONSE = 'VENDOR_BAD_RESPONSE';
const LIMITED = 'VENDOR_RATE_LIMITED';
const TIMEOUT = 'VENDOR_TIMEOUT';
const AUTH = 'VENDOR_AUTH';

const all = (outcome: Outcome, faults: Readonly<Record<string, Fault>>, slow = false): Case[] =>
  Object.entries(faults).map(([name, fault]) => ({ name, fault, outcome: () => outcome, slow }));

const kinds = (outcome: Outcome, names: readonly FaultKind[], slow = false): Case[] =>
  all(outcome, Object.fromEntries(names.map((kind) => [kind, { kind }])), slow);

/** Every fault of the design's list and what a caller gets to see of it, at every vendor. */
export const CASES: readonly Case[] = [
  // U1: slow ones end with the time a call may take.
  ...kinds(TIMEOUT, ['hang-before', 'hang-after', 'slow-headers', 'slow-drip', 'huge-length'], true),
  ...all('fine', { latency: { kind: 'latency', milliseconds: 50 } }),
  // U2: a lost connection is tried once more.
  ...kinds(UNAVAILABLE, ['reset-before', 'reset-after', 'close-before', 'truncate-with-length']),
  ...kinds(BAD_RESPONSE, ['bad-status-line', 'double-length']),
  ...all('fine', {
    'one reset': { kind: 'reset-before', times: 1 },
    'one early close': { kind: 'close-before', times: 1 },
    'one cut body': { kind: 'truncate-with-length', times: 1 },
    'one bad status line': { kind: 'bad-status-line', times: 1 },
    'one double length': { kind: 'double-length', times: 1 },
  }),
  ...kinds('fine', ['stale-duplicate']),
  // U3, U4: throttling, however the wait is told.
  ...all(
    LIMITED,
    Object.fromEntries(
      [undefined, '30', 'Fri, 01 Jan 2100 00:00:00 GMT', 'soon', '-5', '999999999', '99999999999999999999'].map(
        (wait) => [
          `429, wait ${wait}`,
          { kind: 'status', status: 429, ...(wait === undefined ? {} : { headers: { 'retry-after': wait } }) },
        ],
      ),
    ),
  ),
  // U5: the vendor is down, for long or for a moment. A proxy's web page says so as well: the status decides.
  ...all(UNAVAILABLE, {
    '500': { kind: 'status', status: 500 },
    '502': { kind: 'status', status: 502 },
    '503': { kind: 'status', status: 503 },
    '504': { kind: 'status', status: 504 },
    'html-5xx': { kind: 'html-5xx' },
  }),
  ...all('fine', { '503 twice': { kind: 'status', status: 503, times: 2 } }),
  // U8, U10, U12, U13, U14, U16: nothing that we can read.
  ...kinds(BAD_RESPONSE, [
    'html',
    'empty',
    'null-body',
    'no-content',
    'not-modified',
    'bad-json',
    'wrong-charset',
    'encoding-lie',
    'encoding-chain',
    'huge-body',
    'endless-body',
    'gzip-bomb',
    'wide-json',
    'deep-json',
    'redirect-loop',
    'redirect-scheme',
    'header-flood',
  ]),
  ...all(
    BAD_RESPONSE,
    Object.fromEntries(
      Object.keys(MALFORMATIONS).map((variant) => [`malformed: ${variant}`, { kind: 'malformed-json', variant }]),
    ),
  ),
  ...kinds('fine', ['wrong-content-type', 'early-hints-flood', 'set-cookie']),
  // U9: a failure inside HTTP 200 means what each contract gives it.
  {
    name: 'failing-body',
    fault: { kind: 'failing-body', status: 500 },
    outcome: ({ vendor, operation }) => {
      if (vendor === 'ladiflow') return UNAVAILABLE;
      if (vendor === 'fecify') return 'VENDOR_REJECTED';
      return vendor === 'mercately' && operation === 'getCustomer' ? 'null' : BAD_RESPONSE;
    },
  },
  // U17
  ...all(AUTH, {
    '401': { kind: 'status', status: 401 },
    '403': { kind: 'status', status: 403 },
    'echoed-key': { kind: 'echoed-key' },
  }),
  // U18: paging ends after one repeat. At three vendors an empty page is the last one, whatever is said beside it.
  {
    name: 'repeat-page',
    fault: { kind: 'repeat-page' },
    outcome: ({ shape, operation }) => (shape === 'list' && operation !== 'listAgents' ? BAD_RESPONSE : 'fine'),
  },
  {
    name: 'empty-list',
    fault: { kind: 'empty-list' },
    outcome: ({ vendor, shape, operation }) => {
      if (shape === 'many') return 'null';
      if (shape === 'list') return vendor === 'heidianer' ? BAD_RESPONSE : 'empty';
      return operation === 'listCustomerAddresses' ? 'empty' : 'fine';
    },
  },
  // U19: nobody else's record, and no claim that the one asked for does not exist.
  {
    name: 'cross',
    fault: { kind: 'cross' },
    outcome: ({ shape }) => (shape === 'list' ? 'fine' : BAD_RESPONSE),
  },
];

/** U11: records that are not what they were. */
export const DRIFTS: readonly FaultKind[] = [
  'wrong-types',
  'null-fields',
  'missing-fields',
  'renamed-fields',
  'big-numbers',
  'bad-dates',
  'bad-strings',
  'extra-fields',
];
