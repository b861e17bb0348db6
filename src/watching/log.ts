import { createHash } from 'node:crypto';
import { pino, symbols } from 'pino';
import type { OperationEnd, VendorAttempt, Watch, WatchedOperation } from '../crm/watch.ts';
import type { AuditEntry } from '../crm/writer.ts';
import { describeDefect } from './defects.ts';

/** `error` leaves the audit trail, problems and defects. */
export type LogLevel = 'debug' | 'info' | 'error';

/** Takes one line, its end included. */
export type LineSink = (line: string) => void;

export interface Log extends Watch {
  operationEnded(operation: WatchedOperation, end: OperationEnd): void;
  vendorAttempted(attempt: VendorAttempt): void;
  audit(entry: AuditEntry): void;
  defect(error: unknown, correlationId: string): void;
  /** @param problem a sentence without values */
  problem(problem: string): void;
}

/** From here on it goes where complaints go. */
const ERROR_LEVEL = 50;

/**
 * The log: one JSON object a line. Every field is picked by hand here, and none of them holds what a caller sent or a CRM
 * answered: no variables, no ids of records, no texts of errors.
 */
export function createLog(level: LogLevel, output: LineSink, complaints: LineSink): Log {
  const destination = {
    // Makes pino set the level of each line before it is written.
    [symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string) {
      (destination.lastLevel >= ERROR_LEVEL ? complaints : output)(withoutTricks(line));
    },
  };
  const logger = pino(
    {
      level,
      base: null,
      timestamp: timestamps(),
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  // Whatever the level: whoever keeps a trail wants all of it.
  const trail = logger.child({}, { level: 'info' });
  return {
    operationEnded({ caller, tenant, startedAt }, { shape, endedAt, outcome, codes, isCompiled, accounts }) {
      if (!logger.isLevelEnabled('info')) return;
      let calls = 0;
      let retries = 0;
      for (const counts of accounts.values()) {
        calls += counts.calls;
        retries += counts.retries;
      }
      logger.info({
        kind: 'operation',
        operation: shape.name ?? null,
        shape: shape.hash ?? null,
        type: shape.kind,
        caller: callerName(caller),
        tenant: callerName(tenant),
        outcome,
        codes: codes.filter(isCode),
        compiled: isCompiled,
        milliseconds: Math.round(endedAt - startedAt),
        vendorCalls: calls,
        retries,
      });
    },

    vendorAttempted({ account, method, template, attempt, batchSize, sentAt, endedAt, status, code, operation }) {
      if (!logger.isLevelEnabled('debug')) return;
      logger.debug({
        kind: 'vendorCall',
        vendor: account.vendor,
        account: account.id,
        request: `${method} ${template}`,
        status: status ?? null,
        code: code ?? null,
        attempt,
        batchSize,
        sent: sentAt !== undefined,
        milliseconds: sentAt === undefined ? 0 : Math.round(endedAt - sentAt),
        caller: operation === undefined ? null : callerName(operation.caller),
      });
    },

    audit({ at, tenant, caller, account, vendor, mutation, request, outcome, milliseconds, keyDigest }) {
      const who = { at, tenant: callerName(tenant), caller: callerName(caller), account, vendor };
      trail.info({ kind: 'audit', ...who, mutation, request, outcome, milliseconds, keyDigest });
    },

    defect(error, correlationId) {
      logger.error({ kind: 'defect', correlationId, ...describeDefect(error) });
    },

    problem(problem) {
      logger.error({ kind: 'problem', problem });
    },
  };
}

/** Under load many lines are of the same millisecond. */
function timestamps(): () => string {
  let time = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== time) {
      time = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}

const PLAIN_NAME = /^[\w.:|-]{1,64}$/;

/** Callers are named as whoever runs this named them; what a token says may be an e-mail address, and is a digest here. */
export const callerName = (id: string): string =>
  id === '' || PLAIN_NAME.test(id) ? id : `sha256:${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;

const isCode = (code: string): boolean => /^[A-Z][A-Z_]{0,63}$/.test(code);

/**
 * JSON escapes line ends and ANSI; it lets through what moves a terminal all the same: the second set of control
 * characters, and signs that turn the direction of writing or end a line for some readers.
 */
const withoutTricks = (line: string): string =>
  PLAIN_LINE.test(line)
    ? line
    : `${line.trimEnd().replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => sign.split('').map(escaped).join(''))}\n`;

/** Nothing in it could be a trick. */
const PLAIN_LINE = /^[\x20-\x7e]*\n$/;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
