// The kinds whose pill says of itself that its list is the open one.
const [wish] = arguments;
const open = '[aria-current="true"], [aria-selected="true"], [aria-pressed="true"]';
const kinds = Object.entries(wish.layout.count).filter(([, ways]) => {
  const pill = locate(document, ways);
  return pill && pill.matches(open);
});
return JSON.stringify(kinds.map(([kind]) => kind));
