// Files in the fragment of an address, which browsers send to nobody: compressed JSON in base64.

const PREFIX = '#v1=';

/** Longer links are cut by mail programs and chats. */
export const LONGEST = 100_000;

/** A short link may unfold into very much. */
const MOST_BYTES = 4 << 20;

export interface Shared {
  path: string;
  text: string;
}

/** The fragment that holds the files. */
export async function fragmentOf(files: Shared[]): Promise<string> {
  const json = JSON.stringify(files.map(({ path, text }) => [path, text]));
  const packed = await collected(new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return PREFIX + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The files that a fragment holds; nothing where it holds none. Throws where it is damaged. */
export async function filesOf(fragment: string): Promise<Shared[] | undefined> {
  if (!fragment.startsWith(PREFIX)) return undefined;
  try {
    const binary = atob(fragment.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const json: unknown = JSON.parse(new TextDecoder().decode(await collected(stream, MOST_BYTES)));
    if (!Array.isArray(json)) throw new Error('no list');
    return json.map((entry: unknown) => {
      const [path, text]: unknown[] = Array.isArray(entry) ? entry : [];
      if (typeof path !== 'string' || typeof text !== 'string') throw new Error('no file');
      return { path, text };
    });
  } catch (error) {
    throw new Error('the link is damaged, and no file can be read from it', { cause: error });
  }
}

async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) throw new Error('too long');
    parts.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
