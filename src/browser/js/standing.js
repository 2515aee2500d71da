// What stands on the page once it is read: the numbers of its cards in its own order, and the kinds
// whose pill says of itself that its list is the open one. A pill that a fall-back of people finds as
// well, since it is the open one, is the other kind's.
const standing = (layout) => {
  const state = window[Symbol.for("rescind.scan")];
  const list = listOf(layout);
  const cards = list && state ? [...list.querySelectorAll(cardIn(layout, list))] : [];
  const order = cards.map((card) => state.numbers.get(card)).filter((number) => number !== undefined);
  const marked = '[aria-current="true"], [aria-selected="true"], [aria-pressed="true"]';
  const pills = Object.entries(layout.count).map(([kind, ways]) => [kind, locate(document, ways)]);
  const others = pills.filter(([kind]) => kind !== "people").map(([, pill]) => pill);
  const open = pills
    .filter(([kind, pill]) => pill && pill.matches(marked) && !(kind === "people" && others.includes(pill)))
    .map(([kind]) => kind);
  return { order, open };
};
