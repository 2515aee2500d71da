// The Sent page of layout 2025: frame, tabs, pill, rows, "Load more" (§3.4).

import { h, inPage } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';
import { drawShell, makeAside } from '../2026/shell.js';
import { openSafetyModal } from '../2026/dialog.js';
import { layOver } from '../2026/sent.js';
import { openWithdrawDialog } from './dialog.js';
import { fillRow, isControlOf, makeRow } from './row.js';

// The fact sheet has the beginning; the end is that of the next generation.
const SCREEN = 'com.linkedin.sdui.flagshipnav.mynetwork.invitations.InvitationSentWithType';
/** The mark of "Me" in the navigation, as seen in 2024-25 (§2.1). */
export const ME = { 'data-view-name': 'navigation-me' };

/** Draws the page without rows. Returns what the list and the withdrawals need. */
export function drawSentPage(context) {
  const { texts, switches } = context;
  const variants = new Set(switches.variant.split(','));
  const shell = drawShell(context, `${texts.text('invitations')} | LinkedIn`, ME);
  const kinds = h('ul', { class: 'x-pills' });
  const list = h('div', { componentkey: 'InvitationManagerPage_InvitationsList' });
  const screen = h('div', { 'data-sdui-screen': SCREEN }, h('nav', {}, kinds), list);
  shell.main.append(makeFrame(context, shell.href, 'sent', screen));

  const named = (name) => texts.text('withdraw_named', { name });
  // The misprint of early 2026 is only known in English.
  const misprinted = (name) => named(name).replace(/^Withdraw /, 'Withdrawn ');
  const question = { texts, toasts: shell.toasts, labelOf: variants.has('later-label') ? named : misprinted, first: variants.has('dialog-first') };
  const setCount = (n) => kinds.replaceChildren(...makePills(context, shell.href, n));
  return {
    view: makeView(context, shell, variants, { list, screen, setCount }),
    onRows: (react) => listen(list, react),
    openDialog: (wish) => openWithdrawDialog({ ...wish, ...question }),
    toast: shell.toasts.show,
    safety: () => openSafetyModal(shell.toasts),
    overlay: () => layOver(shell),
    acknowledge: (row) => row?.querySelector('button, a:not([href*="/in/"])')?.replaceWith(h('p', { class: 'x-done' }, 'Invitation withdrawn')),
  };
}

/** Title and tabs, which the Received page has too. The tabs are buttons, or links. */
export function makeFrame({ texts, faults, switches, visit }, href, current, screen) {
  const { text } = texts;
  const links = switches.variant.split(',').includes('tab-links');
  const tab = (name, path) => {
    const common = { class: 'x-tab x-bare', 'aria-current': name === current ? 'true' : null };
    const words = h('span', {}, h('span', {}, text(name)));
    const go = () => visit(href(`${path}/`));
    return h('li', {}, links ? inPage(h('a', { href: href(path), ...common }, words), visit) : h('button', { type: 'button', onclick: go, ...common }, words));
  };
  return h(
    'div',
    { class: 'x-columns' },
    h(
      'section',
      { class: 'x-primary' },
      h(
        'section',
        { class: 'x-sheet' },
        h(
          'div',
          { class: faults.has('sticky') ? 'x-top x-top-sticky' : 'x-top' },
          h('div', { class: 'x-title' }, h('p', {}, text('manage'))),
          h('nav', {}, h('ul', { class: 'x-tabs' }, tab('received', PATHS.received), faults.has('no-sent-tab') ? null : tab('sent', PATHS.sent))),
        ),
        screen,
      ),
    ),
    makeAside(href),
  );
}

/** The pills as buttons, or links where the tabs are links. A kind with none pending has no pill. */
function makePills({ switches, pills, visit }, href, n) {
  const links = switches.variant.split(',').includes('tab-links');
  return pills(n).map(({ path, words, current }) => {
    const common = { class: 'x-pill', 'aria-current': current ? 'true' : null };
    const shown = h('span', {}, words);
    return h('li', {}, links ? inPage(h('a', { href: href(path), ...common }, shown), visit) : h('button', { type: 'button', onclick: () => visit(href(path)), ...common }, shown));
  });
}

function makeView(context, shell, variants, { list, screen, setCount }) {
  const words = variants.has('more-results') ? 'Show more results' : context.texts.text('load_more');
  const more = h('button', { type: 'button', class: 'x-more' }, h('span', {}, words));
  let loadMore = null;
  more.addEventListener('click', () => loadMore?.());
  return {
    scroller: shell.main,
    makeRow: (card) => makeRow(card, context, shell.href, variants.has('link')),
    fillRow: (row, card) => fillRow(row, card, context, shell.href),
    append: (rows) => list.append(...rows),
    replaceAll: (rows) => list.replaceChildren(...rows),
    takeOut: (row) => row.remove(),
    setCount,
    showLoadMore(click) {
      loadMore = click;
      if (!more.isConnected) screen.after(more);
    },
    hideLoadMore: () => more.remove(),
    showSpinner: () => list.append(h('div', { class: 'x-spinner', 'aria-busy': 'true' })),
  };
}

/** One listener for all rows: their Withdraw controls, and the pointer over them. */
function listen(list, { control, pointer }) {
  const rowOf = (node) => {
    let at = node;
    while (at && at.parentNode !== list) at = at.parentNode;
    return at;
  };
  list.addEventListener('click', (event) => {
    const found = event.target.closest?.('a, button');
    const row = found && rowOf(found);
    if (row && isControlOf(row, found) && control(event, row)) event.preventDefault();
  });
  list.addEventListener('mouseover', (event) => {
    const row = event.target === list ? null : rowOf(event.target);
    if (row) pointer(row, event);
  });
}
