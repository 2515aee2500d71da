// What one card says, and whose it is.
// Whether an element holds text alone, or one `span` with text alone: most lines of a card do.
const isPlain = (element) => {
  const inner = element.firstElementChild;
  return !inner || (inner.localName === "span" && !inner.firstElementChild && element.childNodes.length === 1);
};
const textOf = (layout, element, limit) => {
  if (!element) return null;
  const { expander } = layout.card;
  if (isPlain(element) || !element.querySelector(expander + ", br")) return fold(element.textContent, limit);
  const extra = [...element.querySelectorAll(expander)];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = "";
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (node instanceof HTMLBRElement) text += "\n";
    else if (node.nodeType === Node.TEXT_NODE && !extra.some((one) => one.contains(node))) text += node.data;
  }
  return fold(text, limit);
};

// The card's control and its note: what a card holds besides its lines.
const partsOf = (layout, card, known) => {
  const control = locate(card, layout.card.control);
  return { control, note: locate(card, layout.card.note, control, null, known) };
};
const linksOf = (layout, card, note) =>
  allIn(card, layout.card.profile).filter((link) => !note || !note.contains(link));

const readCard = (layout, card, number) => {
  const fields = layout.card;
  const known = new Map();
  const { control, note } = partsOf(layout, card, known);
  const text = (ways, limit) => textOf(layout, locate(card, ways, control, note, known), limit);
  // Picture and name of a card often have the same link.
  const links = new Map(linksOf(layout, card, note).map((link) => [link.getAttribute("href"), link]));
  const profiles = new Set([...links.values()].map((link) => link.href.split(/[?#]/u)[0].slice(0, 1000)));
  const named = fields.named.length === 0 ? [] : allIn(card, fields.named.join(", "))
    .map((element) => fold(element.getAttribute("alt") || element.getAttribute("aria-label"), 600))
    .filter((text) => text);
  return {
    node: number,
    profiles: [...profiles],
    name: text(fields.name, 300) || "",
    headline: text(fields.headline, 500),
    age: text(fields.age, 200) || "",
    note: note ? textOf(layout, note, 4000) : null,
    control: Boolean(control),
    label: control ? fold(control.getAttribute("aria-label"), 600) : "",
    named,
  };
};

// How the list begins: the links and the name of its first card; "" without a card.
const startOfList = (layout) => {
  const list = listOf(layout);
  const card = list && list.querySelector(cardIn(layout, list));
  return card ? JSON.stringify(linksOf(layout, card, null).map((link) => link.href)) + fold(card.textContent, 300) : "";
};
