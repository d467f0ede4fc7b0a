// Findings as a list: what, where, why, and what to do instead.

import type { Finding, Fix, Label, Report, Severity } from '@botiquette/wasm';
import { byId, counted, el, plain } from './dom';

/** What a reader can do with a finding. */
export interface Acts {
  go(label: Label): void;
  fix(fix: Fix): void;
}

/** So many findings are shown; the rest is counted. */
const MOST_SHOWN = 200;

/** So many places of a finding, and so many notes. */
const FEW = 20;

const WORST_FIRST: Severity[] = ['error', 'warning', 'info'];

/** The findings that count, the worst first. */
export function shownFindings(report: Report, hygiene: boolean): Finding[] {
  const live = report.findings.filter(({ suppressed, severity }) => !suppressed && (hygiene || severity !== 'info'));
  return live.sort((one, other) => WORST_FIRST.indexOf(one.severity) - WORST_FIRST.indexOf(other.severity));
}

export function showFindings(report: Report, findings: Finding[], acts: Acts): void {
  const texts = [...report.problems, ...report.leftOut.map(({ path, because }) => `${path} was left out: ${because}`)];
  byId('notices').replaceChildren(...texts.map((text) => el('li', {}, plain(text))));
  const more = findings.length - MOST_SHOWN;
  byId('list').replaceChildren(
    ...findings.slice(0, MOST_SHOWN).map((finding) => item(finding, acts)),
    ...(more > 0 ? [el('li', { class: 'empty' }, `and ${counted(more, 'more finding')}`)] : []),
  );
}

/** How much was found, in one sentence. */
export function summary(report: Report, findings: Finding[]): string {
  const linted = report.files.filter(({ status }) => status === 'linted').length;
  const broken = report.files.filter(({ status }) => status === 'failed').length;
  if (linted + broken === 0) return 'No bot configuration recognised.';
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const kinds = WORST_FIRST.filter((severity) => count(severity) > 0);
  const found = kinds.map((severity) => counted(count(severity), severity === 'info' ? 'hint' : severity)).join(', ');
  const silenced = report.summary.suppressed > 0 ? `; ${report.summary.suppressed} suppressed` : '';
  return `${found || 'No findings'} in ${counted(linted + broken, 'file')}${silenced}.`;
}

function item(finding: Finding, acts: Acts): HTMLLIElement {
  const steps = finding.hops && finding.hops.length > 0 ? finding.hops : finding.labels;
  const notes = finding.notes ?? [];
  return el(
    'li',
    { class: `finding ${finding.severity}` },
    el('p', { class: 'kind' }, `${finding.severity === 'info' ? 'hint' : finding.severity} `, rule(finding)),
    el('h3', {}, plain(finding.title)),
    el('ul', { class: 'places' }, ...few(steps, (label) => el('li', {}, place(label, acts)))),
    el(
      'dl',
      {},
      el('div', {}, el('dt', {}, 'Why'), el('dd', {}, plain(finding.message))),
      finding.help !== '' && el('div', {}, el('dt', {}, 'Instead'), el('dd', {}, plain(finding.help))),
    ),
    notes.length > 0 &&
      el('details', {}, el('summary', {}, counted(notes.length, 'note')), el('ul', {}, ...few(notes, (note) => el('li', {}, plain(note))))),
    finding.fix && el('p', { class: 'toolbar' }, mend(finding.fix, acts)),
  );
}

/** The first entries of a list, and how many more there are. */
export function few<T>(entries: T[], show: (entry: T) => HTMLLIElement): HTMLLIElement[] {
  const more = entries.length - FEW;
  const rest = more > 0 ? [el('li', { class: 'empty' }, `and ${more} more`)] : [];
  return [...entries.slice(0, FEW).map(show), ...rest];
}

function rule(finding: Finding): Node {
  const isOurs = finding.url?.startsWith('https://github.com/botiquette/') === true;
  if (!isOurs) return el('code', {}, plain(finding.rule));
  return el('a', { href: finding.url!, rel: 'noreferrer', target: '_blank' }, plain(finding.rule));
}

function place(label: Label, acts: Acts): HTMLButtonElement {
  const where = `${plain(label.path)}:${label.start.line}`;
  return el(
    'button',
    { type: 'button', onclick: () => acts.go(label) },
    el('span', { class: 'where' }, where),
    ` ${label.text === '' ? 'go there' : plain(label.text)}`,
  );
}

function mend(fix: Fix, acts: Acts): HTMLButtonElement {
  const caution = fix.safety === 'unsafe' ? ' (takes something away)' : '';
  return el('button', { type: 'button', onclick: () => acts.fix(fix) }, `Fix: ${plain(fix.title)}${caution}`);
}
