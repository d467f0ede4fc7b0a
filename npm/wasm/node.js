// For Node: the module comes from the disk.

import { readFile } from 'node:fs/promises';

import { loader } from './load.js';

/** Starts the linter; the second time it is there already. */
export const load = loader((module) => module ?? compile());

/** Compiles the module, for a program that hands it to its workers. */
export async function compile(path = new URL('./dist/bindings_bg.wasm', import.meta.url)) {
  return WebAssembly.compile(await readFile(path));
}
