// The structure of the open page: tags, attributes' names and lengths, values of those attributes that
// are not there to be read, and of texts only their lengths. What may be somebody's (slugs, short
// texts) comes apart, so that rescind can see to it that none of it is in a value.
const [wish] = arguments;
const attempt = (look, otherwise) => { try { return look(); } catch { return otherwise; } };
const read = new Set(wish.read);
const texts = new Set();
let left = wish.most;

const note = (text) => {
  if (text && text.length <= 300 && texts.size < wish.texts) texts.add(text);
};
const draw = (element, depth) => {
  left -= 1;
  const attributes = [...element.attributes].slice(0, 40).map(({ name, value }) => {
    if (read.has(name)) note(fold(value, 300));
    return [name.slice(0, 80), read.has(name) ? null : value.slice(0, 500), value.length];
  });
  const drawn = { tag: element.localName.slice(0, 80), attributes, texts: [], children: [], shadow: [], cut: 0 };
  const into = (nodes, list) => {
    for (const node of nodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = fold(node.data, 10000);
        note(text);
        if (text) drawn.texts.push([text.length, /\p{Nd}/u.test(text)]);
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        if (left > 0 && depth < wish.depth && list.length < wish.brothers) list.push(draw(node, depth + 1));
        else drawn.cut += 1;
      }
    }
  };
  if (!["script", "style", "svg", "noscript"].includes(drawn.tag)) {
    into(element.childNodes, drawn.children);
    if (element.shadowRoot) into(element.shadowRoot.childNodes, drawn.shadow);
  }
  return drawn;
};
const root = draw(document.documentElement, 0);

const slugs = new Set();
const profiles = new Map();
for (const link of document.querySelectorAll("a[href]")) {
  const parts = attempt(() => new URL(link.href).pathname.split("/").filter((part) => part), []);
  for (const part of parts.length > 1 ? parts.slice(1) : []) {
    if (slugs.size >= wish.texts || wish.places.includes(part)) continue;
    slugs.add(part.slice(0, 300));
    slugs.add(attempt(() => decodeURIComponent(part), part).slice(0, 300));
  }
  const at = parts.indexOf("in");
  if (at >= 0 && at < 2 && parts[at + 1]) profiles.set(link, parts[at + 1]);
}

// What stands around each profile: as far up as nobody else's link is.
const around = new Map();
const inside = (box) => [...box.querySelectorAll("a[href]")].map((link) => profiles.get(link)).filter((slug) => slug);
for (const [link, slug] of profiles) {
  if (around.has(slug) || around.size >= 300) continue;
  let box = link;
  for (let up = box.parentElement; up && !up.matches("body, main, nav, nav > ul, header"); up = up.parentElement) {
    if (inside(up).some((other) => other !== slug)) break;
    box = up;
  }
  const said = [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = box; node && said.length < 200; node = walker.nextNode()) {
    const values = node.nodeType === Node.TEXT_NODE ? [node.data] : [...node.attributes].filter(({ name }) => read.has(name)).map(({ value }) => value);
    for (const text of values.map((value) => fold(value, 300))) if (text) said.push(text);
  }
  around.set(slug, said);
}
return JSON.stringify({ root, slugs: [...slugs], texts: [...texts], people: [...around.values()] });
