// The pills of the Sent page: people, and what else somebody can be invited to.

import { PATHS } from './routes.js';

/** The other kinds: by the switch that says how many, with the word of one and the page's route. */
export const OTHERS = {
  pages: { one: 'page', route: 'sent-pages' },
  events: { one: 'event', route: 'sent-events' },
  newsletters: { one: 'newsletter', route: 'sent-newsletters' },
};

/** The kind that a route lists, or null. */
export const kindOf = (route) => Object.keys(OTHERS).find((kind) => OTHERS[kind].route === route) ?? null;

/**
 * `open` is the kind whose list this page shows. The answer takes how many that list has now, and
 * gives what pills there are: `{kind, path, words, current}`. A kind of which none is pending has no pill (§2.3).
 */
export function openPills({ people, switches, faults, store, texts }, open) {
  const pendingPeople = () => (faults.has('empty') ? 0 : people.filter((person) => !store.isGone(person.id)).length);
  const pendingOthers = (kind) => Array.from({ length: Number(switches[kind]) || 0 }, (_, i) => `${OTHERS[kind].one}/${i + 1}`).filter((id) => !store.isGone(id)).length;
  const pending = (kind) => (kind === 'people' ? pendingPeople() : pendingOthers(kind));
  return (n) =>
    ['people', ...Object.keys(OTHERS)]
      .map((kind) => ({ kind, count: kind === open ? n : pending(kind) }))
      .filter(({ count }) => count > 0)
      .map(({ kind, count }) => ({ kind, path: PATHS[kind], words: texts.text(kind, { n: texts.number(count) }), current: kind === open }));
}
