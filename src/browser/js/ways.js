// Shared by the scripts that follow: how a way of the layout is followed.
// Only data of the layout decides here; text of the page is returned, never run.
const fold = (text, limit) => (text || "").slice(0, 4 * limit).replace(/\s+/gu, " ").trim().slice(0, limit);
const seen = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};
const labelOf = (element) => fold(element.getAttribute("aria-label") || element.textContent, 300);
const precedes = (element, other) =>
  Boolean(other) && Boolean(element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
// Chromium walks all siblings of a card to match a selector of several steps inside it, so that each
// card would cost what the whole list does. As one step with an inner selector it means the same.
const allIn = (root, css) =>
  root.querySelectorAll(root !== document && /[\s>+~]/u.test(css) ? `:not(:not(${css}))` : css);
const follow = (root, way, control, outside, known) => {
  // Fields of one card often share a selector.
  let found = known && known.get(way.css);
  if (!found) {
    found = [...allIn(root, way.css)];
    if (known) known.set(way.css, found);
  }
  if (outside) found = found.filter((element) => !outside.contains(element));
  if (way.before_control) found = found.filter((element) => !control || precedes(element, control));
  if (way.label) found = found.filter((element) => labelOf(element).toLowerCase() === way.label.toLowerCase());
  if (way.at_least && found.length < way.at_least) return null;
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
// The button at the end of the list that loads the next batch, or null: by its words, or because
// it is the only button between the last card and the end of the list. Expanders inside the cards
// ("… show more") never count.
const endOfList = (layout, container) => {
  const cards = container.querySelectorAll(layout.list.card);
  const last = cards[cards.length - 1];
  const area = container.parentElement || container;
  const buttons = [...area.querySelectorAll(layout.list.more)].filter((button) =>
    (!last || (precedes(last, button) && !last.contains(button))) &&
    !button.closest("dialog, aside, header") && seen(button));
  const words = layout.list.more_words.map((text) => text.toLowerCase());
  return buttons.find((button) => words.includes(labelOf(button).toLowerCase())) ||
    (buttons.length === 1 ? buttons[0] : null);
};
