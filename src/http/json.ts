import { ExcessiveBody, type Watch } from './body.ts';
import { readInParts } from './longJson.ts';
import { isDeeper, isShortAndPlain } from './shortJson.ts';

const DEEPEST = 64;
/** A page of a hundred records has a thousand for each. */
const MOST_VALUES = 100_000;
/** Three hundred for each of a hundred records. Keys are dear: thirty thousand that all differ take 50 ms to parse. */
const MOST_KEYS = 30_000;
/** From so many digits on, a number may hold an integer only roughly. */
const MANY_DIGITS = 16;
/** Nobody counts so far, and numbers that long are slow to read. */
const MOST_DIGITS = 64;
/** In a row, and nobody indents so far: whoever sends them wants to keep us busy. */
const MOST_BLANKS = 64 * 1024;

/** Bytes. A text of so many gets no memory of its own, of whatever signs it is. */
const PART = 32 * 1024;

const NO = 0;
const BLANK = 32;
const QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const CAPITAL_D = 68;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACKET_END = 93;
const LETTER_D = 100;
const LETTER_U = 117;
const BRACE = 123;
const BRACE_END = 125;

/**
 * Reads one JSON text without rounding: an integer that a number cannot hold exactly stays the text it was
 * (`9007199254740993` becomes `"9007199254740993"`). Half a surrogate pair, which no text we send on may hold, becomes
 * the replacement character.
 *
 * A few megabytes of brackets, commas or keys would hold up everybody for a second. So the bytes are watched as they
 * arrive, and more than 64 levels of nesting, 100,000 values, 30,000 keys, 64 digits or 64 KiB of blanks in a row are
 * refused then and there, but for the levels of short texts, which cannot do much. Repairs are made only where something
 * was seen that needs them. A long text is read in parts, and others have their turn between them.
 */
export class JsonReader implements Watch {
  #isShort = false;
  #depth = 0;
  #values = 0;
  #keys = 0;
  #digits = 0;
  #blanks = 0;
  #inText = false;
  /** Of an escape in a text: the backslash came last, or the "u" behind it. */
  #escaped = NO;
  #largeIntegers = false;
  #halfPairs = false;

  /** Looks at the next bytes of the text. Throws `UnreadableBody` once there is more in it than we read. */
  watch(bytes: Buffer, isWhole: boolean): void {
    this.#isShort = isWhole && isShortAndPlain(bytes);
    if (!this.#isShort) this.#watch(bytes);
  }

  /**
   * The value of the text that was watched, or a promise of it for the bytes of a long one. Throws `SyntaxError`, and
   * `UnreadableBody` for a short text that is nested too deeply (in its value that is seen sooner) and for bytes that are
   * no UTF-8.
   */
  parse(json: string | Buffer): unknown {
    if (typeof json !== 'string') return readInParts(json, PART, (part) => this.#repaired(part));
    const value = this.#repaired(json);
    if (this.#isShort && isDeeper(value, DEEPEST)) throw tooDeep();
    return value;
  }

  #repaired(json: string): unknown {
    let value: unknown = JSON.parse(json);
    // Only then, for it might make good JSON of what is none.
    if (this.#largeIntegers) value = JSON.parse(withLargeIntegersAsTexts(json));
    return this.#halfPairs ? wellFormed(value) : value;
  }

  /** Watches a text from within, escapes and all; answers where what follows it begins. */
  #watchText(bytes: Buffer, start: number): number {
    let escaped = this.#escaped;
    for (let index = start; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (escaped === BACKSLASH) escaped = byte === LETTER_U ? LETTER_U : NO;
      else if (escaped === LETTER_U) {
        // The only way to get half a pair into a text that is UTF-8.
        this.#halfPairs ||= byte === LETTER_D || byte === CAPITAL_D;
        escaped = NO;
      } else if (byte === BACKSLASH) escaped = BACKSLASH;
      else if (byte === QUOTE) {
        this.#inText = false;
        this.#escaped = NO;
        return index + 1;
      }
    }
    this.#escaped = escaped;
    return bytes.length;
  }

  /** What is counted is kept in variables of its own until the piece is over: all bytes of long answers pass here. */
  #watch(bytes: Buffer): void {
    const end = bytes.length;
    let index = this.#inText ? this.#watchText(bytes, 0) : 0;
    let level = this.#depth;
    let values = this.#values;
    let keys = this.#keys;
    let digits = this.#digits;
    let blanks = this.#blanks;
    while (index < end) {
      const byte = bytes[index] ?? 0;
      index += 1;
      if (byte === QUOTE) {
        digits = 0;
        blanks = 0;
        let inside = 0;
        for (; index < end; index += 1) {
          inside = bytes[index] ?? 0;
          if (inside === QUOTE || inside === BACKSLASH) break;
        }
        if (inside === QUOTE) index += 1;
        else {
          // It has an escape, or goes on in the next piece.
          this.#inText = true;
          index = this.#watchText(bytes, index);
        }
        continue;
      }
      if (byte >= ZERO && byte <= NINE) {
        blanks = 0;
        digits += 1;
        if (digits < MANY_DIGITS) continue;
        this.#largeIntegers = true;
        if (digits > MOST_DIGITS) throw new ExcessiveBody('the JSON has too long a number');
        continue;
      }
      digits = 0;
      if (byte <= BLANK) {
        blanks += 1;
        if (blanks > MOST_BLANKS) throw new ExcessiveBody('the JSON has too many blanks');
        continue;
      }
      blanks = 0;
      if (byte === COMMA) values += 1;
      else if (byte === COLON) keys += 1;
      else if (byte === BRACKET || byte === BRACE) {
        values += 1;
        level += 1;
        if (level > DEEPEST) throw tooDeep();
      } else if (byte === BRACKET_END || byte === BRACE_END) level -= 1;
      if (values > MOST_VALUES || keys > MOST_KEYS) throw new ExcessiveBody('the JSON has too many values');
    }
    this.#depth = level;
    this.#values = values;
    this.#keys = keys;
    this.#digits = digits;
    this.#blanks = blanks;
  }
}

const tooDeep = (): ExcessiveBody => new ExcessiveBody('the JSON is nested too deeply');

/** A whole number of so many digits, no part of another number, between two texts of what is known to be JSON. */
const LARGE_INTEGERS = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

function withLargeIntegersAsTexts(json: string): string {
  const pieces: string[] = [];
  for (let end = 0; end < json.length; ) {
    const start = placeOf(json, end);
    pieces.push(json.slice(end, start).replace(LARGE_INTEGERS, asTextIfLarge));
    end = endOfText(json, start);
    pieces.push(json.slice(start, end));
  }
  return pieces.join('');
}

const asTextIfLarge = (integer: string): string => (Number.isSafeInteger(Number(integer)) ? integer : `"${integer}"`);

/** Where the next text begins. */
function placeOf(json: string, from: number): number {
  const place = json.indexOf('"', from);
  return place === -1 ? json.length : place;
}

/** Where the text that begins at `start` is over. */
function endOfText(json: string, start: number): number {
  let end = placeOf(json, start + 1);
  while (isEscaped(json, end)) end = placeOf(json, end + 1);
  return end + 1;
}

function isEscaped(json: string, place: number): boolean {
  let slashes = 0;
  while (json.charCodeAt(place - 1 - slashes) === BACKSLASH) slashes += 1;
  return place < json.length && slashes % 2 === 1;
}

/** The same without halves of surrogate pairs. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]));
}
