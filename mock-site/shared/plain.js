// Pages outside the signed-in site: sign-in, auth wall, account chooser,
// security check, and the short error pages that have no <main>.

import { h } from './dom.js';
import { OWN, PATHS } from './routes.js';

/** Draws the page `name` into the body. */
export function drawPlain(name, context) {
  document.body.replaceChildren();
  document.body.className = '';
  pages[name](context);
}

const pages = {
  login({ store, texts, switches }) {
    document.title = texts.text('login_title');
    document.documentElement.translate = false;
    describeErrors(texts);
    const back = new URLSearchParams(location.search).get('session_redirect');
    card(
      h('h1', {}, texts.text('sign_in')),
      h('p', {}, 'Practice site. Any name and password will do; nothing is sent anywhere.'),
      h(
        'form',
        { onsubmit: (event) => signIn(event, store, back) },
        field('username', 'session_key', 'text', 'Email or phone'),
        field('password', 'session_password', 'password', 'Password'),
        h('button', { type: 'submit', plain: switches.layout === '2020' ? 'btn__primary--large from__button--floating' : null }, texts.text('sign_in')),
      ),
    );
  },

  authwall({ store, texts }) {
    document.title = 'Sign Up | LinkedIn';
    const back = new URLSearchParams(location.search).get('sessionRedirect');
    card(
      h('h1', {}, 'Join to see this page'),
      h('form', { onsubmit: (event) => signIn(event, store, back) }, h('button', { type: 'submit' }, texts.text('sign_in'))),
    );
  },

  // No change of the URL: saved accounts are offered in place (§1.2).
  chooser({ store }) {
    document.title = 'Welcome back';
    card(
      h('h1', {}, 'Welcome back'),
      h(
        'div',
        { id: 'rememberme-div' },
        h('button', { type: 'button', onclick: (event) => signIn(event, store, location.href) }, `Continue as ${OWN.name}`),
      ),
      h('p', {}, h('a', { href: '/login/' }, 'Sign in using another account')),
      h('p', {}, h('a', { href: '/login/' }, 'Join now')),
    );
  },

  challenge({ store, faults }) {
    document.title = 'Security Verification | LinkedIn';
    document.body.append(
      h(
        'header',
        { class: 'x-guest' },
        h('a', { href: '/', plain: 'linkedin-logo' }, 'Practice site'),
        h('a', { href: '/login/', plain: 'nav__button__muted--signin', class: 'x-signin' }, 'Sign in'),
        h('a', { href: '/login/', plain: 'nav__button__medium--joinnow', class: 'x-join' }, 'Join now'),
      ),
    );
    card(
      h('h1', {}, 'Let’s do a quick security check'),
      h(
        'form',
        { onsubmit: (event) => passCheck(event, store) },
        faults.get('checkpoint')?.arg?.endsWith('/captcha') ? captcha() : field('input__pin', 'pin', 'text', 'Code'),
        h('button', { type: 'submit' }, 'Submit'),
      ),
    );
    document.body.append(footer());
  },

  // Known are the words, not what else stands there (§6).
  restricted() {
    document.title = 'LinkedIn';
    card(h('h1', {}, 'Your account has been restricted'));
  },

  throttled: () => bare('Too many requests', '429: too many requests. Please slow down and try again later.'),
  refused: () => bare('Request denied', '999: request denied.'),
  broken: () => bare('Service unavailable', '503: the service is unavailable.'),
  blank: () => (document.title = ''),

  // English wording of the app's error page is not evidenced (§12).
  apperror({ texts }) {
    document.title = texts.text('error_title');
    describeErrors(texts);
    card(h('h2', {}, texts.text('error_title')), h('button', { type: 'button', onclick: () => location.reload() }, texts.text('error_retry')));
  },

  missing() {
    document.title = 'Page not found';
    card(h('h1', {}, 'This page doesn’t exist'), h('p', {}, h('a', { href: '/feed/' }, 'Go to your feed')));
  },
};

/** The words of the app's own error page, as a page says them (§1.2). */
function describeErrors({ text }) {
  const words = { title: text('error_title'), retry: text('error_retry') };
  document.head.append(h('meta', { name: 'como-err', content: JSON.stringify(words) }));
}

function card(...children) {
  document.body.append(h('div', { class: 'x-plain' }, h('div', { class: 'x-plain-card' }, ...children)));
}

function bare(title, words) {
  document.title = title;
  document.body.append(h('p', {}, words));
}

function field(id, name, type, label) {
  return h('label', { for: id }, label, h('input', { id, name, type, autocomplete: 'off' }));
}

/** Its frame, with nothing in it: that of the site is loaded from elsewhere. */
function captcha() {
  return h('iframe', { id: 'captcha-internal', title: 'captcha', src: 'about:blank' });
}

function footer() {
  const names = ['User Agreement', 'Privacy Policy', 'Community Guidelines', 'Cookie Policy', 'Copyright Policy', 'Send Feedback'];
  return h('footer', { class: 'x-plain-footer' }, ...names.map((name) => h('a', { href: PATHS.missing }, name)));
}

async function signIn(event, store, back) {
  event.preventDefault();
  await store.record({ type: 'login' });
  location.assign(sameOrigin(back) ?? '/feed/');
}

async function passCheck(event, store) {
  event.preventDefault();
  await store.record({ type: 'checkpoint-passed' });
  location.assign('/feed/');
}

/** Only ways within this site are followed. */
function sameOrigin(url) {
  try {
    const target = new URL(url ?? '', location.origin);
    return url && target.origin === location.origin ? target.href : null;
  } catch {
    return null;
  }
}
