import { CrmError, type ErrorCode, type ErrorFacts } from '../crm/errors.ts';
import { UnreadableBody } from './body.ts';
import { NoHttpError } from './http1/head.ts';
import type { VendorFailure, VendorRequest } from './vendorRequest.ts';

/** The other side could not prove who it is, or speaks no TLS that is safe: so does its next connection. */
const NO_SAFE_CONNECTION =
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_|UNABLE_TO_|EPROTO$)/;

/** No verdict came back: the socket failed, the time ran out, or the bytes were no HTTP or no text. */
export function failureOfTransport(
  error: unknown,
  { timedOut, wasSent }: { readonly timedOut: boolean; readonly wasSent: boolean },
  request: VendorRequest,
): CrmError {
  const code = textProperty(error, 'code');
  const unsafe = code !== undefined && NO_SAFE_CONNECTION.test(code);
  const executed = unsafe || !wasSent ? 'no' : 'unknown';
  const facts = { executed, cause: error } as const;
  if (executed === 'unknown' && !request.repeatable) return outcomeUnknown(request, facts);
  if (timedOut || code === 'UND_ERR_CONNECT_TIMEOUT') return new CrmError('VENDOR_TIMEOUT', facts);
  if (error instanceof UnreadableBody) return new CrmError('VENDOR_BAD_RESPONSE', facts);
  if (unsafe) return new CrmError('VENDOR_UNAVAILABLE', facts);
  // The two below break the connection as a reset does, and are as likely to be gone on a fresh one.
  const noHttp = error instanceof NoHttpError;
  return new CrmError(noHttp ? 'VENDOR_BAD_RESPONSE' : 'VENDOR_UNAVAILABLE', { ...facts, connectionLost: true });
}

function textProperty(error: unknown, name: 'code' | 'name'): string | undefined {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A verdict came back and it is not good: by the HTTP status, or by what the vendor says in the body. */
export function failureOfStatus(
  httpStatus: number,
  failure: VendorFailure | undefined,
  request: VendorRequest,
  retryAfter: number | undefined,
  clean: (message: string) => string,
): CrmError {
  const status = failure?.status ?? httpStatus;
  const code = codeOfStatus(status);
  const facts = {
    status,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(failure?.code === undefined ? {} : { vendorCode: clean(failure.code) }),
    ...(failure?.message === undefined ? {} : { vendorMessage: clean(failure.message) }),
  };
  // A server that broke may have broken after the work was done; every other verdict is a refusal.
  const executed = status >= 500 || (status >= 300 && status < 400) ? 'unknown' : 'no';
  if (executed === 'unknown' && !request.repeatable) return outcomeUnknown(request, facts);
  return new CrmError(code, { ...facts, executed });
}

/** Sent, and nobody knows whether it was carried out. */
export const outcomeUnknown = ({ write }: VendorRequest, facts: ErrorFacts): CrmError =>
  new CrmError('OUTCOME_UNKNOWN', { ...facts, executed: 'unknown', safeToRepeat: write?.safeToRepeat === true });

function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'VENDOR_AUTH';
  if (status === 404) return 'NOT_FOUND';
  if (status === 408) return 'VENDOR_TIMEOUT';
  if (status === 409) return 'CONFLICT';
  if (status === 429) return 'VENDOR_RATE_LIMITED';
  if (status >= 500) return 'VENDOR_UNAVAILABLE';
  // Redirects are never followed: they could carry our key to another host.
  if (status >= 300 && status < 400) return 'VENDOR_BAD_RESPONSE';
  return 'VENDOR_REJECTED';
}
