// A browser for the tests, and the page in it.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { serve } from './serve.mjs';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Root, as in containers, cannot use the sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Starts the browser and the server. */
export async function start() {
  const executablePath = PLACES.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium; name it in CHROMIUM');
  const { server, address } = await serve(fileURLToPath(new URL('../dist', import.meta.url)));
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return { browser, server, address, stop: () => browser.close().finally(() => server.close()) };
}

/** Opens the page in a context of its own; `heard` collects what it asks for, says and trips over. */
export async function open({ browser, address }, { fragment = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const heard = { requests: [], errors: [], dialogs: 0 };
  context.on('request', (request) => heard.requests.push(request.url()));
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && heard.errors.push(message.text()));
  page.on('pageerror', (error) => heard.errors.push(String(error)));
  page.on('dialog', (dialog) => {
    heard.dialogs += 1;
    return dialog.dismiss();
  });
  await page.goto(address + fragment);
  await settled(page);
  return { context, page, heard };
}

/** Waits until the page shows a result that is newer than the last one. */
export async function settled(page, after = 0) {
  await page.waitForFunction((known) => Number(document.body.dataset.done ?? 0) > known, after, { timeout: 30_000 });
}

/** Does something that changes the files, and waits for what comes of it. */
export async function change(page, act) {
  const before = await page.evaluate(() => Number(document.body.dataset.done ?? 0));
  await act();
  await settled(page, before);
}

/** Puts a text into the editor, as pasting does. */
export function paste(page, text) {
  return change(page, () => page.getByLabel('Text of the file').fill(text));
}

/** Loads a sample of a tool by its name in the list. */
export async function loadSample(page, tool, name) {
  const value = await page.locator(`#samples optgroup[label="${tool}"] option`, { hasText: name }).getAttribute('value');
  await page.getByLabel('Sample', { exact: true }).selectOption(value);
  await change(page, () => page.getByRole('button', { name: 'Load sample' }).click());
}

/** The titles of the findings that are shown. */
export function titles(page) {
  return page.locator('.finding h3').allTextContents();
}
