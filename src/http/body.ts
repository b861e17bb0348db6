import type { Place } from './places.ts';

/** From here on an answer is long, and waits for a place. */
const LONG = 1024 * 1024;
/** Bytes. More of them take more than a few milliseconds to read: what is longer is read in parts, others in between. */
export const LONGEST_TEXT = 256 * 1024;

/** Is shown the bytes of a body, decoded. It throws `UnreadableBody` where they are nothing that we read. */
export interface Watch {
  watch(bytes: Buffer, isWhole: boolean): void;
}

/** The bytes arrived but are no text we understand. */
export class UnreadableBody extends Error {}

/** There is more of it than we read: the rest was cut off by us. */
export class ExcessiveBody extends UnreadableBody {}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Puts a body together while it arrives: at most `limit` bytes of it, decoded. */
export class Body {
  readonly #limit: number;
  readonly #watch: Watch | undefined;
  readonly #place: Place;
  /** Most answers come in one piece, which is read where it lies. */
  #whole: Buffer | undefined;
  /** One piece of memory for the others, moved as it grows: many would be in memory until the collector comes by. */
  #memory: ArrayBuffer | undefined;
  #length = 0;

  /**
   * @param watch is shown the decoded bytes
   * @param place is waited for by a long answer
   */
  constructor(limit: number, watch: Watch | undefined, place: Place) {
    this.#limit = limit;
    this.#watch = watch;
    this.#place = place;
  }

  /**
   * Takes the next bytes; a promise: no more may come before it is kept. Throws `UnreadableBody`
   * when there are more than we read, and what `watch` throws.
   * @param isWhole nothing came before and nothing will come; it is read before they change
   */
  take(chunk: Buffer, isWhole: boolean): Promise<void> | undefined {
    const end = this.#length + chunk.length;
    if (end > this.#limit) throw new ExcessiveBody('the answer is larger than we read');
    this.#watch?.watch(chunk, isWhole);
    if (isWhole) {
      this.#whole = chunk;
      this.#length = end;
      return undefined;
    }
    if (end <= LONG || this.#memory?.resizable) {
      this.#keep(chunk);
      return undefined;
    }
    const kept = Buffer.from(chunk);
    return this.#place.take().then(() => this.#keep(kept));
  }

  #keep(chunk: Buffer): void {
    this.#memory = grown(this.#memory ?? new ArrayBuffer(0), this.#length + chunk.length, this.#limit);
    new Uint8Array(this.#memory).set(chunk, this.#length);
    this.#length += chunk.length;
  }

  /**
   * The whole: as text, or as bytes when it is too long for one; they are good until `drop`. Throws `UnreadableBody` for a
   * text that is no UTF-8.
   */
  whole(): string | Buffer {
    // These bytes change as soon as the next answer arrives.
    if (this.#whole !== undefined) return textOf(this.#whole);
    if (this.#memory === undefined) return '';
    const bytes = Buffer.from(this.#memory, 0, this.#length);
    return bytes.length > LONGEST_TEXT ? bytes : textOf(bytes);
  }

  /** Gives the memory back at once. */
  drop(): void {
    this.#whole = undefined;
    // Left to the collector it would stay until the next collection of the whole heap, like what it was part of.
    this.#memory?.transferToFixedLength(0);
    this.#memory = undefined;
  }
}

/** Throws `UnreadableBody` when it is no UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new UnreadableBody('the answer is no UTF-8');
  }
}

/** Long answers get memory of their own, whose pages come when they are filled and go when they were read. */
function grown(memory: ArrayBuffer, length: number, limit: number): ArrayBuffer {
  if (length <= memory.byteLength) return memory;
  if (length <= LONG) return memory.transfer(Math.min(2 * length, LONG));
  if (memory.resizable) {
    memory.resize(length);
    return memory;
  }
  const long = new ArrayBuffer(length, { maxByteLength: limit });
  new Uint8Array(long).set(new Uint8Array(memory));
  return long;
}
