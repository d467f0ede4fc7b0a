// A fix, made in the texts.

import type { Fix } from '@botiquette/wasm';
import { unitsAt } from './offsets';

/** The texts after a fix, by their paths; nothing where a file is not there. */
export function fixed(fix: Fix, text: (path: string) => string | undefined): Map<string, string> | undefined {
  const texts = new Map<string, string>();
  for (const path of new Set(fix.edits.map((edit) => edit.path))) {
    const before = text(path);
    if (before === undefined) return undefined;
    const edits = fix.edits.filter((edit) => edit.path === path);
    const units = unitsAt(before, edits.flatMap(({ start, end }) => [start.offset, end.offset]));
    edits.sort((one, other) => other.start.offset - one.start.offset);
    let after = before;
    for (const edit of edits) {
      const [from, to] = [units.get(edit.start.offset) ?? 0, units.get(edit.end.offset) ?? 0];
      after = after.slice(0, from) + edit.text + after.slice(to);
    }
    texts.set(path, after);
  }
  return texts;
}
