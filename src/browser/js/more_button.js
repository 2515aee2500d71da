// The button at the end of the list that loads the next batch, or null. The guard lets the click
// through to nothing else: rows may come in above it while it is under way.
const [wish] = arguments;
const list = listOf(wish.layout);
const button = list ? endOfList(wish.layout, list) : null;
if (button) {
  button.scrollIntoView({ block: "center", behavior: "instant" });
  arm((target) => button.contains(target));
}
return button;
