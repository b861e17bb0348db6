#!/usr/bin/env node
// "npm start", and the command of the installed package. In plain JavaScript, because an old Node must be able to read
// it.
import './requireNode.mjs';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Node and the C library take what they are told about memory only while they start, so the program is started anew.
// Room for young objects: answers under way are let go of before they count as old. No pretenuring: under load V8 took
// what requests make for things that last, and put it where only collections of the whole heap find it. Two pools of the
// allocator and a fixed threshold: what the threads of Node give back goes back to the system, and memory stays level for
// days.
const { flags, environment } = JSON.parse(readFileSync(join(import.meta.dirname, 'startOptions.json'), 'utf8'));
// What was compiled once is not compiled again: half of the time of a start.
const NODE_COMPILE_CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'crm-federation');

const program = join(import.meta.dirname, 'main.ts');
const nameOf = (flag) => flag.split('=')[0].replaceAll('_', '-');
const given = new Set((process.env.NODE_OPTIONS ?? '').split(/\s+/).map(nameOf));
// Flags of whoever calls come last, and win; so does the environment.
const command = [
  ...flags.filter((flag) => !given.has(nameOf(flag))),
  ...process.execArgv,
  existsSync(program) ? program : program.replace(/ts$/, 'js'),
  ...process.argv.slice(2),
];
if (existsSync('.env')) process.loadEnvFile('.env');
const env = { ...environment, NODE_COMPILE_CACHE, ...process.env };

if (process.platform === 'win32') {
  const child = spawn(process.execPath, command, { stdio: 'inherit', env });
  // Ctrl+C reaches both, and the program decides when it ends.
  process.on('SIGINT', () => {});
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  // In place of this process, so that signals and the memory of a container are the program's alone. Node 22.19 hands on
  // no environment unless it is named.
  process.execve(process.execPath, [process.execPath, ...command], env);
}
