import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEnvironment, startFlags } from '../soak/startOptions.ts';

export interface Findings {
  readonly outcomes: readonly string[];
  readonly grownMebibytes: number;
  /** Processor time between two rounds of the event loop. */
  readonly stallMilliseconds: number;
}

/** Reads from an address in a process of its own; if it is to be measured, after a first read that is not. */
export async function runAlone(
  baseUrl: string,
  times: number,
  env: NodeJS.ProcessEnv = {},
  ...warm: 'warm'[]
): Promise<Findings> {
  const script = join(import.meta.dirname, 'alone.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...startFlags, script, baseUrl, String(times), ...warm],
    {
      env: { ...process.env, ...startEnvironment, NODE_OPTIONS: '', ...env },
    },
  );
  return JSON.parse(stdout);
}
