import { expect } from '@jest/globals';
import type { ErrorCode } from '../../src/crm/errors.ts';
import type { Fault, FaultKind } from '../../src/emulation/faults.ts';
import { CASES } from './cases.ts';
import type { Write } from './writes.ts';

/**
 * How a write ends that meets a fault. `done`: as if nothing had happened. `open`: sent, and the answer says nothing; a
 * look-up settles it where there is one. A code: certainly not carried out.
 */
export type Fate = 'done' | 'open' | ErrorCode;

export interface WriteCase {
  readonly name: string;
  readonly fault: Fault;
  /** Where there are several, all are right. */
  readonly fates: (write: Write) => readonly Fate[];
}

const caseOf = (name: string, fault: Fault): WriteCase => ({ name, fault, fates: (write) => fatesOf(fault, write) });

/** The faults of the read matrix, and those that only matter to writes. */
const WRITE_CASES: readonly WriteCase[] = [
  // That one changes what is asked for, which only lists understand.
  ...CASES.filter(({ fault }) => fault.kind !== 'repeat-page').map(({ name, fault }) => caseOf(name, fault)),
  // A throttle that reads would wait for, and one that would be over at the second attempt.
  caseOf('429, wait 1', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }),
  caseOf('429 once', { kind: 'status', status: 429, times: 1 }),
  caseOf('401 once', { kind: 'status', status: 401, times: 1 }),
  ...[400, 404, 409, 422].map((status) => caseOf(String(status), { kind: 'status', status })),
  ...[400, 401, 404, 409, 429, 503].map((status) => caseOf(`failing-body ${status}`, { kind: 'failing-body', status })),
  caseOf('one reset after the work', { kind: 'reset-after', times: 1 }),
  caseOf('null after the work', { kind: 'altered', alter: () => null }),
];

/** Of one kind each, so that they share a test; the last one takes as long as a call may take. */
const GROUPS = [
  'a lost connection',
  'a throttle',
  'a failure of the server',
  'refused credentials',
  'a refusal',
  'nothing amiss',
  'an answer that nobody can read',
  'an answer that is too long',
  'no answer in time',
] as const;
export type Group = (typeof GROUPS)[number];

const LOST: ReadonlySet<FaultKind> = new Set([
  'reset-before',
  'reset-after',
  'close-before',
  'truncate-with-length',
  'double-length',
  'bad-status-line',
  'stale-duplicate',
]);

function groupOf({ kind, status }: Fault): Group {
  if (CASES.some(({ fault, slow }) => slow && fault.kind === kind)) return 'no answer in time';
  if (LOST.has(kind)) return 'a lost connection';
  if (HARMLESS.has(kind) || kind === 'cross') return 'nothing amiss';
  if (kind === 'failing-body') return 'a refusal';
  if (kind === 'echoed-key') return 'refused credentials';
  if (kind === 'html-5xx') return 'a failure of the server';
  if (TOO_LONG.has(kind)) return 'an answer that is too long';
  if (kind !== 'status' || status === undefined) return 'an answer that nobody can read';
  if (status === 429) return 'a throttle';
  if (status >= 500) return 'a failure of the server';
  return status === 401 || status === 403 ? 'refused credentials' : 'a refusal';
}

/** All cases, by group. */
export const groupedCases = (): readonly (readonly [Group, readonly WriteCase[]])[] =>
  GROUPS.map((group) => [group, WRITE_CASES.filter(({ fault }) => groupOf(fault) === group)]);

/** Said with a good status by somebody who did nothing: where the status decides, nobody can tell. */
export const LIES: ReadonlySet<FaultKind> = new Set([
  'html',
  'empty',
  'null-body',
  'no-content',
  'endless-body',
  'gzip-bomb',
  'wide-json',
  'deep-json',
  'failing-body',
]);

const HARMLESS: ReadonlySet<FaultKind> = new Set([
  'latency',
  'wrong-content-type',
  'early-hints-flood',
  'set-cookie',
  // No list is asked for.
  'empty-list',
]);
/** A good status with a body that is cut at our own size cap. */
const TOO_LONG: ReadonlySet<FaultKind> = new Set(['huge-body', 'endless-body', 'gzip-bomb']);
const SHOWS_NOTHING: ReadonlySet<FaultKind> = new Set(['empty', 'no-content', ...TOO_LONG]);
/** Cut at another cap of ours: whether the status decides then is not said. */
const TOO_INTRICATE: ReadonlySet<FaultKind> = new Set(['wide-json', 'deep-json']);

const DISGUISES: ReadonlySet<FaultKind> = new Set(['wrong-types', 'null-fields', 'missing-fields', 'renamed-fields']);

