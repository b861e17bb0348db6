const MANY_DIGITS = /\d{16}/;
/** A text, to be left alone, or a whole number of so many digits that stands where a value may. */
const LARGE_INTEGERS = /"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|(?<![\w.+-])-?[1-9]\d{15,}(?=\s*(?:[,\]}]|$))/g;

/** An escape for half of a surrogate pair may be in there: the only way to get one into a text that is UTF-8. */
const HALF_PAIR = /\\u[dD][89a-fA-F]/;
/** Any escape, and whole pairs as one. */
const ESCAPES = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[\s\S])/g;

const DEEPEST = 64;
const MOST_VALUES = 500_000;

/**
 * Parses JSON without rounding: an integer that a number cannot hold exactly stays the text it was
 * (`9007199254740993` becomes `"9007199254740993"`). Half a surrogate pair, which no text we send on may hold, becomes
 * the replacement character. Refuses more than 64 levels of nesting or half a million values before it parses, because
 * a few megabytes of brackets or commas would hold up everybody for a second.
 */
export function parseJson(text: string): unknown {
  refuseExcess(text);
  const whole = HALF_PAIR.test(text) ? text.replace(ESCAPES, withoutHalfPair) : text;
  return JSON.parse(MANY_DIGITS.test(whole) ? whole.replace(LARGE_INTEGERS, asTextIfLarge) : whole);
}

const withoutHalfPair = (found: string, halfPair: string | undefined): string =>
  halfPair === undefined ? found : '\\ufffd';

const asTextIfLarge = (token: string): string =>
  token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;

function refuseExcess(text: string): void {
  let depth = 0;
  let values = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfText(text, index);
    } else if (code === COMMA) {
      values += 1;
      if (values > MOST_VALUES) throw new SyntaxError('the JSON has too many values');
    } else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > DEEPEST) throw new SyntaxError('the JSON is nested too deeply');
    } else if (code === 93 || code === 125) {
      depth -= 1;
    }
  }
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
