// Fault `v2` (P21): the site has changed. Every role, label, attribute and
// element name that a locator of this layout could know is another one.

const TAGS = { main: 'section', dialog: 'dialog', nav: 'div', header: 'div', aside: 'div' };

const ATTRIBUTES = {
  'data-testid': 'data-probe',
  'data-component-type': 'data-kind',
  'data-sdui-screen': 'data-view',
  'data-display-contents': 'data-flat',
  componentkey: 'key-of',
  'aria-current': 'data-current',
  'aria-label': 'data-says',
  'aria-labelledby': 'data-titled-by',
};

const VALUES = {
  id: { workspace: 'stage', root: 'app', 'interop-outlet': 'legacy', 'dialog-header': 'ask-title' },
  role: { listitem: 'article', dialog: 'region' },
};

export function disguise(tag, attributes) {
  const renamed = {};
  for (const [name, value] of Object.entries(attributes)) {
    const key = ATTRIBUTES[name] ?? name;
    renamed[key] = VALUES[name]?.[value] ?? value;
  }
  return [TAGS[tag] ?? tag, renamed];
}
