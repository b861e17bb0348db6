/** Each may take forty megabytes, as bytes and as values, until its values are used. */
const PLACES = 2;

let free = PLACES;
const waiting = new Set<Place>();

/**
 * One answer's claim to a place among the long answers that are read at the same time, of which the whole process has
 * but two; a claim costs nothing as long as the answer turns out to be short.
 */
export class Place {
  #taken = false;
  #go: (() => void) | undefined;

  /** Waits for it; for ever, once it was left. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      this.#go = resolve;
      if (free === 0) waiting.add(this);
      else {
        free -= 1;
        this.#enter();
      }
    });
  }

  /** Gives it back if it was taken, and waits for it no longer. */
  leave(): void {
    if (this.#go === undefined) return;
    waiting.delete(this);
    if (!this.#taken) return;
    this.#taken = false;
    const [next] = waiting;
    if (next === undefined) free += 1;
    else {
      waiting.delete(next);
      next.#enter();
    }
  }

  #enter(): void {
    this.#taken = true;
    this.#go?.();
  }
}
