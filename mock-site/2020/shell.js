// What stands around every page of layout 2020: the bar at the top, the window
// that scrolls, and the toasts (§2.1, §5.2).

import { h, hashedClass } from '../shared/dom.js';
import { photoOf } from '../2026/row.js';

/** Empties the body and draws the shell. Returns `{main, href, toast}`. */
export function drawShell(context, title) {
  const href = context.faults.has('relative') ? (path) => path : (path) => location.origin + path;
  document.title = title;
  document.body.className = hashedClass('x-body');
  const main = h('div', { class: 'x-main' });
  const toasts = h('ul', { plain: 'artdeco-toasts', class: 'x-toasts' });
  document.body.replaceChildren(makeHeader(context, href), main, h('section', { class: 'x-toast-place' }, toasts));
  return { main, href, toast: (words, failed) => showToast(toasts, context.texts, words, failed) };
}

function makeHeader({ texts, faults, own }, href) {
  const { text } = texts;
  // The words for what is new are only known in English.
  const named = texts.code === 'en' ? { 'aria-label': `${text('network')}, 1 new notification` } : {};
  const place = (path, words, badge) =>
    h(
      'li',
      { plain: 'global-nav__primary-item' },
      h('a', { plain: 'global-nav__primary-link', href: href(path), class: 'x-place', ...(badge ? named : {}) }, words, badge ? h('span', { class: 'x-badge' }, badge) : null),
    );
  return h(
    'header',
    { id: 'global-nav', plain: 'global-nav', class: 'x-header' },
    h(
      'div',
      { plain: 'global-nav__content', class: 'x-bar' },
      h('span', { class: 'x-practice' }, 'Practice site'),
      h(
        'nav',
        { plain: 'global-nav__nav' },
        h(
          'ul',
          { plain: 'global-nav__primary-items', class: 'x-places' },
          place('/feed/?', text('home')),
          faults.has('no-network-link') ? null : place('/mynetwork/?', `${text('network')} `, '1'),
          place('/jobs/?', text('jobs')),
          place('/messaging/?', text('messaging')),
          place('/notifications/?', text('notifications')),
          faults.has('no-me') ? null : makeMe(text, own, href),
        ),
      ),
    ),
  );
}

function makeMe(text, own, href) {
  const menu = h(
    'div',
    { plain: 'global-nav__me-content', class: 'x-menu', hidden: true },
    h('p', { class: 'x-menu-name' }, own.name),
    h('a', { href: href(`/in/${own.slug}/`) }, text('view_profile')),
  );
  const button = h(
    'button',
    {
      type: 'button',
      plain: 'global-nav__primary-link-me-menu-trigger',
      class: 'x-place',
      'aria-expanded': 'false',
      onclick() {
        menu.hidden = !menu.hidden;
        button.setAttribute('aria-expanded', String(!menu.hidden));
      },
    },
    h('img', { plain: 'global-nav__me-photo', alt: own.name, src: photoOf(90), width: '24', height: '24' }),
    text('me'),
  );
  return h('li', { plain: 'global-nav__primary-item global-nav__me', class: 'x-me-box' }, button, menu);
}

function showToast(toasts, texts, words, failed) {
  const close = () => item.remove();
  const item = h(
    'li',
    { plain: 'artdeco-toast-item', 'data-test-artdeco-toast-item-type': failed ? 'error' : 'success', class: 'x-toast' },
    h('div', {}, h('p', {}, h('span', {}, words))),
    h('button', { type: 'button', 'aria-label': texts.text('dismiss'), plain: 'artdeco-toast-item__dismiss artdeco-button', onclick: close }, '×'),
  );
  toasts.append(item);
  setTimeout(close, 8000);
}
