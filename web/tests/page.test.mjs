// The page in a real Chromium.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { change, loadSample, open, paste, settled, start, titles } from './browser.mjs';

const RUDE = "account: { handle: '@x', platform: mastodon }\nautomations:\n  - on: unfollowed\n    do: { post: '@{handle} has left us' }\n";
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const SHOTS = fileURLToPath(new URL('shots', import.meta.url));
const INJECTIONS = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "'-alert(1)-'",
  '</title></desc></svg><script>alert(1)</script>',
  'javascript:alert(1)',
  '${alert(1)}{{alert(1)}}',
];
// Those of the reports, written as in Rust.
const MORE_INJECTIONS = readFileSync(fileURLToPath(new URL('../../tests/report/injections.txt', import.meta.url)), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) =>
    line.replace(/\\(?:u\{([0-9a-f]+)\}|(.))/g, (_, code, sign) =>
      code ? String.fromCodePoint(Number.parseInt(code, 16)) : ({ n: '\n', r: '\r', t: '\t' }[sign] ?? sign),
    ),
  );

let world;
before(async () => {
  world = await start();
});
after(() => world?.stop());

/** A test with a page of its own, which must end without errors and must have asked nobody but its server. */
function visit(name, options, work) {
  test(name, async () => {
    const { context, page, heard } = await open(world, options);
    await work({ context, page, heard });
    await context.close();
    assert.deepEqual(heard.errors, []);
    assert.equal(heard.dialogs, 0);
    assert.deepEqual(heard.requests.filter((url) => !url.startsWith(world.address) && !url.startsWith('blob:')), []);
  });
}

visit('a sample stands there first, with findings, a description and a picture', {}, async ({ page }) => {
  const loaded = await page.evaluate(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd);
  const shown = await page.evaluate(() => Number(document.body.dataset.shown));
  console.log(`first finding ${Math.round(shown - loaded)} ms after the page was there`);
  assert.deepEqual((await titles(page))[0], 'following feeds itself');
  assert.match(await page.locator('#summary').textContent(), /^1 error, .*in 2 files\.$/);
  assert.match(await page.locator('#description').textContent(), /follows them back/);
  assert.match(await page.locator('#picture img').getAttribute('alt'), /who sets off whom/);
  const width = await page.locator('#picture img').evaluate((image) => image.decode().then(() => image.naturalWidth));
  assert.ok(width > 100);
  assert.ok((await page.locator('mark.error').count()) > 0);
});

visit('every sample gives what its name says', {}, async ({ page }) => {
  const options = await page.locator('#samples option').evaluateAll((all) => all.map(({ value, textContent }) => [value, textContent]));
  assert.ok(options.length > 40);
  let found = 0;
  for (const [value, name] of options) {
    await page.getByLabel('Sample', { exact: true }).selectOption(value);
    await change(page, () => page.getByRole('button', { name: 'Load sample' }).click());
    const count = (await titles(page)).length;
    found += count;
    if (name.includes('(good)')) assert.equal(count, 0, name);
    if (name.includes('(bad)')) assert.ok(count > 0, name);
  }
  assert.ok(found > 50);
});

visit('a place leads into the file, and a fix can be made and taken back', {}, async ({ page }) => {
  await page.locator('.places button').filter({ hasText: 'growth.toml' }).first().click();
  assert.equal(await page.locator('[role=tab][aria-selected=true]').textContent(), 'growth.toml');
  const chosen = await page.locator('#text').evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
  assert.match(chosen, /followers-of/);
  await loadSample(page, 'github-workflow', 'hasty, 6 files');
  const before = await titles(page);
  assert.ok(before.includes('pings many people at once'));
  await change(page, () => page.getByRole('button', { name: 'Fix: take out the message that pings a crowd' }).click());
  assert.ok(!(await titles(page)).includes('pings many people at once'));
  await change(page, () => page.getByRole('button', { name: 'Undo' }).click());
  assert.deepEqual(await titles(page), before);
});

visit('underlines stand where the text stands', {}, async ({ page }) => {
  await paste(page, `# äöü 日本 🙂\n${RUDE.replace('has left', 'hät 🙂 left')}`);
  const marked = await page.locator('mark').allTextContents();
  assert.ok(marked.some((text) => text.includes('@{handle} hät 🙂 left us')), marked.join('|'));
  const [area, copy] = await page.evaluate(() => [document.querySelector('#text').scrollWidth, document.querySelector('.marks').scrollWidth]);
  assert.equal(area, copy);
});

