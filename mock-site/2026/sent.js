// The Sent page of layout 2026: frame, tabs, pill, rows (§3.5).

import { h, icon, inPage } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';
import { drawShell, makeAside } from './shell.js';
import { openSafetyModal, openWithdrawDialog } from './dialog.js';
import { fillRow, isControlOf, makeRow } from './row.js';

const SCREEN = 'com.linkedin.sdui.flagshipnav.mynetwork.invitations.InvitationSentWithType';

/** On the screen that came with the document, besides; of the last one's value only the beginning is known. */
const COLD = { 'data-sdui-destination-screen': SCREEN, 'data-sdui-destination-screen-hash': SCREEN };

/** Draws the page without rows. Returns what the list and the withdrawals need. */
export function drawSentPage(context) {
  const { texts } = context;
  const shell = drawShell(context, `${texts.text('invitations')} | LinkedIn`);
  const kinds = h('ul', { class: 'x-pills' });
  const sentinel = h('div', { class: 'x-sentinel' });
  const column = h(
    'div',
    { 'data-testid': 'lazy-column', 'data-component-type': 'LazyColumn', class: 'x-column' },
    h('hr', { role: 'presentation' }),
    sentinel,
  );
  const screen = h(
    'div',
    { 'data-sdui-screen': SCREEN, ...(context.visited ? {} : COLD) },
    h('hr', { role: 'presentation' }),
    h('nav', {}, kinds),
    column,
  );
  shell.main.append(makeFrame(context, shell.href, 'sent', screen));

  const setCount = (n) => kinds.replaceChildren(...makePills(context, shell.href, n));
  return {
    view: makeView(context, shell, { column, sentinel, screen, setCount }),
    onRows: (react) => listen(column, react),
    openDialog: (wish) => openWithdrawDialog({ ...wish, texts, toasts: shell.toasts }),
    toast: shell.toasts.show,
    safety: () => openSafetyModal(shell.toasts),
    overlay: () => layOver(shell),
    acknowledge: (row) => row?.querySelector('a[aria-label]')?.replaceWith(h('p', { class: 'x-done' }, 'Invitation withdrawn')),
  };
}

/** Title, tabs and aside, which the Received page has too. */
export function makeFrame({ texts, faults, visit }, href, current, screen) {
  const { text } = texts;
  const tab = (name, path) =>
    h(
      'li',
      {},
      inPage(h('a', { href: href(path), class: 'x-tab', 'aria-current': name === current ? 'true' : null }, h('span', {}, h('span', {}, text(name)))), visit),
    );
  const settings = icon({ id: 'settings-medium', role: 'img', 'aria-label': text('settings'), 'data-token-id': '377' }, 'M4 7h16M4 17h16M9 4v6M15 14v6');
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'x-columns' },
      h(
        'section',
        { 'aria-label': 'Primary content', class: 'x-primary' },
        h(
          'section',
          { class: 'x-sheet' },
          h(
            'div',
            {},
            h(
              'div',
              { class: faults.has('sticky') ? 'x-top x-top-sticky' : 'x-top' },
              h(
                'div',
                { class: 'x-title' },
                h('p', {}, text('manage')),
                h('div', { role: 'button', tabindex: '0', 'aria-expanded': 'false', class: 'x-settings' }, settings),
              ),
              h(
                'nav',
                { style: 'max-width:24.8rem' },
                h('ul', { class: 'x-tabs' }, tab('received', PATHS.received), faults.has('no-sent-tab') ? null : tab('sent', PATHS.sent)),
              ),
            ),
            screen,
          ),
        ),
      ),
      makeAside(href),
    ),
  );
}

/** "People (N)", and "Pages (N)" when there are some. No people: no pill (§2.3). */
function makePills({ pills, visit }, href, n) {
  return pills(n).map(({ path, words, current }) =>
    h('li', {}, inPage(h('a', { href: href(path), class: 'x-pill', 'aria-current': current ? 'true' : null }, h('span', {}, h('span', {}, words))), visit)));
}

function makeView(context, shell, { column, sentinel, screen, setCount }) {
  const more = h('button', { type: 'button', class: 'x-more' }, h('span', {}, context.texts.text('load_more')));
  let loadMore = null;
  more.addEventListener('click', () => loadMore?.());
  // A rule above each row but the first, which has the column's own.
  const between = (rows, withFirst) => {
    const fragment = document.createDocumentFragment();
    rows.forEach((row, i) => {
      if (i > 0 || withFirst) fragment.append(h('hr', { role: 'presentation' }));
      fragment.append(row);
    });
    return fragment;
  };
  return {
    scroller: shell.main,
    makeRow: (card, serverRendered) => makeRow(card, serverRendered, context, shell.href),
    fillRow: (row, card) => fillRow(row, card, context, shell.href),
    append: (rows) => sentinel.before(between(rows, column.children.length > 2)),
    replaceAll: (rows) => column.replaceChildren(h('hr', { role: 'presentation' }), between(rows, false), sentinel),
    takeOut(row) {
      row.previousElementSibling.remove(); // the rule above it
      row.remove();
    },
    setCount,
    showLoadMore(click) {
      loadMore = click;
      if (!more.isConnected) screen.append(more);
    },
    hideLoadMore: () => more.remove(),
    showSpinner: () => column.append(h('div', { class: 'x-spinner', 'aria-busy': 'true' })),
  };
}

/** One listener for all rows: links to persons and Withdraw controls. */
function listen(column, { control, pointer }) {
  const rowOf = (node) => [...ancestors(node)].find((element) => element.parentNode === column);
  const controlAt = (node) => {
    const link = node.closest?.('a');
    return link && isControlOf(rowOf(link), link) ? link : null;
  };
  column.addEventListener('click', (event) => {
    const link = controlAt(event.target);
    if (link && control(event, rowOf(link))) event.preventDefault();
  });
  column.addEventListener('keydown', (event) => {
    // The real control does nothing on Enter (§3.5 fact 10).
    if (event.key === 'Enter' && controlAt(event.target)) event.preventDefault();
  });
  column.addEventListener('mouseover', (event) => {
    const row = rowOf(event.target);
    if (row?.firstElementChild && event.target !== column) pointer(row, event);
  });
}

function* ancestors(node) {
  for (let at = node; at; at = at.parentNode) yield at;
}

/** P25: a cookie bar over the bottom of the page, and messaging, in the layer for it (§6). */
export function layOver(shell) {
  document.body.append(h('div', { class: 'x-overlay' }, h('p', {}, 'This site uses cookies. This bar covers the bottom of the page.')));
  shell.showMessaging();
}
