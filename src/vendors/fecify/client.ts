import type { ZodType, z } from 'zod';
import type { Call } from '../../crm/call.ts';
import { CrmError } from '../../crm/errors.ts';
import { isJsonObject } from '../../crm/json.ts';
import { checked } from '../../crm/shapes.ts';
import type { Send, VendorAnswer, VendorFailure, VendorRequest } from '../../http/vendorRequest.ts';
import type { FecifySettings } from './settings.ts';
import { success } from './wire.ts';

/** Answers the envelope's `data`. */
export type Ask = <Data extends ZodType>(
  request: Omit<VendorRequest, 'failure' | 'headers'>,
  data: Data,
  call: Call,
) => Promise<z.output<Data>>;

/** Asks with the store's token and checks the shape of the envelope's `data`. */
export function createClient(settings: FecifySettings, send: Send): Ask {
  const headers = { 'skill-access-token': settings.skillAccessToken };

  return async function ask(request, data, call) {
    const { status, body } = await send({ ...request, headers, failure }, call);
    const parsed = checked(data, success.safeParse(body).data?.data);
    if (!parsed.success) throw unreadable(request, status);
    return parsed.data;
  };
}

/** A write that was answered in a way we do not understand may well have been carried out. */
const unreadable = ({ write }: Pick<VendorRequest, 'write'>, status: number): CrmError =>
  write === undefined
    ? new CrmError('VENDOR_BAD_RESPONSE', { status })
    : new CrmError('OUTCOME_UNKNOWN', { executed: 'unknown', status, safeToRepeat: write.safeToRepeat === true });

/**
 * The body's `code` decides, whatever the HTTP status is (quirk 8, question 1). No other code means anything
 * (question 2), so inside a 2xx it is passed on but never read as a status. A 2xx without any code is no verdict
 * at all: that one fails on its shape.
 */
function failure({ status, body }: VendorAnswer): VendorFailure | undefined {
  const { code, message } = isJsonObject(body) ? body : {};
  const answered = status >= 200 && status < 300;
  if (answered && (code === undefined || success.shape.code.safeParse(code).success)) return undefined;
  return {
    status: answered ? undefined : status,
    code: typeof code === 'number' || typeof code === 'string' ? String(code) : undefined,
    message: typeof message === 'string' ? message : undefined,
  };
}
