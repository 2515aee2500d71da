// The other pages of layout 2020: feed, My Network, Received, profile, and
// what may stand in the Sent page's place.

import { h } from '../shared/dom.js';
import { PATHS } from '../shared/routes.js';
import { makeFrame } from './sent.js';
import { drawShell } from './shell.js';

/** Draws the page `name`: feed, network, received, profile, shell or limit. */
export function drawPage(name, context) {
  pages[name](context);
}

const sheet = (...children) => h('section', { class: 'x-sheet x-padded' }, ...children);

const pages = {
  feed(context) {
    const { main } = drawShell(context, 'Feed | LinkedIn');
    main.append(sheet(h('p', {}, 'The tide tables for next year are out.')));
  },

  network(context) {
    const { main, href } = drawShell(context, 'Network | LinkedIn');
    const { text } = context.texts;
    if (context.faults.has('no-card')) return;
    main.append(
      h(
        'section',
        { plain: 'mn-invitations-preview artdeco-card', class: 'x-sheet x-padded' },
        h(
          'header',
          { plain: 'mn-invitations-preview__header', class: 'x-title' },
          h('h3', {}, text('invitations')),
          h('a', { plain: 'mn-invitations-preview__manage-all artdeco-button artdeco-button--tertiary artdeco-button--muted artdeco-button--2 ember-view', href: href(PATHS.manager) }, text('show_all')),
        ),
        h('p', { class: 'x-faint' }, 'Robin Example and Kim Example would like to connect.'),
      ),
    );
  },

  received(context) {
    const { main, href } = drawShell(context, `${context.texts.text('invitations')} | LinkedIn`);
    const rows = ['Robin Example', 'Kim Example'].map(receivedRow);
    main.append(makeFrame(context, href, 'received', h('ul', { plain: 'artdeco-list mn-invitation-list' }, ...rows)));
  },

  profile(context) {
    const { own, people, slug } = context;
    const person = slug === own.slug ? { name: own.name, headline: 'Owner of this practice account' } : people.find((one) => one.slug === slug);
    const { main } = drawShell(context, `${person?.name ?? 'Somebody Example'} | LinkedIn`);
    main.append(sheet(h('h1', {}, person?.name ?? 'Somebody Example'), h('p', { class: 'x-faint' }, person?.headline ?? '--')));
  },

  // Navigation only, no list, no error (§6).
  shell(context) {
    const { main } = drawShell(context, 'LinkedIn');
    main.append(h('p', { class: 'x-faint' }, 'Practice site of rescind.'));
  },

  // The one limit text that is evidenced (§6). Its class names are the site's own.
  limit(context) {
    const { main } = drawShell(context, 'LinkedIn');
    main.append(
      sheet(
        h('div', { plain: 'ip-fuse-limit-alert__warning' }),
        h('h2', { id: 'ip-fuse-limit-alert__header', plain: 'ip-fuse-limit-alert__header' }, 'You’ve reached the weekly invitation limit'),
        h('button', { type: 'button', 'aria-label': 'Got it' }, 'Got it'),
      ),
    );
  },
};

function receivedRow(name) {
  const button = (label, words) =>
    h(
      'button',
      { type: 'button', 'aria-label': label, plain: 'invitation-card__action-btn artdeco-button artdeco-button--2 ember-view', class: 'x-button' },
      h('span', { plain: 'artdeco-button__text' }, words),
    );
  return h(
    'li',
    { plain: 'invitation-card artdeco-list__item ember-view', class: 'x-row' },
    h(
      'div',
      { plain: 'invitation-card__container', class: 'x-row-line' },
      h('div', { plain: 'invitation-card__details', class: 'x-words' }, h('span', { plain: 'invitation-card__title', class: 'x-name' }, name)),
      h('div', { plain: 'invitation-card__action-container', class: 'x-buttons' }, button(`Ignore ${name}’s invitation to connect`, 'Ignore'), button(`Accept ${name}’s invitation to connect`, 'Accept')),
    ),
  );
}
