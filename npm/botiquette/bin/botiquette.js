#!/usr/bin/env node
// Starts the command that the package of this platform holds, and ends as it ends.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';

import { commandFor } from '../platform.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What the command says, too, where something could not be done. */
const TROUBLE = 2;

const wanted = commandFor(process.platform, process.arch);
const command = find();
if (command === undefined) {
  console.error(
    `error: there is no ${wanted.package} here; install botiquette without leaving out optional dependencies, ` +
      'or, where that package does not exist, with cargo: https://github.com/botiquette/botiquette',
  );
  process.exit(TROUBLE);
}

const child = spawn(command, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`error: ${command} cannot be started: ${error.message}`);
  process.exit(TROUBLE);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));

function find() {
  try {
    return createRequire(import.meta.url).resolve(`${wanted.package}/${wanted.path}`);
  } catch {
    return undefined;
  }
}
