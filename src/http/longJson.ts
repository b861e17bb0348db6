import { setImmediate } from 'node:timers/promises';
import { LONGEST_TEXT, UnreadableBody } from './body.ts';

/** Pages and what their records hold lie no deeper in what is around them; what is long and lies deeper is read in one step. */
const LEVELS = 6;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACKET_END = 93;
const BRACE = 123;
const BRACE_END = 125;

/** A byte-order mark: at the beginning it says nothing, further on it is a sign like any other. */
const MARK = Buffer.from('\ufeff');
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The value of a long JSON text, read part by part: others have their turn in between, and none of the texts made on the
 * way is long. Long ones get memory of their own, which the process keeps for a while.
 * Rejects with `SyntaxError` for what JSON.parse would refuse, and with `UnreadableBody` for what is no UTF-8.
 *
 * @param size bytes of a part; a single text may be longer, and what lies very deep
 * @param read reads the text of one part, which is JSON of its own
 */
export function readInParts(bytes: Buffer, size: number, read: (json: string) => unknown): Promise<unknown> {
  const start = bytes.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0;
  return new Parts(bytes, size, read).value(start, bytes.length, LEVELS);
}

class Parts {
  readonly #bytes: Buffer;
  readonly #size: number;
  readonly #read: (json: string) => unknown;
  /** Bytes that were read since others had their turn; the first still belong to the turn that brought the last bytes. */
  #since = LONGEST_TEXT;

  constructor(bytes: Buffer, size: number, read: (json: string) => unknown) {
    this.#bytes = bytes;
    this.#size = size;
    this.#read = read;
  }

  /** What is between two places. */
  async value(from: number, to: number, levels: number): Promise<unknown> {
    const start = this.#place(from, to);
    const end = this.#lastPlace(start, to) + 1;
    const first = this.#bytes[start];
    const last = this.#bytes[end - 1];
    const isEmpty = this.#place(start + 1, end - 1) >= end - 1;
    if (end - start > this.#size && levels > 0 && !isEmpty) {
      if (first === BRACKET && last === BRACKET_END) return this.#list(start + 1, end - 1, levels - 1);
      if (first === BRACE && last === BRACE_END) return this.#object(start + 1, end - 1, levels - 1);
    }
    return this.#readInTurn(start, end, '', '');
  }

  async #list(from: number, to: number, levels: number): Promise<unknown[]> {
    const values: unknown[] = [];
    for (const [start, end] of this.#parts(from, to)) {
      if (end - start > this.#size) values.push(await this.value(start, end, levels));
      else {
        const some = (await this.#readInTurn(start, end, '[', ']')) as unknown[];
        if (some.length === 0) throw nothingBetweenCommas();
        for (const value of some) values.push(value);
      }
    }
    return values;
  }

  async #object(from: number, to: number, levels: number): Promise<object> {
    const entries: [string, unknown][] = [];
    for (const [start, end] of this.#parts(from, to)) {
      if (end - start > this.#size) entries.push(await this.#entry(start, end, levels));
      else {
        const some = Object.entries((await this.#readInTurn(start, end, '{', '}')) as object);
        if (some.length === 0) throw nothingBetweenCommas();
        for (const entry of some) entries.push(entry);
      }
    }
    return Object.fromEntries(entries);
  }

  /** A key and its value. */
  async #entry(from: number, to: number, levels: number): Promise<[string, unknown]> {
    const start = this.#place(from, to);
    const end = this.#bytes[start] === QUOTE ? this.#endOfText(start, to) : to;
    const colon = this.#place(end, to);
    if (this.#bytes[colon] !== COLON) throw new SyntaxError('the JSON has something that is no key');
    const key = this.#read(this.#text(start, end)) as string;
    return [key, await this.value(colon + 1, to, levels)];
  }

  /** Values of a list, or entries of an object: as many as are no longer than a part, or one that is. */
  *#parts(from: number, to: number): Generator<readonly [start: number, end: number]> {
    let start = from;
    let last = from;
    for (;;) {
      const end = this.#comma(last, to);
      if (end - start > this.#size && last > start) {
        yield [start, last - 1];
        start = last;
      }
      if (end - start > this.#size || end === to) {
        yield [start, end];
        start = end + 1;
      }
      if (end === to) return;
      last = end + 1;
    }
  }

  /** Where what begins here is followed by a comma, or is over. */
  #comma(from: number, to: number): number {
    const bytes = this.#bytes;
    let level = 0;
    for (let index = from; index < to; index += 1) {
      const byte = bytes[index];
      if (byte === QUOTE) index = this.#endOfText(index, to) - 1;
      else if (byte === BRACKET || byte === BRACE) level += 1;
      else if (byte === BRACKET_END || byte === BRACE_END) level -= 1;
      else if (byte === COMMA && level === 0) return index;
    }
    return to;
  }

  /** Behind the quote that ends the text which begins here. */
  #endOfText(start: number, to: number): number {
    const bytes = this.#bytes;
    for (let index = start + 1; index < to; index += 1) {
      const byte = bytes[index];
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) return index + 1;
    }
    return to;
  }

  /** Of the first byte that is no blank. */
  #place(from: number, to: number): number {
    let place = from;
    while (place < to && isBlank(this.#bytes[place])) place += 1;
    return place;
  }

  /** Of the last byte that is no blank. */
  #lastPlace(from: number, to: number): number {
    let place = to - 1;
    while (place > from && isBlank(this.#bytes[place])) place -= 1;
    return place;
  }

  async #readInTurn(start: number, end: number, before: string, behind: string): Promise<unknown> {
    if (this.#since >= LONGEST_TEXT) {
      this.#since = 0;
      await othersTurn();
    }
    this.#since += end - start;
    return this.#read(`${before}${this.#text(start, end)}${behind}`);
  }

  #text(start: number, end: number): string {
    try {
      return utf8.decode(this.#bytes.subarray(start, end));
    } catch {
      throw new UnreadableBody('the answer is no UTF-8');
    }
  }
}

const nothingBetweenCommas = (): SyntaxError => new SyntaxError('the JSON has a comma with nothing beside it');

/** What JSON allows between its signs. */
const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

async function othersTurn(): Promise<void> {
  // The first still belongs to the round of the event loop that brought what was read.
  await setImmediate();
  await setImmediate();
}
