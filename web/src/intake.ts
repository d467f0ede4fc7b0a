// Files from a disk, dropped or chosen. They are read here and go nowhere.

import type { File as Entry } from './files';
import { LONGEST_SHOWN } from './editor';

/** More files are no configuration of one bot. */
export const MOST_FILES = 200;

/** The files of a list; what is no text, or too long to show, keeps its bytes. */
export function entriesOf(list: Iterable<File>): Promise<Entry[]> {
  return Promise.all([...list].slice(0, MOST_FILES).map(entryOf));
}

async function entryOf(file: File): Promise<Entry> {
  const path = file.webkitRelativePath || file.name;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length > LONGEST_SHOWN) return { path, text: '', bytes };
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { path, text: '', bytes };
  }
}
