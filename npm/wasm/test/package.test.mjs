// The package as it is installed: what it says is what the command says, and failures are errors.
// `SAMPLES` is the folder of sample configurations, `BOTIQUETTE` the command; without it nothing is compared with it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { compile, load } from '@botiquette/wasm';

const samples = process.env.SAMPLES;
const command = process.env.BOTIQUETTE;
const botiquette = await load();

const paths = readdirSync(samples, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
  .map((entry) => join(entry.parentPath, entry.name).slice(samples.length + 1))
  .sort();
const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(samples, path))]));
const RUDE = "account: { handle: '@x', platform: mastodon }\nautomations:\n  - on: unfollowed\n    do: { post: '@{handle} has left us' }\n";

function said(...args) {
  try {
    return execFileSync(command, args, { cwd: samples, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (error.status === 1 || error.status === 2) return error.stdout;
    throw error;
  }
}

test('lint says what the command says', { skip: !command }, () => {
  const { problems, leftOut, ...report } = botiquette.lint(files);
  const expected = JSON.parse(said('lint', '--no-config', '--format', 'json', ...paths));
  const byPath = (one, other) => (one.path < other.path ? -1 : 1);
  report.files.sort(byPath);
  expected.files.sort(byPath);
  assert.deepEqual(report.files, expected.files);
  assert.deepEqual(report.summary, expected.summary);
  assert.equal(report.findings.length, expected.findings.length);
  const key = (finding) => JSON.stringify(finding);
  assert.deepEqual(report.findings.map(key).sort(), expected.findings.map(key).sort());
  assert.deepEqual(problems, []);
  const unrecognised = report.files.filter(({ status }) => status === 'unrecognised').map(({ path }) => path);
  assert.deepEqual(leftOut.map(({ path }) => path).sort(), unrecognised);
});

test('describe and the picture say what the command says', { skip: !command }, () => {
  for (const path of ['conduct/growth.yaml', 'conduct/ratchet/growth.toml', 'adhoc/caps.bad.env']) {
    const file = { [path]: files[path] };
    assert.deepEqual(botiquette.describe(file), JSON.parse(said('describe', '--no-config', path, '--format', 'json')));
    assert.equal(botiquette.graphSvg(file), said('graph', '--no-config', path, '--format', 'svg'));
  }
  assert.deepEqual(botiquette.rules(), JSON.parse(said('rules', '--format', 'json')));
});

test('inspect is all three', () => {
  const { report, description, svg } = botiquette.inspect({ 'bot.yaml': RUDE });
  assert.deepEqual(report, botiquette.lint({ 'bot.yaml': RUDE }));
  assert.deepEqual(description, botiquette.describe({ 'bot.yaml': RUDE }));
  assert.equal(svg, botiquette.graphSvg({ 'bot.yaml': RUDE }));
  let early;
  botiquette.inspect({ 'bot.yaml': RUDE }, {}, (report) => (early = report));
  assert.deepEqual(early, botiquette.lint({ 'bot.yaml': RUDE }, { fixes: false }));
  assert.ok(report.findings.some((finding) => finding.rule === 'unfollow-shaming'));
  assert.match(description.accounts[0].automations[0].sentence, /unfollows/);
  assert.match(svg, /^<svg /);
});

test('options are those of the command', () => {
  const file = new Map([['bot.yaml', RUDE]]);
  const rules = (options) => botiquette.lint(file, options).findings.map((finding) => finding.rule);
  assert.deepEqual(rules({ select: ['unfollow-shaming'] }), ['unfollow-shaming']);
  assert.ok(!rules({ ignore: ['shaming'] }).includes('unfollow-shaming'));
  assert.ok(!rules({ settings: 'ignore = ["unfollow-shaming"]' }).includes('unfollow-shaming'));
  assert.ok(rules({ includeInfo: true }).length > rules({}).length);
});

test('mistakes are errors with a message', () => {
  const mistakes = [
    [{ select: ['unfollow-shamin'] }, /unknown rule or family `unfollow-shamin`; did you mean `unfollow-shaming`/],
    [{ profile: 'strickt' }, /unknown profile `strickt`; did you mean `strict`/],
    [{ dialect: 'mergfy' }, /unknown dialect `mergfy`; did you mean `mergify`/],
    [{ settings: 'selct = []' }, /botiquette\.toml:1:1: unknown key `selct`/],
    [{ chose: [] }, /options: unknown field `chose`/],
  ];
  for (const [options, message] of mistakes) assert.throws(() => botiquette.lint({ 'a.yaml': RUDE }, options), message);
  assert.throws(() => botiquette.lint({ 'a.yaml': 1 }), /a\.yaml is neither a text nor bytes/);
  assert.throws(() => botiquette.lint([RUDE]), /an object of texts by their paths/);
});

test('what cannot be read is told as the command tells it', () => {
  const report = botiquette.lint({
    'a.yaml': 'a'.repeat(16 * 1024 * 1024 + 1),
    'b.yaml': Uint8Array.of(0xff, 0xfe, 0x61),
    'c.yaml': 'greeting: hello\n',
    'd.yaml': 'a: [',
    'e.yaml': RUDE,
  });
  assert.deepEqual(report.problems, [
    'a.yaml: is larger than 16777216 bytes; raise the limit on file size or exclude the file',
    'b.yaml: is UTF-16 text; re-save it as UTF-8',
  ]);
  assert.ok(report.leftOut.some(({ path }) => path === 'c.yaml'));
  assert.equal(report.files.find(({ path }) => path === 'e.yaml').status, 'linted');
});

test('names are guessed from texts', () => {
  const cases = [
    ['account: { handle: x }', 'bot.yaml'],
    ['# a comment\n{"a": 1}', 'bot.yaml'],
    ['\n {"a": 1}', 'bot.json'],
    ['[bot]\nname = "x"\n', 'bot.toml'],
    ['name = "x"', 'bot.toml'],
    ['[bot]\nname = x y\n', 'bot.ini'],
    ['# caps\nexport FOLLOWS_PER_DAY=5\nTOKEN=x\n', 'bot.env'],
    ['- "a = b"', 'bot.yaml'],
    ['', 'bot.yaml'],
  ];
  for (const [text, name] of cases) assert.equal(botiquette.guessName(text), name, text);
});

test('deep and strange files end well', () => {
  const deep = ['['.repeat(200_000), '{"a":'.repeat(200_000), 'a: '.repeat(50_000), `x${'\n- '.repeat(10_000)}`];
  for (const text of deep) {
    for (const name of ['a.yaml', 'a.json', 'a.toml', 'a.ini', 'a.env']) botiquette.inspect({ [name]: text });
  }
  botiquette.lint({ '': RUDE, '../../x/./y.yaml': RUDE, '__proto__.yaml': RUDE, 'a\u0000b.yaml': RUDE, '\ud800.yaml': '\ud800' });
});

test('a compiled module can be given to a worker', async () => {
  assert.ok((await compile()) instanceof WebAssembly.Module);
  assert.equal(await load(), botiquette);
});

test('a failure inside is an error, and the next call works', async () => {
  // A module whose only function is the instruction `unreachable`, as a panic ends.
  const trap = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
  const { f: fail } = new WebAssembly.Instance(new WebAssembly.Module(trap)).exports;
  const home = new URL('.', import.meta.resolve('@botiquette/wasm'));
  const { guarded } = await import(new URL('guard.js', home));
  assert.throws(() => guarded(fail), /botiquette failed inside, which is a bug/);
  assert.ok(botiquette.lint({ 'bot.yaml': RUDE }).findings.length > 0);
});
