// The question of layout 2025: native <dialog>; the confirm button names the person (§5.1).

import { h, put } from '../shared/dom.js';
import { dismissButton, show } from '../2026/dialog.js';

/** As in layout 2026, with a role: scripts of the time confirm only inside one. `first`: it stands before the list in the document. */
export function openWithdrawDialog({ texts, toasts, labelOf, first, name, swap, extra, slide, onCancel, onConfirm }) {
  const { text } = texts;
  const plain = (words, attributes) => h('button', { type: 'button', class: 'x-button', ...attributes }, h('span', {}, h('span', {}, words)));
  const cancel = plain(text('cancel'), { onclick: () => onCancel('cancel') });
  const label = name === null ? null : labelOf(name);
  const confirm = h(
    'div',
    { 'data-view-name': 'edge-creation-connect-action' },
    plain(text('withdraw'), { class: 'x-button x-strong', 'aria-label': label, onclick: onConfirm }),
  );
  const block = extra ? plain('Block', { onclick: () => onCancel('block') }) : null;
  const buttons = swap ? [confirm, block, cancel] : [cancel, block, confirm];
  const element = h(
    'dialog',
    { 'data-testid': 'dialog', role: 'dialog', class: 'x-dialog' },
    dismissButton(text('dismiss'), () => onCancel('dismiss')),
    h('header', {}, h('h2', {}, text('dialog_title'))),
    h('p', {}, text('dialog_text')),
    h('hr', { role: 'presentation' }),
    h('div', { class: 'x-buttons' }, ...buttons.filter(Boolean)),
  );
  element.addEventListener('cancel', (event) => {
    event.preventDefault(); // Escape: closed by `onCancel`, so that it is logged
    onCancel('escape');
  });
  const rename = (other) => put(confirm.firstChild, 'aria-label', labelOf(other));
  return { ...show(element, toasts, slide, first), rename };
}
