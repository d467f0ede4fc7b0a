// The files as tabs: arrow keys go from one to the next, Home and End to the first and the last.

import type { Files } from './files';
import { byId, el, plain } from './dom';

/** So many characters of a path stand on a tab. */
const LONGEST = 24;

export function showTabs(files: Files, choose: (number: number) => void): void {
  const list = byId('tabs');
  const hadFocus = list.contains(document.activeElement);
  const tabs = files.list.map((file, number) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${number}`,
        'aria-controls': 'panel',
        'aria-selected': String(number === files.shown),
        tabindex: number === files.shown ? '0' : '-1',
        title: plain(file.path),
        onclick: () => choose(number),
        onkeydown: (event) => {
          const next = target((event as KeyboardEvent).key, number, files.list.length);
          if (next === undefined) return;
          event.preventDefault();
          choose(next);
          document.getElementById(`tab-${next}`)?.focus();
        },
      },
      short(plain(file.path)) || 'without a name',
    ),
  );
  list.replaceChildren(...tabs);
  byId('panel').setAttribute('aria-labelledby', `tab-${files.shown}`);
  if (hadFocus) tabs[files.shown]?.focus();
}

/** The end of a long path, which tells more than its start. */
function short(path: string): string {
  return path.length > LONGEST ? `…${path.slice(1 - LONGEST)}` : path;
}

function target(key: string, number: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (number + 1) % count;
    case 'ArrowLeft':
      return (number + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
