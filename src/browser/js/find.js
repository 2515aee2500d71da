// Finds the one card of a person, brings its control where it can be clicked, and arms the guard
// with whose it is. Answers what the card says, and the control.
const [wish, done] = arguments;
const { layout } = wish;

const shown = (card) => {
  const { name, label } = readCard(layout, card, 0);
  return name + "\n" + label;
};

// Where it can be clicked: the middle of the window first, since bars lie at its edges.
const bring = async (control) => {
  let covered = null;
  for (const block of ["center", "start", "end", "nearest"]) {
    control.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
    if (!(await still(control, wish.patience))) return { moving: true };
    covered = cover(control);
    if (!covered) return {};
  }
  return { covered };
};

const disabled = (control) => control.matches('[aria-disabled="true"], [disabled]');

const look = async () => {
  const state = pageState(wish.site);
  const dialogs = openDialogs(layout);
  const answer = { state, dialogs: dialogs.map((dialog) => describe(layout, dialog)), found: 0, card: null,
    disabled: false, moving: false, covered: null };
  if (dialogs.length) return [answer, null];
  const cards = (await until(() => { const now = cardsOf(layout, wish.key); return now.length ? now : null; }, wish.patience)) || [];
  answer.found = cards.length;
  if (cards.length !== 1) return [answer, null];
  const [card] = cards;
  answer.card = readCard(layout, card, 0);
  Object.assign(answer, traced(() => ({ markup: markupOf(card) })));
  const control = locate(card, layout.card.control);
  if (!control) return [answer, null];
  if (!(await until(() => !disabled(control), wish.patience))) return [{ ...answer, disabled: true }, null];
  const trouble = await bring(control);
  if (trouble.moving || trouble.covered) return [{ ...answer, ...trouble }, null];
  // Read once more: while it was brought here the node may have been given to somebody else.
  answer.card = readCard(layout, card, 0);
  const meant = shown(card);
  arm((target) => {
    const around = target.closest(cardIn(layout, listOf(layout)));
    if (!around || keyOfCard(layout, around) !== wish.key || shown(around) !== meant) return false;
    // A dialog that came by itself is not this click's.
    if (openDialogs(layout).length) return false;
    const now = locate(around, layout.card.control);
    return Boolean(now) && now.contains(target) && cardsOf(layout, wish.key).length === 1;
  }, wish.trace && ((target) => cardSight(target.closest(cardIn(layout, listOf(layout))))));
  return [answer, control];
};

// A card that is drawn anew while it is looked at is looked for again.
const find = async () => {
  disarm();
  const end = performance.now() + wish.patience;
  for (;;) {
    const [answer, control] = await look();
    if (!answer.moving || performance.now() > end) return [answer, control];
  }
};

find().then(([answer, control]) => done([JSON.stringify(answer), control]),
  (error) => done([JSON.stringify({ failed: String(error).slice(0, 300) }), null]));
