// `window.rescindMock`: the expected truth and a few triggers, for tests and
// for the curious. The tool itself never looks at it.

import { sentText, DAY } from './ages.js';

export function openConsole({ people, store, switches, texts, list, withdrawals }) {
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
    /** A mark in the log; resolves once the server has it and everything before it. */
    note: (text) => store.record({ type: 'note', text }),
    switches: () => switches,
    /** The ids that the page shows right now, in order. */
    shown: () => list?.shown().map((card) => card.id) ?? [],
    armRecycle: (ms) => list?.armRecycle(ms),
    armRerender: () => list?.armRerender(),
    armSwap: (ms, anew) => withdrawals?.armSwap(ms, anew),
  };
}
