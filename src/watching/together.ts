import type { LineSink } from './log.ts';

/** Milliseconds that a line waits for others. */
const LONGEST_WAIT_MS = 50;
const MOST_CHARACTERS = 64 * 1024;

/**
 * A sink that writes many lines at once, each at most 50 ms late: every write is a call to the system, and under load there
 * are thousands of lines a second. Whoever uses it must flush before the process ends, and behind lines that must not be
 * lost.
 */
export function together(write: LineSink): { readonly line: LineSink; flush(): void } {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    write(text);
  }

  return {
    line(text) {
      waiting += text;
      if (waiting.length > MOST_CHARACTERS) flush();
      else timer ??= setTimeout(flush, LONGEST_WAIT_MS);
    },
    flush,
  };
}
