// For Node: the module comes from the disk.

import { readFile } from 'node:fs/promises';

import * as api from './api.js';
import { start } from './guard.js';

let started;

/** Starts the linter; the second time it is there already. */
export function load(module) {
  started ??= begin(module).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
}

/** Compiles the module, for a program that hands it to its workers. */
export async function compile(path = new URL('./dist/bindings_bg.wasm', import.meta.url)) {
  return WebAssembly.compile(await readFile(path));
}

async function begin(module) {
  start(module ?? (await compile()));
  return api;
}
