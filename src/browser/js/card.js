// What one card says, and whose it is.
const textOf = (element, limit) => {
  if (!element) return null;
  if (!element.querySelector("button")) return fold(element.textContent, limit);
  const copy = element.cloneNode(true);
  for (const button of copy.querySelectorAll("button")) button.remove();
  return fold(copy.textContent, limit);
};

const readCard = (layout, card, number) => {
  const fields = layout.card;
  const known = new Map();
  const control = locate(card, fields.control);
  const note = locate(card, fields.note);
  const text = (ways, limit) => textOf(locate(card, ways, control, note, known), limit);
  const profiles = new Set();
  for (const link of allIn(card, fields.profile)) {
    if (!note || !note.contains(link)) profiles.add(link.href.split(/[?#]/u)[0].slice(0, 1000));
  }
  const named = fields.named.flatMap((css) => [...allIn(card, css)]
    .map((element) => fold(element.getAttribute("alt") || element.getAttribute("aria-label"), 600)))
    .filter((text) => text);
  return {
    node: number,
    profiles: [...profiles],
    name: text(fields.name, 300) || "",
    headline: text(fields.headline, 500),
    age: text(fields.age, 200) || "",
    note: note ? textOf(note, 4000) : null,
    control: Boolean(control),
    label: control ? fold(control.getAttribute("aria-label"), 600) : "",
    named,
  };
};
