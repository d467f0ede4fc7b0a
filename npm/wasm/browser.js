// For browsers and bundlers: the module is fetched from beside this file.

import { loader } from './load.js';

/** Starts the linter; the second time it is there already. */
export const load = loader((module) => (isModule(module) ? module : compile(module)));

/** Fetches and compiles the module, for a page that hands it to its workers. */
export async function compile(url = new URL('./dist/bindings_bg.wasm', import.meta.url)) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`botiquette cannot be loaded: ${response.url} says ${response.status}`);
  // Servers that do not know the type of the file are common.
  const isKnown = response.headers.get('content-type')?.startsWith('application/wasm');
  return isKnown ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

function isModule(module) {
  return module instanceof WebAssembly.Module || module instanceof ArrayBuffer || ArrayBuffer.isView(module);
}
