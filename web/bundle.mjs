// Puts the page together: scripts bundled, samples collected, and a service worker that knows every file by its hash.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, 'dist');
const SAMPLES = join(here, '../sample-configs');
const STATIC = ['index.html', 'style.css', 'icon.svg', 'manifest.webmanifest'];

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const name of STATIC) copyFileSync(join(here, 'src', name), join(dist, name));
copyFileSync(join(here, '../npm/wasm/dist/bindings_bg.wasm'), join(dist, 'botiquette.wasm'));
writeFileSync(join(dist, 'samples.json'), JSON.stringify(samples()));
await bundle(['main.ts', 'worker.ts']);

const files = readdirSync(dist).sort();
const hash = createHash('sha256');
for (const name of files) hash.update(name).update(readFileSync(join(dist, name)));
await bundle(['offline.ts'], {
  VERSION: JSON.stringify(hash.digest('hex').slice(0, 16)),
  FILES: JSON.stringify(['./', ...files.filter((name) => name !== 'index.html')]),
});

function bundle(names, define = {}) {
  return build({
    entryPoints: names.map((name) => join(here, 'src', name)),
    outdir: dist,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    alias: { '@botiquette/wasm': join(here, '../npm/wasm/browser.js') },
    // Both scripts are told where the module is, so that no script needs to know its own address.
    define: { 'import.meta.url': '"https://botiquette.invalid/"', ...define },
    logLevel: 'warning',
  });
}

/** Every sample with its files: those of one folder belong together, a file beside them stands alone. */
function samples() {
  const found = [];
  for (const tool of readdirSync(SAMPLES).sort()) {
    for (const entry of readdirSync(join(SAMPLES, tool), { withFileTypes: true }).sort(byName)) {
      if (entry.name.endsWith('.md')) continue;
      const paths = entry.isDirectory() ? below(join(SAMPLES, tool, entry.name)) : [''];
      const root = join(SAMPLES, tool, entry.isDirectory() ? entry.name : '');
      const files = entry.isDirectory()
        ? paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
        : [{ path: entry.name, text: readFileSync(join(root, entry.name), 'utf8') }];
      found.push({ tool, name: entry.name.replace(/\.[a-z]+$/, '').replace(/^(.*)\.(bad|good)$/, '$1 ($2)'), files });
    }
  }
  return found;
}

function below(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function byName(one, other) {
  return one.name < other.name ? -1 : 1;
}
