// A profile of layout 2026, and what one can do about an invitation there (§5.2): a link while it is
// pending, a button without an address once it was withdrawn, else a link that leads to an invitation.

import { makeCards } from '../shared/cards.js';
import { h } from '../shared/dom.js';
import { openWithdrawals } from '../shared/withdraw.js';
import { openWithdrawDialog } from './dialog.js';
import { drawShell } from './shell.js';

/** `columns(href, …)` puts the aside beside the profile. */
export function drawProfile(context, columns) {
  const { own, people } = context;
  const slug = decode(context.slug);
  const person = people.find((one) => one.id === `in/${slug}`);
  const { name, headline } = slug === own.slug ? { name: own.name, headline: 'Owner of this practice account' } : (person ?? { name: 'Somebody Example', headline: '--' });
  const shell = drawShell(context, `${name} | LinkedIn`);
  // It was seen twice on a page; that the other one is hidden is a guess.
  const places = [h('div', {}), h('div', { hidden: true })];
  shell.main.append(columns(shell.href, h('section', { class: 'x-sheet x-padded' }, h('h1', {}, name), h('p', { class: 'x-faint' }, headline), ...places)));
  if (slug === own.slug) return;
  const card = cardOf(person, context);
  const put = (make) => places.forEach((place) => place.replaceChildren(make()));
  const { connect, withdrawn, pending } = controlsFor(name, context.slug, person?.index ?? 0, shell.href);
  if (card) {
    const onclick = openPending(card, context, shell, () => put(withdrawn));
    put(() => pending(onclick));
  } else if (!person || !context.store.isGone(person.id)) put(connect);
  else if (context.store.isWithdrawn(person.id)) put(withdrawn);
  // Who accepted is connected, and has none of them.
}

/** The invitation as the list shows it, or undefined when it is not pending. */
function cardOf(person, { people, faults, texts, store, loads }) {
  return makeCards(people, { faults, texts, gone: store.goneNow(), loads }).find((card) => card.person === person);
}

/** The three states; their words are known in English only. */
function controlsFor(name, slug, index, href) {
  const keyed = (state) => ({ componentkey: `ConnectButtonstate:invitation:urn:li:member:${100_000_000 + index}_${state}`, class: 'x-button' });
  const invite = { 'aria-label': `Invite ${name} to connect` };
  return {
    connect: () => h('a', { ...keyed('connect'), ...invite, href: `/preload/custom-invite/?vanityName=${slug}` }, 'Connect'),
    withdrawn: () => h('button', { ...keyed('withdrawn'), ...invite, type: 'button' }, h('span', {}, h('span', {}, 'Connect'))),
    // Its address was this page's, or the feed's: where a click leads that is not taken up.
    pending: (onclick) =>
      h('a', { ...keyed('pending'), 'aria-label': `Pending, click to withdraw invitation sent to ${name}`, href: href(`/in/${slug}/`), onclick }, h('span', {}, 'Pending')),
  };
}

/** The same question and the same faults as on the Sent page, for a list of one. */
function openPending(card, { store, texts, switches, faults }, shell, remove) {
  const liveFrom = performance.now() + Number(switches.hydrate);
  const list = { cardOf: () => card, rowOf: () => null, shown: () => [card], isLive: () => performance.now() >= liveFrom, remove };
  const ui = {
    openDialog: (wish) => openWithdrawDialog({ ...wish, texts, toasts: shell.toasts }),
    toast: shell.toasts.show,
    acknowledge() {},
  };
  const withdrawals = openWithdrawals({ list, ui, store, texts, switches, faults, after() {} });
  return (event) => withdrawals.onControl(event, null) && event.preventDefault();
}

function decode(slug) {
  try {
    return decodeURIComponent(slug ?? '');
  } catch {
    return slug;
  }
}
