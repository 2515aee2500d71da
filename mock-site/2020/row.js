// One row of layout 2020 (§3.3). Made once, filled as often as the list wants.

import { h, put } from '../shared/dom.js';
import { degreeOf, lines, oddPath, photoOf } from '../2026/row.js';

const NOTE_SHOWN = 90; // longer notes are cut, with "See more"
const BUTTON = 'artdeco-button artdeco-button--muted artdeco-button--3 artdeco-button--tertiary ember-view invitation-card__action-btn';

const partsOf = new WeakMap();

/** `form`: "span" (2020-23), "tvm" or "tvm-strong" (2023-25). */
export function makeRow(card, context, href, form) {
  const parts = {
    picture: h('div', {}),
    title: h('div', {}),
    headline: h('div', { plain: 'invitation-card__subtitle t-14 t-black--light t-normal', class: 'x-headline' }),
    insights: h('div', {}),
    age: h('time', { plain: 'time-badge t-12 t-black--light t-normal', class: 'x-age' }),
    control: h(
      'button',
      // The name of the control was given up in 2022, the button's own class stayed.
      { type: 'button', plain: BUTTON, class: 'x-withdraw', ...(form === 'span' ? { 'data-control-name': 'withdraw_single' } : {}) },
      h('span', { plain: 'artdeco-button__text' }, context.texts.text('withdraw')),
    ),
    note: null,
  };
  const details = h('div', { plain: 'invitation-card__details', class: 'x-words' }, parts.title, parts.headline, parts.insights, parts.age);
  const row = h(
    'li',
    { plain: 'invitation-card artdeco-list__item ember-view', class: 'x-row' },
    h(
      'div',
      { plain: 'invitation-card__container ph2 pt1 pb2', class: 'x-row-line' },
      h('div', { plain: 'display-flex flex-1 align-items-center pl0', class: 'x-left' }, parts.picture, details),
      h('div', { plain: 'invitation-card__action-container pl3' }, parts.control),
    ),
  );
  parts.form = form;
  partsOf.set(row, parts);
  fillRow(row, card, context, href);
  return row;
}

/** Puts another card's content into the row's nodes. */
export function fillRow(row, card, { texts, faults }, href) {
  const parts = partsOf.get(row);
  const path = card.slug && href(faults.has('paths') ? oddPath(card) : `/in/${card.slug}/`);
  swap(parts, 'picture', makePicture(card, texts, path));
  swap(parts, 'title', makeTitle([card.name, ...degreeOf(card, faults)], path, parts.form));
  parts.headline.textContent = card.headline;
  swap(parts, 'insights', card.person.index % 3 === 1 ? makeInsights(card.person.index, href) : h('div', {}));
  parts.age.textContent = ageIn(parts.form, card.sentText);
  parts.control.disabled = card.disabled;
  put(parts.control, 'aria-label', texts.text('withdraw_named', { name: card.name }));
  parts.note?.remove();
  parts.note = card.note === null ? null : makeNote(card.note);
  if (parts.note) row.append(parts.note);
}

/** Until 2023 the age stood alone, then with "Sent", and less than a day was "today". Only English is known. */
function ageIn(form, words) {
  if (form === 'span') return words.replace(/^Sent\s/u, '');
  return words.replace(/^Sent\s\d+\s(?:minute|hour)s?\sago$/u, 'Sent today');
}

/** Mutual connections; what stands in there is not evidenced, so some have a link to somebody else. */
function makeInsights(index, href) {
  const words = `${index % 7 + 2} mutual connections`;
  const known = index % 2 ? [h('a', { href: href('/in/kim-example/') }, 'Kim Example'), ` and ${words}`] : [words];
  return h('div', { plain: 'member-insights', class: 'x-faint' }, h('span', {}, ...known));
}

function swap(parts, name, fresh) {
  parts[name].replaceWith(fresh);
  parts[name] = fresh;
}

/** Is this the row's Withdraw control? */
export const isControlOf = (row, node) => partsOf.get(row)?.control === node;

function makeTitle(words, path, form) {
  const link = (...children) => (path ? h('a', { href: path, class: 'x-name-link' }, ...children) : h('span', {}, ...children));
  if (form === 'span') return link(h('span', { plain: 'invitation-card__title t-16 t-black t-bold', class: 'x-name' }, ...words));
  const name = form === 'tvm' ? link(h('strong', { class: 'x-name' }, ...words)) : h('strong', { class: 'x-name' }, link(...words));
  return h('div', { plain: 'invitation-card__tvm-title t-16 t-normal t-black' }, name);
}

function makePicture(card, texts, path) {
  const tint = (card.person.index * 47) % 360;
  const image = h('img', { alt: texts.text('picture', { name: card.name }), src: photoOf(tint), width: '56', height: '56' });
  if (!path) return h('div', {}, image);
  return h('a', { plain: 'app-aware-link ember-view invitation-card__picture', href: path, class: 'x-picture' }, image);
}

/** Below the row, with "See more" when it is long. */
function makeNote(note) {
  const box = h('div', { plain: 'invitation-card__custom-message lt-line-clamp', class: 'x-note-text' });
  if (note.length <= NOTE_SHOWN) box.append(...lines(note));
  else {
    const more = h('a', { href: '#', plain: 'lt-line-clamp__more', class: 'x-expand' }, 'See more');
    more.addEventListener('click', (event) => {
      event.preventDefault();
      box.replaceChildren(...lines(note));
    });
    box.append(...lines(`${note.slice(0, NOTE_SHOWN).replace(/\s+\S*$/, '')}… `), more);
  }
  return h('div', { plain: 'invitation-card__custom-message-container', class: 'x-note' }, box);
}
