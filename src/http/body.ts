/** From here on an answer is long. */
const LONG = 1024 * 1024;

/** The bytes arrived but are no text we understand. */
export class UnreadableBody extends Error {}

/** There is more of it than we read: the rest was cut off by us. */
export class ExcessiveBody extends UnreadableBody {}

/** What becomes of a body while it arrives. */
export interface Intake {
  /** Is shown the decoded bytes. */
  watch(bytes: Uint8Array): void;
  /** Waits until there is room for a long answer. */
  admitLong(): Promise<void>;
}

export interface Body {
  /**
   * Takes the next bytes; a promise: no more may come before it is kept. Throws `UnreadableBody` when there are more
   * than we read, and what `intake` throws.
   */
  take(chunk: Uint8Array): Promise<void> | undefined;
  /** The whole as text. Throws `UnreadableBody` when it is no UTF-8. */
  text(): string;
  /** Gives the memory back at once. */
  drop(): void;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Puts a body together while it arrives: at most `limit` bytes of it, decoded. */
export function createBody(limit: number, intake: Intake): Body {
  // Most answers come in one piece, which is read where it lies.
  let only: Uint8Array | undefined;
  // One piece of memory for the others, moved as it grows: many would be in memory until the collector comes by.
  let memory = new ArrayBuffer(0);
  let length = 0;

  function keep(chunk: Uint8Array): void {
    if (length === 0 && chunk.length <= LONG) only = chunk;
    else {
      const before = only;
      only = undefined;
      memory = grown(memory, length + chunk.length, limit);
      const bytes = new Uint8Array(memory);
      if (before !== undefined) bytes.set(before);
      bytes.set(chunk, length);
    }
    length += chunk.length;
  }

  return {
    take(chunk) {
      const end = length + chunk.length;
      if (end > limit) throw new ExcessiveBody('the answer is larger than we read');
      intake.watch(chunk);
      if (end <= LONG || memory.resizable) {
        keep(chunk);
        return undefined;
      }
      return intake.admitLong().then(() => keep(chunk));
    },
    text() {
      try {
        return utf8.decode(only ?? new Uint8Array(memory, 0, length));
      } catch {
        throw new UnreadableBody('the answer is no UTF-8');
      }
    },
    drop() {
      only = undefined;
      if (memory.resizable) memory.resize(0);
    },
  };
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
