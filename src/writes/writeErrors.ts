import type { Capability } from '../crm/capabilities.ts';
import { CrmError } from '../crm/errors.ts';
import type { WriteError, WriteOrder } from '../crm/writer.ts';

/** A failure as data: what the caller may know of it, with the field's path below the mutation's `input`. */
export function writeErrorOf(error: CrmError, { inputPath }: Pick<WriteOrder, 'inputPath'>): WriteError {
  const { field, retryAfter, safeToRepeat, candidates, capability, vendorCode, vendorMessage } = error.facts;
  return {
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    ...(field === undefined ? {} : { field: pathOf(field, inputPath) }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(safeToRepeat === undefined ? {} : { safeToRepeat }),
    ...(candidates === undefined ? {} : { candidates }),
    ...(capability === undefined ? {} : { capability: capability as Capability }),
    ...(vendorCode === undefined ? {} : { vendorCode }),
    ...(vendorMessage === undefined ? {} : { vendorMessage }),
  };
}

/** Inputs beside the customer's own fields have the same place in every mutation. */
const BESIDE = /^(identity|id|accountId|customerIds|name|title|event|idempotencyKey)(\.|$)/;

function pathOf(field: string, inputPath: readonly string[]): readonly string[] {
  if (BESIDE.test(field)) return field.split('.');
  return field === '' ? inputPath : [...inputPath, ...field.split('.')];
}

/** Refused before anything was sent: the account cannot do it. */
export const cannot = (capability: Capability, message: string, field?: string): CrmError =>
  new CrmError('NOT_SUPPORTED_BY_VENDOR', {
    executed: 'no',
    capability,
    message,
    ...(field === undefined ? {} : { field }),
  });

/**
 * Refused before anything was sent: the input is not what it must be.
 * @param field its place in the `CustomerInput`, or beside it; empty for the whole of it
 */
export const wrong = (field: string, message: string): CrmError =>
  new CrmError('BAD_USER_INPUT', { executed: 'no', field, message });
