// After the confirming click: waits until the page has the person's card gone or without its
// control, or says that it failed. It is only the page's word.
const [wish, done] = arguments;
const { layout } = wish;
// A dialog that stays open while the card is gone was left behind.
const LEFT_MS = 1500;

const watch = async () => {
  const guard = window[guardKey];
  const count = guard ? { ...guard.count } : { passed: 0, blocked: 0, unhandled: false, event: null };
  disarm();
  const answers = window[Symbol.for("rescind.answers")];
  // What was said before the click is none of its consequences.
  const old = answers ? answers.alerts : new Set();
  const alerts = () => toastsOf(layout).filter((alert) => !old.has(alert))
    .map((alert) => fold(alert.textContent, 200)).filter((text) => text);
  const limited = () => (answers ? answers.statuses : []).find((status) => wish.site.limited.statuses.includes(status));
  let left = null;
  let last = [];
  const ended = await until(() => {
    if (location.pathname !== wish.path) return { moved: true };
    const cards = cardsOf(layout, wish.key);
    last = cards;
    left = listOf(layout) && !cards.length ? left ?? performance.now() : null;
    if (left !== null && (!openDialogs(layout).length || performance.now() - left > LEFT_MS)) return { gone: true };
    if (cards.length && !cards.some((card) => locate(card, layout.card.control))) return { gone: true };
    if (limited()) return {};
    // Words of an alert end nothing: on the real site they come before the card goes.
    return null;
  }, count.passed ? wish.budget : 1000);
  if (answers) answers.observer.disconnect();
  return { guard: count, gone: false, moved: false, ...(ended || {}), limited: limited() || null,
    alerts: alerts().slice(0, 5), dialogs: openDialogs(layout).map((dialog) => describe(layout, dialog)),
    state: pageState(wish.site), ...traced(() => ({ cards: last.length, ...cardSight(last[0]) })) };
};

watch().then((answer) => done(JSON.stringify(answer)), (error) => done(JSON.stringify({ failed: String(error).slice(0, 300) })));
