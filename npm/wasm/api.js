// What the package offers, over a module that was started. The types are in `index.d.ts`.

import { guarded } from './guard.js';

const FIXES = 'fixes';

/** The report of `botiquette lint --format json`. */
export function lint(files, options = {}) {
  return over(files, options, reported(options));
}

/** What the bots do, in sentences: the document of `botiquette describe --format json`. */
export function describe(files, options = {}) {
  return over(files, options, (run) => JSON.parse(run.describe()));
}

/** Who sets off whom, as an SVG; empty where there is nothing to draw. */
export function graphSvg(files, options = {}) {
  return over(files, options, (run) => run.graph_svg());
}

/** All three of one look at the files. `early` is called with the report before there are fixes. */
export function inspect(files, options = {}, early = undefined) {
  return over(files, options, (run) => {
    early?.(reported({ [FIXES]: false })(run));
    return {
      description: JSON.parse(run.describe()),
      svg: run.graph_svg(),
      report: reported(options)(run),
    };
  });
}

/** The built-in rules. */
export function rules() {
  return guarded((bindings) => JSON.parse(bindings.rules()));
}

/** A file name for a text that has none; its ending tells the syntax. */
export function guessName(text) {
  return guarded((bindings) => bindings.guess_name(String(text)));
}

/** The version of the linter. */
export function version() {
  return guarded((bindings) => bindings.version());
}

function reported(options) {
  return (run) => ({ ...JSON.parse(run.lint(options?.[FIXES] !== false)), ...JSON.parse(run.beside()) });
}

function over(files, options, ask) {
  const entries = listed(files);
  const { [FIXES]: _, ...others } = options ?? {};
  return guarded(({ Run }) => {
    const run = new Run(JSON.stringify(others));
    try {
      for (const [path, bytes] of entries) run.add(path, bytes);
      return ask(run);
    } finally {
      free(run);
    }
  });
}

/** Gives the memory back; a module that failed has none to give. */
function free(run) {
  try {
    run.free();
  } catch {
    // The failure itself is on its way.
  }
}

function listed(files) {
  if (files === null || typeof files !== 'object' || files instanceof Uint8Array || Array.isArray(files)) {
    throw new TypeError('files: an object of texts by their paths is wanted');
  }
  const encoder = new TextEncoder();
  return [...(files instanceof Map ? files : Object.entries(files))].map(([path, content]) => {
    if (typeof content === 'string') return [String(path), encoder.encode(content)];
    if (content instanceof Uint8Array) return [String(path), content];
    throw new TypeError(`files: ${path} is neither a text nor bytes`);
  });
}
