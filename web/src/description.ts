// What the bots do, in sentences.

import type { Account, Description, Located } from '@botiquette/wasm';
import { byId, counted, el, plain } from './dom';
import { few } from './findings';

/** So many accounts are told of. */
const MOST_SHOWN = 50;

export function showDescription({ accounts }: Description, go: (place: Located) => void): void {
  const blocks: HTMLElement[] = accounts.slice(0, MOST_SHOWN).map((account) => block(account, go));
  const more = accounts.length - MOST_SHOWN;
  if (more > 0) blocks.push(el('p', { class: 'empty' }, `and ${counted(more, 'more account')}`));
  const nothing = el('p', { class: 'empty' }, 'No account does anything, so there is nothing to describe.');
  byId('description').replaceChildren(...(blocks.length > 0 ? blocks : [nothing]));
}

function block(account: Account, go: (place: Located) => void): HTMLElement {
  const line = (text: string, place: Located, props = {}) => el('li', props, `${plain(text)} `, link(place, go));
  const on = account.automations.filter(({ live }) => live);
  const off = account.automations.filter(({ live }) => !live);
  const { words, contributors, open, named, assumptions } = account.reach;
  const acts = [...contributors, ...open];
  const many = (perDay: number | null) => (perDay === null ? 'without limit' : `up to ${Math.ceil(perDay)} a day`);
  const list = (items: Node[], tag: 'ul' | 'ol' = 'ul') => (items.length > 0 ? el(tag, {}, ...items) : null);
  const heading = (text: string, items: unknown[]) => (items.length > 0 ? el('h4', {}, text) : null);
  return el(
    'article',
    { class: 'account' },
    el('h3', {}, plain(account.account)),
    el('p', {}, plain(account.who.join(' '))),
    list(few(on, (told) => line(told.sentence, told))),
    heading('How many people it reaches', on),
    on.length > 0 && words !== null && el('p', {}, plain(words)),
    list(acts.map((act) => line(`${many(act.per_day)}: it ${act.deed}`, act))),
    heading('Whom it names in front of others', named),
    list(named.map((act) => line(`${act.per_day === 0 ? 'now and then' : many(act.per_day)}: it ${act.deed}`, act))),
    assumptions.length > 0 &&
      el(
        'details',
        {},
        el('summary', {}, 'What had to be assumed'),
        el('ul', {}, ...assumptions.map(({ words: assumed, why }) => el('li', {}, plain(`${assumed} (${why})`)))),
      ),
    ...account.loops.flatMap((loop) => [
      el('h4', {}, 'What feeds itself'),
      el('p', {}, plain(loop.words)),
      list(few(loop.steps, (step) => line(`${step.account} ${step.deed}, ${step.then}`, step)), 'ol'),
    ]),
    heading('What is switched off', off),
    list(few(off, (told) => line(told.sentence, told, { class: 'off' }))),
    heading('What could not be known', account.unknown),
    list(few(account.unknown, (noted) => line(noted.what, noted))),
  );
}

function link(place: Located, go: (place: Located) => void): Node | string {
  if (place.file === null || place.line === null) return '';
  return el('button', { type: 'button', class: 'link', onclick: () => go(place) }, `${plain(place.file)}:${place.line}`);
}
