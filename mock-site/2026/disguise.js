// Fault `v2` (P21): the site has changed. Every role, label, attribute and
// element name that a locator of this layout could know is another one. What
// stays are `a`, `button` and `aria-label`, and where the links lead.

const TAGS = { main: 'section', nav: 'div', header: 'div', aside: 'div', p: 'div', hr: 'div', section: 'div' };

const ATTRIBUTES = {
  'data-testid': 'data-probe',
  'data-component-type': 'data-kind',
  'data-sdui-screen': 'data-view',
  'data-sdui-destination-screen': 'data-view-to',
  'data-sdui-destination-screen-hash': 'data-view-to-hash',
  'data-display-contents': 'data-flat',
  componentkey: 'key-of',
  'data-view-name': 'data-shown-as',
  'aria-current': 'data-current',
  'aria-labelledby': 'data-titled-by',
};

const VALUES = {
  id: { workspace: 'stage', root: 'app', 'interop-outlet': 'legacy', 'dialog-header': 'ask-title' },
  role: { listitem: 'article', dialog: 'region', presentation: 'none' },
};

const WORDS = [[/^Withdrawn? invitation sent to (.*)$/, 'Take back the request to $1']];

export function disguise(tag, attributes) {
  const renamed = {};
  for (const [name, value] of Object.entries(attributes)) {
    const key = ATTRIBUTES[name] ?? name;
    renamed[key] = name === 'aria-label' ? reworded(value) : (VALUES[name]?.[value] ?? value);
  }
  return [TAGS[tag] ?? tag, renamed];
}

const reworded = (label) => WORDS.reduce((words, [from, to]) => words?.replace(from, to), label);
