// One row of the list. Made once, filled as often as the list wants: a node
// may be given to another person (P2).

import { h, hashedClass, icon, put } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';

const HEADLINE_SHOWN = 160; // longer headlines are cut to two lines, by looks only
const NOTE_SHOWN = 90; // longer notes are cut, with an expander

const partsOf = new WeakMap();

/** `serverRendered`: the control's href leads to the feed; later rows' to this list. */
export function makeRow(card, serverRendered, context, href) {
  const parts = {
    trap: href(serverRendered ? '/' : `${PATHS.sentPage}`),
    picture: h('div', {}),
    name: h('p', { class: 'x-name' }),
    headline: h('span', {}),
    age: h('span', {}),
    control: h('a', { class: 'x-withdraw' }, h('span', {}, h('span', {}, context.texts.text('withdraw')))),
    note: null,
  };
  const row = h(
    'div',
    { role: 'listitem', class: 'x-row' },
    h(
      'div',
      { class: 'x-row-line' },
      parts.picture,
      h(
        'div',
        { class: 'x-words' },
        h('div', {}, parts.name, h('div', {}, h('p', { class: 'x-headline' }, parts.headline)), h('div', {}, h('p', { class: 'x-age' }, parts.age))),
      ),
      h('div', {}, parts.control),
    ),
  );
  partsOf.set(row, parts);
  fillRow(row, card, context, href);
  return row;
}

/** Puts another card's content into the row's nodes. */
export function fillRow(row, card, { texts, faults }, href) {
  const parts = partsOf.get(row);
  put(row, 'componentkey', card.rowKey);
  parts.name.replaceChildren(card.name, ...degreeOf(card, faults));
  parts.headline.textContent = card.headline;
  const long = card.headline.length > HEADLINE_SHOWN;
  parts.headline.parentNode.className = hashedClass(long ? 'x-headline x-headline-long' : 'x-headline');
  parts.age.textContent = card.sentText;
  const picture = makePicture(card, texts, href, faults.has('paths'));
  parts.picture.replaceWith(picture);
  parts.picture = picture;
  fillControl(parts, card, texts);
  parts.note?.remove();
  parts.note = card.note === null ? null : makeNote(card.note, texts.text('more'));
  if (parts.note) row.append(parts.note);
}

/** Is this link the row's Withdraw control? */
export const isControlOf = (row, link) => partsOf.get(row)?.control === link;

function fillControl(parts, card, texts) {
  const { control } = parts;
  put(control, 'aria-disabled', String(card.disabled));
  put(control, 'href', card.dead ? '#' : parts.trap);
  put(control, 'componentkey', card.controlKey);
  put(control, 'aria-label', texts.text('withdraw_named', { name: card.name }));
}

/** The only link to the person; it has no text. E-mail invitees have none. */
function makePicture(card, texts, href, odd) {
  const label = texts.text('picture', { name: card.name });
  const tint = (card.person.index * 47) % 360;
  const figure = h(
    'div',
    {},
    h(
      'figure',
      { class: 'x-figure', style: `background-color:hsl(${tint} 32% 88%)` },
      icon({ id: 'person-accent-4', role: 'img', 'aria-label': label, 'data-token-id': '356' }, PERSON),
      card.photo ? h('img', { alt: label, 'data-loaded': 'true', fetchpriority: 'low', src: photoOf(tint) }) : null,
    ),
  );
  if (!card.slug) return figure;
  const path = odd ? oddPath(card) : `/in/${card.slug}/`;
  return h('a', { tabindex: '0', href: href(path), style: 'height:7.2rem;width:7.2rem', class: 'x-picture' }, figure);
}

/** How near the person is, behind the name, as some variants show it (§3.5 fact 6). */
export function degreeOf({ person, slug }, faults) {
  if (!slug || !faults.has('degree')) return [];
  const forms = [' • 2nd', ' 3rd+', '2nd'];
  return [h('span', { class: 'x-faint' }, forms[person.index % forms.length])];
}

/** U9: one person's address in other forms, none of which is another person's. */
export function oddPath({ slug, person }) {
  const forms = [
    `/in/${slug}`,
    `/de/in/${slug}/`,
    `/in/${slug}/?locale=fr_FR`,
    `/in/${decodeURIComponent(slug)}/`,
    `/in/${slug.toLowerCase()}/#about`,
    `/in/${slug.toUpperCase()}/`,
    `/pt-br/in/${slug}`,
  ];
  return forms[person.index % forms.length];
}

const PERSON = 'M12 12a4 4 0 1 0-4-4 4 4 0 0 0 4 4zM4 20c0-4 3.6-6 8-6s8 2 8 6';

/** A drawn landscape instead of a photograph; twelve of them, so that they stay cheap.
    Round by itself: a clip in every row would cost every frame of a long list. */
export function photoOf(tint) {
  const hue = Math.round(tint / 30) * 30;
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 72 72'><clipPath id='c'><circle cx='36' cy='36' r='36'/></clipPath><g clip-path='url(#c)'><rect width='72' height='72' fill='hsl(${hue} 45% 82%)'/><circle cx='50' cy='22' r='9' fill='hsl(${(hue + 40) % 360} 70% 92%)'/><path d='M0 56l20-24 16 18 12-12 24 26v8H0z' fill='hsl(${hue} 28% 48%)'/></g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

/** The note stands after the control, with the same markup as the age (§3.5 fact 5). */
export function makeNote(note, more) {
  const box = h('span', { 'data-testid': 'expandable-text-box', class: 'x-note-text' });
  if (note.length <= NOTE_SHOWN) box.append(...lines(note));
  else {
    const expand = () => box.replaceChildren(...lines(note));
    const button = h('button', { 'data-testid': 'expandable-text-button', class: 'x-expand', onclick: expand }, more);
    box.append(...lines(`${note.slice(0, NOTE_SHOWN).replace(/\s+\S*$/, '')}…`), button);
  }
  return h('div', {}, h('div', { class: 'x-note' }, h('div', {}, h('div', {}, h('p', {}, box)))));
}

export function lines(words) {
  return words.split('\n').flatMap((line, i) => (i ? [document.createElement('br'), line] : [line]));
}
