// Faults of the session and the site (A1 to A8): signed out, challenged,
// throttled, sent elsewhere. One question, asked on load and after every
// withdrawal: may this page be shown, and what is there instead?

import { OPEN_TO_ALL, SENT_PAGES, PATHS } from './routes.js';

/**
 * null when the page may be shown; else `{redirect}` or `{instead}` (a page of
 * plain.js) or `{layoutPage}` (a page in the layout's own clothes).
 */
export function whatStands(page, { faults, store, url, midRun, loads }) {
  if (OPEN_TO_ALL.has(page)) return null;
  const done = store.withdrawals();
  // `name` holds always, `name:k` from the k-th withdrawal on.
  const on = (name) => faults.has(name) && done >= faults.number(name, 0);
  const solved = store.count('login') > 0;
  if (on('logout') && !solved) return { redirect: `${PATHS.login}?session_redirect=${encodeURIComponent(url)}` };
  if (on('authwall') && !solved) {
    const query = `trk=bf&trkInfo=&original_referer=&sessionRedirect=${encodeURIComponent(url)}`;
    return { redirect: `${PATHS.authwall}?${query}` };
  }
  if (on('chooser') && !solved) return { instead: 'chooser' };
  if (on('restricted')) return { instead: 'restricted' };
  if (on('checkpoint') && store.count('checkpoint-passed') === 0) return { redirect: `${PATHS.challenge}?ut=y` };
  if (!SENT_PAGES.has(page)) return null;
  if (on('redirect')) return { redirect: PATHS.feed };
  if (on('redirect-origin')) return { redirect: otherOrigin(PATHS.feed) };
  if (on('limit')) return { layoutPage: 'limit' };
  // The rest are answers to a request for the page; an open page does not turn into them.
  return midRun ? null : answerOnSent(on, faults, loads);
}

/** Whether somebody is signed in on a page, in whose place something else may stand. */
export function isSignedIn(page, stands) {
  if (page === 'login' || page === 'authwall' || stands?.instead === 'chooser') return false;
  return !stands?.redirect?.startsWith(PATHS.login) && !stands?.redirect?.startsWith(PATHS.authwall);
}

function answerOnSent(on, faults, loads) {
  if (on('s429')) return { instead: 'throttled' };
  if (on('s999')) return { instead: 'refused' };
  if (on('s5xx')) return { instead: 'broken' };
  if (faults.has('blankpage')) return { instead: 'blank' };
  if (on('apperror') || (faults.has('apperror-once') && loads === 0)) return { instead: 'apperror' };
  if (faults.has('shell')) return { layoutPage: 'shell' };
  if (faults.has('received') && !faults.get('received').arg) return { layoutPage: 'received' };
  return null;
}

/** The same server under its other loopback name: another origin to a browser. */
function otherOrigin(path) {
  const other = new URL(path, location.origin);
  other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return other.href;
}
