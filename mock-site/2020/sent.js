// The Sent page of layout 2020: header, tabs, pills, rows, pages (§3.3, §4).

import { h } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';
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
export function makeFrame({ texts, faults }, href, current, ...content) {
  const { text } = texts;
  const tab = (name, path) =>
    h(
      'button',
      { type: 'button', role: 'tab', 'aria-selected': name === current ? 'true' : 'false', class: 'x-tab', onclick: () => location.assign(href(`${path}/`)) },
      text(name),
    );
  return h(
    'div',
    { class: 'x-sheet' },
    h(
      'div',
      { class: faults.has('sticky') ? 'x-top x-top-sticky' : 'x-top' },
      h('header', { plain: 'mn-invitation-manager__header', class: 'x-title' }, h('h1', {}, text('manage'))),
      h('div', { role: 'tablist', class: 'x-tabs' }, tab('received', PATHS.received), faults.has('no-sent-tab') ? null : tab('sent', PATHS.sent)),
    ),
    ...content,
  );
}

/** What a pill's id ends with (§3.3). */
const TYPES = { people: 'CONNECTION', pages: 'ORGANIZATION', events: 'EVENT', newsletters: 'CONTENT_SERIES' };

/** "People (123)", and the other kinds when there are some. */
function makePills({ pills }, href, n) {
  return pills(n).map(({ kind, path, words }) =>
    h(
      'button',
      { type: 'button', id: `mn-invitation-manager__invitation-facet-pills--${TYPES[kind]}`, plain: 'artdeco-pill artdeco-pill--slate', class: 'x-pill', onclick: () => location.assign(href(path)) },
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
    setCount,
    showPages: (wish) => foot.replaceChildren(...makePagination(wish)),
    showLoadMore() {},
    hideLoadMore() {},
    showSpinner: () => place.append(h('div', { plain: 'artdeco-loader', class: 'x-spinner' })),
  };
}

/** Page numbers, and Previous and Next, disabled at the ends. One page has none. */
function makePagination({ page, pages, go }) {
  if (pages < 2) return [];
  const numbers = Array.from({ length: Math.min(pages, 10) }, (_, i) =>
    h(
      'li',
      { 'data-test-pagination-page-btn': String(i + 1), plain: 'artdeco-pagination__indicator artdeco-pagination__indicator--number' },
      h('button', { type: 'button', class: 'x-number', 'aria-current': i + 1 === page ? 'true' : null, onclick: () => go(i + 1) }, String(i + 1)),
    ),
  );
  const step = (name, words, to) =>
    h(
      'button',
      {
        type: 'button',
        plain: `artdeco-pagination__button artdeco-pagination__button--${name} artdeco-button artdeco-button--muted artdeco-button--icon-right artdeco-button--1 artdeco-button--tertiary ember-view`,
        class: 'x-step',
        disabled: to < 1 || to > pages,
        onclick: () => go(to),
      },
      h('span', { plain: 'artdeco-button__text' }, words),
    );
  return [
    h(
      'div',
      { plain: 'artdeco-pagination ember-view', class: 'x-pagination' },
      step('previous', 'Previous', page - 1),
      h('ul', { plain: 'artdeco-pagination__pages artdeco-pagination__pages--number', class: 'x-numbers' }, ...numbers),
      step('next', 'Next', page + 1),
    ),
  ];
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
    if (row) pointer(row);
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
