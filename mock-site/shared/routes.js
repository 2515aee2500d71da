// Which page a path is. Paths are the real site's own.

export const OWN = { slug: 'alex-example', name: 'Alex Example' };
/** By the argument of the fault `account`. */
export const OTHER_ACCOUNTS = {
  B: { slug: 'blake-example', name: 'Blake Example' },
  C: { slug: 'casey-example', name: 'Casey Example' },
};

const MANAGER = '/mynetwork/invitation-manager';
export const PATHS = {
  feed: '/feed/',
  network: '/mynetwork/',
  manager: `${MANAGER}/`,
  received: `${MANAGER}/received`, // the tabs have no slash at the end
  sent: `${MANAGER}/sent`,
  sentPage: `${MANAGER}/sent/`,
  people: `${MANAGER}/sent/CONNECTION/`,
  pages: `${MANAGER}/sent/ORGANIZATION/`,
  events: `${MANAGER}/sent/EVENT/`,
  newsletters: `${MANAGER}/sent/CONTENT_SERIES/`,
  login: '/login/',
  authwall: '/authwall',
  challenge: '/checkpoint/challenge/x/',
  missing: '/404/',
};

/** What the site calls the kinds in addresses and ids (§1.1, §2.3). */
export const TYPES = { people: 'CONNECTION', pages: 'ORGANIZATION', events: 'EVENT', newsletters: 'CONTENT_SERIES' };

/**
 * `{page}` or `{redirect}`; `page` is the name of a page of a layout or of session.js. `type` is the kind
 * that the query names, where the layout has that.
 */
export function routeOf(path, own, type = null) {
  const bare = path.replace(/index\.html$/, '').replace(/\/+$/, '') || '/';
  const redirects = { '/': PATHS.feed, [MANAGER]: `${PATHS.received}/`, '/in/me': `/in/${own.slug}/`, '/me': `/in/${own.slug}/` };
  if (redirects[bare]) return { redirect: redirects[bare] };
  const pages = {
    '/feed': 'feed',
    '/mynetwork': 'network',
    '/mynetwork/grow': 'network',
    [`${MANAGER}/received`]: 'received',
    [`${MANAGER}/sent`]: 'sent',
    [`${MANAGER}/sent/CONNECTION`]: 'sent',
    [`${MANAGER}/sent/ORGANIZATION`]: 'sent-pages',
    [`${MANAGER}/sent/EVENT`]: 'sent-events',
    [`${MANAGER}/sent/CONTENT_SERIES`]: 'sent-newsletters',
    '/login': 'login',
    '/uas/login': 'login',
    '/authwall': 'authwall',
    '/404': 'missing',
  };
  const kind = Object.keys(TYPES).find((one) => TYPES[one] === type);
  if (pages[bare] === 'sent' && kind && kind !== 'people') return { page: `sent-${kind}` };
  if (pages[bare]) return { page: pages[bare] };
  if (bare.startsWith('/in/')) return { page: 'profile', slug: bare.slice(4) };
  if (bare.startsWith('/checkpoint/')) return { page: 'challenge' };
  return { redirect: PATHS.missing };
}

export const OPEN_TO_ALL = new Set(['login', 'authwall', 'challenge', 'missing']);
export const SENT_PAGES = new Set(['sent', 'sent-pages', 'sent-events', 'sent-newsletters']);
