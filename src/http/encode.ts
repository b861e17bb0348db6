import { CrmError } from '../crm/errors.ts';
import type { VendorRequest } from './vendorRequest.ts';

export type PathValues = Readonly<Record<string, string | number>>;
export type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** A request as it goes out. */
export interface EncodedRequest {
  readonly method: VendorRequest['method'];
  readonly path: string;
  /** Lines, each with its end. */
  readonly headers: string;
  readonly body: string | null;
}

const COMMON_HEADERS = 'accept: application/json\r\naccept-encoding: gzip\r\nuser-agent: crm-federation\r\n';
const FORM = 'content-type: application/x-www-form-urlencoded\r\n';
const JSON_BODY = 'content-type: application/json\r\n';
const NONE = {};

/** Encodes an account's requests. Throws BAD_USER_INPUT for values that no address can carry, and VENDOR_AUTH for such headers. */
export function createEncoder(basePath: string): (request: VendorRequest) => EncodedRequest {
  // A vendor hands in the same headers for all requests of an account, until its token is exchanged.
  let given: VendorRequest['headers'];
  let headers = COMMON_HEADERS;

  return (request) => {
    const { method } = request;
    const path = basePath + encodePath(request.path, request.pathValues) + encodeQuery(request.query);
    if (request.headers !== given) {
      given = request.headers;
      headers = COMMON_HEADERS + encodeHeaders(given);
    }
    if (request.form !== undefined) {
      return { method, path, headers: headers + FORM, body: new URLSearchParams(request.form).toString() };
    }
    if (request.body === undefined) return { method, path, headers, body: null };
    return { method, path, headers: headers + JSON_BODY, body: JSON.stringify(request.body) };
  };
}

/** Names and values of headers (RFC 9110 5). */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function encodeHeaders(headers: VendorRequest['headers'] = {}): string {
  let lines = '';
  for (const [name, value] of Object.entries(headers)) {
    if (!NAME.test(name) || !VALUE.test(value)) {
      // Not what it is: these values are secrets.
      throw new CrmError('VENDOR_AUTH', {
        message:
          'The credentials of this account have characters that cannot be sent; look for line breaks and accents.',
        executed: 'no',
      });
    }
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
}

// Control characters, and halves of surrogate pairs, which no URL can carry.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const UNSENDABLE = /[\u0000-\u001f\u007f]/;

/** What stays as it is, as nearly all ids and numbers do. */
const PLAIN = /^[\w.~-]*$/;
/** Commas stay readable: vendors use them in lists. */
const PLAIN_LIST = /^[\w.~,-]*$/;

/** Percent-encodes one value so that it can never leave its place in a URL. */
function encodeValue(name: string, value: string): string {
  if (UNSENDABLE.test(value) || !value.isWellFormed()) {
    throw new CrmError('BAD_USER_INPUT', {
      message: `The value of "${name}" has characters that no CRM can be asked for; remove control characters and broken text.`,
      field: name,
      executed: 'no',
    });
  }
  return encodeURIComponent(value);
}

/** Fills `{name}` places. A value that would change the path (empty, `.` or `..`) is refused. */
export function encodePath(template: string, values: PathValues = NONE): string {
  let path = '';
  let done = 0;
  for (let start = template.indexOf('{'); start !== -1; start = template.indexOf('{', done)) {
    const end = template.indexOf('}', start);
    path += template.slice(done, start) + encodePart(template, template.slice(start + 1, end), values);
    done = end + 1;
  }
  return done === 0 ? template : path + template.slice(done);
}

function encodePart(template: string, name: string, values: PathValues): string {
  const value = values[name];
  if (value === undefined) throw new Error(`the path ${template} needs a value for ${name}`);
  const text = String(value);
  if (text === '' || text === '.' || text === '..') {
    throw new CrmError('BAD_USER_INPUT', {
      message: `The value of "${name}" cannot be part of an address; give the id as the CRM shows it.`,
      field: name,
      executed: 'no',
    });
  }
  return PLAIN.test(text) ? text : encodeValue(name, text);
}

/** `?a=1&b=2`, or an empty text where nothing is asked. */
export function encodeQuery(values: QueryValues = NONE): string {
  let query = '';
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value === undefined) continue;
    const text = String(value);
    const encoded = PLAIN_LIST.test(text) ? text : encodeValue(name, text).replaceAll('%2C', ',');
    query += `${query === '' ? '?' : '&'}${PLAIN.test(name) ? name : encodeURIComponent(name)}=${encoded}`;
  }
  return query;
}
