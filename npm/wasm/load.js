// What starting the package means, wherever the module comes from.

import * as api from './api.js';
import { start } from './guard.js';

/**
 * Returns the `load` of an entry of the package. `find` gives what to start: what `load` was called with, or the
 * module of the package. It is started once; after a failure the next call tries again.
 */
export function loader(find) {
  let started;
  const begin = async (module) => {
    start(await find(module));
    return api;
  };
  return (module) => {
    started ??= begin(module).catch((error) => {
      started = undefined;
      throw error;
    });
    return started;
  };
}
