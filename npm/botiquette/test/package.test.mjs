// The package as it is installed: the command of this platform runs, and ends as the command ends.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { test } from 'node:test';

const SHIM = 'node_modules/botiquette/bin/botiquette.js';
const RUDE = "account: { handle: '@x', platform: mastodon }\nautomations:\n  - on: unfollowed\n    do: { post: '@{handle} has left us' }\n";

function run(args, input = '') {
  return spawnSync(process.execPath, [SHIM, ...args], { input, encoding: 'utf8' });
}

test('arguments, input, output and exit codes are those of the command', () => {
  const version = run(['--version']);
  assert.match(version.stdout, /^botiquette \d+\.\d+\.\d+/);
  assert.equal(version.status, 0);
  const found = run(['lint', '--stdin-filename', 'bot.yaml', '--format', 'concise'], RUDE);
  assert.match(found.stdout, /unfollow-shaming/);
  assert.equal(found.status, 1);
  const wrong = run(['lint', '--no-such-thing']);
  assert.match(wrong.stderr, /no-such-thing/);
  assert.equal(wrong.status, 2);
});

test('npx finds it', () => {
  const { stdout } = spawnSync('npx', ['--no-install', 'botiquette', '--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  assert.match(stdout, /^botiquette/);
});

test('whoever ends it ends the command', { skip: process.platform === 'win32' }, async () => {
  const server = spawn(process.execPath, [SHIM, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  await once(server.stdout, 'data');
  server.kill('SIGTERM');
  // The streams close when the command has ended, too.
  const [code] = await once(server, 'close');
  assert.notEqual(code, 0);
});

test('without the package of the platform it says what to do', () => {
  const place = `node_modules/@botiquette/${process.platform}-${process.arch}`;
  renameSync(place, `${place}-away`);
  const lost = run(['--version']);
  renameSync(`${place}-away`, place);
  assert.match(lost.stderr, /there is no @botiquette\/.* here; install botiquette/);
  assert.equal(lost.status, 2);
});
