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

async function begin(module) {
  start(module ?? (await readFile(new URL('./dist/bindings_bg.wasm', import.meta.url))));
  return api;
}
