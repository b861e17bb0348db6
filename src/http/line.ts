/** A place in a line. */
export interface Spot<Item> {
  readonly item: Item;
  previous: Spot<Item> | undefined;
  next: Spot<Item> | undefined;
}

/**
 * What is there in the order in which it came, each of which may leave at any time.
 *
 * A `Set` does the same. But whenever one has grown or shrunk, V8 leaves a table behind, with all that was in it and with
 * a reference to the next table: once one of them has grown old, all that come after it look used, and half of what every
 * request leaves behind was kept until the whole heap was collected.
 */
export class Line<Item> {
  size = 0;
  #first: Spot<Item> | undefined;
  #last: Spot<Item> | undefined;

  /** To the end; the answer is how to leave. */
  add(item: Item): Spot<Item> {
    const spot: Spot<Item> = { item, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = spot;
    else this.#last.next = spot;
    this.#last = spot;
    this.size += 1;
    return spot;
  }

  /** Answers whether it was there. */
  remove(spot: Spot<Item>): boolean {
    const { previous, next } = spot;
    if (previous === undefined && this.#first !== spot) return false;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    spot.previous = undefined;
    spot.next = undefined;
    this.size -= 1;
    return true;
  }

  /** Who came first, and leaves. */
  shift(): Item | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    this.remove(first);
    return first.item;
  }

  /** Whoever is passed may leave at once; where others may too, take a copy first. */
  *[Symbol.iterator](): Generator<Spot<Item>> {
    for (let spot = this.#first; spot !== undefined; ) {
      const { next } = spot;
      yield spot;
      spot = next;
    }
  }
}
