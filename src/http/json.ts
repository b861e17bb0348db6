const MANY_DIGITS = /\d{16}/;

/**
 * Parses JSON without rounding: an integer that a number cannot hold exactly stays the text it was
 * (`9007199254740993` becomes `"9007199254740993"`).
 */
export function parseJson(text: string): unknown {
  if (!MANY_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text, keepLargeIntegers as (key: string, value: unknown) => unknown);
}

function keepLargeIntegers(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return context.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value;
}
