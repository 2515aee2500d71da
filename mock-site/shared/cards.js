// What this load of the Sent page shows: people minus those who are gone, with
// the list faults (P5 to P13, P24, P27) worked in. A card is one row's content.

import { sentText } from './ages.js';
import { uuid } from './dom.js';

const OLD_NAME = 'Formerly Known';

/** The cards in the order of the page. `loads` = earlier loads of the Sent page. */
export function makeCards(people, { faults, texts, gone, loads }) {
  if (faults.has('empty')) return [];
  const cards = people
    .filter((person) => !gone.has(person.id))
    .map((person) => makeCard(person, people, faults, texts, loads));
  faults.has('dup') && duplicate(cards, faults);
  return cards;
}

/** The card that fault `prepend:k` adds on top from the second load on, k times. */
export function strangers(faults, texts, loads) {
  if (!faults.has('prepend') || loads < 1) return [];
  return Array.from({ length: faults.number('prepend', 1) }, (_, i) => {
    const person = { index: 0, id: `in/new-face-${i + 1}`, slug: `new-face-${i + 1}`, name: `New Face ${i + 1}`, headline: 'Just invited', note: null, ageMs: 5 * 60_000, kind: 'person', photo: false };
    return plainCard(person, texts);
  });
}

function makeCard(person, people, faults, texts, loads) {
  const card = plainCard(person, texts);
  const on = (name) => faults.onPerson(name, person.index);
  const later = (name) => {
    const fault = on(name);
    return fault && loads >= Number((fault.arg ?? '').split('/')[1] ?? 1) ? fault : null;
  };
  const twin = faults.get('samename');
  if (twin) {
    const k = faults.number('samename', 3);
    if (person.index === k + 1) card.name = people[k - 1].name;
  }
  if (on('blank')) Object.assign(card, { headline: '', photo: false });
  if (on('nolink')) card.slug = null;
  if (later('rename')) card.name = OLD_NAME;
  if (later('younger')) card.sentText = sentText(20 * 3_600_000, texts.age);
  const age = faults.onPerson('age', person.index);
  if (age && age.at) card.sentText = age.arg;
  if (on('age-unreadable')) card.sentText = texts.age('week', '☂');
  card.disabled = on('disabled') !== null;
  card.dead = on('deadlink') !== null;
  return card;
}

function plainCard(person, texts) {
  const words = sentText(person.ageMs, texts.age);
  return {
    person,
    id: person.id,
    slug: person.slug,
    name: person.name,
    headline: person.headline,
    note: person.note,
    photo: person.photo,
    sentText: person.nbsp ? words.replaceAll(' ', '\u00a0') : words,
    rowKey: `auto-component-${uuid()}`,
    controlKey: uuid(),
    disabled: false,
    dead: false,
  };
}

/** The k-th person stands there twice, the second time three rows further down. */
function duplicate(cards, faults) {
  const at = cards.findIndex((card) => faults.onPerson('dup', card.person.index));
  if (at < 0) return;
  cards.splice(at + 3, 0, { ...cards[at], rowKey: `auto-component-${uuid()}`, controlKey: uuid() });
}
