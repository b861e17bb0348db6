import { CrmError } from '../crm/errors.ts';

export type PathValues = Readonly<Record<string, string | number>>;
export type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>;

// Control characters, and halves of surrogate pairs, which no URL can carry.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const UNSENDABLE = /[\u0000-\u001f\u007f]/;

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
export function encodePath(template: string, values: PathValues = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
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
    return encodeValue(name, text);
  });
}

/** `?a=1&b=2`, or an empty text where nothing is asked. Commas stay readable: vendors use them in lists. */
export function encodeQuery(values: QueryValues = {}): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    parts.push(`${encodeURIComponent(name)}=${encodeValue(name, String(value)).replaceAll('%2C', ',')}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
