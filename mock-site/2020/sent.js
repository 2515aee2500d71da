// The Sent page of layout 2020: header, tabs, pills, rows, pages (§3.3, §4).

import { h, icon } from '../shared/dom.js';
import { PATHS, TYPES } from '../shared/routes.js';
import { drawShell } from './shell.js';
import { openSafetyModal, openWithdrawDialog } from './dialog.js';
import { fillRow, isControlOf, makeRow } from './row.js';

/** Draws the page without rows. Returns what the list and the withdrawals need. */
export function drawSentPage(context) {
  const { texts, switches } = context;
  const variants = new Set(switches.variant.split(','));
  const shell = drawShell(context, `${texts.text('invitations')} | LinkedIn`);
  const pills = h('div', { class: 'x-pills' });
  const list = h('ul', { plain: 'artdeco-list mn-invitation-list' });
  const place = h('div', switches.load === 'scroll' ? { plain: 'scaffold-finite-scroll__content' } : {}, list);
  const foot = h('div', {});
  shell.main.append(makeFrame(context, shell.href, 'sent', pills, place, foot));
  // Its class is known, its words are this mock’s own.
  const none = h('section', { plain: 'mn-invitation-manager__no-invites', class: 'x-none' }, h('p', {}, 'No sent invitations'));

  function setCount(n) {
    pills.replaceChildren(...makePills(context, shell.href, n));
    if (n === 0 && !context.faults.has('spinner')) place.replaceChildren(none);
  }
  const role = variants.has('role-dialog') ? 'dialog' : 'alertdialog';
  const form = ['tvm', 'tvm-strong'].find((name) => variants.has(name)) ?? 'span';
  return {
    view: makeView(context, shell, { list, place, foot, setCount, form }),
    onRows: (react) => listen(list, react),
    openDialog: (wish) => openWithdrawDialog({ ...wish, texts, role }),
    toast: (words, failed) => shell.toast(failed || texts.code !== 'en' ? words : 'Invitation withdrawn', failed),
    safety: openSafetyModal,
    overlay: () => document.body.append(makeOverlay()),
    acknowledge: (row) => row?.querySelector('button')?.replaceWith(h('p', { class: 'x-faint' }, 'Invitation withdrawn')),
  };
}

/** Title and tabs, which the Received page has too. */
export function makeFrame({ texts, faults, visit }, href, current, ...content) {
  const { text } = texts;
  const tab = (name, path) =>
    h(
      'button',
      { type: 'button', role: 'tab', 'aria-selected': name === current ? 'true' : 'false', class: 'x-tab', onclick: () => visit(href(`${path}/`)) },
      text(name),
    );
  return h(
    'div',
    { class: 'x-sheet' },
    h(
      'div',
      { class: faults.has('sticky') ? 'x-top x-top-sticky' : 'x-top' },
      h('header', { plain: 'mn-invitation-manager__header', class: 'x-title' }, h('h1', {}, text('manage')), makeGear(text('settings'))),
      h('div', { role: 'tablist', class: 'x-tabs' }, tab('received', PATHS.received), faults.has('no-sent-tab') ? null : tab('sent', PATHS.sent)),
    ),
    ...content,
  );
}

function makeGear(label) {
  const gear = icon({ 'aria-hidden': 'true', width: '24', height: '24' }, 'M4 7h16M4 17h16M9 4v6M15 14v6');
  return h('button', { type: 'button', 'data-control-name': 'invitation_settings_entrypoint', 'aria-label': label, class: 'x-gear' }, gear);
}

/** "People (123)", and the other kinds when there are some; which is open stands in the query (§1.1). */
function makePills({ pills, visit }, href, n) {
  return pills(n).map(({ kind, words }) =>
    h(
      'button',
      { type: 'button', id: `mn-invitation-manager__invitation-facet-pills--${TYPES[kind]}`, plain: 'artdeco-pill artdeco-pill--slate', class: 'x-pill', onclick: () => visit(href(`${PATHS.sentPage}?invitationType=${TYPES[kind]}`)) },
      h('span', { plain: 'artdeco-pill__text' }, words),
    ));
}

function makeView(context, shell, { list, place, foot, setCount, form }) {
  return {
    scroller: document.documentElement,
    scrollEvents: document,
    makeRow: (card) => makeRow(card, context, shell.href, form),
    fillRow: (row, card) => fillRow(row, card, context, shell.href),
    append: (rows) => list.append(...rows),
    replaceAll: (rows) => list.replaceChildren(...rows),
    takeOut: (row) => row.remove(),
    setCount,
    showPages: openPagination(foot),
    showLoadMore() {},
    hideLoadMore() {},
    showSpinner: () => place.append(h('div', { plain: 'artdeco-loader', class: 'x-spinner' })),
  };
}

/**
 * Page numbers, and Previous and Next, disabled at the ends. One page has none. The two steps stay the
 * same nodes from page to page: a script holds on to Next for as long as it is enabled (§4).
 */
function openPagination(foot) {
  let state = null;
  const step = (name, words, by) =>
    h(
      'button',
      {
        type: 'button',
        plain: `artdeco-pagination__button artdeco-pagination__button--${name} artdeco-button artdeco-button--muted artdeco-button--icon-right artdeco-button--1 artdeco-button--tertiary ember-view`,
        class: 'x-step',
        onclick: () => state.go(state.page + by),
      },
      h('span', { plain: 'artdeco-button__text' }, words),
    );
  const previous = step('previous', 'Previous', -1);
  const next = step('next', 'Next', 1);
  const numbers = h('ul', { plain: 'artdeco-pagination__pages artdeco-pagination__pages--number', class: 'x-numbers' });
  const pagination = h('div', { plain: 'artdeco-pagination ember-view', class: 'x-pagination' }, previous, numbers, next);
  const number = (i) =>
    h(
      'li',
      { 'data-test-pagination-page-btn': String(i), plain: 'artdeco-pagination__indicator artdeco-pagination__indicator--number' },
      h('button', { type: 'button', class: 'x-number', 'aria-current': i === state.page ? 'true' : null, onclick: () => state.go(i) }, String(i)),
    );
  return (wish) => {
    state = wish;
    if (wish.pages < 2) return pagination.remove();
    previous.disabled = wish.page <= 1;
    next.disabled = wish.page >= wish.pages;
    numbers.replaceChildren(...Array.from({ length: Math.min(wish.pages, 10) }, (_, i) => number(i + 1)));
    if (!pagination.isConnected) foot.append(pagination);
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
    const button = event.target.closest?.('button');
    const row = button && rowOf(button);
    if (row && isControlOf(row, button)) control(event, row);
  });
  list.addEventListener('mouseover', (event) => {
    const row = event.target === list ? null : rowOf(event.target);
    if (row) pointer(row, event);
  });
}

/** P25: a cookie bar and the messaging pane over the bottom of the page. */
function makeOverlay() {
  return h(
    'div',
    { plain: 'artdeco-global-alert', class: 'x-overlay' },
    h('p', {}, 'This site uses cookies. This bar covers the bottom of the page.'),
    h('aside', { id: 'msg-overlay', plain: 'msg-overlay-container', class: 'x-messages' }, h('div', { plain: 'msg-overlay-list-bubble' }, h('p', {}, 'Messaging'))),
  );
}
