import type { ZodType, z } from 'zod';
import type { Call } from '../../crm/call.ts';
import { CrmError } from '../../crm/errors.ts';
import { isJsonObject } from '../../crm/json.ts';
import { checked } from '../../crm/shapes.ts';
import type { Send, VendorAnswer, VendorFailure, VendorRequest } from '../../http/vendorRequest.ts';
import type { HeidianerSettings } from './settings.ts';
import { token } from './wire.ts';

type Question = Pick<VendorRequest, 'method' | 'path' | 'pathValues' | 'query'>;
type Order = Question & Pick<VendorRequest, 'body'>;
type Unsigned = Omit<VendorRequest, 'failure' | 'headers'>;

/** How one account is asked, and told to change something. No envelope: the HTTP status alone is the verdict. */
export interface Client {
  /** Asks with a GET that may be repeated, and checks the answer's shape. */
  ask<Shape extends ZodType>(question: Omit<Question, 'method'>, shape: Shape, call: Call): Promise<z.output<Shape>>;
  /**
   * Sends what changes something, once. Undefined for a success that shows nothing; a success of another shape is
   * OUTCOME_UNKNOWN. `dryAnswer` stands for the answer in a dry run.
   */
  write<Shape extends ZodType>(
    order: Order,
    shape: Shape,
    dryAnswer: unknown,
    call: Call,
  ): Promise<z.output<Shape> | undefined>;
}

const TOKEN_PATH = '/api/oauth/token/';

/**
 * A refused token is exchanged once for a new one, and the request, which was certainly not carried out, sent once more;
 * requests that fail together share one exchange. The vendor may hand out a new refresh token with it, which replaces
 * the old one as long as this process lives.
 */
export function createClient(settings: HeidianerSettings, send: Send): Client {
  let accessToken = settings.accessToken;
  let refreshToken = settings.refreshToken;
  let exchange: Promise<string> | undefined;
  /** Made anew with each token only. */
  let authorized: { readonly bearer: string; readonly headers: Readonly<Record<string, string>> } | undefined;

  async function exchangeToken(call: Call): Promise<string> {
    if (refreshToken === undefined || settings.clientId === undefined || settings.clientSecret === undefined) {
      throw new CrmError('VENDOR_AUTH', { executed: 'no' });
    }
    const answer = await send(
      {
        method: 'POST',
        path: TOKEN_PATH,
        form: {
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
          client_id: settings.clientId,
          client_secret: settings.clientSecret,
        },
        // A second exchange with a rotated token would lock the account out.
        repeatable: false,
        failure: oauthFailure,
      },
      // Shared by all who wait, so nobody's departure may end it.
      { deadline: call.deadline, ...(call.onRequest === undefined ? {} : { onRequest: () => call.onRequest?.() }) },
    );
    const fresh = token.safeParse(answer.body);
    // As in `notAsked`: the request that wanted the token was not carried out.
    if (!fresh.success) throw new CrmError('VENDOR_BAD_RESPONSE', { executed: 'no' });
    refreshToken = fresh.data.refresh_token ?? refreshToken;
    accessToken = fresh.data.access_token;
    return accessToken;
  }

  function newToken(call: Call): Promise<string> {
    exchange ??= exchangeToken(call)
      .catch((error: unknown) => {
        throw error instanceof CrmError && error.code === 'OUTCOME_UNKNOWN' ? notAsked(error) : error;
      })
      .finally(() => {
        exchange = undefined;
      });
    return exchange;
  }

  function sendWith(bearer: string, request: Unsigned, call: Call): Promise<VendorAnswer> {
    if (authorized?.bearer !== bearer) authorized = { bearer, headers: { authorization: `Bearer ${bearer}` } };
    return send({ ...request, headers: authorized.headers, failure }, call);
  }

  async function sendWithToken(request: Unsigned, call: Call): Promise<VendorAnswer> {
    const used = accessToken ?? (await newToken(call));
    try {
      return await sendWith(used, request, call);
    } catch (error) {
      const expired = error instanceof CrmError && error.facts.status === 401 && refreshToken !== undefined;
      if (!expired) throw error;
      // Somebody else may have exchanged it while this request was under way.
      const renewed = accessToken !== undefined && accessToken !== used ? accessToken : await newToken(call);
      return sendWith(renewed, request, call);
    }
  }

  return {
    async ask(question, shape, call) {
      const { status, body } = await sendWithToken({ ...question, method: 'GET', repeatable: true }, call);
      const parsed = checked(shape, body);
      if (!parsed.success) throw new CrmError('VENDOR_BAD_RESPONSE', { status });
      return parsed.data;
    },

    async write(order, shape, dryAnswer, call) {
      const request = { ...order, repeatable: false, write: { statusDecides: true, dryAnswer } } as const;
      const { status, body } = await sendWithToken(request, call);
      if (body === undefined) return undefined;
      const parsed = checked(shape, body);
      if (!parsed.success) throw outcomeUnknown(status);
      return parsed.data;
    },
  };
}

const outcomeUnknown = (status: number): CrmError =>
  new CrmError('OUTCOME_UNKNOWN', { executed: 'unknown', safeToRepeat: false, status });

/** What became of the exchange is not known; the request it was for was certainly not carried out. */
const notAsked = (cause: CrmError): CrmError => new CrmError('VENDOR_UNAVAILABLE', { executed: 'no', cause });

/** `{"detail": "..."}`, or `{"<field>": ["..."]}` for what was wrong with the input (contract, Errors). */
function failure({ status, body }: VendorAnswer): VendorFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (!isJsonObject(body)) return { status };
  if (typeof body.detail === 'string') return { status, message: body.detail };
  // Only lists of texts: anything else may be a record, with somebody's data in it.
  const problems = Object.entries(body).flatMap(([field, said]) => {
    const texts = Array.isArray(said) ? said.filter((text) => typeof text === 'string') : [];
    return texts.length === 0 ? [] : [`${field}: ${texts.join(' ')}`];
  });
  return { status, message: problems.length === 0 ? undefined : problems.join('; ') };
}

/** The token call fails with 400 for a used-up refresh token (OAuth 2.0): that is a matter of credentials. */
function oauthFailure({ status, body }: VendorAnswer): VendorFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const code = isJsonObject(body) && typeof body.error === 'string' ? body.error : undefined;
  return { status: status === 400 ? 401 : status, code };
}
