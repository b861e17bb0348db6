import type { ZodType, z } from 'zod';
import type { Call } from '../../crm/call.ts';
import { CrmError } from '../../crm/errors.ts';
import { isJsonObject } from '../../crm/json.ts';
import { checked } from '../../crm/shapes.ts';
import type { Send, VendorAnswer, VendorFailure, VendorRequest } from '../../http/vendorRequest.ts';
import type { MercatelySettings } from './settings.ts';

export type Ask = <Shape extends ZodType>(
  request: Omit<VendorRequest, 'failure' | 'headers'>,
  shape: Shape,
  call: Call,
) => Promise<z.output<Shape>>;

/** Asks with the key and checks the answer's shape: a 2xx without the expected resource is malformed (section 3). */
export function createClient({ apiKey }: MercatelySettings, send: Send): Ask {
  const headers = { 'api-key': apiKey };

  return async function ask(request, shape, call) {
    const answer = await send({ ...request, headers, failure }, call);
    const { status } = answer;
    const parsed = checked(shape, answer.body);
    if (parsed.success) return parsed.data;
    throw request.write === undefined ? new CrmError('VENDOR_BAD_RESPONSE', { status }) : outcomeUnknown(status);
  };
}

/** A write was answered with success and something we do not understand: it may or may not be done. */
export const outcomeUnknown = (status?: number): CrmError =>
  new CrmError('OUTCOME_UNKNOWN', {
    executed: 'unknown',
    safeToRepeat: false,
    ...(status === undefined ? {} : { status }),
  });

/** Success is decided by the status and never by the text (section 3); what a failure means, by section 11. */
function failure({ status, body }: VendorAnswer): VendorFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const message = isJsonObject(body) ? failureText(body) : undefined;
  // Every page labels 400 "Unauthorized" (quirk 8), but it may also be said of the input: then it says what is wrong.
  const badKey = status === 400 && (body === undefined || /unauthorized/i.test(message ?? ''));
  return { status: badKey ? 401 : status, message };
}

/** The text is in `message`, `messages` or a list `errors`; which one is never certain (quirk 2, section 11). */
function failureText({ message, messages, errors }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof message === 'string') return message;
  if (typeof messages === 'string') return messages;
  if (!Array.isArray(errors)) return undefined;
  return errors.map((error: unknown) => (typeof error === 'string' ? error : JSON.stringify(error))).join('; ');
}
