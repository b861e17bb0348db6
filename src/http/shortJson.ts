/** Bytes. A text this short has at most 33,000 values and 14,000 keys, and no more blanks than may be. */
const SHORT = 64 * 1024;
const DEEPEST = 64;
/** From so many digits on, a number may hold an integer only roughly. */
const MANY_DIGITS = 16;

/**
 * Whether a whole JSON text is short, at most 64 levels deep, and has neither escapes nor sixteen digits in a row: as
 * nearly all answers are, of which nothing else need be known before they are parsed. Half the work of a closer look.
 * What it says of bytes that are no JSON means nothing.
 */
export function isShortAndPlain(bytes: Buffer): boolean {
  return bytes.length <= SHORT && !bytes.includes(BACKSLASH) && !isDeep(bytes) && !hasManyDigits(bytes);
}

function isDeep(bytes: Buffer): boolean {
  const end = bytes.length;
  let level = 0;
  for (let index = 0; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === QUOTE) {
      do index += 1;
      while (index < end && bytes[index] !== QUOTE);
    } else if ((byte | LOW_BIT) === BRACE) {
      level += 1;
      if (level > DEEPEST) return true;
    } else if ((byte | LOW_BIT) === BRACE_END) level -= 1;
  }
  return false;
}

/** So many digits in a row lie on at least one of the places that are looked at. */
function hasManyDigits(bytes: Buffer): boolean {
  for (let place = MANY_DIGITS - 1; place < bytes.length; place += MANY_DIGITS) {
    if (!isDigit(bytes[place])) continue;
    let start = place;
    let end = place + 1;
    while (isDigit(bytes[start - 1])) start -= 1;
    while (isDigit(bytes[end])) end += 1;
    if (end - start >= MANY_DIGITS) return true;
  }
  return false;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

const QUOTE = 34;
const BACKSLASH = 92;
/** What tells brackets from braces. */
const LOW_BIT = 32;
const BRACE = 123;
const BRACE_END = 125;
