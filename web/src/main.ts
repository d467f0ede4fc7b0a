// The page: files on one side, what they come to on the other.

import type { Fix, Label, Located } from '@botiquette/wasm';
import { Client } from './client';
import { showDescription } from './description';
import { byId, counted, el } from './dom';
import { Editor, placesIn } from './editor';
import { fixed } from './edits';
import { type File, Files } from './files';
import { showFindings, shownFindings, summary } from './findings';
import { MOST_FILES, entriesOf } from './intake';
import { showPicture } from './picture';
import type { Answer, Result } from './protocol';
import { scriptAddress } from './scripts';
import { LONGEST, filesOf, fragmentOf } from './share';
import { showTabs } from './tabs';

interface Sample {
  tool: string;
  name: string;
  files: File[];
}

/** Nobody reads findings faster than that. */
const PAUSE = 150;

/** Whoever waits longer is told that something goes on. */
const LONG = 700;

/** What a visitor sees first. */
const FIRST = 'conduct/ratchet';

const files = new Files();
const editor = new Editor(typed);
const client = new Client(heard);
const name = byId<HTMLInputElement>('name');
const hygiene = byId<HTMLInputElement>('hygiene');
const undo = byId<HTMLButtonElement>('undo');
let samples: Sample[] = [];
let result: (Partial<Result> & Pick<Result, 'report'>) | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let delay: ReturnType<typeof setTimeout> | undefined;

