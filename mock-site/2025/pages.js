// The other pages of layout 2025. Only Received differs from 2026.

import { h } from '../shared/dom.js';
import { drawPage as drawLater } from '../2026/pages.js';
import { drawShell } from '../2026/shell.js';
import { ME, makeFrame } from './sent.js';

/** Draws the page `name`: feed, network, received, profile, shell or limit. */
export function drawPage(name, context) {
  if (name === 'received') drawReceived(context);
  else drawLater(name, context);
}

function drawReceived(context) {
  const { main, href } = drawShell(context, `${context.texts.text('invitations')} | LinkedIn`, ME);
  const rows = ['Robin Example', 'Kim Example'].map(receivedRow);
  main.append(makeFrame(context, href, 'received', h('div', {}, ...rows)));
}

function receivedRow(name) {
  const button = (label, words) =>
    h('button', { type: 'button', class: 'x-button', 'data-view-name': 'invitation-action', 'aria-label': label }, h('span', {}, words));
  return h(
    'div',
    { role: 'listitem', 'data-view-name': 'pending-invitation', class: 'x-row' },
    h(
      'div',
      { class: 'x-row-line' },
      h('div', { class: 'x-words' }, h('p', { class: 'x-name' }, name), h('p', { class: 'x-headline' }, 'Would like to connect')),
      h('div', { class: 'x-buttons' }, button(`Ignore an invitation to connect from ${name}`, 'Ignore'), button(`Accept ${name}’s invitation`, 'Accept')),
    ),
  );
}