visit('the syntax of a pasted text is guessed', { permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page }) => {
  const cases = [
    ['[bot]\nname = "x"\n', '.toml'],
    ['{"bot": {"name": "x"}}', '.json'],
    ['FOLLOWS_PER_DAY=400\nPLATFORM=twitter\n', '.env'],
  ];
  for (const [text, ending] of cases) {
    await page.getByRole('button', { name: 'Add file' }).click();
    await page.getByLabel('Text of the file').fill(text);
    await page.waitForFunction((wanted) => document.querySelector('#name').value.endsWith(wanted), ending);
  }
  // A paste over all of a file is another file.
  await page.getByRole('tab', { name: 'growth.toml' }).click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), RUDE);
  await page.getByLabel('Text of the file').press('Control+A');
  await page.getByLabel('Text of the file').press('Control+V');
  await page.waitForFunction(() => /\.yaml$/.test(document.querySelector('#name').value));
});

visit('files are dropped and opened, several at once', {}, async ({ page }) => {
  await page.getByRole('button', { name: 'Open files…' }).waitFor();
  await change(page, () =>
    page.locator('#picker').setInputFiles([
      { name: 'one.yaml', mimeType: 'text/yaml', buffer: Buffer.from(RUDE) },
      { name: 'two.yaml', mimeType: 'text/yaml', buffer: Buffer.from([0xff, 0xfe, 0x61]) },
    ]),
  );
  assert.ok((await page.locator('[role=tab]').allTextContents()).includes('one.yaml'));
  assert.match(await page.locator('#notices').textContent(), /two\.yaml: is UTF-16 text; re-save it as UTF-8/);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.yaml'));
    return transfer;
  }, RUDE);
  await change(page, () => page.dispatchEvent('body', 'drop', { dataTransfer: data }));
  assert.ok((await page.locator('[role=tab]').allTextContents()).includes('dropped.yaml'));
});

visit('a file over the bound ends with the message of the command', {}, async ({ page }) => {
  const buffer = Buffer.alloc(16 * 1024 * 1024 + 1, 'a');
  await change(page, () => page.locator('#picker').setInputFiles([{ name: 'big.yaml', mimeType: 'text/yaml', buffer }]));
  const message = 'big.yaml: is larger than 16777216 bytes; raise the limit on file size or exclude the file';
  assert.ok((await page.locator('#notices').textContent()).includes(message));
});

visit('texts of strangers are shown and never obeyed', {}, async ({ page, heard }) => {
  for (const evil of INJECTIONS) {
    const quoted = JSON.stringify(evil);
    await paste(
      page,
      `account: { handle: ${quoted}, platform: mastodon }\nautomations:\n  - id: ${quoted}\n    on: unfollowed\n    do: { post: ${JSON.stringify(`@{handle} has left us ${evil}`)} }\n  - id: two\n    on: followed\n    do: follow\n${quoted}: ${quoted}\n`,
    );
    await page.getByLabel('Path').fill(`${evil}.yaml`);
    await change(page, () => page.getByLabel('Path').press('Tab'));
    await paste(page, `${evil}: [${evil}`);
  }
  assert.ok(MORE_INJECTIONS.length > 25);
  await page.getByLabel('Path').fill('bot.json');
  await change(page, () => page.getByLabel('Path').press('Tab'));
  const automations = MORE_INJECTIONS.map((evil) => ({
    id: evil,
    on: 'unfollowed',
    do: { post: `@{handle} has left us ${evil}` },
    [evil]: 1,
  }));
  await paste(page, JSON.stringify({ account: { handle: '@x', platform: 'mastodon' }, automations }));
  await page.locator('#hygiene').check();
  assert.match(await page.locator('.output').textContent(), /forged/);
  const foreign = await page.evaluate(() => document.querySelectorAll('.output script, .output svg, .output img:not(#picture img), [onerror], [onload]').length);
  assert.equal(foreign, 0);
  const unsafe = await page.evaluate(() => /[\u0007\u001b\u009b\u00ad\u200b\u202e\u2028\u2066\ufeff\u{e0041}]/u.test(document.querySelector('.output').textContent + document.querySelector('#tabs').textContent));
  assert.equal(unsafe, false);
  assert.equal(heard.dialogs, 0);
});