function typed(text: string): void {
  files.write(text);
  say('');
  undo.hidden = true;
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

/** Says something to those who see, and to those who hear. What is said already is not said again. */
function say(text: string, where = 'status'): void {
  if (byId(where).textContent !== text) byId(where).textContent = text;
}

/** Has the files looked at. */
function look(): void {
  clearTimeout(timer);
  clearTimeout(delay);
  delay = setTimeout(() => say('Looking…', 'summary'), LONG);
  result = undefined;
  client.ask(files.contents());
}

/** Shows other files, says why, and has them looked at. */
function changed(said: string): void {
  say(said);
  undo.hidden = !files.canUndo;
  showFile();
  look();
}

function showFile(): void {
  const file = files.current;
  showTabs(files, choose);
  name.value = file.path;
  const isShown = file.bytes === undefined;
  editor.hide(!isShown);
  editor.show(file.text);
  byId('unshown').hidden = isShown;
  byId('unshown').textContent = isShown ? '' : `${counted(file.bytes!.length, 'byte')} that are no text or too many to be shown here. They are looked at all the same.`;
  underline();
}

function choose(number: number): void {
  files.shown = number;
  showFile();
}

function heard(answer: Answer): void {
  clearTimeout(delay);
  if (answer.kind === 'failure') {
    say(answer.message, 'summary');
    byId('list').replaceChildren();
  } else if (answer.kind === 'report') {
    result = { report: answer.report };
    showReport();
  } else {
    byId('version').textContent = answer.version;
    result = answer.result;
    if (!rename(answer.names)) showResult();
  }
}

/** Gives a text that was pasted the name of its syntax. Says whether anything must be looked at anew. */
function rename(names: Map<string, string>): boolean {
  let renamed = false;
  for (const file of files.list.filter(({ guessed, text }) => guessed && text !== '')) {
    const wanted = names.get(file.path);
    const ending = wanted?.replace(/^.*\./, '.');
    if (!wanted || !ending || file.path.endsWith(ending)) continue;
    file.path = files.free(wanted, file);
    renamed = true;
  }
  if (renamed) {
    showTabs(files, choose);
    name.value = files.current.path;
    look();
  }
  return renamed;
}

function showResult(): void {
  showReport();
  if (result?.description) showDescription(result.description, goToLine);
  if (result?.svg !== undefined) showPicture(result.svg);
  document.body.dataset.done = String(performance.now());
}

function showReport(): void {
  if (!result) return;
  const isEmpty = files.list.every(({ text, bytes }) => text.trim() === '' && !bytes);
  const found = isEmpty ? [] : shownFindings(result.report, hygiene.checked);
  const report = isEmpty ? { ...result.report, leftOut: [] } : result.report;
  say(isEmpty ? 'Nothing to look at yet.' : summary(report, found), 'summary');
  showFindings(report, found, { go, fix });
  underline();
  document.body.dataset.shown = String(performance.now());
}

function underline(): void {
  if (!result || files.current.bytes) return;
  const found = shownFindings(result.report, hygiene.checked);
  editor.mark(placesIn(files.current.path, files.current.text, found));
}

/** Shows a place of the report in its file. */
function go(label: Label): void {
  const file = shownAt(label.path);
  if (!file) return;
  const [place] = placesIn(label.path, file.text, [{ severity: 'info', labels: [label] } as unknown as Parameters<typeof placesIn>[2][number]]);
  if (place) editor.select(place.from, place.to);
}

function goToLine(place: Located): void {
  const file = shownAt(place.file ?? '');
  if (!file) return;
  const lines = file.text.split('\n');
  const from = lines.slice(0, (place.line ?? 1) - 1).reduce((sum, line) => sum + line.length + 1, 0);
  editor.select(from, from + (lines[(place.line ?? 1) - 1]?.length ?? 0));
}

function shownAt(path: string): File | undefined {
  const number = files.list.findIndex((file) => file.path === path);
  if (number < 0) return undefined;
  if (number !== files.shown) choose(number);
  return files.current.bytes ? undefined : files.current;
}

function fix(wanted: Fix): void {
  const texts = fixed(wanted, (path) => files.list.find((file) => file.path === path && !file.bytes)?.text);
  if (!texts) return;
  files.rewrite(texts);
  changed(`Done: ${wanted.title}.`);
  byId('findings').focus({ preventScroll: true });
}

async function takeIn(list: Iterable<globalThis.File>): Promise<void> {
  const wanted = [...list];
  const entries = await entriesOf(wanted);
  if (entries.length === 0) return;
  files.add(entries);
  const more = wanted.length > MOST_FILES ? `; the first ${MOST_FILES} of ${wanted.length}` : '';
  changed(`${counted(entries.length, 'file')} added${more}.`);
}

function load(sample: Sample): void {
  files.replace(sample.files.map((file) => ({ ...file })));
  changed(`Sample loaded: ${sample.tool}, ${sample.name}.`);
}

async function share(): Promise<void> {
  if (files.list.some(({ bytes }) => bytes)) return say('A file that cannot be shown cannot be part of a link.');
  const fragment = await fragmentOf(files.list);
  if (fragment.length > LONGEST) return say('These files are too long for a link.');
  history.replaceState(null, '', fragment);
  const warning = 'Whoever has the link can read the files.';
  try {
    await navigator.clipboard.writeText(location.href);
    say(`Link copied. ${warning}`);
  } catch {
    say(`The link is in the address bar. ${warning}`);
  }
}

/** Takes the files from the address, if it holds some. */
async function fromAddress(): Promise<boolean> {
  try {
    const shared = await filesOf(location.hash);
    if (!shared) return false;
    files.replace(shared);
    changed(`${counted(shared.length, 'file')} from the link.`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  return true;
}

function listSamples(): void {
  const groups = new Map<string, Node[]>();
  for (const [number, { tool, name: title, files: all }] of samples.entries()) {
    const label = all.length > 1 ? `${title}, ${all.length} files` : title;
    groups.set(tool, [...(groups.get(tool) ?? []), el('option', { value: String(number) }, label)]);
  }
  byId('samples').replaceChildren(...[...groups].map(([tool, options]) => el('optgroup', { label: tool }, ...options)));
}

function listen(): void {
  editor.area.addEventListener('paste', () => {
    // What replaces a whole text may be of another syntax.
    const { selectionStart, selectionEnd, value } = editor.area;
    if (selectionStart === 0 && selectionEnd === value.length) files.current.guessed = true;
  });
  name.addEventListener('change', () => {
    files.current.path = files.free(name.value.trim() || 'bot.yaml', files.current);
    files.current.guessed = false;
    name.value = files.current.path;
    showTabs(files, choose);
    look();
  });
  hygiene.addEventListener('change', showResult);
  undo.addEventListener('click', () => {
    files.undo();
    changed('Taken back.');
    editor.area.focus();
  });
  byId('load').addEventListener('click', () => {
    const sample = samples[Number(byId<HTMLSelectElement>('samples').value)];
    if (sample) load(sample);
  });
  byId('share').addEventListener('click', share);
  byId('add').addEventListener('click', () => {
    files.addEmpty();
    changed('An empty file added.');
    editor.area.focus();
  });
  byId('remove').addEventListener('click', () => {
    const { path } = files.current;
    files.removeShown();
    changed(`${path} removed.`);
    document.getElementById(`tab-${files.shown}`)?.focus();
  });
  const picker = byId<HTMLInputElement>('picker');
  byId('open').addEventListener('click', () => picker.click());
  picker.addEventListener('change', async () => {
    await takeIn(picker.files ?? []);
    picker.value = '';
  });
  addEventListener('hashchange', fromAddress);
  const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  addEventListener('dragover', (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) document.body.classList.remove('dropping');
  });
  addEventListener('drop', (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove('dropping');
    void takeIn(event.dataTransfer?.files ?? []);
  });
}

async function begin(): Promise<void> {
  listen();
  showFile();
  const known = fetch('samples.json').then((response) => response.json() as Promise<Sample[]>);
  const fromLink = await fromAddress();
  try {
    samples = await known;
  } catch {
    say('The samples cannot be loaded.');
  }
  listSamples();
  const first = samples.findIndex(({ tool, name: title }) => `${tool}/${title}` === FIRST);
  byId<HTMLSelectElement>('samples').value = String(Math.max(0, first));
  const isUntouched = files.list.length === 1 && files.current.text === '';
  if (!fromLink && isUntouched && samples[first]) {
    files.list = samples[first].files.map((file) => ({ ...file }));
    changed('This is a sample. Paste your own, or open files.');
  } else if (!fromLink) {
    look();
  }
  if ('serviceWorker' in navigator && isSecureContext) {
    navigator.serviceWorker.register(scriptAddress('offline.js')).catch(() => undefined);
  }
}

void begin();
