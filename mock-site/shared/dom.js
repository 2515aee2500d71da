// Building blocks for pages: elements, per-load class names, uuids.
//
// The real site's class names are hashes that change with every deploy and
// mean nothing; here they change with every load, so that nobody can lean on
// them. Style sheets are written with readable names (`.x-row`) and rewritten.

const hashes = new Map();
let disguise = null;

/** Fault `v2`: every name that a locator could know goes through `fn`. */
export function disguiseWith(fn) {
  disguise = fn;
}

/**
 * An element. `class` takes readable names, which become this load's hashes; `plain` takes class
 * names that stay as they are (the generation of 2020 had such).
 */
export function h(tag, attributes = {}, ...children) {
  if (disguise) [tag, attributes] = disguise(tag, attributes);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') element.className = `${element.className} ${hashedClass(value)}`.trim();
    else if (name === 'plain') element.className = `${value} ${element.className}`.trim();
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  if (children.length) element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** Sets an attribute on an element that stands already, under the name that `v2` gives it. */
export function put(element, name, value) {
  const [, renamed] = disguise ? disguise(element.localName, { [name]: value }) : [null, { [name]: value }];
  for (const [key, final] of Object.entries(renamed)) element.setAttribute(key, final);
}

const SVG = 'http://www.w3.org/2000/svg';

/** A small drawing. Only the attributes and one path; the site's own icons are not copied. */
export function icon(attributes, path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  if (path) {
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('d', path);
    svg.append(line);
  }
  return svg;
}

/** This load's class attribute for readable names such as "x-row". */
export function hashedClass(names) {
  let known = hashes.get(names);
  if (!known) {
    const meant = names.split(' ').map(hashOf);
    const filler = Array.from({ length: 5 }, () => hexOf(4));
    known = [...meant, ...filler].join(' ');
    hashes.set(names, known);
  }
  return known;
}

function hashOf(name) {
  const key = `one ${name}`;
  if (!hashes.has(key)) hashes.set(key, `_${hexOf(4)}`);
  return hashes.get(key);
}

function hexOf(bytes) {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) => value.toString(16).padStart(2, '0')).join('');
}

/** A link of the page's own: a plain click on it is a visit within the document. */
export function inPage(link, visit) {
  link.addEventListener('click', (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    visit(link.href);
  });
  return link;
}

/** A new uuid. `crypto.randomUUID` is missing on plain-http hosts other than loopback. */
export function uuid() {
  const x = hexOf(16);
  return `${x.slice(0, 8)}-${x.slice(8, 12)}-4${x.slice(13, 16)}-a${x.slice(17, 20)}-${x.slice(20)}`;
}

/** Adds a style sheet, its readable class names replaced by this load's hashes. */
export function installLook(css) {
  const style = document.createElement('style');
  style.textContent = css.replace(/\.(x-[a-z0-9-]+)/g, (_, name) => `.${hashOf(name)}`);
  document.head.append(style);
}

/**
 * Reads a file of this site at once. Blocking on purpose: the real first rows
 * come inside the document, so they must stand there before the load event.
 * Returns null when the answer is not 200.
 */
export function readNow(path) {
  const request = new XMLHttpRequest();
  request.open('GET', path, false);
  try {
    request.send();
  } catch {
    return null;
  }
  return request.status === 200 ? request.responseText : null;
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
