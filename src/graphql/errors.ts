import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CrmError, type ErrorCode } from '../crm/errors.ts';
import type { GraphParts } from './context.ts';
import { withoutValues } from './languageErrors.ts';

/** A mistake of the caller, in an argument or input field that the message names. */
export const badInput = (field: string, message: string): CrmError =>
  new CrmError('BAD_USER_INPUT', { field, message, executed: 'no' });

/** Failures on purpose as they are; anything else is a defect: reported to us and masked for everybody else. */
export function asCrmError(parts: Pick<GraphParts, 'reportDefect'>, error: unknown): CrmError {
  if (error instanceof CrmError) return error;
  const correlationId = randomUUID();
  parts.reportDefect(error, correlationId);
  return new CrmError('INTERNAL_SERVER_ERROR', { correlationId });
}

const LONGEST_MESSAGE = 200;

/** As many references as one operation may have: each that could not be asked must say so, or it would look absent. */
const MOST_ERRORS = 1_000;

/** Errors of an answer as they are sent: of more than a thousand, the last says how many are not told. */
export function boundedErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  if (errors.length <= MOST_ERRORS) return errors;
  const omitted = errors.length - MOST_ERRORS + 1;
  const message = `There are ${omitted} more errors like these; ask for fewer records to see each.`;
  const { extensions } = errors[MOST_ERRORS - 1] ?? {};
  return [...errors.slice(0, MOST_ERRORS - 1), { message, extensions: { code: extensions?.code, omitted } }];
}

/**
 * What a caller sees of an error: its own place, one sentence, a code of the catalogue and the facts.
 * Errors of the GraphQL language itself (syntax, validation, variables) keep their code.
 */
export function formatError(
  parts: Pick<GraphParts, 'reportDefect'>,
  formatted: GraphQLFormattedError,
  thrown: unknown,
): GraphQLFormattedError {
  const original = thrown instanceof GraphQLError ? thrown.originalError : thrown;
  const place = {
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
  };
  const ofTheLanguage = original === undefined || original === null || original instanceof GraphQLError;
  const code = languageCode(formatted);
  if (ofTheLanguage && code !== undefined) {
    const message = thrown instanceof GraphQLError ? withoutValues(thrown) : formatted.message;
    return { message: cut(message), ...place, extensions: { code } };
  }
  const error = asCrmError(parts, ofTheLanguage ? thrown : original);
  return { message: cut(error.message), ...place, extensions: extensionsOf(error) };
}

/** Undefined for what happened at a field without a code: a defect of ours. */
function languageCode({ extensions, path }: GraphQLFormattedError): unknown {
  if (extensions?.code !== 'INTERNAL_SERVER_ERROR') return extensions?.code;
  // What is said of all variables together ("too many errors") comes without a code.
  return path === undefined ? 'BAD_USER_INPUT' : undefined;
}

function extensionsOf(error: CrmError): { code: ErrorCode; [fact: string]: unknown } {
  const { vendor, account, retryAfter, vendorCode, vendorMessage, field, correlationId } = error.facts;
  const facts = { vendor, account, retryAfter, vendorCode, vendorMessage, field, correlationId };
  return {
    code: error.code,
    retryable: error.retryable,
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
  };
}

const cut = (message: string): string =>
  message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message;
