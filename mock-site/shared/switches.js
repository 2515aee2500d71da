// What this visit of the mock is asked to do differently.
//
// Precedence: the page's query, then what earlier queries left in this
// browser, then the server's own switches, then the defaults. Query values
// stay in the browser, so that they survive the walk from page to page.

const KEPT = 'rescind-mock-switches';

const DEFAULTS = {
  layout: '2026',
  lang: 'en',
  count: '40',
  seed: '1',
  pages: '0',
  events: '0',
  newsletters: '0',
  first: '10',
  batch: '10',
  delay: '',
  load: 'scroll',
  'per-page': '100',
  variant: '',
  hydrate: '300',
  'dialog-delay': '',
  'effect-delay': '300',
  redraw: '1',
  trusted: '1',
  'retry-after': '',
  fault: '',
};

/**
 * All switches and their faults, from a query and the server's switches. Keeps the query's.
 * `usualOf(layout)` gives the defaults that a layout has of its own.
 */
export function readSwitches(query, serverText, usualOf) {
  const asked = onlySwitches(new URLSearchParams(query));
  const kept = { ...JSON.parse(localStorage.getItem(KEPT) ?? '{}'), ...asked };
  if (Object.keys(asked).length) localStorage.setItem(KEPT, JSON.stringify(kept));
  const server = onlySwitches(new URLSearchParams(serverText ?? ''));
  const chosen = { ...server, ...kept };
  const values = { ...DEFAULTS, ...usualOf(chosen.layout ?? DEFAULTS.layout), ...chosen };
  return { ...values, faults: parseFaults(values.fault) };
}

export function forgetSwitches() {
  localStorage.removeItem(KEPT);
}

function onlySwitches(parameters) {
  const found = {};
  for (const name of Object.keys(DEFAULTS)) {
    if (parameters.has(name)) found[name] = parameters.getAll(name).join(',');
  }
  return found;
}

/** "dup:3,age:3 wk@4" -> [{name: "dup", arg: "3", at: null}, {name: "age", arg: "3 wk", at: 4}] */
export function parseFaults(text) {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part && part !== 'none')
    .map((part) => {
      const [, name, arg, at] = /^([a-z0-9-]+)(?::(.*?))?(?:@(\d+))?$/is.exec(part) ?? [null, part];
      return { name, arg: arg ?? null, at: at ? Number(at) : null };
    });
}

/** Questions to the list of faults; `k` counts from 1. */
export function faultsFrom(list) {
  const first = (name) => list.find((fault) => fault.name === name) ?? null;
  return {
    /** The fault, or null. */
    get: first,
    has: (name) => first(name) !== null,
    /** The number in its argument, or `otherwise`. */
    number(name, otherwise) {
      const arg = first(name)?.arg;
      return arg === null || arg === undefined || arg === '' ? otherwise : Number(arg.split('/')[0]);
    },
    /** Faults on the k-th person: `name:k` or `name:…@k`. */
    onPerson: (name, k) =>
      list.find((fault) => fault.name === name && (fault.at ?? Number((fault.arg ?? '1').split('/')[0])) === k) ?? null,
    /** Faults on the k-th action: `name[:…]` hits each one, `name[:…]@k` only that one. */
    onAction: (name, k) =>
      list.find((fault) => fault.name === name && (fault.at === null || fault.at === k)) ?? null,
  };
}
