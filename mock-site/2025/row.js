// One row of layout 2025 (§3.4). Made once, filled as often as the list wants.

import { h, hashedClass, put } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';
import { degreeOf, makeNote, oddPath, photoOf } from '../2026/row.js';

const HEADLINE_SHOWN = 160; // longer headlines are cut to two lines, by looks only
const WITHDRAW = 'sent-invitations-withdraw-single';

const partsOf = new WeakMap();

/** `link`: the control is a link that leads to this list when the page does not take it over. */
export function makeRow(card, context, href, link) {
  const words = h('span', {}, h('span', {}, context.texts.text('withdraw')));
  const parts = {
    picture: h('div', {}),
    name: h('p', { class: 'x-name' }),
    headline: h('p', { class: 'x-headline' }),
    age: h('p', { class: 'x-age' }),
    control: link
      ? h('a', { 'data-view-name': WITHDRAW, href: href(PATHS.sentPage), class: 'x-withdraw' }, words)
      : h('button', { type: 'button', 'data-view-name': WITHDRAW, class: 'x-withdraw x-bare' }, words),
    note: null,
  };
  const row = h(
    'div',
    { role: 'listitem', class: 'x-row' },
    h('div', { class: 'x-row-line' }, parts.picture, h('div', { class: 'x-words' }, parts.name, parts.headline, parts.age), parts.control),
  );
  partsOf.set(row, parts);
  fillRow(row, card, context, href);
  return row;
}

/** Puts another card's content into the row's nodes. */
export function fillRow(row, card, { texts, faults }, href) {
  const parts = partsOf.get(row);
  put(row, 'componentkey', card.rowKey);
  const path = faults.has('paths') ? oddPath(card) : `/in/${card.slug}/`;
  const name = [card.name, ...degreeOf(card, faults)];
  parts.name.replaceChildren(...(card.slug ? [h('a', { href: href(path), class: 'x-name-link' }, ...name)] : name));
  parts.headline.textContent = card.headline;
  parts.headline.className = hashedClass(card.headline.length > HEADLINE_SHOWN ? 'x-headline x-headline-long' : 'x-headline');
  parts.age.textContent = card.sentText;
  const picture = makePicture(card, texts, card.slug && href(path));
  parts.picture.replaceWith(picture);
  parts.picture = picture;
  const { control } = parts;
  if (control.localName === 'button') control.disabled = card.disabled;
  else put(control, 'aria-disabled', String(card.disabled));
  if (card.dead && control.localName === 'a') put(control, 'href', '#');
  parts.note?.remove();
  parts.note = card.note === null ? null : makeNote(card.note, texts.code === 'en' ? '…more' : texts.text('more'));
  if (parts.note) row.append(parts.note);
}

/** A link to the person around a picture that is named after them. */
function makePicture(card, texts, address) {
  const label = texts.text('picture', { name: card.name });
  const tint = (card.person.index * 47) % 360;
  const photo = card.photo ? h('img', { alt: label, src: photoOf(tint) }) : null;
  const figure = h('figure', { 'aria-label': label, class: 'x-figure', style: `background-color:hsl(${tint} 32% 88%)` }, photo);
  return address ? h('a', { href: address, class: 'x-picture' }, figure) : figure;
}

/** Is this the row's Withdraw control? */
export const isControlOf = (row, node) => partsOf.get(row)?.control === node;
