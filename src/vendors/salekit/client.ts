import type { Call } from '../../crm/call.ts';
import { CrmError } from '../../crm/errors.ts';
import { isJsonObject } from '../../crm/json.ts';
import type { Send, VendorAnswer, VendorFailure } from '../../http/vendorRequest.ts';
import type { SalekitSettings } from './settings.ts';
import { success, type WireAudience } from './wire.ts';

export type SendAudience = (audience: WireAudience, call: Call) => Promise<void>;

/** Sends with the shop's token, and returns once the vendor has said yes. */
export function createClient({ token }: SalekitSettings, send: Send): SendAudience {
  const headers = { Token: token };

  return async function sendAudience(audience, call) {
    const { status, body } = await send(
      {
        method: 'POST',
        path: '/api/v1/audience/create',
        headers,
        body: audience,
        repeatable: false,
        // `create` is an upsert (quirk 2).
        write: { safeToRepeat: true },
        cleanText: withoutStrayBytes,
        failure,
      },
      call,
    );
    if (success.safeParse(body).success) return;
    throw new CrmError('OUTCOME_UNKNOWN', { executed: 'unknown', status, safeToRepeat: true });
  };
}

/** Control characters and byte-order marks are known to precede the JSON; Vietnamese letters in it stay. */
const withoutStrayBytes = (text: string): string => text.replace(/\p{Cc}+/gu, '').replace(/^\uFEFF+/, '');

/**
 * Success takes both a 2xx and an `error` that means "no" (contract, Envelope). There are no codes, and `msg` is for
 * people: inside a 2xx nothing tells a refused token from refused input. A 2xx without any `error` is no verdict at
 * all: that one is an unknown outcome.
 */
function failure({ status, body }: VendorAnswer): VendorFailure | undefined {
  const { error, msg } = isJsonObject(body) ? body : {};
  const answered = status >= 200 && status < 300;
  if (answered && (error === undefined || success.safeParse(body).success)) return undefined;
  return { status: answered ? undefined : status, message: typeof msg === 'string' ? msg : undefined };
}
