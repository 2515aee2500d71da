// How many elements each locator of each layout finds on the open page. It only looks: nothing is
// clicked, scrolled or changed, and no text of the page leaves it. Ways are followed as in reading.
const [wish] = arguments;
const attempt = (look, otherwise) => { try { return look(); } catch { return otherwise; } };

const probe = ({ container, card, control, note, fields }) => {
  const list = attempt(() => locate(document, container), null);
  // Where the list is not found, its cards may be: what they say is of use to whoever mends it.
  const within = list || document;
  const css = card.find((one) => attempt(() => within.querySelector(one), null));
  const nodes = css ? [...within.querySelectorAll(css)] : [];
  const cards = nodes.slice(0, wish.most).map((node) => {
    const its = attempt(() => locate(node, control), null);
    return { node, control: its, note: attempt(() => locate(node, note, its), null) };
  });
  // The control is found first, then the note, and what is neither by where it stands to them.
  const lookInto = ({ node, control, note }, path, look) => {
    if (path === "card.control") look(node);
    else if (path === "card.note") look(node, control);
    else look(node, control, note);
  };
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
      for (const one of cards) lookInto(one, field.path, look);
      // Also where there is no card, a selector that is none is told.
      if (!cards.length) look(document.createElement("div"));
    } else if (field.place === "dialog") {
      look(document.createElement("div"));
    } else {
      look(field.path === "list.card" ? within : document);
    }
    return ways;
  };
  return { cards: cards.length, fields: fields.map(tally) };
};
return JSON.stringify(wish.layouts.map(probe));
