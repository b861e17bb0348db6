import { CrmError } from '../crm/errors.ts';

// What a document may hold, looked at before it is parsed: parsing and validating take far longer than reading once, and
// some of what is refused here overflows the stack there.

export const DOCUMENT_LIMITS = {
  bytes: 64 * 1024,
  /** Comments included, which the parser's own limit does not count. */
  tokens: 2_000,
  /** Of all kinds of brackets. */
  nesting: 40,
  aliases: 30,
  directives: 20,
  spreads: 50,
} as const;

export type Excess = keyof typeof DOCUMENT_LIMITS;

const NAMES: Readonly<Record<Excess, string>> = {
  bytes: 'bytes',
  tokens: 'tokens, comments included',
  nesting: 'levels of brackets',
  aliases: 'aliases',
  directives: 'directives',
  spreads: 'fragment spreads',
};

/** Refuses a document that would keep the parser or the validation busy. */
export function checkDocument(document: string): void {
  const excess = excessIn(document);
  if (excess !== undefined) throw tooLarge('document', DOCUMENT_LIMITS[excess], NAMES[excess]);
}

/** What has more of something than it may have. */
export const tooLarge = (what: string, limit: number, unit: string): CrmError =>
  new CrmError('OPERATION_TOO_LARGE', {
    executed: 'no',
    message: `The ${what} has more than ${limit} ${unit}; split it or ask for less.`,
  });

/** What the document has too much of; undefined for one that may be parsed. One pass, whatever the text. */
export function excessIn(document: string): Excess | undefined {
  if (Buffer.byteLength(document) > DOCUMENT_LIMITS.bytes) return 'bytes';
  const seen = { tokens: 0, nesting: 0, aliases: 0, directives: 0, spreads: 0 };
  let parentheses = 0;
  for (let index = 0; index < document.length; ) {
    const code = document.charCodeAt(index);
    if (isIgnored(code)) {
      index += 1;
      continue;
    }
    seen.tokens += 1;
    if (code === HASH) index = endOfLine(document, index);
    else if (code === QUOTE) index = endOfText(document, index);
    else if (isWordPart(code)) index = endOfWord(document, index);
    else {
      if (code === OPEN_PARENTHESIS) parentheses += 1;
      else if (code === CLOSE_PARENTHESIS) parentheses -= 1;
      if (OPENING.has(code)) seen.nesting += 1;
      else if (CLOSING.has(code)) seen.nesting -= 1;
      else if (code === AT) seen.directives += 1;
      // Between parentheses a colon belongs to an argument, a variable or a field of an input.
      else if (code === COLON && parentheses === 0) seen.aliases += 1;
      const isSpread = code === DOT && document.startsWith('...', index);
      if (isSpread) seen.spreads += 1;
      index += isSpread ? 3 : 1;
    }
    for (const name of COUNTED) if (seen[name] > DOCUMENT_LIMITS[name]) return name;
  }
  return undefined;
}

const COUNTED = ['tokens', 'nesting', 'aliases', 'directives', 'spreads'] as const;

const HASH = 35;
const QUOTE = 34;
const BACKSLASH = 92;
const DOT = 46;
const COLON = 58;
const AT = 64;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const OPENING: ReadonlySet<number> = new Set([OPEN_PARENTHESIS, 91, 123]);
const CLOSING: ReadonlySet<number> = new Set([CLOSE_PARENTHESIS, 93, 125]);

/** White space, line ends, commas and the byte order mark. */
const isIgnored = (code: number): boolean =>
  code === 32 || code === 9 || code === 10 || code === 13 || code === 44 || code === 0xfeff;

/** Letters, digits, underscore, and the signs within numbers. */
const isWordPart = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 43 ||
  code === 45;

function endOfWord(document: string, start: number): number {
  let index = start + 1;
  while (index < document.length && isWordPart(document.charCodeAt(index))) index += 1;
  return index;
}

function endOfLine(document: string, start: number): number {
  let index = start + 1;
  while (index < document.length && document.charCodeAt(index) !== 10 && document.charCodeAt(index) !== 13) index += 1;
  return index;
}

/** Behind the text that begins here; an unfinished one ends with its line or the document, and the parser says so. */
function endOfText(document: string, start: number): number {
  const isBlock = document.startsWith('"""', start);
  if (isBlock) {
    for (let index = start + 3; index < document.length; index += 1) {
      if (document.startsWith('\\"""', index)) index += 3;
      else if (document.startsWith('"""', index)) return index + 3;
    }
    return document.length;
  }
  for (let index = start + 1; index < document.length; index += 1) {
    const code = document.charCodeAt(index);
    if (code === BACKSLASH) index += 1;
    else if (code === QUOTE) return index + 1;
    else if (code === 10 || code === 13) return index;
  }
  return document.length;
}
