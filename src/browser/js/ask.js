// After the click on a person's control: waits for the site's question, looks whether it is the
// one dialog that names this person, and arms the guard for its confirming button.
const [wish, done] = arguments;
const { layout } = wish;
const GONE_MS = 1500;
const STRANGE_MS = 1500;
// A dialog that is taken early stands still by then, or is looked for again.
const EARLY_MS = 300;
// The site's words on the one before may lie over the dialog for 8 s; the script has 15.
const COVERED_MS = 9000;
const ALL_MS = 14000;

// Letters next to a name make it another one, where words are written apart.
const LETTER = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const joins = (one, other) => [one, other].every((letter) => LETTER.test(letter) && !UNSPACED.test(letter));
const holds = (text, name) => {
  for (let at = text.indexOf(name); name && at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + name.length)];
    const [first, last] = [[...name].at(0), [...name].at(-1)];
    if (!joins([...before].at(-1) || " ", first) && !joins(last, [...after][0] || " ")) return true;
  }
  return false;
};
// Names on the list that a text holds and that are not just a piece of this person's.
const othersIn = (text) => {
  const list = listOf(layout);
  const cards = list ? [...list.querySelectorAll(cardIn(layout, list))] : [];
  const names = cards.map((card) => textOf(layout, locate(card, layout.card.name, partsOf(layout, card).control), 300));
  return names.filter((name) => name && !wish.name.includes(name) && holds(text, name));
};
// Whether a label is in words that the layout knows: then it must be theirs to the letter, and "Ann Lee
// Smith" is not Ann Lee.
const isInKnownWords = (label) => layout.dialog.names.some((words) => {
  const [before, after] = words.split("{name}");
  return label.startsWith(before) && label.endsWith(after);
});
// Whom the confirming button is about: "theirs", "nobody" or "other".
//   - The words that the layout knows, or those of the card's own control, name this person.
//   - Where that control says nothing, a label in unknown words does that holds this person's name
//     and nobody else's on the list.
//   - A layout whose question names nobody takes a button with the control's very words, in a dialog
//     that names nobody else of the list by a name of several words.
const whose = (dialog, confirm) => {
  const label = fold(confirm.getAttribute("aria-label"), 600);
  if (wish.labels.includes(label)) return "theirs";
  const { unnamed } = layout.dialog;
  if (unnamed && (!label || label === wordsOnControl(layout))) {
    const others = othersIn(fold(dialog.textContent, 2000)).filter((name) => name.includes(" "));
    return others.length ? "other" : "theirs";
  }
  if (!label) return "nobody";
  return wish.mute && !isInKnownWords(label) && holds(label, wish.name) && !othersIn(label).length ? "theirs" : "other";
};
// By what it was judged whose the question is.
const told = (dialog, confirm) => fold(confirm.getAttribute("aria-label") || dialog.textContent, 2000);

// How the site answers what it is asked from here on, without a log of the network.
const watchAnswers = () => {
  const key = Symbol.for("rescind.answers");
  const statuses = [];
  if (window[key]) window[key].observer.disconnect();
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.responseStatus >= 400) statuses.push(entry.responseStatus);
  });
  observer.observe({ type: "resource" });
  const alerts = new Set(toastsOf(layout));
  window[key] = { observer, statuses, alerts };
};

