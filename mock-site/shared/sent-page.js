// The Sent page: puts the cards, the list, the withdrawals and the layout's
// markup together, and the faults that lie over the page as a whole.

import { makeCards, strangers } from './cards.js';
import { openConsole } from './console.js';
import { openList } from './list.js';
import { PATHS } from './routes.js';
import { openWithdrawals } from './withdraw.js';

const clicked = { x: NaN, y: NaN };
addEventListener('click', (event) => Object.assign(clicked, { x: event.clientX, y: event.clientY }), true);
let jumped = false; // the page goes to Received by itself once in a document

/** `enter(page, context)` tells whether the session still lets this page stand. */
export function startSentPage(context, enter) {
  const { layout, people, faults, store, switches, texts, loads } = context;
  const gone = store.goneNow();
  const cards = [...strangers(faults, texts, loads), ...makeCards(people, { faults, texts, gone, loads })];
  const ui = layout.drawSentPage(context);
  const list = openList(cards, ui.view, { switches, faults, loads });
  const withdrawals = openWithdrawals({ list, ui, store, texts, switches, faults, after: () => afterEffect() });

  ui.onRows({
    control: (event, row) => withdrawals.onControl(event, row),
    // A row that a visit drew under a pointer at rest was not gone over.
    pointer: (row, event) => event.clientX === clicked.x && event.clientY === clicked.y || list.touch(row),
  });
  list.start();
  openConsole({ ...context, list, withdrawals });
  startUnrest();
  startAccept();

  function afterEffect() {
    if (!enter('sent', { ...context, midRun: true })) return;
    showSafety();
  }

  /** P4: someone accepts while the run goes on: `accept:k`, or `accept:k/seconds`. */
  function startAccept() {
    const fault = faults.get('accept');
    if (!fault) return;
    const [k, seconds] = (fault.arg ?? '1').split('/').map(Number);
    const person = people[k - 1];
    const accept = () => {
      if (!person || store.isGone(person.id)) return;
      store.record({ type: 'accept', id: person.id, name: person.name });
      const card = list.cards.find((candidate) => candidate.id === person.id);
      if (card) list.remove(card);
    };
    if (seconds) return setTimeout(accept, seconds * 1000);
    if (store.withdrawals()) return accept();
    const timer = setInterval(() => {
      if (store.withdrawals() === 0) return;
      clearInterval(timer);
      setTimeout(accept, 300);
    }, 50);
  }

  function startUnrest() {
    if (faults.has('overlay')) ui.overlay();
    if (faults.has('unload')) addEventListener('beforeunload', (event) => event.preventDefault());
    const jump = faults.get('received');
    if (jump?.arg && !jumped) {
      jumped = true;
      setTimeout(() => {
        history.replaceState(null, '', PATHS.received);
        layout.drawPage('received', context);
      }, Number(jump.arg));
    }
    showSafety();
  }

  /** D15: a "take care" modal on load, or after k withdrawals. */
  function showSafety() {
    if (faults.has('safety') && store.withdrawals() >= faults.number('safety', 0)) ui.safety();
  }
}
