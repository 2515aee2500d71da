// Invented people: the same switches give the same people on every load.

import { CAST, isNameless } from './cast.js';
import { SCRIPTS, TRADES, PLACES, ASIDES, NOTES } from './names.js';
import { hostilePeople, quotedPeople } from './hostile.js';
import { randomFrom, between, pick } from './random.js';
import { DAY } from './ages.js';

const HOUR = DAY / 24;

/** Everybody who was ever invited, in the order of the list, newest first (roughly). */
export function makePeople({ count, seed }, faults, memberName) {
  const random = randomFrom(seed);
  const total = Math.max(0, Number(count) || 0);
  const rows = [...someCast(Math.min(total, CAST.length))];
  while (rows.length < total) rows.push(makeRow(random, rows.length));
  if (faults.has('hostile')) rows.splice(0, 0, ...hostilePeople());
  if (faults.has('quotes')) rows.splice(0, 0, ...quotedPeople());
  rows.length = Math.min(rows.length, total);
  const ages = makeAges(random, rows.length);
  return rows.map((row, i) => makePerson(row, i + 1, ages[i], random, memberName));
}

/** Invitations to follow a page, or to an event or a newsletter; one person may stand there several times. */
export function makeOthers(kind, count, seed) {
  const random = randomFrom(`${Number(seed) + 7}`);
  return Array.from({ length: Number(count) || 0 }, (_, i) => {
    const [name, slug, headline] = CAST[(i % 3) * 13];
    const ageMs = (2 + i * 9) * 7 * DAY + between(random, 1, 5) * DAY;
    return { index: i + 1, id: `${kind}/${i + 1}`, slug, name, headline, note: null, ageMs, kind, photo: true };
  });
}

function someCast(wanted) {
  return Array.from({ length: wanted }, (_, i) => CAST[Math.floor((i * CAST.length) / wanted)]);
}

function makePerson([name, slug, headline, note], index, ageMs, random, memberName) {
  const kind = isNameless(name) ? 'member' : slug ? 'person' : 'email';
  return {
    index,
    id: slug ? `in/${decodeURIComponent(slug)}` : `no-profile/${index}`,
    slug,
    name: isNameless(name) ? memberName : name,
    headline,
    note,
    ageMs,
    kind,
    // Some ages come with no-break spaces between the words.
    nbsp: index % 9 === 4,
    photo: slug !== null && random() < 0.8,
  };
}

function makeRow(random, i) {
  const script = pickWeighted(random);
  const given = pick(random, script.given);
  const name = given + script.join + pick(random, script.family);
  if (i % 97 === 60) return [`guest${i}@example.net`, null, '--', null];
  const headline = i % 23 === 11 ? '--' : `${pick(random, TRADES)} at ${pick(random, PLACES)}${pick(random, ASIDES)}`;
  const note = random() < 0.15 ? pick(random, NOTES).replace('{first}', given) : null;
  return [name, makeSlug(name, i), headline, note];
}

function pickWeighted(random) {
  let at = random() * SCRIPTS.reduce((sum, script) => sum + script.weight, 0);
  return SCRIPTS.find((script) => (at -= script.weight) < 0) ?? SCRIPTS[0];
}

/** Latin names lose their accents; others stay percent-encoded. The number keeps them unique. */
function makeSlug(name, i) {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, '-');
  const ending = i % 3 === 0 ? `${i}` : (i * 7919 + 65_536).toString(16);
  return `${encodeURIComponent((/^[a-z-]+$/.test(plain) ? plain : name.toLowerCase().replace(/\s+/g, '-')).normalize('NFC'))}-${ending}`;
}

/** Ages newest first, a few out of order. Away from the edges of months, so that
    calendar months and thirty-day months give the same words. */
function makeAges(random, total) {
  const ages = Array.from({ length: total }, () => oneAge(random)).sort((a, b) => a - b);
  // Hours-old invitations stand below month-old ones now and then.
  for (let i = 17; i < total; i += 19) {
    const [young] = ages.splice(Math.floor(i / 8), 1);
    ages.splice(i, 0, young);
  }
  return ages;
}

function oneAge(random) {
  const at = random();
  if (at < 0.04) return between(random, 2, 58) * 60_000;
  if (at < 0.1) return between(random, 1, 23) * HOUR + 60_000;
  if (at < 0.13) return DAY + between(random, 1, 22) * HOUR;
  if (at < 0.24) return between(random, 2, 6) * DAY + HOUR;
  if (at < 0.5) return between(random, 7, 29) * DAY + HOUR;
  if (at < 0.9) return between(random, 1, 10) * 31 * DAY + between(random, 1, 20) * DAY;
  return between(random, 1, 4) * 366 * DAY + between(random, 5, 300) * DAY;
}
