// Everything of the page that a test wants to know, with everybody drawn.
dispatchEvent(new Event('beforeprint'));
const all = (selector) => [...document.querySelectorAll(selector)];
const rows = all('tbody tr');

const observer = new ReportingObserver(() => {}, { types: ['csp-violation'], buffered: true });
observer.observe();
const violations = observer.takeRecords().map((one) => one.body.effectiveDirective);

const safe = (link) => link.rel === 'noreferrer noopener' && link.target === '_blank';
const links = Object.fromEntries(rows.map((row) => {
  const link = row.querySelector('a');
  return [row.one.profile, safe(link) ? link.getAttribute('href') : 'unsafe'];
}));

// By keyboard alone: from the search down to the second row, untick, up again.
const press = (key) => document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
press('/');
press('ArrowDown');
press('ArrowDown');
const second = document.activeElement;
press(' ');
const state = second.querySelector('input').checked ? 'ticked' : 'unticked';
press(' ');
press('k');
press('ArrowUp');
const place = document.activeElement.id === 'search' ? 'in the search' : document.activeElement.localName;

const named = (control) =>
  (control.getAttribute('aria-label') || control.textContent.trim() || control.labels?.[0]?.textContent.trim());

return JSON.stringify({
  canary: window.rescindPwned ?? null,
  violations,
  requests: performance.getEntriesByType('resource').map((one) => one.name),
  tags: [...new Set(all('*').map((element) => element.localName))],
  site: all('.where bdi')[1].textContent,
  rows: rows.length,
  names: rows.map((row) => row.querySelector('.person').textContent),
  links,
  alike: rows.filter((row) => !row.querySelector('.alike').hidden).map((row) => row.one.profile).sort(),
  bars: all('[aria-labelledby=rules-title] li').map((bar) => `${bar.querySelector('bdi').textContent} ${bar.querySelector('b').textContent}`),
  unnamed: all('button, input, select, a, [role=row] input').filter((one) => !named(one)).map((one) => one.outerHTML),
  keys: `${second.one.profile}, ${state}, ${place}`,
});
