// `window.rescindMock`: the expected truth and a few triggers, for tests and
// for the curious. The tool itself never looks at it.

import { sentText, DAY } from './ages.js';

export function openConsole({ people, store, switches, texts, list }) {
  window.rescindMock = {
    /** Everybody of this practice account, as the list should show them. */
    people: () =>
      people.map((person) => ({
        id: person.id,
        slug: person.slug,
        name: person.name,
        headline: person.headline,
        note: person.note,
        sentText: sentText(person.ageMs, texts.age),
        ageDays: Math.floor(person.ageMs / DAY),
        kind: person.kind,
        withdrawn: store.isWithdrawn(person.id),
      })),
    log: () => store.log(),
    reset: () => store.reset(),
    switches: () => switches,
    /** The ids that the page shows right now, in order. */
    shown: () => list?.shown().map((card) => card.id) ?? [],
    armRecycle: () => list?.armRecycle(),
    armRerender: () => list?.armRerender(),
  };
}
