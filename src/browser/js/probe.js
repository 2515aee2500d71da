// How many elements each locator of each layout finds on the open page. It only looks: nothing is
// clicked, scrolled or changed, and no text of the page leaves it. Ways are followed as in reading.
const [wish] = arguments;
const attempt = (look, otherwise) => { try { return look(); } catch { return otherwise; } };
const isOne = (field) => field.path === "card.control" || field.path === "card.note";

const probe = ({ container, card, control, note, fields }) => {
  const box = attempt(() => locate(document, container), null);
  // Where the list is not found, its cards may be: what they say is of use to whoever mends it.
  const nodes = card ? attempt(() => [...(box || document).querySelectorAll(card)], []) : [];
  const cards = nodes.slice(0, wish.most).map((node) => ({
    node,
    control: attempt(() => locate(node, control), null),
    note: attempt(() => locate(node, note), null),
  }));
  const tally = (field) => {
    const ways = field.ways.map(() => ({ found: 0, gave: 0, won: 0, invalid: false }));
    const look = (root, before, outside) => {
      let won = false;
      field.ways.forEach((way, at) => {
        const count = ways[at];
        try {
          const found = allIn(root, way.css).length;
          const gives = field.follow ? Boolean(follow(root, way, before, outside)) : found > 0;
          count.found += found;
          count.gave += gives ? 1 : 0;
          count.won += gives && !won ? 1 : 0;
          won = won || gives;
        } catch {
          count.invalid = true;
        }
      });
    };
    if (field.place === "card") {
      for (const one of cards) isOne(field) ? look(one.node) : look(one.node, one.control, one.note);
      // Also where there is no card, a selector that is none is told.
      if (!cards.length) look(document.createElement("div"));
    } else if (field.place === "dialog") {
      look(document.createElement("div"));
    } else {
      look(field.path === "list.card" && box ? box : document);
    }
    return ways;
  };
  return { cards: cards.length, fields: fields.map(tally) };
};
return JSON.stringify(wish.layouts.map(probe));