// Waits for what the click brings: a dialog with its content, a card that goes without one, or
// a page that went elsewhere. With `early`, the one dialog is taken as soon as the page has put it there.
const brought = (count, budget, early) => {
  const began = performance.now();
  let bare = null;
  let strange = null;
  return until(() => {
    const now = performance.now();
    const dialogs = openDialogs(layout);
    if (location.pathname !== wish.path) return { moved: true };
    if (dialogs.length) {
      if (dialogs.length > 1 || confirmOf(layout, dialogs[0])) return { dialogs };
      // Buttons, but none that confirms: a moment longer, then it is none of ours.
      strange = buttonsOf(layout, dialogs[0]).length > 1 ? strange ?? now : null;
      return strange !== null && now - strange > STRANGE_MS ? { dialogs } : null;
    }
    bare = cardsOf(layout, wish.key).length ? null : bare ?? now;
    if (bare !== null && now - bare > GONE_MS) return { gone: true };
    if (count.unhandled && now - began > wish.unhandled) return { none: true };
    return null;
  }, budget, early && (() => {
    const dialogs = location.pathname === wish.path ? openDialogs(layout) : [];
    return dialogs.length === 1 && confirmOf(layout, dialogs[0]) ? { dialogs, early } : null;
  }));
};
// The same, and whether its button then stands still. What stands there between two frames may be the
// page's half-done work: if it does not stay, what is drawn counts.
const settled = async (count, end) => {
  const look = async (budget, early) => {
    const came = (await brought(count, budget, early)) || {};
    disarm();
    const dialog = came.dialogs ? came.dialogs[0] : null;
    const confirm = dialog ? confirmOf(layout, dialog) : null;
    const steady = Boolean(confirm) && await still(confirm, came.early ? EARLY_MS : wish.patience);
    return { came, dialog, confirm, steady };
  };
  const first = await look(wish.budget, true);
  if (first.steady || !first.came.early) return first;
  return look(Math.min(wish.budget, end - wish.patience - performance.now()), false);
};

const ask = async () => {
  const guard = window[guardKey];
  const began = performance.now();
  const count = guard ? { ...guard.count } : { passed: 0, blocked: 0, unhandled: false, event: null };
  const answer = { guard: count, age: Math.round(began), dialogs: [], gone: false, moved: false, armed: false, whose: null, covered: null, state: null };
  if (!count.passed) {
    disarm();
    return [{ ...answer, state: pageState(wish.site) }, null];
  }
  const question = await settled(count, began + ALL_MS);
  const { came, dialog, confirm } = question;
  let { steady } = question;
  answer.state = pageState(wish.site);
  Object.assign(answer, { gone: Boolean(came.gone), moved: Boolean(came.moved) });
  if (!dialog) return [answer, null];
  if (steady && cover(confirm) === EDGE) {
    confirm.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    steady = await still(confirm, wish.patience);
  }
  const left = ALL_MS - (performance.now() - began);
  if (steady) await until(() => !cover(confirm), Math.min(COVERED_MS, left));
  const now = openDialogs(layout);
  answer.dialogs = now.map((one) => describe(layout, one));
  if (!steady || now.length !== 1 || now[0] !== dialog) return [answer, null];
  if (confirmOf(layout, dialog) !== confirm) return [answer, null];
  answer.whose = whose(dialog, confirm);
  const extra = buttonsOf(layout, dialog).length > layout.dialog.buttons;
  if (extra || answer.whose !== "theirs") return [answer, null];
  answer.covered = cover(confirm);
  if (answer.covered) return [answer, null];
  watchAnswers();
  const judged = told(dialog, confirm);
  arm((target) => {
    const [open, other] = openDialogs(layout);
    if (open !== dialog || other) return false;
    const button = confirmOf(layout, dialog);
    return button === confirm && button.contains(target) && told(dialog, button) === judged;
  }, wish.trace && (() => ({ dialog: describe(layout, dialog), markup: markupOf(dialog) })));
  answer.armed = true;
  return [answer, confirm];
};

// Where nothing was armed, something is not as it should be: what stands there is told.
const told_of = (answer) => (answer.armed ? answer : { ...traced(() => {
  const [card] = cardsOf(layout, wish.key);
  const [dialog] = openDialogs(layout);
  return { card: card ? readCard(layout, card, 0) : null, markup: dialog || card ? markupOf(dialog || card) : null };
}), ...answer });

ask().then(([answer, confirm]) => done([JSON.stringify(told_of(answer)), confirm]),
  (error) => done([JSON.stringify({ failed: String(error).slice(0, 300) }), null]));
