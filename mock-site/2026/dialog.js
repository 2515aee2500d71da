// Dialogs of layout 2026: native <dialog>, no role attribute.

import { h, icon, put, uuid } from '../shared/dom.js';

const SCREEN = 'com.linkedin.sdui.flagshipnav.mynetwork.invitations.WithdrawConfirmationDialog';

/**
 * The question before a withdrawal. `name` null = the button names nobody;
 * `swap`, `extra`, `slide` are dialog faults. Returns `{element, close(), rename(name)}`.
 */
export function openWithdrawDialog({ texts, toasts, name, swap, extra, slide, onCancel, onConfirm }) {
  const { text } = texts;
  const label = name === null ? null : text('withdraw_named', { name });
  const plain = (words, attributes) =>
    h('button', { type: 'button', class: 'x-button', ...attributes }, h('span', {}, h('span', {}, words)));
  const cancel = plain(text('cancel'), { onclick: () => onCancel('cancel') });
  const confirm = h(
    'div',
    { 'data-display-contents': 'true', class: 'x-contents' },
    plain(text('withdraw'), { class: 'x-button x-strong', componentkey: uuid(), 'aria-label': label, onclick: onConfirm }),
  );
  const block = extra ? plain('Block', { onclick: () => onCancel('block') }) : null;
  const buttons = swap ? [confirm, block, cancel] : [cancel, block, confirm];
  const element = h(
    'dialog',
    { 'data-testid': 'dialog', 'aria-labelledby': 'dialog-header', class: 'x-dialog' },
    dismissButton(text('dismiss'), () => onCancel('dismiss')),
    h(
      'div',
      {},
      h('header', { id: 'dialog-header' }, h('h2', {}, text('dialog_title'))),
      h(
        'div',
        { 'data-testid': 'dialog-content' },
        h(
          'div',
          { 'data-sdui-screen': SCREEN },
          h('div', {}, h('p', {}, text('dialog_text')), h('hr', { role: 'presentation' }), h('div', { class: 'x-buttons' }, ...buttons.filter(Boolean))),
        ),
      ),
    ),
  );
  element.addEventListener('cancel', (event) => {
    event.preventDefault(); // Escape: closed by `onCancel`, so that it is logged
    onCancel('escape');
  });
  const rename = (other) => put(confirm.firstChild, 'aria-label', text('withdraw_named', { name: other }));
  return { ...show(element, toasts, slide), rename };
}

/** A modal that is none of our business (D15): the words are this mock's own. */
export function openSafetyModal(toasts) {
  const element = h(
    'dialog',
    { 'data-testid': 'dialog', 'aria-labelledby': 'dialog-header', class: 'x-dialog' },
    dismissButton('Dismiss', () => shown.close()),
    h(
      'div',
      {},
      h('header', { id: 'dialog-header' }, h('h2', {}, 'Take care of your account')),
      h(
        'div',
        { 'data-testid': 'dialog-content' },
        h('p', {}, 'We noticed unusual activity. Please review it before you go on.'),
        h('div', { class: 'x-buttons' }, h('button', { type: 'button', class: 'x-button x-strong', onclick: () => shown.close() }, 'Continue')),
      ),
    ),
  );
  const shown = show(element, toasts, 0);
  return shown;
}

/** Closed, but in the document, with ids that other dialogs have too. */
export function askAboutAdvert(title, content) {
  return h(
    'dialog',
    { 'data-testid': 'dialog', 'aria-labelledby': 'dialog-header', class: 'x-dialog' },
    dismissButton('Dismiss', () => {}),
    h('div', {}, h('header', { id: 'dialog-header' }, h('h2', {}, title)), h('div', { 'data-testid': 'dialog-content' }, ...content)),
  );
}

export function dismissButton(label, onclick) {
  return h(
    'button',
    { type: 'button', 'aria-label': label, class: 'x-dismiss', onclick },
    h('span', {}, icon({ id: 'close-medium', 'aria-hidden': 'true' }, 'M6 6l12 12M18 6L6 18')),
  );
}

/**
 * Opens it; the toast region lives inside the dialog meanwhile (§5.1). `first`: it stands before
 * everything else in the document.
 */
export function show(element, toasts, slide, first) {
  const home = toasts.region.parentNode;
  if (first) document.body.prepend(element);
  else document.body.append(element);
  element.append(toasts.region);
  element.showModal();
  if (slide) {
    element.animate([{ transform: `translateY(${slide}px)` }, { transform: 'none' }], { duration: 200, easing: 'ease-out' });
  }
  return {
    element,
    close() {
      if (!element.isConnected) return;
      (home?.isConnected ? home : document.body).append(toasts.region);
      element.close();
      element.remove();
    },
  };
}
