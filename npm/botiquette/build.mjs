// Makes the package that holds the command for a platform: `node build.mjs PLATFORM-ARCHITECTURE COMMAND FOLDER`, as in
// `node build.mjs linux-x64 target/release/botiquette target/npm`. A command for Linux should be linked statically
// (musl), so that it runs on every one.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { commandFor } from './platform.js';

const [target, command, folder] = process.argv.slice(2);
const { version, license, repository, engines, optionalDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url)));
const [os, cpu] = target?.split('-') ?? [];
const { package: name, path } = commandFor(os, cpu);
if (!folder || !(name in optionalDependencies)) {
  const known = Object.keys(optionalDependencies).map((known) => known.split('/')[1]);
  console.error(`error: three arguments are wanted: one of ${known.join(', ')}; the command; a folder`);
  process.exit(2);
}

const place = join(folder, target);
mkdirSync(dirname(join(place, path)), { recursive: true });
copyFileSync(command, join(place, path));
chmodSync(join(place, path), 0o755);
for (const license of ['LICENSE-APACHE', 'LICENSE-MIT']) {
  copyFileSync(fileURLToPath(new URL(`../../${license}`, import.meta.url)), join(place, license));
}
const description = `The command botiquette for ${os} on ${cpu}`;
const manifest = { name, version, description, license, repository, engines, os: [os], cpu: [cpu], preferUnplugged: true };
writeFileSync(join(place, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
writeFileSync(join(place, 'README.md'), `# ${name}\n\n${description}. Install \`botiquette\`, which chooses it.\n`);
