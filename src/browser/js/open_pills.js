// The kinds whose pill says of itself that its list is the open one. A pill that a fall-back of people
// finds as well, since it is the open one, is the other kind's.
const [wish] = arguments;
const open = '[aria-current="true"], [aria-selected="true"], [aria-pressed="true"]';
const pills = Object.entries(wish.layout.count).map(([kind, ways]) => [kind, locate(document, ways)]);
const others = pills.filter(([kind]) => kind !== "people").map(([, pill]) => pill);
const kinds = pills.filter(([kind, pill]) =>
  pill && pill.matches(open) && !(kind === "people" && others.includes(pill)));
return JSON.stringify(kinds.map(([kind]) => kind));
