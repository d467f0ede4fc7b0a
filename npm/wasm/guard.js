// One WebAssembly module, started anew after it has failed.

import * as bindings from './dist/bindings.js';

/** Starts the module; anything that compiles to it will do. */
export function start(module) {
  bindings.initSync({ module });
}

/**
 * Does `work` with the module. A panic, a full stack or full memory stop a module for good: it is started anew, and
 * whoever called gets an error.
 */
export function guarded(work) {
  try {
    return work(bindings);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    const message = lastWords() || error.message;
    bindings.__wbg_reset_state();
    throw new Error(`botiquette failed inside, which is a bug: ${message}`, { cause: error });
  }
}

function lastWords() {
  try {
    return bindings.panic_message();
  } catch {
    return '';
  }
}
