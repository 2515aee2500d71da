// The numbers of the cards that stand in the list now, in the page's order.
const [wish] = arguments;
const { layout } = wish;
const state = window[Symbol.for("rescind.scan")];
const list = listOf(layout);
const cards = list && state ? [...list.querySelectorAll(cardIn(layout, list))] : [];
return JSON.stringify(cards.map((card) => state.numbers.get(card)).filter((number) => number !== undefined));
