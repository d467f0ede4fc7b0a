// A text area over a copy of its text: the copy is as large and carries the underlines, so nothing needs to scroll
// along, and whoever types has all that a text area can do.

import type { Finding, Severity } from '@botiquette/wasm';
import { byId, el } from './dom';
import { unitsAt } from './offsets';

/** Longer texts are linted, and not shown. */
export const LONGEST_SHOWN = 1 << 20;

/** So many underlines are drawn. */
const MOST_MARKS = 2000;

const RANK: Severity[] = ['info', 'warning', 'error'];

export class Editor {
  readonly area = byId<HTMLTextAreaElement>('text');
  private readonly box = byId('editor');
  private readonly marks = this.box.querySelector<HTMLElement>('.marks')!;
  private readonly lines = this.box.querySelector<HTMLElement>('.lines')!;

  constructor(typed: (text: string) => void) {
    this.area.addEventListener('input', () => {
      this.mark([]);
      typed(this.area.value);
    });
  }

  show(text: string): void {
    if (this.area.value !== text) this.area.value = text;
    this.mark([]);
  }

  hide(hidden: boolean): void {
    this.box.hidden = hidden;
  }

  /** Underlines the places of findings in the text. */
  mark(findings: { severity: Severity; from: number; to: number }[]): void {
    const text = this.area.value;
    const spans = segments(findings.slice(0, MOST_MARKS));
    const parts: (Node | string)[] = [];
    let at = 0;
    for (const { from, to, severity } of spans) {
      parts.push(text.slice(at, from), el('mark', { class: severity }, text.slice(from, to)));
      at = to;
    }
    // A last line that is empty takes room only with something in it.
    this.marks.replaceChildren(...parts, `${text.slice(at)}\n`);
    const count = text.split('\n').length;
    if (this.lines.dataset.count !== String(count)) {
      this.lines.dataset.count = String(count);
      this.lines.textContent = Array.from({ length: count }, (_, number) => number + 1).join('\n');
    }
  }

  /** Selects a place and brings it into view. */
  select(from: number, to: number): void {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(from, to);
    const before = this.area.value.slice(0, from);
    const line = before.split('\n').length - 1;
    const height = Number.parseFloat(getComputedStyle(this.area).lineHeight);
    const column = from - (before.lastIndexOf('\n') + 1);
    this.box.scrollTop = Math.max(0, line * height - this.box.clientHeight / 3);
    this.box.scrollLeft = column > 60 ? (column - 40) * height * 0.36 : 0;
    this.box.scrollIntoView({ block: 'nearest' });
  }
}

/** The places of a finding in a text: all labels and steps that stand in the file. */
export function placesIn(path: string, text: string, findings: Finding[]): { severity: Severity; from: number; to: number }[] {
  const places = findings.flatMap((finding) =>
    [...finding.labels, ...(finding.hops ?? [])]
      .filter((label) => label.path === path)
      .map((label) => ({ severity: finding.severity, start: label.start.offset, end: label.end.offset })),
  );
  const units = unitsAt(text, places.flatMap(({ start, end }) => [start, end]));
  const unit = (offset: number) => units.get(offset) ?? 0;
  return places.map(({ severity, start, end }) => ({ severity, from: unit(start), to: unit(end) }));
}

/** Places that overlap, as pieces that do not; the worst severity counts. */
function segments(places: { severity: Severity; from: number; to: number }[]): typeof places {
  const edges = [...new Set(places.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
  const pieces: typeof places = [];
  const sorted = [...places].sort((one, other) => one.from - other.from);
  let open: typeof places = [];
  let next = 0;
  for (const [number, from] of edges.entries()) {
    const to = edges[number + 1];
    if (to === undefined) break;
    while (sorted[next] && sorted[next]!.from <= from) open.push(sorted[next++]!);
    open = open.filter((place) => place.to > from);
    const worst = Math.max(-1, ...open.map(({ severity }) => RANK.indexOf(severity)));
    const severity = RANK[worst];
    if (severity) pieces.push({ severity, from, to });
  }
  return pieces;
}
