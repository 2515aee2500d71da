// Starts every page: switches, truth, texts; then either what stands in the
// way (sign-in, security check, errors) or the page itself in its layout.

import { disguiseWith, installLook, readNow } from './dom.js';
import { drawPlain } from './plain.js';
import { LAYOUTS } from './layouts.js';
import { makeOthers, makePeople } from './people.js';
import { kindOf, openPills, OTHERS } from './pills.js';
import { OTHER_ACCOUNTS, OWN, SENT_PAGES, routeOf } from './routes.js';
import { startSentPage } from './sent-page.js';
import { isSignedIn, whatStands } from './session.js';
import { openStore } from './store.js';
import { faultsFrom, forgetSwitches, readSwitches } from './switches.js';
import { openTexts } from './texts.js';
import { openConsole } from './console.js';

function start() {
  const store = openStore();
  if (new URLSearchParams(location.search).has('reset')) {
    forgetSwitches();
    store.reset();
  }
  const switches = readSwitches(location.search, store.switches, (layout) => LAYOUTS[layout]?.usual);
  const faults = faultsFrom(switches.faults);
  const texts = openTexts(switches.lang);
  const own = whoIsSignedIn(faults, store);
  const layout = LAYOUTS[switches.layout] ?? LAYOUTS[2026];
  const context = { store, switches, faults, texts, own, layout };

  const route = routeHere(context);
  if (route.redirect) return location.replace(route.redirect);
  note('load', route, context);

  const claimed = faults.get('language')?.arg; // P22: a language that the words are not in
  document.documentElement.lang = claimed ?? texts.code;
  document.documentElement.dir = texts.dir;
  describeApp(claimed ?? texts.locale);
  installLook(readNow('/shared/look.css') ?? '');
  context.people = makePeople(switches, faults, texts.text('member'));
  // What the server refuses is loaded whole, so that its status is to be seen.
  const whole = ['s429', 's999', 's5xx'].some(faults.has);
  context.visit = (address) => {
    if (whole) return location.assign(address);
    history.pushState(null, '', address);
    redraw(context);
  };
  addEventListener('popstate', () => redraw(context));
  if (!enter(route.page, context)) return;
  draw(route, context);
}

/** In the log, and how often the Sent page had been shown before. */
function note(type, { page }, context) {
  const { store } = context;
  const path = location.pathname;
  context.loads = store.count('load-sent');
  if (SENT_PAGES.has(page)) store.record(type === 'load' ? { type: 'load-sent', path } : { type: 'load-sent', path, within: true });
  store.record({ type, page, path });
}

function routeHere({ layout, own }) {
  const type = layout.kindIn && new URLSearchParams(location.search).get(layout.kindIn);
  return routeOf(location.pathname, own, type);
}

/** The address has changed within the document, by a tab or a pill or the way back: no load (§1.1). */
function redraw(context) {
  context.visited = true;
  const route = routeHere(context);
  note('visit', route, context);
  if (enter(route.page, context)) draw(route, context);
}

/** The metas from which the language of the interface can be learned (§1.2). */
function describeApp(locale) {
  const meta = document.createElement('meta');
  meta.name = 'como-t';
  meta.content = JSON.stringify({ appId: 'com.linkedin.flagship3.d_web', service: 'flagship-web', version: '0', locale });
  document.head.append(meta);
}

/** The session's cookie is there while somebody is signed in; the others always (§1.2). */
function keepCookies(signedIn) {
  for (const name of ['bcookie', 'lidc', 'li_gc', 'JSESSIONID']) document.cookie = `${name}=practice; path=/`;
  document.cookie = `li_at=practice; path=/; max-age=${signedIn ? 86_400 : 0}`;
}

/** False when something else stands on this page than what was asked for. */
function enter(page, context) {
  const stands = whatStands(page, { ...context, url: location.href });
  keepCookies(isSignedIn(page, stands));
  if (!stands) return true;
  if (stands.redirect) location.replace(stands.redirect);
  else if (stands.instead) {
    drawPlain(stands.instead, context);
    openConsole({ ...context, list: null });
  } else draw({ page: stands.layoutPage }, context);
  return false;
}

function draw(route, context) {
  const { layout, faults } = context;
  if (['login', 'authwall', 'challenge', 'missing'].includes(route.page)) {
    drawPlain(route.page, context);
    return openConsole({ ...context, list: null });
  }
  if (faults.has('v2')) disguiseWith(layout.disguise);
  if (!context.dressed) installLook(readNow(layout.look) ?? '');
  context.dressed = true;
  // P28: the address of the list of people shows another one.
  const other = route.page === 'sent' && faults.has('pill') ? faults.get('pill').arg : kindOf(route.page);
  if (other) {
    const people = makeOthers(OTHERS[other].one, context.switches[other], context.switches.seed);
    return startSentPage({ ...context, people, pills: openPills(context, other) }, enter);
  }
  if (route.page === 'sent') return startSentPage({ ...context, pills: openPills(context, 'people') }, enter);
  layout.drawPage(route.page, { ...context, slug: route.slug });
  openConsole({ ...context, list: null });
}

/** `account:B`, or `account:B/k` from the k-th withdrawal on. */
function whoIsSignedIn(faults, store) {
  const [letter, k] = (faults.get('account')?.arg ?? '').split('/');
  return (store.withdrawals() >= Number(k ?? 0) && OTHER_ACCOUNTS[letter]) || OWN;
}

start();
