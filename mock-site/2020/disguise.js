// Fault `v2` (P21): the site has changed. Every class, id, role, label, attribute
// and element name that a locator of this layout could know is another one. What
// stays are `a`, `button` and `aria-label`, and where the links lead.

const TAGS = { main: 'div', nav: 'div', header: 'div', aside: 'div', ul: 'div', li: 'div', time: 'em', strong: 'b', section: 'div' };
const BEGINNINGS = [
  [/^invitation-card/, 'request-tile'],
  [/^mn-invitation/, 'nw-request'],
  [/^mn-/, 'nw-'],
  [/^artdeco-/, 'kit-'],
  [/^global-nav/, 'top-bar'],
  [/^scaffold-/, 'frame-'],
  [/^time-/, 'when-'],
  [/^member-/, 'person-'],
  [/^lt-/, 'cut-'],
];
const ROLES = { tab: 'radio', tablist: 'radiogroup', dialog: 'region', alertdialog: 'region' };

export function disguise(tag, attributes) {
  const renamed = {};
  for (const [name, value] of Object.entries(attributes)) {
    const key = name.startsWith('data-') ? name.replace('data-', 'data-x-') : name;
    renamed[key] = reworded(name, value);
  }
  return [TAGS[tag] ?? tag, renamed];
}

function reworded(name, value) {
  if (typeof value !== 'string') return value;
  if (name === 'plain') return value.split(' ').map(renamed).join(' ');
  if (name === 'id') return renamed(value);
  if (name === 'role') return ROLES[value] ?? value;
  if (name === 'aria-label') return value.replace(/^Withdraw invitation sent to (.*)$/, 'Take back the request to $1');
  return value;
}

const renamed = (word) => BEGINNINGS.reduce((name, [from, to]) => name.replace(from, to), word);
