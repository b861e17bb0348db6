import type { ZodType, z } from 'zod';
import type { Call } from '../../crm/call.ts';
import { CrmError } from '../../crm/errors.ts';
import { isJsonObject } from '../../crm/json.ts';
import { checked } from '../../crm/shapes.ts';
import type { Send, VendorAnswer, VendorFailure, VendorRequest, VendorWrite } from '../../http/vendorRequest.ts';
import type { LadiflowSettings } from './settings.ts';

export type Ask = <Shape extends ZodType>(
  request: Pick<VendorRequest, 'path' | 'body' | 'repeatable' | 'write'>,
  data: Shape,
  call: Call,
) => Promise<z.output<Shape>>;

/** Asks with the store's key, opens the envelope and checks the shape of its `data`. Everything is POST, reads included. */
export function createClient(settings: LadiflowSettings, send: Send): Ask {
  const headers = { 'api-key': settings.apiKey };

  return async function ask(request, data, call) {
    const answer = await send({ ...request, method: 'POST', headers, failure }, call);
    const parsed = isGood(statusIn(answer.body)) ? checked(data, dataIn(answer.body)) : undefined;
    if (parsed?.success) return parsed.data;
    if (request.write !== undefined) throw outcomeUnknown(request.write, answer.status);
    throw new CrmError('VENDOR_BAD_RESPONSE', { status: answer.status });
  };
}

/** An answer that is no refusal and does not show what was done either. */
export function outcomeUnknown(write: VendorWrite, status?: number): CrmError {
  const safeToRepeat = write.safeToRepeat === true;
  return new CrmError('OUTCOME_UNKNOWN', {
    executed: 'unknown',
    safeToRepeat,
    ...(status === undefined ? {} : { status }),
  });
}

/**
 * Success takes both a 2xx and a `code` of 200 or 201; of a failure `code` knows more than HTTP (contract, Envelope,
 * rule 1; assumption 1). A 2xx with no `code`, or one that is no status of a failure, says neither yes nor no: `ask`
 * refuses it.
 */
function failure({ status, body }: VendorAnswer): VendorFailure | undefined {
  const code = statusIn(body);
  const failed = code !== undefined && code >= 300 && code <= 599;
  if (status >= 200 && status < 300 && !failed) return undefined;
  const message = isJsonObject(body) && typeof body.message === 'string' ? body.message : undefined;
  // A good or odd `code` beside a failing HTTP status is no status to fail with.
  return { status: failed ? code : status, code: code === undefined ? undefined : String(code), message };
}

const isGood = (code: number | undefined): boolean => code === 200 || code === 201;

/** The envelope's `code`: a number in every sample; its digits as text are understood too. */
function statusIn(body: unknown): number | undefined {
  if (!isJsonObject(body)) return undefined;
  if (typeof body.code === 'string' && /^\d{3}$/.test(body.code)) return Number(body.code);
  return typeof body.code === 'number' && Number.isInteger(body.code) ? body.code : undefined;
}

const dataIn = (body: unknown): unknown => (isJsonObject(body) ? body.data : undefined);
