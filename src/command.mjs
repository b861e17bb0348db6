#!/usr/bin/env node
// The command of the installed package, in plain JavaScript, because an old Node must be able to read it.
import './requireNode.mjs';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// "npm start" says what Node is told about memory, and Node takes that only while it starts: not from a running program.
const words = scripts.start.split(' ');
const program = join(root, words.at(-1));
const nameOf = (flag) => flag.split('=')[0].replaceAll('_', '-');
const given = new Set((process.env.NODE_OPTIONS ?? '').split(/\s+/).map(nameOf));
const memory = words.filter((flag) => /^--m\w+-.*-size=/.test(flag) && !given.has(nameOf(flag)));
// Flags of whoever calls come last, and win.
const command = [...memory, ...process.execArgv, program, ...process.argv.slice(2)];
if (existsSync('.env')) process.loadEnvFile('.env');

if (process.platform === 'win32') {
  const child = spawn(process.execPath, command, { stdio: 'inherit' });
  // Ctrl+C reaches both, and the program decides when it ends.
  process.on('SIGINT', () => {});
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  // In place of this process, so that signals and the memory of a container are the program's alone. Node 22.19 hands on
  // no environment unless it is named.
  process.execve(process.execPath, [process.execPath, ...command], process.env);
}
