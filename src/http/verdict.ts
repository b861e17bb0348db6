import { CrmError } from '../crm/errors.ts';
import { redact } from '../crm/redact.ts';
import { ExcessiveBody, textOf } from './body.ts';
import type { RawAnswer } from './exchange.ts';
import { failureOfStatus, failureOfTransport, outcomeUnknown } from './failures.ts';
import type { JsonReader } from './json.ts';
import type { VendorAnswer, VendorRequest } from './vendorRequest.ts';

const SHORTEST_KEY = 16;

const isGood = (status: number): boolean => status >= 200 && status < 300;

/** Whether all that comes should be JSON; if not, the text is looked at when it was cleaned, and if it matters. */
export const isJson = ({ cleanText }: VendorRequest): boolean => cleanText === undefined;

/** The body as JSON, where it says something: undefined for an empty one and for one that only its status judges. */
export function readAs(
  request: VendorRequest,
  { status, body, unreadable }: RawAnswer,
  reader: JsonReader,
): unknown | Promise<unknown> {
  if (unreadable !== undefined && isGood(status)) {
    if (request.write?.statusDecides) return undefined;
    throw failureOfTransport(unreadable, { timedOut: false, wasSent: true }, request);
  }
  if (body === undefined || body === '') return undefined;
  try {
    const value = reader.parse(request.cleanText === undefined ? body : cleaned(request.cleanText, body, reader));
    return value instanceof Promise ? value.catch((error) => refuse(request, status, error)) : value;
  } catch (error) {
    return refuse(request, status, error);
  }
}

/** What stood around the JSON is not shown to the reader. */
function cleaned(clean: (text: string) => string, body: string | Buffer, reader: JsonReader): string | Buffer {
  const json = clean(typeof body === 'string' ? body : textOf(body));
  const bytes = Buffer.from(json);
  reader.watch(bytes, true);
  return typeof body === 'string' ? json : bytes;
}

function refuse(request: VendorRequest, status: number, error: unknown): undefined {
  if (!isGood(status) || (error instanceof ExcessiveBody && request.write?.statusDecides)) return undefined;
  const facts = { executed: 'unknown', status, cause: error } as const;
  throw request.repeatable ? new CrmError('VENDOR_BAD_RESPONSE', facts) : outcomeUnknown(request, facts);
}

/**
 * By the vendor's own verdict, else by the status.
 * @param secrets values that must never show in an error
 */
export function judge(
  request: VendorRequest,
  { status, retryAfter, unreadable }: RawAnswer,
  body: unknown,
  secrets: readonly string[],
): VendorAnswer {
  const answer = { status, body };
  // Too large for us, and its status alone says that it was carried out.
  if (isGood(status) && unreadable !== undefined) return answer;
  const failure = request.failure(answer);
  if (isGood(status) && failure === undefined) return answer;
  // What was sent may be newer than the settings: tokens are renewed.
  const sent = Object.values({ ...request.headers, ...request.form }).flatMap((value) => [value, ...value.split(' ')]);
  const clean = (message: string) => redact(message, [...secrets, ...sent.filter(isKey)]);
  throw failureOfStatus(status, failure, request, retryAfter, clean);
}

/** Not a scheme word or a kind of grant, which vendors' texts may well hold. */
const isKey = (value: string): boolean => value.length >= SHORTEST_KEY;
