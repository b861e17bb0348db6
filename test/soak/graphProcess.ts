import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../src/demo.ts';
import { type Program, startProgram } from '../lifecycle/program.ts';
import type { InsideReport } from './insideWatch.ts';
import { startEnvironment, startFlags } from './startOptions.ts';

/** The graph in a process of its own, as "npm start" starts it, with the emulators of this one as its accounts. */
export function startGraph(demo: Demo, folder: string): Program {
  const file = join(folder, 'accounts.json');
  const environment: Record<string, string> = { ...startEnvironment, PORT: '0', ACCOUNTS_FILE: file };
  const accounts = demo.accounts.map(({ id, vendor, baseUrl, credentials }) => {
    const named = Object.entries(credentials).map(([name, value]) => {
      const env = `SOAK_${vendor}_${name}`;
      environment[env] = String(value);
      return [name, { env }];
    });
    return { id, vendor, baseUrl: baseUrl.href.replace(/\/$/, ''), credentials: Object.fromEntries(named) };
  });
  writeFileSync(file, JSON.stringify({ accounts }));
  const watch = join(import.meta.dirname, 'insideWatch.ts');
  return startProgram(environment, { nodeArguments: [...startFlags, '--expose-gc', '--import', watch], talking: true });
}

/** Asks the graph's process for a full collection, and what it is left with. */
export function collect({ child, ended }: Program): Promise<InsideReport> {
  return new Promise((resolve, reject) => {
    const listen = (report: InsideReport) => {
      if (!report.collected) return;
      child.off('message', listen);
      resolve(report);
    };
    child.on('message', listen);
    child.send('collect');
    void ended.then((code) => reject(new Error(`the graph ended with ${code}`)));
  });
}
