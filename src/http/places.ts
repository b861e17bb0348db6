/** Each may take sixty megabytes, as bytes, as text and as values, until its values are used. */
const PLACES = 2;

let free = PLACES;
const waiting = new Set<() => void>();

/** A place among the long answers that are read at the same time, of which the whole process has but two. */
export interface Place {
  /** Waits for it; rejects when the signal is aborted. */
  take(signal: AbortSignal): Promise<void>;
  /** Gives it back if it was taken. */
  leave(): void;
}

/** One answer's claim to a place, should it turn out to be long. */
export function createPlace(): Place {
  let taken = false;
  return {
    async take(signal) {
      if (free > 0) free -= 1;
      else await turn(signal);
      taken = true;
    },
    leave() {
      if (!taken) return;
      taken = false;
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next();
    },
  };
}

function turn(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const forget = () => {
      waiting.delete(go);
      signal.removeEventListener('abort', give);
    };
    const go = () => {
      forget();
      resolve();
    };
    const give = () => {
      forget();
      reject(signal.reason);
    };
    signal.addEventListener('abort', give, { once: true });
    waiting.add(go);
  });
}
