// For browsers and bundlers: the module is fetched from beside this file.

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

/** Fetches and compiles the module, for a page that hands it to its workers. */
export async function compile(url = new URL('./dist/bindings_bg.wasm', import.meta.url)) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`botiquette cannot be loaded: ${response.url} says ${response.status}`);
  // Servers that do not know the type of the file are common.
  const isKnown = response.headers.get('content-type')?.startsWith('application/wasm');
  return isKnown ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

async function begin(module) {
  start(module instanceof WebAssembly.Module || isBytes(module) ? module : await compile(module));
  return api;
}

function isBytes(module) {
  return module instanceof ArrayBuffer || ArrayBuffer.isView(module);
}
