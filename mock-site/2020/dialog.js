// The question of layout 2020: an artdeco modal whose buttons name nobody (§5.1).

import { h, put, uuid } from '../shared/dom.js';

/**
 * `other`: a dialog fault put somebody else's question here. Nothing in this generation would show
 * it, so the confirm button then carries that name. `name` null names nobody either way.
 */
export function openWithdrawDialog({ texts, role, name, other, swap, extra, slide, onCancel, onConfirm }) {
  const { text } = texts;
  const button = (words, kind, more) =>
    h(
      'button',
      { type: 'button', plain: `artdeco-modal__confirm-dialog-btn artdeco-button artdeco-button--2 artdeco-button--${kind} ember-view`, class: kind === 'primary' ? 'x-button x-strong' : 'x-button', ...more },
      h('span', { plain: 'artdeco-button__text' }, words),
    );
  const cancel = button(text('cancel'), 'secondary', { 'data-test-dialog-secondary-btn': true, onclick: () => onCancel('cancel') });
  const confirm = button(text('withdraw'), 'primary', { 'data-test-dialog-primary-btn': true, onclick: onConfirm });
  const rename = (person) => put(confirm, 'aria-label', text('withdraw_named', { name: person }));
  if (other && name !== null) rename(name);
  const block = extra ? button('Block', 'secondary', { onclick: () => onCancel('block') }) : null;
  const buttons = swap ? [confirm, block, cancel] : [cancel, block, confirm];
  const shown = openModal({
    role,
    title: text('dialog_title'),
    content: [h('p', { plain: 'artdeco-modal__confirm-dialog-content' }, text('dialog_text').replace('’', "'"))],
    buttons: buttons.filter(Boolean),
    dismiss: text('dismiss'),
    slide,
    onLeave: onCancel,
  });
  return { ...shown, rename };
}

/** A modal that is none of our business (D15): the words are this mock's own. */
export function openSafetyModal() {
  const button = h('button', { type: 'button', plain: 'artdeco-button artdeco-button--primary', class: 'x-button x-strong', onclick: () => shown.close() }, 'Continue');
  const shown = openModal({
    role: 'dialog',
    title: 'Take care of your account',
    content: [h('p', {}, 'We noticed unusual activity. Please review it before you go on.')],
    buttons: [button],
    dismiss: 'Dismiss',
    slide: 0,
    onLeave: () => shown.close(),
  });
  return shown;
}

function openModal({ role, title, content, buttons, dismiss, slide, onLeave }) {
  const heading = `ember-${uuid()}`;
  const modal = h(
    'div',
    { 'data-test-modal': true, role, plain: 'artdeco-modal artdeco-modal--layer-confirmation', 'aria-labelledby': heading, class: 'x-modal' },
    h('button', { type: 'button', 'aria-label': dismiss, plain: 'artdeco-modal__dismiss artdeco-button artdeco-button--circle', class: 'x-dismiss', onclick: () => onLeave('dismiss') }, '×'),
    h('div', { plain: 'artdeco-modal__header' }, h('h2', { id: heading }, title)),
    h('div', { plain: 'artdeco-modal__content' }, ...content),
    h('div', { plain: 'artdeco-modal__actionbar artdeco-modal__actionbar--confirm-dialog', class: 'x-buttons' }, ...buttons),
  );
  const element = h(
    'div',
    { 'data-test-modal-container': true, 'data-test-modal-id': uuid() },
    h('div', { plain: 'artdeco-modal-overlay', class: 'x-over' }, modal),
  );
  const onKey = (event) => event.key === 'Escape' && onLeave('escape');
  document.addEventListener('keydown', onKey);
  // Before the page: a script of 2025 takes the first button that says "Withdraw" (§5.1).
  document.body.prepend(element);
  if (slide) modal.animate([{ transform: `translateY(${slide}px)` }, { transform: 'none' }], { duration: 200, easing: 'ease-out' });
  return {
    element,
    close() {
      document.removeEventListener('keydown', onKey);
      element.remove();
    },
  };
}
