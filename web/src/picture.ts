// The graph as an image: an SVG inside of one runs no scripts and loads nothing.

import { byId, el, plain } from './dom';

let address: string | undefined;

export function showPicture(svg: string): void {
  if (address) URL.revokeObjectURL(address);
  address = undefined;
  if (svg === '') {
    byId('picture').replaceChildren(el('p', { class: 'empty' }, 'No automation does anything, so there is nothing to draw.'));
    return;
  }
  address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const words = `${tag(svg, 'title')}. ${tag(svg, 'desc')}`;
  const [, width = '', height = ''] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  byId('picture').replaceChildren(el('img', { src: address, alt: plain(words), width, height }));
}

/** What an element of the picture says in words. */
function tag(svg: string, name: string): string {
  const text = new RegExp(`<${name} id="${name}">([^<]*)<`).exec(svg)?.[1] ?? '';
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, sign: string) => signs[sign] ?? '');
}
