import type { ZodType, z } from 'zod';
import type { Call } from '../../crm/call.ts';
import { CrmError } from '../../crm/errors.ts';
import { isJsonObject } from '../../crm/json.ts';
import type { Send, VendorAnswer, VendorFailure, VendorRequest } from '../../http/vendorRequest.ts';
import type { LadiflowSettings } from './settings.ts';

export type Ask = <Shape extends ZodType>(
  request: Pick<VendorRequest, 'path' | 'body' | 'repeatable'>,
  data: Shape,
  call: Call,
) => Promise<z.output<Shape>>;

/** Asks with the store's key, opens the envelope and checks the shape of its `data`. Everything is POST, reads included. */
export function createClient(settings: LadiflowSettings, send: Send): Ask {
  return async function ask(request, data, call) {
    const answer = await send({ ...request, method: 'POST', headers: { 'api-key': settings.apiKey }, failure }, call);
    const parsed = statusIn(answer.body) === undefined ? undefined : data.safeParse(dataIn(answer.body));
    if (!parsed?.success) throw new CrmError('VENDOR_BAD_RESPONSE', { status: answer.status });
    return parsed.data;
  };
}

/**
 * Success takes both a 2xx and a `code` of 200 or 201; of a failure `code` knows more than HTTP (contract, Envelope,
 * rule 1; assumption 1). A 2xx without any `code` says neither yes nor no: `ask` refuses it.
 */
function failure({ status, body }: VendorAnswer): VendorFailure | undefined {
  const code = statusIn(body);
  const good = code === undefined || code === 200 || code === 201;
  if (status >= 200 && status < 300 && good) return undefined;
  const message = isJsonObject(body) && typeof body.message === 'string' ? body.message : undefined;
  // A good `code` beside a failing HTTP status is no status to fail with.
  return { status: good ? status : code, code: code === undefined ? undefined : String(code), message };
}

/** The envelope's `code`: a number in every sample; its digits as text are understood too. */
function statusIn(body: unknown): number | undefined {
  if (!isJsonObject(body)) return undefined;
  if (typeof body.code === 'string' && /^\d{3}$/.test(body.code)) return Number(body.code);
  return typeof body.code === 'number' && Number.isInteger(body.code) ? body.code : undefined;
}

const dataIn = (body: unknown): unknown => (isJsonObject(body) ? body.data : undefined);
