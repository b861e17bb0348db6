const MANY_DIGITS = /\d{16}/;
const DEEPEST = 64;

/**
 * Parses JSON without rounding: an integer that a number cannot hold exactly stays the text it was
 * (`9007199254740993` becomes `"9007199254740993"`). Refuses more than 64 levels of nesting before it parses, because
 * a few megabytes of brackets would hold up everybody for a second.
 */
export function parseJson(text: string): unknown {
  if (isDeeperThan(DEEPEST, text)) throw new SyntaxError('the JSON is nested too deeply');
  if (!MANY_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text, keepLargeIntegers as (key: string, value: unknown) => unknown);
}

function keepLargeIntegers(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return context.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value;
}

const QUOTE = 34;
const BACKSLASH = 92;

function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfText(text, index);
    } else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 93 || code === 125) {
      depth -= 1;
    }
  }
  return false;
}

/** Index of the quote that ends the text begun at `start`. */
function endOfText(text: string, start: number): number {
  let index = text.indexOf('"', start + 1);
  while (index !== -1) {
    let slashes = 0;
    while (text.charCodeAt(index - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return index;
    index = text.indexOf('"', index + 1);
  }
  return text.length;
}
