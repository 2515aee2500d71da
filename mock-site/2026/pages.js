// The other pages of layout 2026: feed, My Network, Received, profile, and
// what may stand in the Sent page's place.

import { h } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';
import { drawProfile } from './profile.js';
import { drawShell, makeAside } from './shell.js';
import { makeFrame } from './sent.js';

const NETWORK_SCREEN = 'com.linkedin.sdui.flagshipnav.mynetwork.Grow';
const RECEIVED_SCREEN = 'com.linkedin.sdui.flagshipnav.mynetwork.invitations.InvitationReceived';

/** Draws the page `name`: feed, network, received, profile, shell or limit. */
export function drawPage(name, context) {
  pages[name](context);
}

const sheet = (...children) => h('section', { class: 'x-sheet x-padded' }, ...children);
const columns = (href, ...children) => h('div', { class: 'x-columns' }, h('div', { class: 'x-primary' }, ...children), makeAside(href));

const pages = {
  feed(context) {
    const { main, href } = drawShell(context, 'Feed | LinkedIn');
    const posts = ['The tide tables for next year are out.', 'Looking for a second-hand theodolite.', 'Our greenhouse won a prize!'];
    main.append(
      columns(
        href,
        h(
          'div',
          { 'data-testid': 'mainFeed', role: 'list', class: 'x-stack' },
          ...posts.map((words) => h('div', { role: 'listitem' }, sheet(h('p', {}, words)))),
        ),
      ),
    );
  },

  network(context) {
    const { main, href } = drawShell(context, 'Grow | LinkedIn');
    const { text } = context.texts;
    const card = sheet(
      h(
        'div',
        { class: 'x-card-head' },
        h('p', {}, `${text('invitations')} (2)`),
        h('a', { href: href(PATHS.manager), 'aria-label': text('show_all_named'), class: 'x-show-all' }, h('span', {}, h('span', {}, text('show_all')))),
      ),
      h('p', { class: 'x-faint' }, 'Robin Example and Kim Example would like to connect.'),
    );
    main.append(
      h(
        'div',
        { 'data-sdui-screen': NETWORK_SCREEN },
        columns(
          href,
          h(
            'div',
            { class: 'x-stack' },
            context.faults.has('no-card') ? null : card,
            sheet(h('p', {}, 'People you may know'), h('p', { class: 'x-faint' }, 'Nobody in particular today.')),
          ),
        ),
      ),
    );
  },

  received(context) {
    const { main, href } = drawShell(context, `${context.texts.text('invitations')} | LinkedIn`);
    const rows = ['Robin Example', 'Kim Example'].map(receivedRow);
    const screen = h(
      'div',
      { 'data-sdui-screen': RECEIVED_SCREEN },
      h('hr', { role: 'presentation' }),
      h('nav', {}, h('ul', { class: 'x-pills' }, ...makePills())),
      h('div', { 'data-testid': 'lazy-column', 'data-component-type': 'LazyColumn', class: 'x-column' }, ...rows),
    );
    main.append(makeFrame(context, href, 'received', screen));
  },

  profile: (context) => drawProfile(context, columns),

  // Navigation and footer only, no list, no error (§6).
  shell(context) {
    const { main } = drawShell(context, 'LinkedIn');
    main.append(h('footer', { class: 'x-footer' }, h('p', {}, 'Practice site of rescind.')));
  },

  // The one limit text that is evidenced (§6). Its class names are the site's own.
  limit(context) {
    const { main, href } = drawShell(context, 'LinkedIn');
    const notice = sheet();
    notice.innerHTML =
      '<div class="ip-fuse-limit-alert__warning"></div>' +
      '<h2 id="ip-fuse-limit-alert__header" class="ip-fuse-limit-alert__header">You’ve reached the weekly invitation limit</h2>' +
      '<button type="button" aria-label="Got it">Got it</button>';
    main.append(columns(href, notice));
  },
};

/** The kinds of what was received (§2.3). */
function makePills() {
  const pill = (words, more) => h('li', {}, h('button', { type: 'button', class: 'x-pill', ...more }, words));
  const radio = (words) => pill(words, { role: 'radio', 'aria-checked': 'false' });
  return [pill('Focused (2)'), ...['Verified (2)', 'Other', 'Mutual connections', 'Your company', 'Your school'].map(radio)];
}

function receivedRow(name) {
  const button = (label, words) => h('button', { type: 'button', class: 'x-button', 'aria-label': label }, h('span', {}, words));
  return h(
    'div',
    { role: 'listitem', class: 'x-row' },
    h(
      'div',
      { class: 'x-row-line' },
      h('div', { class: 'x-words' }, h('p', { class: 'x-name' }, name), h('p', { class: 'x-headline' }, 'Would like to connect')),
      h('div', { class: 'x-buttons' }, button(`Ignore an invitation to connect from ${name}`, 'Ignore'), button(`Accept ${name}’s invitation`, 'Accept')),
    ),
  );
}
