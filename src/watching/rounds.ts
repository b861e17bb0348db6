import type { LineSink } from './log.ts';

/**
 * A sink that writes all lines of one round of the event loop at once: each write is a call to the system, and under load
 * dozens of operations end in a round. Whoever uses it must flush before the process ends.
 */
export function inRounds(write: LineSink): { readonly line: LineSink; flush(): void } {
  let waiting = '';

  function flush(): void {
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    write(text);
  }

  return {
    line(text) {
      if (waiting === '') setImmediate(flush);
      waiting += text;
    },
    flush,
  };
}