/** Whether the answer shows nothing of what was sent; Salekit's never does. */
export function hides({ kind }: Fault, { vendor, mutation }: Write): boolean {
  // No tags at all: then the one to take off is gone.
  if (kind === 'null-fields' && mutation === 'customerTagsRemove') return vendor === 'salekit';
  return vendor === 'salekit' || DISGUISES.has(kind) || SHOWS_NOTHING.has(kind) || LIES.has(kind);
}

function fatesOf(fault: Fault, write: Write): readonly Fate[] {
  const { kind, status = 500, times, variant } = fault;
  if (HARMLESS.has(kind)) return ['done'];
  // Its first answer is good; what comes on the same connection later is lost.
  if (kind === 'stale-duplicate') return ['done', 'open'];
  if (kind === 'echoed-key') return ['VENDOR_AUTH'];
  if (kind === 'status') return [status === 401 && times === 1 ? afterRenewal(write) : fateOfStatus(status)];
  if (kind === 'failing-body') return [insideGoodStatus(status, write)];
  if (kind === 'cross') return [write.isAddressed ? 'open' : 'done'];
  if (write.statusDecides && TOO_INTRICATE.has(kind)) return ['done', 'open'];
  if (write.statusDecides && SHOWS_NOTHING.has(kind)) return [write.needsAnswer ? 'open' : 'done'];
  // It is known to send stray characters, which are taken out.
  if (write.vendor === 'salekit' && variant === 'control-character') return ['done'];
  return ['open'];
}

/** Heidianer exchanges the token that was refused, and sends the write again, which certainly was not carried out. */
const afterRenewal = ({ vendor }: Write): Fate => (vendor === 'heidianer' ? 'done' : 'VENDOR_AUTH');

/** What each contract makes of bad news inside HTTP 200. */
function insideGoodStatus(status: number, { vendor, isAddressed }: Write): Fate {
  switch (vendor) {
    case 'ladiflow':
      return fateOfStatus(status);
    // A message alone is all that an update may answer; a new customer and an event must be shown or named.
    case 'mercately':
      return isAddressed ? 'done' : 'open';
    case 'heidianer':
      return 'open';
    // Their codes mean nothing.
    default:
      return 'VENDOR_REJECTED';
  }
}

function fateOfStatus(status: number): Fate {
  if (status === 401 || status === 403) return 'VENDOR_AUTH';
  if (status === 404) return 'NOT_FOUND';
  if (status === 409) return 'CONFLICT';
  if (status === 429) return 'VENDOR_RATE_LIMITED';
  return status >= 500 ? 'open' : 'VENDOR_REJECTED';
}

/** As often as the vendor may see the write: never twice, but after a token was renewed. */
export const timesSent = ({ kind, status }: Fault, { vendor }: Write): number =>
  vendor === 'heidianer' && (kind === 'echoed-key' || (kind === 'status' && status === 401)) ? 2 : 1;

/** Whole seconds; a time in another spelling than the two of HTTP is none. */
export function retryAfterOf({ headers }: Fault): unknown {
  const wait = headers?.['retry-after'] ?? '';
  if (/^\d+$/.test(wait)) return Math.min(Number(wait), 2_147_483_647);
  return /^[A-Z][a-z]{2}, /.test(wait) ? expect.any(Number) : null;
}

/** Reads that fail before a write, by the code of the write that is not sent then. */
export const READ_CASES: readonly (readonly [ErrorCode, readonly Fault[]])[] = [
  [
    'VENDOR_UNAVAILABLE',
    [{ kind: 'reset-before' }, { kind: 'reset-after' }, { kind: 'close-before' }, { kind: 'status', status: 503 }],
  ],
  [
    'VENDOR_BAD_RESPONSE',
    (['html', 'empty', 'bad-json', 'wrong-charset', 'huge-body', 'redirect-loop', 'bad-status-line'] as const).map(
      (kind) => ({ kind }),
    ),
  ],
  ['VENDOR_AUTH', [{ kind: 'status', status: 403 }]],
  ['VENDOR_RATE_LIMITED', [{ kind: 'status', status: 429, headers: { 'retry-after': '30' } }]],
  ['VENDOR_TIMEOUT', [{ kind: 'hang-before' }]],
];

/** Reads that show something else than there is. Texts are left out: what is read is sent back as it came. */
export const LYING_READS: readonly Fault[] = [
  ...(['wrong-types', 'null-fields', 'missing-fields', 'renamed-fields', 'big-numbers', 'bad-dates'] as const),
  ...(['extra-fields', 'cross', 'empty-list'] as const),
]
  .map((kind): Fault => ({ kind }))
  .concat({ kind: 'failing-body', status: 404 });
