// The numbers of the cards that stand in the list now, in the page's order.
const [wish] = arguments;
const state = window[Symbol.for("rescind.scan")];
const container = locate(document, wish.layout.list.container);
const cards = container && state ? [...container.querySelectorAll(wish.layout.list.card)] : [];
return JSON.stringify(cards.map((card) => state.numbers.get(card)).filter((number) => number !== undefined));
