// Days and instants as nearly everybody writes them, told by looking at the characters: patterns, dates and zod's own
// calendar cost many times as much. They are sure of what they take; whatever they do not take may be good all the same.

const DASH = 0x2d;
const COLON = 0x3a;
const DOT = 0x2e;
const ZERO = 0x30;

/** The number that two digits make; NaN where there are no two digits, which is in no range. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** In leap years February has a day more, which is left to others. */
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const startsWithDay = (text: string): boolean =>
  pair(text, 0) >= 0 &&
  pair(text, 2) >= 0 &&
  text.charCodeAt(4) === DASH &&
  text.charCodeAt(7) === DASH &&
  pair(text, 8) >= 1 &&
  pair(text, 8) <= (DAYS[pair(text, 5)] ?? 0);

/** Whether it is a day of the calendar: `2026-02-28`. */
export const isUsualDay = (text: string): boolean => text.length === 10 && startsWithDay(text);

/** Whether it is an instant in UTC: `2026-02-28T09:30:00Z`, or with milliseconds. */
export function isUsualInstant(text: string): boolean {
  const { length } = text;
  return (
    (length === 20 || (length === 24 && text.charCodeAt(19) === DOT && pair(text, 20) >= 0 && pair(text, 21) >= 0)) &&
    text.endsWith('Z') &&
    text[10] === 'T' &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    pair(text, 11) <= 23 &&
    pair(text, 14) <= 59 &&
    pair(text, 17) <= 59 &&
    startsWithDay(text)
  );
}

/** The same instant as `Date` writes it. */
export const usualInstant = (text: string): string => (text.length === 24 ? text : `${text.slice(0, 19)}.000Z`);
