// What stands around every page of layout 2026: skip buttons, navigation,
// the scrolling main, toasts, and the layer for older overlays.

import { h, hashedClass, icon, uuid } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';
import { askAboutAdvert } from './dialog.js';

/** Empties the body and draws the shell. `me`: more attributes for "Me". Returns `{main, href, toasts, showMessaging}`. */
export function drawShell(context, title, me = {}) {
  const { texts, faults, switches } = context;
  const href = faults.has('relative') ? (path) => path : (path) => location.origin + path;
  document.title = title;
  const body = document.body;
  body.className = hashedClass('x-body');
  body.dataset.colorScheme = 'light';
  const main = h('main', { id: 'workspace', class: 'x-workspace' });
  const toasts = makeToasts(texts);
  const root = h(
    'div',
    { id: 'root', class: 'x-root' },
    // The words of the third are a guess, from their length.
    ...['Skip to search', 'Skip to main content', 'Skip to primary content', 'Skip to aside'].map((words) => h('button', { class: 'x-skip' }, words)),
    makeHeader(context, href, me),
    main,
  );
  const interop = makeInterop(faults);
  body.replaceChildren(root, interop, toasts.region);
  // Of the search in the navigation; the Sent page was mostly seen without (§2.1, §5.1).
  if (switches.variant.split(',').includes('decoy')) interop.after(h('div', { role: 'dialog', 'aria-label': texts.text('search'), hidden: true }));
  body.dataset.rehydrated = 'true';
  return { main, href, toasts, showMessaging: () => (interop.shadowRoot.firstChild.hidden = false) };
}

function makeHeader(context, href, marks) {
  const { texts, faults, own } = context;
  const { text } = texts;
  // Here the addresses have no host, in the page they have one (§2.1).
  const place = (path, words, badge) =>
    h('li', {}, h('a', { href: path, class: 'x-place' }, words, badge ? h('span', { class: 'x-badge' }, badge) : null));
  const menu = h(
    'div',
    { class: 'x-menu', hidden: true },
    h('p', { class: 'x-menu-name' }, own.name),
    h('a', { href: href(`/in/${own.slug}/`), class: 'x-menu-link' }, text('view_profile')),
  );
  const me = h('button', { type: 'button', class: 'x-place x-me', 'aria-expanded': 'false', ...marks, onclick: () => toggle(me, menu) }, text('me'));
  return h(
    'header',
    { class: 'x-header' },
    h(
      'nav',
      { class: 'x-nav', 'data-testid': 'primary-nav' },
      h('button', { type: 'button', 'aria-label': 'LinkedIn', class: 'x-mark' }, icon({ 'aria-hidden': 'true' }, 'M4 12h12M11 6l6 6-6 6')),
      h('input', { 'aria-label': text('search'), placeholder: text('search'), class: 'x-search' }),
      h('span', { class: 'x-practice' }, 'Practice site'),
      // A list, as the number of `li` on the page has it (§3.5 fact 2).
      h(
        'ul',
        { class: 'x-places' },
        place('/feed/', text('home')),
        faults.has('no-network-link') ? null : place(PATHS.network, `${text('network')} `, '2'),
        place('/jobs/', text('jobs')),
        place('/messaging/', `${text('messaging')} `, '4'),
        place('/notifications/', text('notifications')),
        faults.has('no-me') ? null : h('li', { class: 'x-me-box' }, me, menu),
      ),
    ),
  );
}

function toggle(button, menu) {
  menu.hidden = !menu.hidden;
  button.setAttribute('aria-expanded', String(!menu.hidden));
}

/** The layer for overlays of older generations: messaging. With fault `interop` it lies over the page. */
function makeInterop(faults) {
  const layer = h('div', {
    id: 'interop-outlet',
    'data-testid': 'interop-shadowdom',
    class: faults.has('interop') ? 'x-interop-over' : 'x-interop',
  });
  const inside = document.createElement('div');
  inside.setAttribute('role', 'dialog');
  inside.setAttribute('aria-label', 'Messaging');
  inside.hidden = true;
  inside.style = 'position:fixed;inset-inline-end:2.4rem;bottom:0;width:30rem;height:38%;z-index:5;padding:1.2rem;box-sizing:border-box;background:var(--sheet);border:1px solid var(--line);border-radius:1.2rem 1.2rem 0 0';
  inside.textContent = 'Messaging';
  layer.attachShadow({ mode: 'open' }).append(inside);
  return layer;
}

function makeToasts(texts) {
  const heading = h('h2', { 'data-testid': 'toasts-title', class: 'x-unseen' }, texts.toasts(0));
  const region = h('section', { class: 'x-toasts' }, heading);
  const recount = () => (heading.textContent = texts.toasts(region.children.length - 1));
  function show(words) {
    const close = () => {
      box.remove();
      recount();
    };
    const box = h(
      'div',
      { style: 'opacity:1' },
      h(
        'div',
        { tabindex: '0', 'aria-hidden': 'false' },
        h(
          'div',
          { role: 'alert', class: 'x-toast' },
          h('div', {}, h('div', {}, h('p', {}, words))),
          h('button', { 'aria-label': texts.text('dismiss'), onclick: close }, icon({ 'aria-hidden': 'true' }, 'M6 6l12 12M18 6L6 18')),
        ),
      ),
    );
    region.append(box);
    recount();
    setTimeout(close, 8000);
  }
  return { region, show };
}

/** Advert frame, closed advert dialogs with the same ids, footer (§3.5). */
export function makeAside(href) {
  return h(
    'aside',
    { 'aria-label': 'Aside', class: 'x-aside' },
    h(
      'div',
      { class: 'x-advert' },
      h('iframe', {
        title: 'advertisement',
        src: 'about:blank',
        width: '300',
        height: '250',
        componentkey: 'MynetworkDesktopNav_mynetwork_desktop_nav_ad',
      }),
    ),
    askAboutAdvert('Ad Options', [h('p', {}, 'Why am I seeing this?')]),
    askAboutAdvert('Don’t want to see this', [
      h('label', {}, h('input', { type: 'radio', name: `reason-${uuid()}` }), 'Not relevant'),
      h('button', { type: 'button', disabled: true }, 'Submit'),
    ]),
    makeFooter(href),
  );
}

/** Links, and two menus that are no buttons by their name. "More" leads to where the first Withdraw controls do. */
function makeFooter(href) {
  const link = (words, path) => h('a', { href: href(path) }, h('p', {}, words));
  const menu = (words) => h('div', { role: 'button', tabindex: '0' }, h('div', {}, h('p', {}, words)));
  return h(
    'footer',
    { class: 'x-footer' },
    link('About', '/about/'),
    link('Accessibility', '/accessibility/'),
    link('Help Center', '/help/linkedin/'),
    menu('Privacy & Terms'),
    link('Ad Choices', '/help/linkedin/answer/62931/'),
    link('Advertising', '/ad/start/?trk=n_nav_ads_rr'),
    menu('Business Services'),
    link('Get the LinkedIn app', '/mobile/'),
    link('More', '/'),
    h('p', {}, 'Practice site of rescind. Everybody here is invented.'),
  );
}
