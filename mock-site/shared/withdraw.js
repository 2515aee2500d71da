// One withdrawal: the click on a row's control, the dialog, the effect, and
// what the page then says about it. All dialog and effect faults are here.
//
// The truth is what `store.record({type: "withdraw"})` was told; everything
// the page shows after that is only the page's word.

import { wait } from './dom.js';
import { randomFrom, between } from './random.js';

/**
 * ui: openDialog({name, other, …}) -> {close(), rename(name), element}, toast(text, failed), safety()
 * after: called once a withdrawal had its effect
 */
export function openWithdrawals({ list, ui, store, texts, switches, faults, after }) {
  const random = randomFrom(Number(switches.seed) + 7);
  const { text } = texts;
  let lastToast = text('toast_done', { first: 'Nobody' });
  let busy = false;
  let asking = null; // the last dialog that asked

  /** The click on a row's control. True when the page took it over from the browser. */
  function onControl(event, row) {
    const card = list.cardOf(row);
    const trusted = event.isTrusted;
    const note = { type: 'click-withdraw', id: card.id, name: card.name, trusted };
    if (card.disabled) {
      store.record({ ...note, ignored: 'disabled' });
      return true;
    }
    if (card.dead) {
      store.record({ ...note, ignored: 'deadlink' });
      return true;
    }
    // Not live yet, or a synthetic click that the page does not listen to: the browser
    // follows the href of a link, and nothing is withdrawn (§3.5 fact 1 and 10).
    if (!list.isLive(row) || (!trusted && switches.trusted !== '0')) {
      store.record({ ...note, ignored: list.isLive(row) ? 'untrusted' : 'not-live' });
      if (event.target.closest('a')) store.record({ type: 'trap-navigation', id: card.id, name: card.name, trusted });
      return false;
    }
    store.record(note);
    begin(card, store.count('click-withdraw'));
    return true;
  }

  async function begin(card, k) {
    if (busy) return;
    busy = true;
    const on = (name) => faults.onAction(name, k);
    try {
      if (on('newtab')) open('/feed/', '_blank');
      if (on('dlg-none')) return await effect(card, k, null);
      const native = on('dlg-native');
      if (native) {
        await wait(Number(native.arg ?? 0));
        if (confirm(text('dialog_text'))) await effect(card, k, null);
        return;
      }
      if (on('dlg-never')) return;
      await wait(dialogDelay(on));
      ask(card, k, on);
    } finally {
      busy = false;
    }
  }

  function dialogDelay(on) {
    const late = on('dlg-late');
    if (late) return Number(late.arg ?? 4000);
    return switches['dialog-delay'] === '' ? between(random, 300, 800) : Number(switches['dialog-delay']);
  }

  function ask(card, k, on) {
    const other = on('dlg-other') || on('dlg-two') ? neighbour(card) : null;
    const named = on('dlg-other') && other ? other : card;
    const gone = on('dlg-gone');
    const dialog = openFor(named, k, on, card);
    if (on('dlg-two') && other) openFor(other, k, on, card);
    if (gone) setTimeout(() => dialog.close(), Number(gone.arg ?? 400));
    const swap = on('dlg-swap-person');
    if (swap) {
      const [ms, how] = (swap.arg ?? '').split('/');
      armSwap(Number(ms), how === 'new');
    }
  }

  /** The dialog that asks becomes another person's, ms later: its nodes, or a new one in its place. */
  function armSwap(ms, anew = false) {
    const asked = asking;
    setTimeout(() => asked?.swap(anew), ms);
  }

  function openFor(first, k, on, asked) {
    let card = first;
    const slide = on('dlg-slide');
    const dialog = ui.openDialog({
      name: on('dlg-noname') ? null : on('dlg-longer') ? `${card.name} Smith` : card.name,
      other: on('dlg-other') !== null || first !== asked,
      swap: on('dlg-swap') !== null,
      extra: on('dlg-extra') !== null,
      slide: slide ? Number(slide.arg ?? 200) : 0,
      onCancel(how) {
        store.record({ type: 'cancel', id: card.id, name: card.name, how });
        dialog.close();
      },
      onConfirm(event) {
        store.record({ type: 'confirm', id: card.id, name: card.name, trusted: event.isTrusted });
        if (!on('dlg-left-over')) dialog.close();
        effect(card, k, dialog);
      },
    });
    store.record({ type: 'dialog-open', id: card.id, name: card.name, named: on('dlg-noname') ? null : card.name });
    asking = {
      swap(anew) {
        const other = neighbour(card);
        if (!other || !dialog.element.isConnected) return;
        store.record({ type: 'dialog-swap', id: other.id, name: other.name });
        if (anew) {
          dialog.close();
          openFor(other, k, on, asked);
        } else {
          card = other;
          dialog.rename(other.name);
        }
      },
    };
    return dialog;
  }

  const neighbour = (card) => {
    const shown = list.shown();
    return shown[shown.indexOf(card) + 1] ?? shown[shown.indexOf(card) - 1] ?? null;
  };

  /** Sends the withdrawal at once (a killed browser cannot take it back), shows it later. */
  async function effect(card, k) {
    const on = (name) => faults.onAction(name, k);
    const status = await send(card, k, on);
    await wait(Number(switches['effect-delay']));
    if (status !== 200) return toast(text('toast_failed', { first: firstName(card) }), on, true);
    toast(text('toast_done', { first: firstName(card) }), on, false);
    if (on('ack')) ui.acknowledge(list.rowOf(card));
    else list.remove(card);
    after(card);
  }

  /** Tells the store; returns the status that the page is given. */
  async function send(card, k, on) {
    const event = { type: 'withdraw', id: card.id, name: card.name };
    if (on('toast-error')) return 500;
    const refusal = (on('s429-act') && 429) || (on('s5xx-act') && 503);
    if (refusal) return store.record({ ...event, type: 'withdraw-refused' }, `?answer=${refusal}`);
    if (on('effect-none') || faults.onPerson('reappear', card.person.index)) {
      await store.record({ ...event, type: 'no-effect' });
      return 200;
    }
    const late = on('effect-late');
    const victim = on('effect-wrong') ? (neighbour(card) ?? card) : card;
    return store.record({
      ...event,
      id: victim.id,
      name: victim.name,
      ...(late ? { after: Number(late.arg ?? 10_000) } : {}),
      ...(victim !== card ? { instead_of: card.id } : {}),
    });
  }

  async function toast(words, on, failed) {
    if (on('toast-none')) return;
    const shown = on('toast-stale') ? lastToast : words;
    lastToast = words;
    const late = on('toast-late');
    if (late) await wait(Number(late.arg ?? 6000));
    ui.toast(shown, failed);
    store.record({ type: 'toast', text: shown });
  }

  return { onControl, armSwap };
}

/** The first word of a name; a whole e-mail address. */
function firstName(card) {
  return card.name.split(/\s/)[0];
}
