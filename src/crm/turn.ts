let waiting: (() => void)[] = [];

/**
 * Runs a task at the end of this turn of the event loop, when all that came in was looked at. What goes out is sent like
 * that: every send wakes the other side, which costs more than the sending itself, and only the first of many in a row
 * has to. A task that throws keeps no other from its turn.
 */
export function atEndOfTurn(task: () => void): void {
  if (waiting.length === 0) setImmediate(runAll);
  waiting.push(task);
}

function runAll(): void {
  const tasks = waiting;
  waiting = [];
  for (const task of tasks) {
    try {
      task();
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
