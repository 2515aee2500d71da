// Shared by the scripts that follow: how a way of the layout is followed.
// Only data of the layout decides here; text of the page is returned, never run.
// The mark tells a document in which a script was ended from one that came in its place.
window[Symbol.for("rescind.here")] = true;
const fold = (text, limit) => (text || "").slice(0, 4 * limit).replace(/\s+/gu, " ").trim().slice(0, limit);
const seen = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};
const labelOf = (element) => fold(element.getAttribute("aria-label") || element.textContent, 300);
const precedes = (element, other) =>
  Boolean(other) && Boolean(element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
// Whether anything at all comes after an element: most cards end with their control.
const isLast = (root, element) => {
  let last = root;
  while (last.lastChild) last = last.lastChild;
  return element.contains(last);
};
const ownWords = (element) =>
  [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
// Chromium walks all siblings of a card to match a selector of several steps inside it, so that each
// card would cost what the whole list does. As one step with an inner selector it means the same.
// Copied by hand, since a spread takes twice as long, five times for each card.
const allIn = (root, css) => {
  const found = root.querySelectorAll(root !== document && /[\s>+~]/u.test(css) ? `:not(:not(${css}))` : css);
  const all = [];
  for (let at = 0; at < found.length; at += 1) all.push(found[at]);
  return all;
};
// What a selector finds in one card, for the fields that share it.
const sharedBy = (root, css, known) => {
  let found = known && known.get(css);
  if (!found) {
    found = { all: allIn(root, css), before: null };
    if (known) known.set(css, found);
  }
  return found;
};
const follow = (root, way, control, outside, known) => {
  if (way.after_control && (!control || isLast(root, control))) return null;
  const shared = sharedBy(root, way.css, known);
  let found = shared.all;
  if (way.before_control) {
    shared.before = shared.before || found.filter((element) => !control || precedes(element, control));
    found = shared.before;
  }
  if (way.after_control) found = found.filter((element) => precedes(control, element) && !control.contains(element));
  if (outside) found = found.filter((element) => !outside.contains(element));
  if (way.label) found = found.filter((element) => labelOf(element).toLowerCase() === way.label.toLowerCase());
  if (way.starts) found = found.filter((element) => labelOf(element).toLowerCase().startsWith(way.starts.toLowerCase()));
  if (way.own_words) found = found.filter(ownWords);
  if (way.number) found = found.filter((element) => /\p{Nd}/u.test(element.textContent));
  if (way.at_least && found.length < way.at_least) return null;
  if (way.at_most && found.length > way.at_most) return null;
  if (way.nth !== undefined && way.nth !== null) return found.at(way.nth) || null;
  return found.length === 1 ? found[0] : null;
};
const locate = (root, ways, control, outside, known) => {
  for (const way of ways) {
    const element = follow(root, way, control, outside, known);
    if (element) return element;
  }
  return null;
};
const folder = (address) => (address.endsWith("/") ? address : address + "/");

const toastsOf = (layout) => layout.toasts.flatMap((css) => [...document.querySelectorAll(css)]);

// --- the list ------------------------------------------------------------------------------------

const listOf = (layout) => locate(document, layout.list.container);
// What a card is: the first of the layout's selectors of which the list has any.
const cardIn = (layout, list) =>
  layout.list.card.find((css) => list && list.querySelector(css)) || layout.list.card[0];
const firstOf = (selectors, root) => selectors.some((css) => root.querySelector(css));
// The button at the end of the list that loads the next batch, or null: by its words, or because
// it is the only button between the last card and the end of the list. Expanders inside the cards
// ("… show more") never count.
const endOfList = (layout, list) => {
  if (!layout.list.more) return null;
  const cards = list.querySelectorAll(cardIn(layout, list));
  const last = cards[cards.length - 1];
  const buttonsIn = (area) => [...area.querySelectorAll(layout.list.more)].filter((button) =>
    (!last || (precedes(last, button) && !last.contains(button))) &&
    !button.closest("dialog, aside, header, footer") && seen(button));
  const words = layout.list.more_words.map((text) => text.toLowerCase());
  const said = buttonsIn(document).find((button) => words.includes(labelOf(button).toLowerCase()));
  if (said || list === document.body) return said || null;
  for (let area = list; area && area !== document.body; area = area.parentElement) {
    const buttons = buttonsIn(area);
    if (buttons.length) return buttons.length === 1 ? buttons[0] : null;
    if (area.matches("main, [role=main]")) break;
  }
  return null;
};
// What leads to the next page of the list, or null when there is none.
const nextPage = (layout) => {
  const next = layout.pages ? locate(document, layout.pages.next) : null;
  return next && seen(next) && !next.matches('[disabled], [aria-disabled="true"]') ? next : null;
};
// Whether a list in pages has as many cards as a page has.
const isFull = (layout, list) =>
  Boolean(layout.pages) && list.querySelectorAll(cardIn(layout, list)).length >= layout.pages.size;
