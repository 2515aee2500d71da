// Whether a person's card is on this page of the list: as soon as it is, or once the page is full
// or has not grown for a while.
const [wish, done] = arguments;
const { layout } = wish;
const QUIET_MS = 600;
let cards = -1;
let since = performance.now();
const look = () => {
  const list = listOf(layout);
  if (cardsOf(layout, wish.key).length || openDialogs(layout).length) return { here: true };
  const now = list ? list.querySelectorAll(cardIn(layout, list)).length : 0;
  if (now !== cards) [cards, since] = [now, performance.now()];
  const ended = now > 0 && (isFull(layout, list) || performance.now() - since > QUIET_MS);
  return ended ? { here: false } : null;
};
until(look, wish.patience).then((answer) =>
  done(JSON.stringify({ state: pageState(wish.site), here: Boolean(answer && answer.here) })));
