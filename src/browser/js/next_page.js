// What leads to the next page of the list, guarded so that the click hits nothing else, or null; and
// how the list begins now, by which the next page is told from this one.
const [wish, done] = arguments;
const next = nextPage(wish.layout);
if (next) {
  next.scrollIntoView({ block: "center", behavior: "instant" });
  arm((target) => next.contains(target));
}
const page = Number(new URLSearchParams(location.search).get(wish.layout.pages.parameter)) || 1;
done([JSON.stringify({ start: startOfList(wish.layout), address: location.href, page }), next]);