visit('the policy lets no other script, style or address in', {}, async ({ page, heard }) => {
  const blocked = await page.evaluate(async () => {
    const tried = {};
    const violations = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    try {
      document.body.insertAdjacentHTML('beforeend', '<p>x</p>');
      tried.html = 'possible';
    } catch {
      tried.html = 'refused';
    }
    await fetch('https://example.invalid/').then(() => (tried.fetch = 'possible'), () => (tried.fetch = 'refused'));
    const script = document.createElement('script');
    try {
      script.textContent = 'window.ran = true';
      document.body.append(script);
    } catch {
      // Refused at once.
    }
    tried.script = window.ran ? 'possible' : 'refused';
    await new Promise((later) => setTimeout(later, 50));
    return { ...tried, connect: violations.includes('connect-src') };
  });
  assert.deepEqual(blocked, { html: 'refused', fetch: 'refused', script: 'refused', connect: true });
  heard.errors.length = 0;
  heard.requests = heard.requests.filter((url) => !url.includes('example.invalid'));
});

test('a link holds the files', async () => {
  const { context, page } = await open(world, { permissions: ['clipboard-read', 'clipboard-write'] });
  await paste(page, `${RUDE}# äöü 🙂 & <>\n`);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Whoever has the link can read the files.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const found = await titles(page);
  const text = await page.locator('#text').inputValue();
  await context.close();

  const other = await open(world, { fragment: new URL(link).hash });
  assert.deepEqual(await titles(other.page), found);
  assert.equal(await other.page.locator('#text').inputValue(), text);
  assert.equal(await other.page.locator('[role=tab]').count(), 2);
  assert.ok(!other.heard.requests.some((url) => url.includes('v1=') && !url.includes('#')));
  await other.page.evaluate(() => (location.hash = '#v1=abc'));
  await other.page.getByText('the link is damaged').waitFor();
  await other.context.close();
});

visit('all of it works with the keyboard alone', {}, async ({ page }) => {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '');
  const reach = async (wanted) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()).startsWith(wanted)) return;
    }
    assert.fail(`Tab never comes to ${wanted}`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the findings');
  await reach('applet.yaml');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('[role=tab][aria-selected=true]').textContent(), 'growth.toml');
  await reach('Text of the file');
  await change(page, async () => {
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(RUDE);
  });
  await reach('applet.yaml:');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'Text of the file');
  assert.equal(await page.locator('[role=tab][aria-selected=true]').textContent(), 'applet.yaml');
  // Out of the editor again: it holds nobody.
  await page.keyboard.press('Tab');
  assert.notEqual(await focused(), 'Text of the file');
});

visit('it works without a network', {}, async ({ context, page }) => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await settled(page);
  assert.ok((await titles(page)).length > 0);
});

visit('typing goes on while the linter works', {}, async ({ page }) => {
  const rows = Array.from({ length: 3000 }, (_, number) => `  - { id: a${number}, on: followed, do: { post: 'Thanks {handle}, number ${number}' } }`);
  const text = `account: { handle: '@x', platform: mastodon }\nautomations:\n${rows.join('\n')}\n`;
  await change(page, () =>
    page.locator('#text').evaluate((area, value) => {
      area.value = value;
      area.dispatchEvent(new Event('input'));
    }, text),
  );
  const longest = await page.evaluate(async () => {
    const area = document.querySelector('#text');
    let longest = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      const begun = performance.now();
      area.setRangeText('x', 0, 0, 'end');
      area.dispatchEvent(new Event('input'));
      longest = Math.max(longest, performance.now() - begun);
      await new Promise((later) => setTimeout(later, 60));
    }
    return longest;
  });
  await page.waitForFunction((from) => Number(document.body.dataset.done) > from, await page.evaluate(() => performance.now()));
  assert.ok((await page.locator('#text').inputValue()).startsWith('xxxxxxxxxxaccount'));
  console.log(`a keystroke in 3000 lines: at most ${Math.round(longest)} ms`);
});

for (const scheme of ['light', 'dark']) {
  for (const width of [360, 768, 1280]) {
    visit(`${scheme}, ${width} pixels: nothing is cut off or out of reach`, { colorScheme: scheme, viewport: { width, height: 800 } }, async ({ page }) => {
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      await page.locator('#hygiene').check();
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      // The policy lets no script in; this one comes by the debugger, which it does not concern.
      await page.evaluate(`${AXE}; undefined`);
      const { violations } = await page.evaluate(() => axe.run());
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
      assert.deepEqual(told, []);
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: `${SHOTS}/${scheme}-${width}.png`, fullPage: true });
    });
  }
}
