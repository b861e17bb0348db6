/** Bytes. A text this short has at most 33,000 values and 14,000 keys, and no more blanks than may be. */
const SHORT = 64 * 1024;
/** From so many digits on, a number may hold an integer only roughly. */
const MANY_DIGITS = 16;

/**
 * Whether a whole JSON text is short, and has neither escapes nor sixteen digits in a row: as nearly all answers are, of
 * which nothing need be known before they are parsed. What it says of bytes that are no JSON means nothing.
 */
export const isShortAndPlain = (bytes: Buffer): boolean =>
  bytes.length <= SHORT && !bytes.includes(BACKSLASH) && !hasManyDigits(bytes);

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

const BACKSLASH = 92;

/**
 * Whether what JSON.parse made of a text is nested more deeply than so many levels. That text was short, so it can do no harm
 * until then; counting its brackets would take three times as long.
 */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const each of value) if (isDeeper(each, levels - 1)) return true;
    return false;
  }
  // It has no properties but its own, and making a list of them would cost twice as much.
  for (const key in value) if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
