// What a trace may show besides texts: the tags of a card or a dialog, with the attributes by which
// locators go. No script, style or picture, no query of an address, nothing that was typed.
const MARKUP = 6000;
const DEEP = 24;
const LEFT_OUT = new Set(["script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "code"]);
const KEPT = /^(aria-.*|role|id|class|href|type|disabled|alt|open|hidden|inert|dir|lang|componentkey|data-(testid|view-name|test-.*|sdui-.*|component-type|control-name|display-contents))$/u;
const markupOf = (root) => {
  let text = "";
  const escaped = (value) => value.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/"/gu, "&quot;");
  const write = (node, depth) => {
    if (text.length > MARKUP || depth > DEEP) return;
    const indent = "\n" + "  ".repeat(depth);
    if (node.nodeType === Node.TEXT_NODE) {
      const words = fold(node.data, 300);
      if (words) text += indent + escaped(words);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(node.localName)) return;
    const bare = ({ name, value }) => (name === "href" ? value.split(/[?#]/u)[0] : value).slice(0, 200);
    const attributes = [...node.attributes].filter(({ name }) => KEPT.test(name))
      .map((attribute) => ` ${attribute.name}="${escaped(bare(attribute))}"`);
    text += indent + `<${node.localName}${attributes.join("")}>`;
    for (const child of node.childNodes) write(child, depth + 1);
  };
  write(root, 0);
  return text.trimStart().slice(0, MARKUP);
};
// A trace that fails is none; what it was to tell of goes on.
const traced = (look) => {
  if (!wish.trace) return {};
  try { return look(); } catch { return {}; }
};
const cardSight = (card) => (card ? { card: readCard(wish.layout, card, 0), markup: markupOf(card) } : {});
