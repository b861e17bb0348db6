import cluster from 'node:cluster';
import { once } from 'node:events';
import { ready } from './ready.ts';

// Runs a program in several processes behind one port: `node severalProcesses.ts <count> <Node's flags and the program>`.

const [count, ...command] = process.argv.slice(2);
const program = command.pop();
if (program === undefined) throw new Error('a program is missing');
cluster.setupPrimary({ exec: program, execArgv: [...process.execArgv, ...command], silent: true, args: [] });
let port = 0;
for (let started = 0; started < Number(count); started += 1) {
  const worker = cluster.fork();
  worker.process.stdout?.resume();
  worker.process.stderr?.pipe(process.stderr);
  const [address] = await once(worker, 'listening');
  port = address.port;
}
ready(`http://127.0.0.1:${port}`);
