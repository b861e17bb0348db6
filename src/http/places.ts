/** Each may take sixty megabytes, as bytes, as text and as values, until its values are used. */
const PLACES = 2;

let free = PLACES;
const waiting = new Set<() => void>();

/** A place among the long answers that are read at the same time, of which the whole process has but two. */
export interface Place {
  /** Waits for it; for ever, once it was left. */
  take(): Promise<void>;
  /** Gives it back if it was taken, and waits for it no longer. */
  leave(): void;
}

/** One answer's claim to a place, should it turn out to be long. */
export function createPlace(): Place {
  let taken = false;
  let go: (() => void) | undefined;
  return {
    take() {
      return new Promise((resolve) => {
        go = () => {
          taken = true;
          resolve();
        };
        if (free === 0) waiting.add(go);
        else {
          free -= 1;
          go();
        }
      });
    },
    leave() {
      if (go === undefined) return;
      waiting.delete(go);
      if (!taken) return;
      taken = false;
      const [next] = waiting;
      if (next === undefined) free += 1;
      else {
        waiting.delete(next);
        next();
      }
    },
  };
}
