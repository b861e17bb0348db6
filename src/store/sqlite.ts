import type { DatabaseSync as Database } from 'node:sqlite';

/**
 * The embedded database of Node. Node 22 warns on standard error that it may change; what is used of it here has not, and
 * whoever runs this can do nothing about it. Only that warning is dropped: the module warns while it loads.
 */
function load(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

export const { DatabaseSync } = load();
export type DatabaseSync = Database;
